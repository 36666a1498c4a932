"""The main job in WebKit and in Firefox: what a delegate is promised holds on every phone."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.browser.cut_line import cut_line
from tests.browser.drawn_letters import a_letter, a_photo_of_a_letter
from tests.browser.engines import Engine, missing, started
from tests.browser.people import SPEAKER
from tests.browser.phone import Phone
from tests.browser.served_debate import ServedDebate
from tests.browser.server import FarServer, Server
from tests.browser.test_bad_wifi import count_rows
from tests.browser.test_layout import OVERFLOWING
from tests.browser.test_live import HIDE
from tests.missing_programs import skip_or_fail

# A group each: an engine is started by one worker, once.
ENGINES = [
    pytest.param(name, marks=pytest.mark.xdist_group(name)) for name in ("webkit", "firefox")
]
pytestmark = [
    pytest.mark.browser,
    pytest.mark.parametrize("engine", ENGINES, indirect=True, scope="session"),
]

NUMBER = "#standing .number"
NARROW = 340
"""Pixels: WebKit's window cannot be narrower."""
PAGES = ("", "/speaker", "/letter", "/list", "/withdrawal")


@pytest.fixture(scope="session")
def engine(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Engine]:
    if packages := missing(request.param):
        skip_or_fail(f"no {request.param}: install {', '.join(packages)}")
    with started(request.param, tmp_path_factory.mktemp(request.param)) as made:
        yield made


@pytest.fixture
def phone(engine: Engine) -> Iterator[Phone]:
    """A phone that nobody has used; its browser must have nothing to complain of."""
    made = Phone(engine)
    yield made
    complaints = made.unexpected()
    engine.forget()
    assert not complaints, "\n".join(complaints)


@pytest.fixture
def file_of(tmp_path: Path) -> Callable[[str, bytes], Path]:
    def write(name: str, content: bytes) -> Path:
        path = tmp_path / name
        path.write_bytes(content)
        return path

    return write


def test_what_a_page_complains_of_is_heard(open_debate: ServedDebate, phone: Phone) -> None:
    """Else no other test would hear it."""
    phone.open(open_debate.link("KEN"))
    phone.run("setTimeout(() => { throw new Error('on purpose'); })")
    phone.run("document.body.append(Object.assign(new Image(), { src: 'https://example.org/' }))")
    phone.expects("on purpose", "img-src")
    phone.wait_until(lambda: len(phone.engine.complaints()) == 2, "both complaints")
    assert phone.unexpected() == []


def test_a_delegate_prepares_waits_presses_and_is_told_live(
    closed_debate: ServedDebate, phone: Phone, file_of: Callable[[str, bytes], Path]
) -> None:
    phone.follow_link(closed_debate).wait_until_live()
    phone.type_speaker()
    phone.choose("#letter", file_of("lettre signée.pdf", a_letter()))
    phone.wait_for("#letter_box", "lettre signée.pdf.* 1 page")
    phone.wait_for("#speaker", SPEAKER["name"])
    phone.wait_for("#standing", "Ready. At ")
    phone.run("window.isTheSamePage = true")
    closed_debate.open_in(3)
    phone.wait_for("[data-countdown]", r"^[0-3]\ss$")
    phone.wait_for("[data-register]", "^Opens in ")
    phone.wait_for("[data-register]", "^Register Kenya$")
    assert closed_debate.registration("KEN") is None, "the page pressed by itself"

    closed_debate.register("BRA")
    phone.click_on("[data-register]")
    phone.wait_for(NUMBER, "^2$")
    phone.wait_for("#standing", "of 2 · 1 before you")
    phone.wait_for(".receipt", closed_debate.registration("KEN").reference)
    closed_debate.withdraw("BRA")
    phone.wait_for(NUMBER, "^1$")
    phone.wait_for("#standing .why", "^You are now number 1 instead of 2: Brazil withdrew at ")
    closed_debate.register("JPN")
    phone.wait_for("#standing", "of 2 · nobody before you")
    assert phone.run("return window.isTheSamePage"), "the page was loaded again"


