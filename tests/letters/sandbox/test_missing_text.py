"""Text whose font is not in the file: drawn, or marked. Never a blank page without a word."""

from __future__ import annotations

import json
import subprocess
import sys
import textwrap

import pytest

from rostrum.letters.limits import LIMITS
from rostrum.letters.marks import Mark
from rostrum.letters.sandbox.pdf import read_pdf
from rostrum.letters.sandbox.preview import is_blank
from tests.letters import fonts
from tests.letters.factories import a_pdf

WITHOUT_FONTS = textwrap.dedent("""
    import ctypes, json, sys
    from pathlib import Path
    import pypdfium2
    from pypdfium2 import raw
    folders = (ctypes.c_char_p * 2)(sys.argv[1].encode(), None)
    where = ctypes.cast(folders, ctypes.POINTER(ctypes.POINTER(ctypes.c_char)))
    raw.FPDF_DestroyLibrary()
    raw.FPDF_InitLibraryWithConfig(raw.FPDF_LIBRARY_CONFIG(version=2, m_pUserFontPaths=where))
    from rostrum.letters.limits import LIMITS
    from rostrum.letters.sandbox.pdf import read_pdf
    told = []
    for path in sys.argv[2:]:
        found, pages = read_pdf(Path(path), LIMITS)
        list(pages)
        told.append(sorted(found.marks))
    print(json.dumps(told))
""")
"""Reads PDFs as on a machine whose only folder of fonts is the first argument."""


def read(path, data):
    path.write_bytes(data)
    found, pages = read_pdf(path, LIMITS)
    (page,) = pages
    return found.marks, is_blank(page)


@pytest.mark.parametrize("kind", fonts.EAST_ASIAN)
def test_a_script_is_drawn_with_a_font_of_the_machine_or_marked(tmp_path, kind):
    marks, is_empty = read(tmp_path / "letter.pdf", fonts.EAST_ASIAN[kind]())
    assert marks == ({Mark.FONTS} if is_empty else set())


def test_without_fonts_a_script_is_marked_and_latin_is_not(tmp_path):
    made = [make() for make in (*fonts.EAST_ASIAN.values(), fonts.KINDS["Polish"][0], a_pdf)]
    made.append(fonts.page_of(fonts.simple("Arial"), b"Excellency"))
    paths = [tmp_path / f"{number}.pdf" for number in range(len(made))]
    for path, data in zip(paths, made, strict=True):
        path.write_bytes(data)
    empty = tmp_path / "fonts"
    empty.mkdir()
    done = subprocess.run(
        [sys.executable, "-c", WITHOUT_FONTS, str(empty), *map(str, paths)],
        capture_output=True,
        check=True,
    )
    assert json.loads(done.stdout) == [["fonts"]] * 6 + [[]] * 2


@pytest.mark.parametrize("kind", fonts.KINDS)
def test_only_text_that_is_missing_is_marked(tmp_path, kind):
    make, is_marked = fonts.KINDS[kind]
    assert read(tmp_path / "letter.pdf", make()) == ({Mark.FONTS} if is_marked else set(), False)


def test_words_behind_a_scan_need_no_font(tmp_path):
    assert read(tmp_path / "letter.pdf", fonts.unseen()) == (set(), True)
