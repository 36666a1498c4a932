"""Each sentence with a number, said for 0 to 300 in all languages by what is compiled.

Which words are right is known from `tests/plural_rules.py` alone: which numbers go together, and
how nouns end with each. Forms that are exchanged, by hand or by a header, are found.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from gettext import GNUTranslations, NullTranslations, c2py
from io import BytesIO
from itertools import combinations

import pytest
from babel.messages import Catalog, Message, plurals
from babel.messages.mofile import write_mo

from build_tools import catalogs
from tests.plural_rules import (
    ANOTHER,
    ANY,
    ARABIC_PREFIXES,
    CATEGORIES,
    ENDINGS,
    LAST,
    NO,
    VOWEL_SIGNS,
    WORDS,
)

Say = Callable[[int], str]

COUNTED = ("count", "num", "length", "days", "letters", "left", "limit")
"""Names of the number that a sentence agrees with; others may stand beside it."""
FIGURE = "#"
DIGITS = re.compile(r"\d+")
WORD = re.compile(rf"\w+|{FIGURE}")
EXPRESSION = re.compile(r"nplurals=\d; plural=(.+);")
BABEL = {
    "2.17": {
        "fr": (2, "(n > 1)"),
        "es": (2, "(n != 1)"),
        "ru": (
            3,
            "(n%10==1 && n%100!=11 ? 0 : n%10>=2 && n%10<=4 && (n%100<10 || n%100>=20) ? 1 : 2)",
        ),
        "zh": (1, "0"),
        "ar": (
            6,
            "(n==0 ? 0 : n==1 ? 1 : n==2 ? 2 : n%100>=3 && n%100<=10 ? 3 : "
            "n%100>=0 && n%100<=2 ? 4 : 5)",
        ),
    },
    "2.19": {
        "fr": (3, "(n == 0 || n == 1) ? 0 : n != 0 && n % 1000000 == 0 ? 1 : 2"),
        "es": (3, "(n == 1 ? 0 : n != 0 && n % 1000000 == 0 ? 1 : 2)"),
        "ru": (
            3,
            "n % 10 == 1 && n % 100 != 11 ? 0 : n % 10 >= 2 && n % 10 <= 4 && "
            "(n % 100 < 12 || n % 100 > 14) ? 1 : 2",
        ),
        "zh": (1, "0"),
        "ar": (
            6,
            "(n == 0 ? 0 : n == 1 ? 1 : n == 2 ? 2 : n % 100 >= 3 && n % 100 <= 10 ? 3 : "
            "n % 100 >= 11 && n % 100 <= 99 ? 4 : 5)",
        ),
    },
    "of another day": dict.fromkeys(("fr", "es", "ru", "zh", "ar"), (4, "n % 4")),
}
"""What releases of Babel hold for the rules of our languages."""


# What is said


def counting(catalog: Catalog) -> list[Message]:
    """Its sentences with a number."""
    return [message for message in catalogs.sentences(catalog) if message.pluralizable]


def compiled(catalog: Catalog) -> GNUTranslations:
    """The catalog as a page has it."""
    file = BytesIO()
    write_mo(file, catalog)
    file.seek(0)
    return GNUTranslations(file)


def say_by(catalog: NullTranslations, message: Message) -> Say:
    """The sentence for a number, with its values."""
    one, many = message.id
    names = re.findall(r"%\((\w+)\)s", one + many)
    counted = next((name for name in COUNTED if name in names), "")

    def say(number: int) -> str:
        values = dict.fromkeys(names, "…") | {counted: number}
        return catalog.ngettext(one, many, number) % values

    return say


def with_a_figure(text: str, number: int) -> str:
    """The sentence with a sign for its number: those that differ in it alone become one."""
    return DIGITS.sub(lambda found: FIGURE if found[0] == str(number) else found[0], text)


def words(language: str, text: str) -> set[str]:
    """Its words; Arabic ones without vowel signs, and without what is joined to them too."""
    if language != "ar":
        return set(WORD.findall(text))
    found = set(WORD.findall(re.sub(VOWEL_SIGNS, "", text)))
    bare = (each.removeprefix(prefix) for each in found for prefix in ARABIC_PREFIXES)
    return found.union(bare)


# What is right


def faults(language: str, say: Say, *, tells_number: bool) -> Iterator[str]:
    """What is wrong with a sentence, said for every number."""
    held, all_texts = {}, set()
    for category, numbers in CATEGORIES[language].items():
        texts = {with_a_figure(say(number), number) for number in numbers}
        held[category] = set.intersection(*(words(language, text) for text in texts))
        # "One place" needs no figure where nothing but 1 is said so.
        if tells_number and len(numbers) > 1 and FIGURE not in held[category]:
            yield f"the number is not told: {texts}"
        all_texts |= {DIGITS.sub(FIGURE, text) for text in texts}
    if len(all_texts) > 1 and not has_a_noun(language, list(held.values())):
        yield f"no noun agrees: {all_texts}"
    if language == "ar":
        yield from (f"says none of {each}" for each in list(held)[1:] if NO & held[each])


def has_a_noun(language: str, held: list[set[str]]) -> bool:
    """Whether the words of each category hold one noun, each in the form that belongs to it."""
    if any(_agrees("", row, held) for row in WORDS[language]):
        return True
    for row in ENDINGS[language]:
        unknown = held[-1].difference(*WORDS[language])
        stems = {each.removesuffix(row[-1]) for each in unknown if each.endswith(row[-1])}
        if any(len(stem) > 1 and _agrees(stem, row, held) for stem in stems):
            return True
    return False


def _agrees(stem: str, row: tuple[str | None, ...], held: list[set[str]]) -> bool:
    forms = {stem + ending for ending in row if ending not in (ANY, ANOTHER)}
    for ending, found in zip(row, held, strict=True):
        right = set() if ending == ANOTHER else {f"{stem}{ending}"}
        if ending is not ANY and forms & found != right:
            return False
    # An Arabic sentence about nothing denies it, gives the figure, or leaves the noun out.
    return len(row) < 6 or bool((NO | {FIGURE}) & held[0]) or not forms & held[0]


def faults_by_sentence(
    language: str, messages: list[Message], translations: NullTranslations
) -> dict[str, list[str]]:
    """Those of each sentence, by what it is in English."""
    return {
        message.id[1]: list(
            faults(
                language,
                say_by(translations, message),
                tells_number=any(f"%({name})s" in message.id[1] for name in COUNTED),
            )
        )
        for message in messages
    }


def exchanged(message: Message, here: int, there: int) -> Message:
    """A copy in which two forms stand in each other's place."""
    forms = list(message.string)
    forms[here], forms[there] = forms[there], forms[here]
    return Message(message.id, tuple(forms), context=message.context)


