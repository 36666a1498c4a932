"""A browser, a debate with a real server, and people: everything a browser test asks for."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect, sync_playwright

from tests.browser.chromium import MISSING, Launcher, find_chromium
from tests.browser.people import LAPTOP, Person
from tests.browser.served_debate import ServedDebate
from tests.browser.server import ADMIN_NAME, Server, running
from tests.missing_programs import skip_or_fail

LIVE = 5_000
"""Milliseconds in which what is promised for one or two seconds must be seen.

The promise is a second for a change and two for a page that comes back; the rest is for a slow
machine that runs other tests at the same time.
"""


# Of the session: starting them takes as long as a test, and there are thirty modules. Playwright
# keeps an event loop running as long as it is open: no test may start one of its own.
@pytest.fixture(scope="session")
def launcher() -> Iterator[Launcher]:
    """Starts browsers; one that is not the same for everybody is started by the test."""
    expect.set_options(timeout=LIVE)
    with sync_playwright() as playwright:
        program = find_chromium(playwright)
        if program is None:
            skip_or_fail(MISSING)
        yield Launcher(playwright, program)


@pytest.fixture(scope="session")
def chromium(launcher: Launcher) -> Iterator[Browser]:
    """One browser, in which everybody has a context of their own."""
    browser = launcher.launch()
    yield browser
    browser.close()


MakePerson = Callable[..., Person]


# Starting one takes as long as a test: those that only use it share one, each with a debate.
@pytest.fixture(scope="session")
def shared_server(
    tmp_path_factory: pytest.TempPathFactory, empty_database: Path
) -> Iterator[Server]:
    """The server of this worker; no test may stop it."""
    with running(tmp_path_factory.mktemp("shared") / "instance", empty_database) as server:
        yield server


@pytest.fixture
def server(shared_server: Server, request: pytest.FixtureRequest) -> Iterator[Server]:
    """The shared server, which must not stumble during the test."""
    yield from _watched(shared_server, request)


@pytest.fixture
def own_server(
    tmp_path: Path, empty_database: Path, request: pytest.FixtureRequest
) -> Iterator[Server]:
    """A server of the test's own, which it may kill."""
    with running(tmp_path / "instance", empty_database) as server:
        yield from _watched(server, request)


def _watched(server: Server, request: pytest.FixtureRequest) -> Iterator[Server]:
    before = len(server.written())
    yield server
    written = server.written()[before:]
    request.node.add_report_section("teardown", "server", written)
    assert "Traceback" not in written, written


@pytest.fixture
def closed_debate(server: Server) -> ServedDebate:
    """A debate whose list opens in an hour, unless the test says otherwise."""
    return ServedDebate(server, 3600)


@pytest.fixture
def open_debate(server: Server) -> ServedDebate:
    """A debate whose list has been open for an hour."""
    return ServedDebate(server, -3600)


@pytest.fixture
def person(chromium: Browser) -> Iterator[MakePerson]:
    """Makes somebody with a phone; options go to the browser context."""
    people: list[Person] = []

    def make(**options: object) -> Person:
        people.append(Person(chromium, **options))
        return people[-1]

    yield make
    complaints = [complaint for each in people for complaint in each.unexpected()]
    for each in people:
        each.close()
    assert not complaints, "\n".join(complaints)


@pytest.fixture
def delegate(person: MakePerson) -> Callable[..., Person]:
    """Makes a delegate of a debate who followed the personal link on a phone."""

    def make(debate: ServedDebate, code: str = "KEN", **options: object) -> Person:
        return person(**options).follow_link(debate, code)

    return make


@pytest.fixture
def clerk(person: MakePerson) -> Callable[[ServedDebate], Person]:
    """Makes a member of staff who signed in on a laptop."""
    return lambda debate: person(viewport=LAPTOP).sign_in(debate)


@pytest.fixture
def admin(person: MakePerson) -> Callable[[ServedDebate], Person]:
    """Makes an admin who signed in on a laptop."""
    return lambda debate: person(viewport=LAPTOP).sign_in(debate, ADMIN_NAME)
