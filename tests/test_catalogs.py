"""The catalogs of translations: that their check finds what is wrong, and who reads what."""

from __future__ import annotations

import pytest
from babel.messages import Catalog

import catalogs

PLACE = ("%(count)s place", "%(count)s places")


def faults(language: str, source: str | tuple, told: str | tuple | None, **more: object) -> str:
    """What the check says of a catalog that tells one sentence of the source so."""
    template, catalog = Catalog(), Catalog(locale=language)
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
    catalog = Catalog(locale="fr")
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


@pytest.fixture(scope="module")
def extracted() -> dict[str, Catalog]:
    return catalogs.extract()


@pytest.mark.parametrize(
    ("domain", "sentence"),
    [
        ("messages", "The list of speakers"),
        ("messages", "You are now number %(place)s, before that %(before)s: %(why)s"),
        ("messages", "There is no place to give up."),
        ("messages", "Opens in {time}"),
        ("messages", ("%(count)s before you", "%(count)s before you")),
        ("messages", ("%(num)s minute", "%(num)s minutes")),
        ("console", "Staff sign in"),
        ("console", "Use small letters, digits and single hyphens only."),
        # In a form of the console, and on a delegate's page.
        ("messages", "Sign out"),
    ],
)
def test_a_sentence_is_in_the_catalog_of_those_who_read_it(
    extracted: dict[str, Catalog], domain: str, sentence: str | tuple
) -> None:
    key = sentence[0] if isinstance(sentence, tuple) else sentence
    held = {name for name, catalog in extracted.items() if key in catalog}
    assert held == {domain}


def test_what_a_terminal_says_is_in_no_catalog(extracted: dict[str, Catalog]) -> None:
    places = {
        place for each in extracted.values() for m in each for place, _ in m.locations if m.id
    }
    assert "src/rostrum/web/words.py" not in places
    assert not [place for place in places if place.startswith("src/rostrum/cli")]


def test_each_catalog_lies_in_git_as_an_update_writes_it() -> None:
    """Nobody's editor reorders or reflows a file: changes of several people merge."""
    for _, language, path in catalogs.list_catalogs():
        written = catalogs.as_text(catalogs.read(path, language))
        assert path.read_bytes() == written, f"run make i18n: {path}"
