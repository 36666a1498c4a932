"""No translator of pages changes the name of a State, a person or a file."""

from __future__ import annotations

import re

import pytest
from bs4 import BeautifulSoup, NavigableString
from flask import Flask

from rostrum.domain.delegations.delegation import Basis, Delegation
from rostrum.domain.sentences import Sentence
from rostrum.store.database import Database, all_rows
from rostrum.store.delegations import list_delegations
from rostrum.web.language.catalogs import gettext, speaking, untranslated
from rostrum.web.language.formats import delegation_name, sentence
from tests.factories import make_speaker
from tests.web.html_checks import parse
from tests.web.test_html import earlier, pages
from tests.web.test_routes import scene

KENYA = Delegation(1, "KEN", {"en": "Kenya", "ar": "كينيا"}, Basis.RULE_37)
MARKED = '<bdi translate="no">Kenya</bdi>'
PROSE = (make_speaker().functional_title, "Minister for Foreign Affairs of Denmark")
"""What somebody says of a person: words, which may be translated."""
LAID_OUT = {"press", "save", "back", "edit", "quiet-button"}
"""Links that look like buttons."""
OF_NO_PAGE = {"title", "option", "textarea", "script"}
"""What a translator of pages does not touch, or what is in a field that it leaves alone."""

__all__ = ["earlier", "pages", "scene"]


def known_names(db: Database) -> set[str]:
    """The names of the States, people and files, the codes and hashes of an instance."""
    tables = ("letter_file", "staff", "registration")
    rows = {table: all_rows(db, f"select * from {table}") for table in tables}  # noqa: S608
    return {
        *(each.names["en"] for each in list_delegations(db)),
        *(row["original_name"] for row in rows["letter_file"]),
        *(row["sha256"] for row in rows["letter_file"]),
        *(row["name"] for row in rows["staff"]),
        *(row["reference"] for row in rows["registration"]),
        make_speaker().full_name,
        make_speaker().contact_email,
    }


def is_kept(text: NavigableString) -> bool:
    """Whether a text stands in an element that no translator changes."""
    return any(
        parent.get("translate") == "no" or parent.name in OF_NO_PAGE for parent in text.parents
    )


def exposed_names(document: BeautifulSoup, names: re.Pattern[str]) -> set[str]:
    texts = document.find_all(string=names)
    return {
        f"{match}: {text.strip()}"
        for text in texts
        for match in names.findall(text)
        if not (is_kept(text) or any(said in text for said in PROSE))
    }


def test_no_page_lets_a_translator_change_a_name(pages: dict[str, str], db: Database) -> None:
    longest = sorted(known_names(db), key=len, reverse=True)
    names = re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, longest))})(?!\w)")
    found = [
        f"{page}: {name}"
        for page, text in pages.items()
        for name in exposed_names(parse(text), names)
    ]
    assert not found, "\n".join(found)


def test_a_name_within_a_sentence_of_a_button_keeps_its_blanks(pages: dict[str, str]) -> None:
    """Buttons and labels lay out their parts beside each other: a sentence is one part."""
    torn = [
        f"{page}: {name.parent}"
        for page, text in pages.items()
        for name in parse(text).select("bdi[translate=no]")
        if name.parent.name in ("button", "label") or LAID_OUT & set(name.parent.get("class", []))
        if any(isinstance(each, str) and each.strip() for each in name.parent.children)
    ]
    assert not torn, "\n".join(torn)


def test_a_sentence_marks_the_names_in_it_only_in_html(app: Flask) -> None:
    with app.app_context(), speaking("en"):
        said = gettext("%(name)s & others", name=delegation_name(KENYA))
        assert said == "Kenya & others"
        assert said.__html__() == f"{MARKED} &amp; others"
        told = sentence(Sentence("Invited: %(who)s.", {"who": (KENYA, "<Mali>")}))
        assert told == "Invited: Kenya, <Mali>."
        assert told.__html__() == (f'Invited: {MARKED}, <bdi translate="no">&lt;Mali&gt;</bdi>.')


@pytest.mark.parametrize("name", ["Kenya", "a <b>", "G-77 & China."])
def test_a_name_is_the_name_itself_where_there_is_no_markup(app: Flask, name: str) -> None:
    with app.app_context():
        assert f"{untranslated(name)}" == name
