"""The catalogs of translations: that their check finds what is wrong, and who reads what."""

from __future__ import annotations

import re

import pytest
from babel.messages import Catalog

from build_tools import catalogs

PLACE = ("%(count)s place", "%(count)s places")
COUNTS = {
    "added", "all", "changed", "count", "days", "done", "files", "gaps", "hours", "issued",
    "left", "length", "letters", "limit", "max", "minutes", "missing", "num", "opened", "others",
    "pages", "registrations", "revoked", "same", "seconds", "sessions", "shown", "size", "texts",
    "total",
}  # fmt: skip
"""Placeholders that hold a number of things."""
NEVER_AGREES = {"s", "min", "h", "d", "kB", "MB", "GB", "of", "in"}
"""Units, and words after which nothing is counted."""
ALWAYS_MANY = {
    "A password has at least %(length)s characters.": "a constant of domain/staff/accounts.py",
    "At least %(length)s characters.": "the same",
    "Give %(max)s addresses at most.": "a constant of web/console/forms/delegations.py",
    "There are %(count)s links already. End one first.": (
        "a constant of domain/delegations/shares.py"
    ),
    "There is room for %(max)s rows.": "a constant of domain/delegations/table.py",
    "The %(size)s members speak in the order drawn by lot and do not register. "
    "Who holds a place cannot be marked.": "the Council has fifteen",
    "As of {time}. Updated every {seconds} seconds": "a constant of static/js/live.js",
    "{count} files": "said of several only; one is told by its name",
}
"""Sentences in which a number never is one, each with the reason."""


def faults(language: str, source: str | tuple, told: str | tuple | None, **more: object) -> str:
    """What the check says of a catalog that tells one sentence of the source so."""
    template, catalog = Catalog(), catalogs.new_catalog(language)
    template.add(source)
    if told is not None:
        catalog.add(source, told, **more)
    return "\n".join(catalogs.faults_of(catalog, template, language))


@pytest.mark.parametrize(
    ("language", "source", "told"),
    [
        ("fr", "Saved.", "Enregistré."),
        ("zh", "%(day)s, %(time)s New York", "纽约时间%(day)s %(time)s"),
        ("fr", "Opens in {time}", "Ouvre dans {time}"),
        ("es", "<strong>%(name)s</strong> asks", "Lo pide <strong>%(name)s</strong>"),
        ("fr", PLACE, ("%(count)s place", "%(count)s places")),
        ("ru", PLACE, ("%(count)s место", "%(count)s места", "%(count)s мест")),
        ("zh", PLACE, ("%(count)s 个席位",)),
        ("ar", PLACE, ("لا مكان", "مكان", "مكانان", *["%(count)s أماكن"] * 3)),
        ("es", ("One thing", "%(num)s things"), ("Una cosa", "%(num)s cosas")),
        ("fr", "100%% of it", "100 %% de cela"),
    ],
)
def test_a_right_translation_passes(language: str, source: str | tuple, told: str | tuple) -> None:
    assert faults(language, source, told) == ""


@pytest.mark.parametrize(
    ("language", "source", "told", "fault"),
    [
        ("fr", "Saved.", None, "missing"),
        ("fr", "Saved.", "", "not translated"),
        ("fr", "Saved.", "  ", "not translated"),
        ("fr", "%(name)s asks", "%(nom)s demande", "placeholders differ"),
        ("fr", "%(name)s asks", "demande", "placeholders differ"),
        ("fr", "Until: now", "Jusqu’à : ici", "a sign may begin a line"),
        ("fr", "“Now”", "« Ici\u00a0»", "a sign may begin a line"),
        ("fr", "Opens in {time}", "Ouvre dans {temps}", "placeholders differ"),
        ("fr", "%(name)s asks", "%(name)s demande 5 % de", "a lone %"),
        ("fr", "%(name)s asks", "%(name)s demande %(name)d", "a lone %"),
        ("es", "<strong>Now</strong>", "<em>Ahora</em>", "tags differ"),
        ("es", "<strong>Now</strong>", "<strong>Ahora", "tags differ"),
        ("ru", PLACE, ("%(count)s место", "%(count)s мест"), "3 plural forms"),
        ("ru", PLACE, ("место", "%(count)s места", "%(count)s мест"), "placeholders differ"),
        ("fr", PLACE, ("une place", "%(count)s places"), "placeholders differ"),
        ("ar", PLACE, ("%(count)s", "مكان", "مكانان", "", "%(count)s", "%(count)s"), "not trans"),
        ("ar", PLACE, ("لا", "مكان", "مكانان", "أماكن", "%(count)s", "%(count)s"), "placeholders"),
    ],
)
def test_a_wrong_translation_is_found(
    language: str, source: str | tuple, told: str | tuple | None, fault: str
) -> None:
    assert fault in faults(language, source, told)


def test_an_unsure_translation_is_found() -> None:
    assert "fuzzy" in faults("fr", "Saved.", "Sauvé.", flags=("fuzzy",))


def test_a_sentence_that_nobody_says_any_more_is_found() -> None:
    catalog = catalogs.new_catalog("fr")
    catalog.add("Gone.", "Parti.")
    assert "no longer said" in "\n".join(catalogs.faults_of(catalog, Catalog(), "fr"))


