"""Files come in whatever their names are encoded in, and the names are shown as far as possible."""

from __future__ import annotations

import pytest

from rostrum.store.database import Database
from rostrum.web.middleware.sent_names import readable
from tests.factories import pdf_bytes
from tests.web.client import Browser
from tests.web.factories import snapshot
from tests.web.request_bodies import File

WORDS = (
    ("cp1251", "Письмо Постоянного представителя.pdf"),
    ("cp1251", "ПИСЬМО.pdf"),
    ("cp1251", "Лист України 12.pdf"),
    ("cp1256", "رسالة.pdf"),
    ("cp1256", "رسالة البعثة الدائمة 2025.pdf"),
    ("gb18030", "照会.pdf"),
    ("gb18030", "中国常驻联合国代表团信函.pdf"),
    ("gb18030", "书.pdf"),
    ("cp932", "書簡.pdf"),
    ("cp932", "日本政府代表部からの書簡.pdf"),
    ("cp932", "表紙.pdf"),
    ("cp1252", "Lettre du Représentant permanent – séance.pdf"),
    ("cp1252", "Ñandú, señor.pdf"),
    ("utf-8", "照会 é Письмо.pdf"),
)
UNSAFE = (
    ("cp1251", "Ю.pdf"),
    ("euc_kr", "공한.pdf"),
    ("cp1253", "Επιστολή.pdf"),
    ("cp874", "หนังสือ.pdf"),
    ("utf-16-le", "é.pdf"),
)


@pytest.mark.parametrize(("encoding", "name"), WORDS)
def test_a_name_in_an_old_encoding_is_read_where_it_gives_words(encoding: str, name: str) -> None:
    assert readable(name.encode(encoding)) == name


@pytest.mark.parametrize(("encoding", "name"), UNSAFE)
def test_a_name_that_fits_nothing_or_too_much_has_signs_for_what_is_not_read(
    encoding: str, name: str
) -> None:
    assert "\ufffd" in readable(name.encode(encoding) + b"\xff")
    assert readable(name.encode(encoding) + b"\xff").replace("\x00", "").isprintable()


@pytest.mark.parametrize("encoding", ["cp1251", "cp1256", "gb18030", "cp932", "latin-1"])
def test_a_letter_with_such_a_name_is_taken(db: Database, kenya: Browser, encoding: str) -> None:
    name = {
        "cp1251": "письмо.pdf",
        "cp1256": "رسالة.pdf",
        "gb18030": "照会.pdf",
        "cp932": "表.pdf",
        "latin-1": "présidente.pdf",
    }[encoding]
    kenya.upload(File(pdf_bytes(), name.encode(encoding)))
    [file] = snapshot(db)["letter_file"]
    assert file["original_name"] == name


def test_a_name_that_nothing_can_read_costs_nobody_the_letter(db: Database, kenya: Browser) -> None:
    kenya.upload(File(pdf_bytes(), b"\xff\xfe\x80\x81.pdf"))
    [file] = snapshot(db)["letter_file"]
    assert file["original_name"] == "\ufffd" * 4 + ".pdf"


@pytest.mark.parametrize(
    ("written", "name"),
    [
        (b"UTF-8''%D0%9F%D0%B8%D1%81.pdf", "Пис.pdf"),
        (b"utf-8'ru'%D0%9F.pdf", "П.pdf"),
        (b"windows-1251''%CF%E8%F1.pdf", "Пис.pdf"),
        (b"GB18030''%D5%D5%BB%E1.pdf", "照会.pdf"),
        (b"iso-8859-1''pr%E9sidente.pdf", "présidente.pdf"),
        (b"nonsense''a.pdf", "a.pdf"),
        (b"idna''%ff.pdf", "%ff.pdf"),
    ],
)
def test_an_extended_name_is_read_in_the_encoding_that_it_says(
    db: Database, kenya: Browser, written: bytes, name: str
) -> None:
    """RFC 5987; the quote ends the usual name, which comes before it."""
    field = kenya.page.select_one("input[data-upload]")
    token = kenya.token().encode()
    body = (
        b'--x\r\nContent-Disposition: form-data; name="csrf_token"\r\n\r\n' + token + b"\r\n"
        b'--x\r\nContent-Disposition: form-data; name="letter"; filename*=' + written + b"\r\n"
        b"Content-Type: application/pdf\r\n\r\n" + pdf_bytes() + b"\r\n--x--\r\n"
    )
    kind = "multipart/form-data; boundary=x"
    answer = kenya.client.post(str(field["data-upload"]), data=body, content_type=kind)
    assert answer.status_code == 303, answer.text
    assert snapshot(db)["letter_file"][0]["original_name"] == name
