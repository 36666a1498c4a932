"""Real files as delegations send them, whole and broken; made here, none is kept."""

import io
import struct
import zlib

import pikepdf
import pillow_heif
from PIL import Image, ImageDraw

NO_OBJECT_STREAMS = pikepdf.ObjectStreamMode.disable
PHOTO_SIZE = (400, 300)
A4 = (595, 842)
CORNER = (220, 20, 20)
"""The colour of a photo's upper left corner as a person sees it; the rest is white."""


def a_picture(size: tuple[int, int] = PHOTO_SIZE, mode: str = "RGB") -> Image.Image:
    """White paper, the upper left corner marked red."""
    picture = Image.new("RGB", size, "white")
    ImageDraw.Draw(picture).rectangle((0, 0, size[0] // 4, size[1] // 4), fill=CORNER)
    return picture.convert(mode)


def encode(picture: Image.Image, form: str, **options: object) -> bytes:
    """The picture as a file."""
    buffer = io.BytesIO()
    if form == "HEIC":
        pillow_heif.from_pillow(picture).save(buffer, **options)
    else:
        picture.save(buffer, form, **options)
    return buffer.getvalue()


def a_jpeg(size: tuple[int, int] = PHOTO_SIZE, mode: str = "RGB", **options: object) -> bytes:
    """A photo; options go to Pillow's JPEG writer."""
    return encode(a_picture(size, mode), "JPEG", **options)


def a_png(size: tuple[int, int] = PHOTO_SIZE, mode: str = "RGB", **options: object) -> bytes:
    """A screenshot; options go to Pillow's PNG writer."""
    return encode(a_picture(size, mode), "PNG", **options)


def a_heic(size: tuple[int, int] = PHOTO_SIZE, mode: str = "RGB", **options: object) -> bytes:
    """A photo as iPhones write it; options go to pillow-heif's writer."""
    return encode(a_picture(size, mode), "HEIC", **options)


def a_burst() -> bytes:
    """Three pictures in one HEIC, of which the second is named as the photo."""
    burst = pillow_heif.from_pillow(Image.new("RGB", (80, 60)))
    burst.add_from_pillow(a_picture())
    burst.add_from_pillow(Image.new("RGB", (90, 60), "blue"))
    buffer = io.BytesIO()
    burst.save(buffer, primary_index=1)
    return buffer.getvalue()


def a_webp(size: tuple[int, int] = PHOTO_SIZE, mode: str = "RGB", **options: object) -> bytes:
    """A photo as Android and messengers write it; options go to Pillow's WebP writer."""
    return encode(a_picture(size, mode), "WEBP", **options)


def a_noisy_photo(form: str) -> bytes:
    """A photo whose bytes are spread evenly, so that a cut anywhere loses part of the picture."""
    options = {"enc_params": {"preset": "ultrafast"}} if form == "HEIC" else {}
    return encode(Image.effect_noise(PHOTO_SIZE, 80).convert("RGB"), form, **options)


def a_noisy_jpeg() -> bytes:
    """A JPEG whose bytes are spread evenly."""
    return a_noisy_photo("JPEG")


def a_jpeg_without_end(**options: object) -> bytes:
    """A JPEG with every pixel and without the two bytes that end it."""
    return a_jpeg(**options).removesuffix(b"\xff\xd9")


def an_mpo() -> bytes:
    """Two photos in one file, as many phones write them."""
    return encode(a_picture(), "MPO", save_all=True, append_images=[Image.new("RGB", (80, 60))])


def a_turned_photo(form: str, orientation: int) -> bytes:
    """A photo stored turned, with the EXIF orientation that makes it upright again.

    A HEIC also says so in its own way, as from iPhones; turned twice it would be wrong.
    """
    undo = {
        1: None,
        2: Image.Transpose.FLIP_LEFT_RIGHT,
        3: Image.Transpose.ROTATE_180,
        4: Image.Transpose.FLIP_TOP_BOTTOM,
        5: Image.Transpose.TRANSPOSE,
        6: Image.Transpose.ROTATE_90,
        7: Image.Transpose.TRANSVERSE,
        8: Image.Transpose.ROTATE_270,
    }[orientation]
    exif = Image.Exif()
    exif[0x0112] = orientation
    picture = a_picture() if undo is None else a_picture().transpose(undo)
    return encode(picture, form, exif=exif.tobytes())


SECRETS = (b"Secretphone", b"secret profile", b"home address")
"""What `a_photo_that_tells_its_place` must not tell anybody else."""


def a_photo_that_tells_its_place(form: str = "JPEG") -> bytes:
    """A photo with GPS position, camera, colour profile and, in a JPEG, a comment."""
    exif = Image.Exif()
    exif[0x0110] = "Secretphone 9"
    exif.get_ifd(0x8825).update({1: "N", 2: (40.0, 44.0, 58.0), 3: "W", 4: (73.0, 58.0, 5.0)})
    options = {"comment": b"home address"} if form == "JPEG" else {}
    profile = b"secret profile" * 20
    return encode(a_picture(), form, exif=exif.tobytes(), icc_profile=profile, **options)


def a_jpeg_with_broken_exif(exif: bytes) -> bytes:
    """A good photo with an EXIF block of the given, damaged bytes."""
    photo = a_jpeg()
    block = b"Exif\0\0" + exif
    return photo[:2] + b"\xff\xe1" + struct.pack(">H", len(block) + 2) + block + photo[2:]


def a_png_that_claims(width: int, height: int) -> bytes:
    """A few bytes that announce a picture of this size."""

    def chunk(name: bytes, data: bytes) -> bytes:
        return (
            struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
        )

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    pixels = zlib.compress(bytes(1000))
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", pixels) + chunk(b"IEND", b"")
    )


def a_pdf(pages: int = 1, size: tuple[float, float] = A4, **options: object) -> bytes:
    """A PDF whose pages each have a red square in the upper left; options go to pikepdf's save."""
    document = pikepdf.new()
    for _ in range(pages):
        page = document.add_blank_page(page_size=size)
        page.Contents = document.make_stream(red_square(size))
    return save(document, **options)


def red_square(size: tuple[float, float]) -> bytes:
    """Page content that paints the upper left quarter red."""
    width, height = size
    return b"0.86 0.08 0.08 rg 0 %d %d %d re f" % (height / 2, width / 2, height / 2)


def save(document: pikepdf.Pdf, **options: object) -> bytes:
    """The document as a file."""
    buffer = io.BytesIO()
    document.save(buffer, **options)
    return buffer.getvalue()


def a_locked_pdf(revision: int = 6) -> bytes:
    """A PDF that nobody opens without the password; the revision says how it is encrypted."""
    return a_pdf(encryption=lock("u", revision))


def a_pdf_locked_against_changes(revision: int = 6) -> bytes:
    """A PDF that everybody reads, and that needs a password only to be changed."""
    return a_pdf(encryption=lock("", revision))


def lock(user: str, revision: int) -> pikepdf.Encryption:
    """Encryption with the owner's password "o": RC4 in revisions 2 and 3, AES in 4 and 6."""
    modern = revision >= 4
    return pikepdf.Encryption(owner="o", user=user, R=revision, aes=modern, metadata=modern)


def a_pdf_with_an_unknown_lock() -> bytes:
    """A PDF that says it is encrypted by a method of its own, as with a certificate."""
    document = pikepdf.new()
    document.add_blank_page()
    locked = save(document, encryption=pikepdf.Encryption(owner="o", user="", R=4))
    return locked.replace(b"/Filter /Standard", b"/Filter /Strangex")


def a_long_pdf() -> bytes:
    """A PDF whose bytes are spread over three pages of noise."""
    first, *others = (Image.effect_noise(PHOTO_SIZE, 80) for _ in range(3))
    return encode(first, "PDF", save_all=True, append_images=others)


def a_pdf_with_a_wrong_index() -> bytes:
    """A whole PDF whose cross-reference table is off, as some scanners write it."""
    whole = a_pdf()
    at = whole.rindex(b"startxref")
    return whole[:at] + b"startxref\n7\n%%EOF\n"


def a_pdf_with_a_signature_field() -> bytes:
    """A page that is blank but for a form field's own picture, as digital signatures are shown."""
    document = pikepdf.new()
    page = document.add_blank_page(page_size=A4)
    look = document.make_stream(red_square(A4))
    look.Type, look.Subtype = pikepdf.Name.XObject, pikepdf.Name.Form
    look.BBox = [0, 0, *A4]
    field = document.make_indirect(
        pikepdf.Dictionary(
            Type=pikepdf.Name.Annot,
            Subtype=pikepdf.Name.Widget,
            FT=pikepdf.Name.Sig,
            T="s",
            Rect=[0, 0, *A4],
            AP=pikepdf.Dictionary(N=look),
            F=4,
            P=page.obj,
        )
    )
    page.Annots = document.make_indirect(pikepdf.Array([field]))
    document.Root.AcroForm = pikepdf.Dictionary(Fields=[field], SigFlags=3)
    return save(document)


def a_pdf_that_keeps_readers_busy() -> bytes:
    """One page painted over 200,000 times, half transparent: small to store, minutes to show."""
    document = pikepdf.new()
    page = document.add_blank_page()
    page.Resources = pikepdf.Dictionary(ExtGState=pikepdf.Dictionary(G=pikepdf.Dictionary(ca=0.5)))
    page.Contents = document.make_stream(b"/G gs " + b"9 9 m 600 50 l 99 780 l f " * 200_000)
    return save(document)


def a_pdf_that_eats_memory() -> bytes:
    """Forms that draw forms that draw forms: a reader that unrolls them needs terabytes."""
    document = pikepdf.new()
    page = document.add_blank_page()
    inner = document.make_stream(b"0 0 99 99 re f")
    for _ in range(9):
        inner.Type, inner.Subtype = pikepdf.Name.XObject, pikepdf.Name.Form
        inner.BBox = [0, 0, 600, 800]
        outer = document.make_stream(b"/X Do " * 30)
        outer.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(X=inner))
        inner = outer
    page.Contents, page.Resources = inner, inner.Resources
    return save(document)


def a_pdf_with_a_huge_picture(side: int = 20_000) -> bytes:
    """A picture of 1.2 GB that was packed twice."""
    packed = zlib.compress(zlib.compress(bytes(side) * side, 9), 9)
    document = pikepdf.new()
    page = document.add_blank_page()
    picture = pikepdf.Stream(document, packed)
    picture.Type, picture.Subtype = pikepdf.Name.XObject, pikepdf.Name.Image
    picture.Width = picture.Height = side
    picture.ColorSpace, picture.BitsPerComponent = pikepdf.Name.DeviceGray, 8
    picture.Filter = [pikepdf.Name.FlateDecode, pikepdf.Name.FlateDecode]
    page.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(X=picture))
    page.Contents = document.make_stream(b"600 0 0 600 0 0 cm /X Do")
    return save(document, compress_streams=False)
