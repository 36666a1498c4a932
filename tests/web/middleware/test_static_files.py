"""Static files: their names, what is kept of them, and how they are compressed."""

from __future__ import annotations

import gzip
import hashlib
import os
import re
from pathlib import Path

import brotli
import pytest
from flask import Flask

from rostrum.web.middleware.static_files import BUNDLES, MADE, build_static_files
from tests.web.client import Answer, Browser

ROOT = Path(__file__).parents[3]
SCRIPT = b"// Says hello.\n(() => { const hello = 1;\n\n  console.log(hello); })();\n"


@pytest.fixture
def source(tmp_path: Path) -> Path:
    """A folder like static/, in which each file that is joined has one line."""
    folder = tmp_path / "source"
    for name in (part for parts in BUNDLES.values() for part in parts):
        put(folder / name, f"/* {name} */\n.a{{}}\n".encode())
    put(folder / "js/own.js", SCRIPT)
    return folder


def put(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)


def addresses(browser: Browser) -> list[str]:
    """Every static file that a page asks for."""
    found = browser.page.select("link[href], script[src], use")
    named = [str(tag.get("href") or tag["src"]).partition("#")[0] for tag in found]
    return sorted({name for name in named if name.startswith("/static/")})


def ask(browser: Browser, path: str, accepted: str) -> Answer:
    return browser._ask("GET", path, headers={"Accept-Encoding": accepted})


def test_every_file_of_a_page_is_kept_for_ever_under_the_hash_of_its_content(
    kenya: Browser,
) -> None:
    found = addresses(kenya)
    assert len(found) >= 5
    for address in found:
        assert re.fullmatch(r"/static/\w+/[\w-]+\.[0-9a-f]{12}\.(css|js|svg|png)", address)
        answer = kenya.get(address)
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert "immutable" in answer.headers["Cache-Control"]
        assert "Set-Cookie" not in answer.headers


def test_a_name_without_the_hash_and_the_folder_itself_are_not_served(browser: Browser) -> None:
    for path in ("/static/css/page.css", "/static/", "/static/css/", "/static/js/page.js.gz"):
        browser.get(path, 404)


def test_files_are_sent_compressed_the_best_way_the_browser_takes(kenya: Browser) -> None:
    for address in (each for each in addresses(kenya) if not each.endswith(".png")):
        plain = ask(kenya, address, "identity")
        assert "Content-Encoding" not in plain.headers
        zipped = ask(kenya, address, "gzip")
        assert zipped.headers["Content-Encoding"] == "gzip"
        assert gzip.decompress(zipped.body) == plain.body
        best = ask(kenya, address, "gzip, deflate, br, zstd")
        assert best.headers["Content-Encoding"] == "br"
        assert brotli.decompress(best.body) == plain.body
        assert {answer.headers["Vary"] for answer in (plain, zipped, best)} == {"Accept-Encoding"}


def test_scripts_and_styles_lose_their_comments_and_licences_stay(
    app: Flask, browser: Browser
) -> None:
    folder = Path(app.static_folder)
    (styles,), (script,) = folder.glob("css/page.*.css"), folder.glob("js/page.*.js")
    assert "Rostrum over Pico" not in styles.read_text()
    assert "Pico CSS" in styles.read_text()
    assert "// " not in script.read_text()
    assert len(list(folder.glob("vendor/*-LICENSE.*.txt"))) == 3


def test_a_file_that_changed_gets_another_name_and_the_old_one_goes(
    source: Path, tmp_path: Path
) -> None:
    target = tmp_path / "target"
    before = build_static_files(source, target)
    put(source / "js/own.js", SCRIPT.replace(b"hello", b"goodbye"))
    after = build_static_files(source, target)
    assert before["js/own.js"] != after["js/own.js"]
    assert before["css/page.css"] == after["css/page.css"]
    served = {path.relative_to(target).as_posix() for path in target.rglob("*.js*")}
    wanted = {name for name in after.values() if name.endswith(".js")}
    assert served == {f"{name}{suffix}" for name in wanted for suffix in ("", ".br", ".gz")}


def test_a_script_is_served_as_the_build_made_it_unless_it_was_edited_since(
    source: Path, tmp_path: Path
) -> None:
    made = source / MADE / f"{hashlib.sha256(SCRIPT).hexdigest()}.js"
    put(made, b"console.log(1)")
    target = tmp_path / "target"
    names = build_static_files(source, target)
    assert (target / names["js/own.js"]).read_bytes() == b"console.log(1)"
    assert not list(target.glob("vendor/own/*"))
    put(source / "js/own.js", SCRIPT + b"// Edited.\n")
    names = build_static_files(source, target)
    assert b"hello" in (target / names["js/own.js"]).read_bytes()


def test_every_script_and_sheet_of_ours_is_asked_for_by_a_page() -> None:
    static, templates = ROOT / "static", ROOT / "templates"
    files = [*(static / "css").rglob("*.css"), *(static / "js").rglob("*.js")]
    ours = {path.relative_to(static).as_posix() for path in files}
    text = "".join(path.read_text() for path in templates.rglob("*.html"))
    named = set(re.findall(r"filename='((?:css|js)/[^']+)'", text))
    joined = {part for parts in BUNDLES.values() for part in parts}
    assert {*BUNDLES} <= named
    assert {each for each in ours if each not in named | joined} == set()
    assert {each for each in named if each not in ours | {*BUNDLES}} == set()


def test_what_is_there_already_is_not_made_again(source: Path, tmp_path: Path) -> None:
    target = tmp_path / "target"
    build_static_files(source, target)
    files = [path for path in target.rglob("*") if path.is_file()]
    for path in files:
        os.utime(path, (1, 1))
    build_static_files(source, target)
    assert {path.stat().st_mtime for path in files} == {1}