def test_a_press_on_a_broken_line_is_tried_until_it_is_answered(
    server: Server, phone: Phone, file_of: Callable[[str, bytes], Path]
) -> None:
    with cut_line(server.address, b"/registration ") as line:
        debate = ServedDebate(FarServer(server, line.url), -3600)
        phone.follow_link(debate).wait_until_live()
        phone.type_speaker()
        phone.choose("#letter_photo", file_of("photo.jpg", a_photo_of_a_letter()))
        phone.wait_for("#letter_box", "photo.jpg.* 1 page")
        line.go_down()
        phone.click_on("[data-register]")
        phone.wait_for("#press_said", r"^Not registered yet\. Trying again \(\d+\)…")
        phone.wait_for("#live_word", r"^Not live since ")
        assert debate.registration("KEN") is None
        line.to_lose, line.is_down = 1, False
        phone.wait_for(NUMBER, "^1$")
        phone.wait_for(".receipt", debate.registration("KEN").reference)
        phone.wait_until_live()
        assert line.lost == 1
        assert count_rows(debate) == 1


def test_a_page_that_comes_back_shows_the_present(open_debate: ServedDebate, phone: Phone) -> None:
    open_debate.register("BRA", "JPN", "KEN")
    phone.follow_link(open_debate).wait_until_live()
    phone.run("addEventListener('pageshow', (e) => { document.body.dataset.old = e.persisted; })")
    phone.click("How places are given")
    phone.wait_for("h1", "How places are given")
    open_debate.withdraw("BRA")
    phone.back()
    phone.wait_for(NUMBER, "^2$")
    phone.wait_until_live()
    kept = "true" if phone.engine.keeps_pages else None
    assert phone.run("return document.body.dataset.old ?? null") == kept

    phone.run(f"({HIDE})(true)")
    open_debate.withdraw("JPN")
    phone.run(f"({HIDE})(false)")
    phone.wait_for(NUMBER, "^1$")
    phone.wait_until_live()


def test_another_language_keeps_what_was_typed(closed_debate: ServedDebate, phone: Phone) -> None:
    phone.follow_link(closed_debate).wait_until_live()
    phone.type_speaker(name="Njeri wa Kamau")
    phone.click_on(".languages summary")
    phone.click_on(".languages [lang=ar]")
    phone.wait_for_value("document.documentElement.dir", "rtl")
    phone.wait_for("[data-register]", "^تُفتح بعد")
    phone.wait_for("#speaker", "Njeri wa Kamau")


def test_nothing_lies_beside_the_page(open_debate: ServedDebate, phone: Phone) -> None:
    open_debate.register("BRA", "KEN")
    preparing = ServedDebate(open_debate.server, 3600)
    phone.engine.resize(NARROW, 700)
    phone.open(preparing.link("KEN"))
    assert beside(phone) == []
    phone.follow_link(preparing)
    assert beside(phone) == []
    phone.follow_link(open_debate)
    for rest in PAGES:
        for language in ("en", "ar"):
            phone.open(f"{open_debate.page('KEN', rest)}?lang={language}")
            assert beside(phone) == [], (rest, language)


def beside(phone: Phone) -> list[str]:
    """What the page is too narrow for."""
    phone.wait_for_value("innerWidth", NARROW)
    wide = phone.run("return document.documentElement.scrollWidth > innerWidth")
    return [
        *(["the page scrolls sideways"] if wide else []),
        *phone.run(f"return ({OVERFLOWING})()"),
    ]


def test_where_scripts_never_arrive_one_form_does_it_all(
    server: Server, phone: Phone, file_of: Callable[[str, bytes], Path]
) -> None:
    with cut_line(server.address, b".js ") as line:
        line.to_lose = 1_000
        phone.expects("SyntaxError")  # Firefox reads what came of a script
        debate = ServedDebate(FarServer(server, line.url), -3600)
        phone.follow_link(debate)
        assert phone.run("return typeof htmx") == "undefined"
        phone.type_speaker()
        phone.choose("#letter", file_of("lettre.pdf", a_letter()))
        phone.click_on("[data-register]")
        phone.wait_for(NUMBER, "^1$")
        phone.wait_for(".receipt", debate.registration("KEN").reference)
        phone.wait_for(".receipt", "lettre.pdf")
