"""The draft letter as a file: any word processor opens it, whatever the delegation typed."""

from __future__ import annotations

import io
import shutil
import subprocess
from datetime import UTC, datetime
from pathlib import Path

import pypdfium2
import pytest
from docx import Document
from docx.enum.text import WD_COLOR_INDEX
from docx.oxml.ns import qn

from rostrum.domain.letters.template import DraftLetter, Paragraph, Part
from rostrum.letters.docx import write_docx
from tests.missing_programs import skip_or_fail

MADE_AT = datetime(2025, 3, 19, 13, 0, tzinfo=UTC)
ARABIC = "أسامة عبد الخالق"


def letter(*texts: str, language: str = "en") -> DraftLetter:
    """A letter with these paragraphs as its text."""
    return DraftLetter(
        language,
        (
            Paragraph(Part.LETTERHEAD, ("[Letterhead]",)),
            Paragraph(Part.ADDRESS, ("H.E. the President", "New York")),
            Paragraph(Part.SUBJECT, ("Kenya: request",)),
            *(Paragraph(Part.TEXT, (text,)) for text in texts),
            Paragraph(Part.SIGNATURE, ("[Signature and seal]", "Kenya")),
        ),
    )


def opened(*texts: str, language: str = "en") -> Document:
    """The file as python-docx reads it."""
    return Document(io.BytesIO(write_docx(letter(*texts, language=language), MADE_AT)))


def test_every_paragraph_and_line_is_in_the_file() -> None:
    document = opened("Excellency,", "I have the honour.")
    assert [each.text for each in document.paragraphs] == [
        "[Letterhead]",
        "H.E. the President\nNew York",
        "Kenya: request",
        "Excellency,",
        "I have the honour.",
        "[Signature and seal]\nKenya",
    ]


@pytest.mark.parametrize(
    "typed",
    [
        "<w:p>&amp; ]]> <!-- & \"quoted\" 'name'",
        "Zoë Ňuñez d’Ångström 傅聪 Нурланов",
        "emoji 🕊 beyond the first plane",
        f"by {ARABIC}, then Latin again",
        f"{ARABIC}-{ARABIC} (شكرا)",
        "a [bracket of] the delegation [ and ] another",
        "long " + "Minister for Foreign and European Affairs, " * 12,
    ],
)
def test_what_a_delegation_typed_comes_back_as_it_was(typed: str) -> None:
    assert typed in [each.text for each in opened(typed).paragraphs]


def test_characters_that_no_xml_holds_are_left_out() -> None:
    typed = "A\x00m\x0bi\x1fn\ufffea \uffffD\ud800iallo"
    assert "Amina Diallo" in [each.text for each in opened(typed).paragraphs]


def test_what_is_to_be_filled_in_is_marked_and_nothing_else() -> None:
    runs = [run for each in opened("by [name], Minister").paragraphs for run in each.runs]
    marked = [run.text for run in runs if run.font.highlight_color == WD_COLOR_INDEX.YELLOW]
    assert marked == ["[Letterhead]", "[name]", "[Signature and seal]"]


def test_only_words_written_from_the_right_are_set_from_the_right() -> None:
    runs = [run for each in opened(f"by {ARABIC}, Minister").paragraphs for run in each.runs]
    assert [run.text for run in runs if run.font.rtl] == [ARABIC]


@pytest.mark.parametrize(("language", "locale"), [("en", "en-GB"), ("fr", "fr-FR")])
def test_the_file_names_its_language_and_no_author(language: str, locale: str) -> None:
    document = opened("Text", language=language)
    about = document.core_properties
    assert (about.author, about.last_modified_by, about.comments) == ("", "", "")
    assert about.created.replace(tzinfo=None) == MADE_AT.replace(tzinfo=None)
    assert about.title == "Kenya: request"
    assert document.styles["Normal"].element.rPr.find(qn("w:lang")).get(qn("w:val")) == locale


def test_a_title_too_long_for_the_files_properties_is_cut() -> None:
    long = DraftLetter("en", (Paragraph(Part.SUBJECT, ("x" * 400,)),))
    document = Document(io.BytesIO(write_docx(long, MADE_AT)))
    assert document.paragraphs[0].text == "x" * 400
    assert document.core_properties.title == "x" * 255


@pytest.fixture
def writer() -> str:
    """LibreOffice with its Writer, which is a package of its own."""
    found = shutil.which("soffice")
    if found is None or not (Path(found).resolve().parent / "libswlo.so").is_file():
        skip_or_fail("LibreOffice Writer is not installed")
    return found


def test_libreoffice_sets_the_letter_on_one_page(writer: str, tmp_path: Path) -> None:
    sent = letter("Excellency,", f"by {ARABIC}, Ministre d’État [name]", "<b>&" * 40)
    (tmp_path / "letter.docx").write_bytes(write_docx(sent, MADE_AT))
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    command = [writer, profile, "--headless", "--convert-to", "pdf", "--outdir", str(tmp_path)]
    subprocess.run([*command, tmp_path / "letter.docx"], check=True, timeout=100)
    with pypdfium2.PdfDocument(tmp_path / "letter.pdf") as pdf:
        assert len(pdf) == 1
        text = pdf[0].get_textpage().get_text_bounded()
    assert "Ministre d’État [name]" in text
    assert "<b>&<b>&" in text
