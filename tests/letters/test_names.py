"""Names that people, phones and attackers give files, and what a browser may safely save."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rostrum.letters.kinds import Kind
from rostrum.letters.names import MAX_STEM_BYTES, plain_name, safe_download_name

NAUGHTY = [
    # Good names stay.
    ("letter.pdf", "letter.pdf"),
    ("Letter of the Permanent Representative, 19 March.pdf", None),
    ("Lettre de la délégation.pdf", None),
    ("رسالة البعثة الدائمة.pdf", None),
    ("常驻代表的信.pdf", None),
    ("письмо.PDF", "письмо.pdf"),
    ("😀.pdf", None),
    ("Letter of 12.03", "Letter of 12.03.pdf"),
    ("H.E. Mr. Smith", "H.E. Mr. Smith.pdf"),
    ("e\u0301tat.pdf", "état.pdf"),
    # The ending is that of the content.
    ("letter", "letter.pdf"),
    ("letter.exe", "letter.pdf"),
    ("letter.pdf.exe", "letter.pdf"),
    ("letter.pdf.js", "letter.pdf"),
    ("letter.html", "letter.pdf"),
    ("IMG_0001.HEIC", "IMG_0001.pdf"),
    ("letter.pdf.pdf", "letter.pdf"),
    # Nothing is left, or nothing that shows.
    ("", "letter.pdf"),
    (".", "letter.pdf"),
    ("..", "letter.pdf"),
    ("....", "letter.pdf"),
    ("   ", "letter.pdf"),
    (".pdf", "letter.pdf"),
    ("\u200b\u200b.pdf", "letter.pdf"),
    ("-.pdf", "letter.pdf"),
    # Folders.
    ("/etc/passwd", "passwd.pdf"),
    ("../../letter.pdf", "letter.pdf"),
    ("C:\\Users\\me\\letter.pdf", "letter.pdf"),
    ("folder/", "folder.pdf"),
    ("\uff0fetc\uff0fpasswd", "_etc_passwd.pdf"),
    # Headers.
    ('say "hello".pdf', "say _hello_.pdf"),
    ("letter\r\nSet-Cookie: a=b.pdf", "letter Set-Cookie_ a=b.pdf"),
    ("letter\0.pdf", "letter.pdf"),
    ("letter\x7f\x1b[31m.pdf", "letter[31m.pdf"),
    ("100 %.pdf", "100 _.pdf"),
    ("%2e%2e%2fletter.pdf", "_2e_2e_2fletter.pdf"),
    ("a;b=c.pdf", None),
    ("half \ud800 a character.pdf", "half a character.pdf"),
    # What the eye takes for something else.
    ("letter\u202efdp.exe", "letterfdp.pdf"),
    ("\u2066letter\u2069.pdf", "letter.pdf"),
    ("\ufeffletter.pdf", "letter.pdf"),
    ("letter \u2028 and\u00a0 more.pdf", "letter and more.pdf"),
    # Windows.
    ("CON", "_CON.pdf"),
    ("con.pdf", "_con.pdf"),
    ("Aux.txt", "_Aux.pdf"),
    ("com1.letter.pdf", "_com1.letter.pdf"),
    ("LPT\u00b9", "_LPT¹.pdf"),
    ("console.pdf", None),
    ("letter.", "letter.pdf"),
    ("letter .pdf", "letter.pdf"),
    ("letter:hidden.pdf", "letter_hidden.pdf"),
    ("what?*<>|.pdf", "what_____.pdf"),
    # Hidden files and options.
    (".htaccess", "htaccess.pdf"),
    ("-rf", "rf.pdf"),
    ("--output=x.pdf", "output=x.pdf"),
    ("~letter.pdf", "letter.pdf"),
    # Too long.
    ("a" * 5000 + ".pdf", "a" * 180 + ".pdf"),
    ("文" * 5000 + ".pdf", "文" * 60 + ".pdf"),
    ("x" + "文" * 5000, "x" + "文" * 59 + ".pdf"),
    ("a" * 179 + " b.pdf", "a" * 179 + ".pdf"),
]


def test_the_table_holds_the_promised_number_of_names():
    changed = [name for name, safe in NAUGHTY if safe not in (None, name)]
    assert len(changed) >= 37


@pytest.mark.parametrize(("original", "safe"), NAUGHTY, ids=range(len(NAUGHTY)))
def test_a_naughty_name_is_made_safe_and_a_good_one_stays(original, safe):
    assert safe_download_name(original, Kind.PDF) == (original if safe is None else safe)


@pytest.mark.parametrize("kind", Kind)
def test_the_ending_is_that_of_the_content(kind):
    assert safe_download_name("letter.exe", kind) == "letter" + kind.ending


@pytest.mark.parametrize(
    ("name", "plain"),
    [
        ("照会.pdf", "letter.pdf"),
        ("رسالة.jpg", "letter.jpg"),
        ("照会 2.pdf", "2.pdf"),
        ("照会 - é.pdf", "e.pdf"),
        ("Lettre é.pdf", "Lettre e.pdf"),
        ("letter.pdf", "letter.pdf"),
    ],
)
def test_a_name_without_a_latin_letter_is_letter_for_programs_that_read_no_other(name, plain):
    assert plain_name(name) == plain


ANYTHING = st.text(st.characters(), max_size=300) | st.text('.-~ /\\%"conaux:\n\u202e\uff0f')


@given(original=ANYTHING, kind=st.sampled_from(Kind))
def test_whatever_it_is_called_the_name_is_safe_and_made_safe_once(original, kind):
    name = safe_download_name(original, kind)
    stem = name.removesuffix(kind.ending)
    assert stem != name
    assert 1 <= len(stem.encode()) <= MAX_STEM_BYTES
    assert not set(unicodedata.normalize("NFKD", name)) & set('<>:"/\\|?*%\r\n')
    assert not any(unicodedata.category(character)[0] == "C" for character in name)
    assert stem[0] not in " .-~"
    assert stem[-1] not in " ."
    assert safe_download_name(name, kind) == name
