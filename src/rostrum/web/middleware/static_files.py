"""Static files as browsers get them: joined, minified, compressed, and named by their content.

They are made from `static/` at the start, in a folder of the instance, so that a changed
file is there after a restart. WhiteNoise serves them from that folder. Files that it already has
are not made again.
"""

from __future__ import annotations

import gzip
import hashlib
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from wsgiref.headers import Headers

import brotli
import rcssmin
import rjsmin
from flask import Flask
from whitenoise import WhiteNoise

BUNDLES = {
    "css/page.css": (
        *("vendor/pico.min.css", "css/page/tokens.css", "css/page/frame.css"),
        *("css/page/live.css", "css/page/languages.css", "css/page/hero.css"),
        *("css/page/states.css", "css/page/buttons.css", "css/page/press.css"),
        *("css/page/parts.css", "css/page/receipt.css", "css/page/ways.css"),
        *("css/page/fields.css", "css/page/uploads.css", "css/page/lists.css"),
        *("css/page/sharing.css", "css/page/choices.css", "css/page/messages.css"),
        *("css/page/invited.css", "css/page/motion.css", "css/page/paper.css"),
    ),
    "css/console.css": (
        *("css/console/ways.css", "css/console/order.css", "css/console/debates.css"),
        *("css/console/invitations.css", "css/console/overview.css", "css/console/journal.css"),
        *("css/console/verification.css", "css/console/people.css", "css/console/cards.css"),
        *("css/console/on_behalf.css", "css/console/dossier.css", "css/console/roll.css"),
    ),
    "js/htmx.js": ("vendor/htmx.min.js", "vendor/hx-sse.min.js", "js/htmx_settings.js"),
    "js/page.js": (
        *("js/shared.js", "js/clock.js", "js/answers.js", "js/uploads.js", "js/sending.js"),
        *("js/aloud.js", "js/live.js", "js/awake.js", "js/menu.js"),
    ),
}
"""What pages ask for together: one request each, in this order, which decides between rules."""
MADE = "vendor/own"
"""Our scripts as the build made them, each named by the hash of its source; one edited since
only loses its comments."""
COMPRESSED = {".css", ".js", ".svg"}
MINIFIERS = {".css": rcssmin.cssmin, ".js": rjsmin.jsmin}

Names = dict[str, str]
"""The name with the content's hash, by the name that templates use."""


def build_static_files(source: Path, target: Path) -> Names:
    """Makes in `target` the files that browsers get from `source`, and removes all others."""
    names, wanted = {}, set()
    for name, content in _contents(source):
        names[name] = _with_hash(name, content)
        for suffix, compressed in _forms(name, content):
            path = target / f"{names[name]}{suffix}"
            wanted.add(path)
            if not path.exists():
                _write(path, compressed)
    for path in target.rglob("*"):
        if path.is_file() and path not in wanted:
            path.unlink()
    return names


def init_app(app: Flask, names: Names) -> None:
    """Makes `url_for("static", filename=...)` give the hashed name, which WhiteNoise serves."""

    @app.url_defaults
    def _name_by_content(endpoint: str, values: dict) -> None:
        if endpoint == "static":
            values["filename"] = names.get(values["filename"], values["filename"])

    app.wsgi_app = WhiteNoise(
        app.wsgi_app,
        root=app.static_folder,
        prefix="static/",
        allow_all_origins=False,
        immutable_file_test=_is_immutable,
        add_headers_function=_add_headers,
    )


def _is_immutable(_path: str, _url: str) -> bool:
    return True


def _add_headers(headers: Headers, path: str, _url: str) -> None:
    headers["X-Content-Type-Options"] = "nosniff"
    if path.endswith(".svg"):
        headers["Content-Security-Policy"] = "default-src 'none'"


def _contents(source: Path) -> Iterator[tuple[str, bytes]]:
    """Every file by its name; the files of a bundle only as that bundle."""
    bundled = {part for parts in BUNDLES.values() for part in parts}
    for name, parts in BUNDLES.items():
        yield name, b"\n".join(_content(source / part) for part in parts)
    for path in sorted(source.rglob("*.*")):
        name = path.relative_to(source).as_posix()
        if path.is_file() and name not in bundled and not name.startswith(MADE):
            yield name, _content(path)


def _content(path: Path) -> bytes:
    content = path.read_bytes()
    if path.suffix not in MINIFIERS or ".min." in path.name:
        return content
    made = path.parents[1] / MADE / f"{hashlib.sha256(content).hexdigest()}.js"
    if made.is_file():
        return made.read_bytes()
    return _minified(path.suffix, content)


@lru_cache
def _minified(suffix: str, content: bytes) -> bytes:
    return MINIFIERS[suffix](content)


def _with_hash(name: str, content: bytes) -> str:
    stem, _, suffix = name.rpartition(".")
    return f"{stem}.{hashlib.sha256(content).hexdigest()[:12]}.{suffix}"


def _forms(name: str, content: bytes) -> Iterator[tuple[str, bytes]]:
    """The content in each encoding, the plain one last: if that exists, so do the others."""
    if Path(name).suffix in COMPRESSED:
        yield from _compressed(content)
    yield "", content


@lru_cache
def _compressed(content: bytes) -> tuple[tuple[str, bytes], ...]:
    # Done once per installation; on bad Wi-Fi, even two per cent less helps a phone each time.
    return (
        (".br", brotli.compress(content, quality=11)),
        (".gz", gzip.compress(content, mtime=0)),
    )


def _write(path: Path, content: bytes) -> None:
    """Writes the file completely or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(f"{path.name}.part")
    part.write_bytes(content)
    part.replace(path)