@pytest.fixture(scope="module")
def templates() -> dict[str, Catalog]:
    return catalogs.extract()


CATALOGS = [pytest.param(*each, id=f"{each[1]}-{each[0]}") for each in catalogs.list_catalogs()]


@pytest.mark.parametrize(("domain", "language", "path"), CATALOGS)
def test_each_number_is_said_in_its_form(domain, language, path) -> None:
    catalog = catalogs.read(path, language)
    messages = counting(catalog)
    assert len(messages) > 20
    found = faults_by_sentence(language, messages, compiled(catalog))
    assert {text: each for text, each in found.items() if each} == {}


@pytest.mark.parametrize(("domain", "language", "path"), CATALOGS)
def test_two_forms_in_each_others_place_are_found_in_every_sentence(domain, language, path) -> None:
    messages = counting(catalogs.read(path, language))
    forms = len(CATEGORIES[language])
    for here, there in combinations(range(forms), 2):
        differing = [m for m in messages if m.string[here] != m.string[there]]
        wrong = catalogs.new_catalog(language)
        for message in differing:
            wrong[message.id] = exchanged(message, here, there)
        found = faults_by_sentence(language, differing, compiled(wrong))
        assert [text for text, each in found.items() if not each] == [], (here, there)


def test_a_header_of_another_order_alone_is_found_in_every_sentence() -> None:
    """Arabic as Babel 2.19 counts it: the same number of forms, the last two exchanged."""
    _, language, path = next(each for each in catalogs.list_catalogs() if each[1] == "ar")
    messages = [m for m in counting(catalogs.read(path, language)) if m.string[4] != m.string[5]]
    number, expression = BABEL["2.19"]["ar"]
    wrong = Catalog(locale="ar")
    wrong.mime_headers = [("Plural-Forms", f"nplurals={number}; plural={expression};")]
    for message in messages:
        wrong[message.id] = message
    assert "header" in next(catalogs.faults_of(wrong, Catalog(), "ar"))
    assert len(messages) > 10
    assert all(faults_by_sentence("ar", messages, compiled(wrong)).values())


@pytest.mark.parametrize("exchange", [False, True])
def test_english_says_each_number_in_its_form(templates, exchange: bool) -> None:
    """The sentences of the source, and the same with their forms exchanged."""
    messages = [m for each in templates.values() for m in counting(each)]
    differing = [m for m in messages if m.id[0] != m.id[1]]
    if exchange:
        differing = [Message(tuple(reversed(each.id))) for each in differing]
    found = faults_by_sentence("en", differing, NullTranslations())
    assert {bool(each) for each in found.values()} == {exchange}


# Whose rule it is


@pytest.mark.parametrize("language", catalogs.PLURALS)
def test_each_form_of_our_rule_is_for_one_category(language: str) -> None:
    form_of = c2py(EXPRESSION.fullmatch(catalogs.PLURALS[language])[1])
    forms = [{form_of(n) for n in numbers} for numbers in CATEGORIES[language].values()]
    assert sorted(forms, key=min) == [{each} for each in range(len(forms))]


@pytest.mark.parametrize("language", CATEGORIES)
def test_each_number_has_one_category(language: str) -> None:
    said = [n for numbers in CATEGORIES[language].values() for n in numbers if n <= LAST]
    assert sorted(said) == list(range(LAST + 1))


@pytest.mark.parametrize("release", BABEL)
def test_no_release_of_babel_changes_a_rule_or_a_file(templates, release, monkeypatch) -> None:
    for language, rule in BABEL[release].items():
        monkeypatch.setitem(plurals.PLURALS, language, rule)
    for domain, language, path in catalogs.list_catalogs():
        catalog, template = catalogs.read(path, language), templates[domain]
        assert list(catalogs.faults_of(catalog, template, language)) == []
        assert catalogs.updated(catalog, template) == path.read_bytes(), f"run make i18n: {path}"
        assert compiled(catalog).info()["plural-forms"] == catalogs.PLURALS[language]
        made = catalogs.updated(catalogs.new_catalog(language), template).decode()
        forms = max(map(int, re.findall(r"^msgstr\[(\d)\]", made, re.MULTILINE)))
        assert forms + 1 == len(CATEGORIES[language])


def test_a_file_without_a_header_has_our_rule(tmp_path, monkeypatch) -> None:
    monkeypatch.setitem(plurals.PLURALS, "fr", BABEL["2.19"]["fr"])
    path = tmp_path / "fr.po"
    path.write_text('msgid "Saved."\nmsgstr "Enregistré."\n')
    assert catalogs.read(path, "fr").plural_forms == catalogs.PLURALS["fr"]
