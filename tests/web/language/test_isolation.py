"""Names and words of people keep their signs and numbers beside them, whichever way a page runs."""

from __future__ import annotations

import pytest
from flask import Flask

from rostrum.domain.delegations.delegation import Basis, Delegation
from rostrum.domain.sentences import Sentence
from rostrum.web.forms.fields import SAMPLE_EMAIL, SAMPLE_PHONE
from rostrum.web.language.catalogs import LANGUAGES, gettext, isolated, isolating, speaking
from rostrum.web.language.formats import delegation_name, sentence, unbroken

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


@pytest.mark.parametrize("sample", [SAMPLE_EMAIL, SAMPLE_PHONE])
def test_a_sample_stands_on_one_line_and_apart_where_a_page_runs_from_the_right(
    app: Flask, sample: object
) -> None:
    assert " " not in str(sample)
    for language in LANGUAGES:
        with app.app_context(), speaking(language):
            assert str(sample).startswith("\u2068") == (language == "ar")


@pytest.mark.parametrize(
    "form", ["{d} d {h} h {min} min", "{h} h {min} min", "{min} min {s} s", "{s} s"]
)
@pytest.mark.parametrize("language", LANGUAGES)
def test_what_a_script_counts_down_keeps_each_number_with_its_unit(
    app: Flask, language: str, form: str
) -> None:
    with app.app_context(), speaking(language):
        assert "} " not in unbroken(gettext(form))