def test_a_header_with_other_plural_forms_is_found(tmp_path) -> None:
    path = tmp_path / "ru.po"
    path.write_text(
        'msgid ""\nmsgstr ""\n'
        '"Content-Type: text/plain; charset=utf-8\\n"\n'
        '"Plural-Forms: nplurals=2; plural=(n != 1);\\n"\n'
    )
    found = list(catalogs.faults_of(catalogs.read(path, "ru"), Catalog(), "ru"))
    assert found
    assert "Plural-Forms: nplurals=3" in found[0]


def test_a_catalog_with_another_rule_is_not_compiled(tmp_path, monkeypatch) -> None:
    path = tmp_path / "ru" / "LC_MESSAGES" / "messages.po"
    path.parent.mkdir(parents=True)
    path.write_text('msgid ""\nmsgstr "Plural-Forms: nplurals=3; plural=n % 3;\\n"\n')
    monkeypatch.setattr(catalogs, "TRANSLATIONS", tmp_path)
    monkeypatch.setattr(catalogs, "ROOT", tmp_path)
    monkeypatch.setattr(catalogs, "LANGUAGES", {"messages": ("ru",)})
    with pytest.raises(SystemExit, match="messages.po: its header must say Plural-Forms"):
        catalogs.compile_all()
    assert not path.with_suffix(".mo").exists()


@pytest.fixture(scope="module")
def extracted() -> dict[str, Catalog]:
    return catalogs.extract()


@pytest.mark.parametrize(
    ("domain", "sentence"),
    [
        ("messages", "The list of speakers"),
        ("messages", "You are now number %(place)s instead of %(before)s: %(why)s"),
        ("messages", "There is no place to give up."),
        ("messages", "Opens in {time}"),
        ("messages", ("%(count)s before you", "%(count)s before you")),
        ("messages", ("%(num)s minute", "%(num)s minutes")),
        ("console", "Staff sign in"),
        ("console", "Use lower-case letters, digits and single hyphens only."),
        # In a form of the console, and on a delegate's page.
        ("messages", "Concept note"),
    ],
)
def test_a_sentence_is_in_the_catalog_of_those_who_read_it(
    extracted: dict[str, Catalog], domain: str, sentence: str | tuple
) -> None:
    key = sentence[0] if isinstance(sentence, tuple) else sentence
    held = {name for name, catalog in extracted.items() if key in catalog}
    assert held == {domain}


def agreeing_counts(text: str) -> list[str]:
    """Numbers in a sentence with the word after each, where that word must agree."""
    found = re.findall(r"(?:%\((\w+)\)s|\{(\w+)\})\s([^\W\d_]+)", text)
    pairs = ((name or other, word) for name, other, word in found)
    return [f"{name} {word}" for name, word in pairs if name in COUNTS and word not in NEVER_AGREES]


def test_each_number_of_things_agrees_with_its_word(extracted: dict[str, Catalog]) -> None:
    """By plural forms, or by a wording ("files: 3") in which nothing has to agree."""
    single = {m.id for each in extracted.values() for m in each if isinstance(m.id, str)}
    counting = {text for text in single if agreeing_counts(text)}
    assert counting == set(ALWAYS_MANY)


def test_a_number_before_a_word_is_found() -> None:
    assert agreeing_counts("%(name)s took %(letters)s letters, %(place)s of 9") == [
        "letters letters"
    ]
    assert agreeing_counts("Letters: {total}. %(size)s MB, {count} of %(size)s") == []


def test_a_text_with_two_meanings_has_a_translation_for_each(
    extracted: dict[str, Catalog],
) -> None:
    meanings = {m.context for m in extracted["messages"] if m.id == ", "}
    assert meanings == {"between clauses", "between names"}
    template, catalog = Catalog(), catalogs.new_catalog("zh")
    for context in meanings:
        template.add(", ", context=context)
    catalog.add(", ", "，", context="between clauses")
    assert list(catalogs.faults_of(catalog, template, "zh")) == [
        "missing, run make i18n: ', ' (between names)"
    ]


HEADLINE = re.compile(r'<(h[1-6])\b.*?</\1>|<(p) class="sentence".*?</\2>', re.DOTALL)
STOP = re.compile(r"""[.。]["']\) ?}}|[.。]{% (?:endtrans|pluralize)""")


def test_headlines_carry_no_full_stop() -> None:
    """Headings, and what stands large on a delegate's page; sentences do."""
    templates = catalogs.ROOT.glob("templates/**/*.html")
    headlines = [found[0] for each in templates for found in HEADLINE.finditer(each.read_text())]
    assert len(headlines) > 100
    assert [each for each in headlines if STOP.search(each)] == []


def test_what_a_terminal_says_is_in_no_catalog(extracted: dict[str, Catalog]) -> None:
    places = {
        place for each in extracted.values() for m in each for place, _ in m.locations if m.id
    }
    assert "src/rostrum/web/language/catalogs.py" not in places
    assert not [place for place in places if place.startswith("src/rostrum/cli")]


def test_each_catalog_lies_in_git_as_an_update_writes_it(extracted: dict[str, Catalog]) -> None:
    """Nobody's editor reorders or reflows a file: changes of several people merge."""
    for domain, language, path in catalogs.list_catalogs():
        written = catalogs.updated(catalogs.read(path, language), extracted[domain])
        assert path.read_bytes() == written, f"run make i18n: {path}"
