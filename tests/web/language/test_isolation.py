"""Names and words of people keep their signs and numbers beside them, whichever way a page runs."""

from __future__ import annotations

import pytest
from flask import Flask

from rostrum.domain.delegations.delegation import Basis, Delegation
from rostrum.domain.sentences import Sentence
from rostrum.web.language.catalogs import isolated, isolating, speaking
from rostrum.web.language.formats import delegation_name, sentence

REASON = "انقطاع الشبكة (2)"


@pytest.mark.parametrize(
    ("language", "text", "said"),
    [
        ("en", "vera", "vera"),
        ("en", "Ваша 3", "Ваша 3"),
        ("en", REASON, f"\u2068{REASON}\u2069"),
        ("fr", REASON, f"\u2068{REASON}\u2069"),
        ("ar", "3 Baltic States", "\u20683 Baltic States\u2069"),
        ("ar", REASON, f"\u2068{REASON}\u2069"),
        ("ar", "", ""),
    ],
)
def test_words_are_kept_apart_where_two_directions_meet(
    app: Flask, language: str, text: str, said: str
) -> None:
    with app.app_context(), speaking(language):
        assert isolated(text) == said


@pytest.mark.parametrize(
    ("language", "name", "shown"),
    [
        ("ar", "20250319_093000.jpg", "\u206820250319_093000.jpg\u2069"),
        ("en", "رسالة 1.pdf", "\u2068رسالة 1.pdf\u2069"),
        ("en", "letter.pdf", "letter.pdf"),
    ],
)
def test_the_name_of_a_file_is_kept_apart_in_a_refusal(
    app: Flask, language: str, name: str, shown: str
) -> None:
    with app.app_context(), speaking(language):
        said = sentence(Sentence("%(name)s: %(problem)s", {"name": name, "problem": "!"}))
    assert said == f"{shown}: !"


def test_a_delegation_without_an_arabic_name_is_kept_apart(app: Flask) -> None:
    there = Delegation(1, "KEN", {"en": "Kenya", "ar": "كينيا"}, Basis.RULE_37)
    lacking = Delegation(2, "NEW", {"en": "New 3 States"}, Basis.RULE_37)
    with app.app_context(), speaking("ar"):
        assert [delegation_name(each) for each in (there, lacking)] == [
            "كينيا",
            "\u2068New 3 States\u2069",
        ]


def test_a_sentence_for_a_script_keeps_its_marks_apart() -> None:
    said = isolating("Sending {name}: {percent} %", "{name}", "{percent} %")
    assert said == "Sending \u2068{name}\u2069: \u2068{percent} %\u2069"
