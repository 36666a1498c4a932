"""Colours as the sender's profile says they are, turned into sRGB. Loaded by the child only.

A letter's stamp is red and its paper white in any program that heeds the profile, so they are here.
"""

from __future__ import annotations

import io

from PIL import Image

_OURS = (b"sRGB IEC61966", "sRGB IEC61966".encode("utf-16-be"))
_OUR_GAMMA = 1 / 2.2
_GAMMAS = (0.2, 3.0)
"""Exponents that a real PNG may have; anything else is damage."""


def in_srgb(image: Image.Image, info: dict) -> Image.Image:
    """The picture in sRGB; `info` is that of the file. Damaged profiles are as good as none."""
    transform = _find_transform(image.mode, info)
    if transform is None:
        gamma = _find_gamma(info)
        return image if gamma is None else _with_gamma(image, gamma)
    if image.mode not in ("LA", "RGBA"):
        return transform.apply(image)
    shown = transform.apply(image.convert(image.mode[:-1]))
    shown.putalpha(image.getchannel("A"))
    return shown


def are_other_colours(mode: str, info: dict) -> bool:
    """Whether a picture that lost its profile would show other colours."""
    return _find_transform(mode, info) is not None


def _find_transform(mode: str, info: dict):
    """What turns the file's colours into sRGB; None without a profile of use."""
    profile = info.get("icc_profile")
    if not profile or any(name in profile for name in _OURS):
        return None
    from PIL import ImageCms  # here, because few files need it

    plain = mode.removesuffix("A") if mode in ("LA", "RGBA") else mode
    try:
        source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        return ImageCms.buildTransform(source, ImageCms.createProfile("sRGB"), plain, "RGB")
    except (ImageCms.PyCMSError, OSError, TypeError, ValueError):
        return None


def _find_gamma(info: dict) -> float | None:
    gamma = info.get("gamma")
    if gamma is None or "srgb" in info or not _GAMMAS[0] <= gamma <= _GAMMAS[1]:
        return None
    return None if abs(gamma - _OUR_GAMMA) < 0.05 else gamma


def _with_gamma(image: Image.Image, gamma: float) -> Image.Image:
    """The picture with each level raised by a PNG's `gAMA`; its transparency stays."""
    levels = [round(255 * (level / 255) ** (_OUR_GAMMA / gamma)) for level in range(256)]
    same = list(range(256))
    tables = [same if band == "A" else levels for band in image.getbands()]
    return image.point(sum(tables, []))
