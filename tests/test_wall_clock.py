"""The real server on a machine whose wall clock is set back and forth by an hour.

libfaketime sets the wall clock of one process and leaves its steady clocks alone, as an
operator or NTP does to a machine.
"""

from __future__ import annotations

import time
import urllib.request
from datetime import timedelta
from email.utils import parsedate_to_datetime
from pathlib import Path

import pytest

from rostrum.clock import utc_clock
from rostrum.config import Config
from rostrum.domain.debates.debate import Debate
from rostrum.domain.delegations.invitations import invitation_token
from rostrum.domain.times import from_micros, to_micros
from rostrum.store.database import Database, writing
from rostrum.store.registrations import list_with_delegations
from tests.factories import make_debate, make_invitations, prepare
from tests.load import phones
from tests.load.server import MAIN, Server, running
from tests.load.streams import Page, closing, read_until
from tests.missing_programs import skip_or_fail

FOLDERS, LIBRARY = Path("/usr/lib"), "*/faketime/libfaketimeMT.so.1"
MISSING = "no libfaketime: it sets the wall clock of the server"
STEPS = (1, -1, 0)
"""Hours by which the wall clock is off, one after the other."""
CODES = ("BRA", "EGY", "JPN", "KEN")
OPENS_IN = 4
"""Seconds: long enough for the steps before it."""

NAIVE = """
import time
from rostrum.cli import _patch, main
_patch()
from rostrum.clock import Clock
Clock.micros = Clock.stamp = lambda clock: time.time_ns() // 1_000
main()
"""
"""The control: a server that asks the wall clock each time."""


class WallClock:
    """The wall clock of the servers that run `under` it."""

    def __init__(self, library: Path, file: Path) -> None:
        self._file = file
        self.set(0)
        self.under = (
            "env",
            f"LD_PRELOAD={library}",
            f"FAKETIME_TIMESTAMP_FILE={file}",
            "FAKETIME_NO_CACHE=1",
            "FAKETIME_DONT_FAKE_MONOTONIC=1",
        )

    def set(self, hours: int) -> None:
        """So many hours off."""
        self._file.write_text(f"{hours * 3600:+d}")


@pytest.fixture
def wall_clock(tmp_path: Path) -> WallClock:
    """Skips where there is no libfaketime, unless this is CI."""
    library = next(FOLDERS.glob(LIBRARY), None)
    if library is None:
        skip_or_fail(MISSING)
    return WallClock(library, tmp_path / "wall-clock")


def make_list(db: Database, slug: str, opens_in: float) -> Debate:
    """A debate whose list opens in so many minutes; four need only press."""
    now = utc_clock.now()
    instants = {"starts_at": now + timedelta(days=5), "opens_at": now + timedelta(minutes=opens_in)}
    debate = make_debate(db, slug=slug, letter_deadline=None, **instants)
    prepare(db, debate, *CODES)
    return debate


def set_instant(db: Database, debate: Debate, column: str, seconds: float) -> int:
    """The opening or closing is in so many seconds; the instant in microseconds."""
    instant = to_micros(utc_clock.now() + timedelta(seconds=seconds))
    with writing(db):
        sql = f"update debate set {column} = ? where id = ?"  # noqa: S608
        db.execute(sql, (instant, debate.id))
    return instant


def sign_in(server: Server, db: Database, debate: Debate, code: str) -> phones.Phone:
    invitation = make_invitations(db, debate, code)[code]
    key = server.config.secret_key()
    token = invitation_token(key, invitation.id, invitation.generation)
    return phones.sign_in(server.address, code, token)


def times_told(server: Server) -> tuple[float, float]:
    """Seconds by which the wall clock of the server, and its own clock, are off."""
    with urllib.request.urlopen(f"{server.url}/clock") as answer:
        wall, own = parsedate_to_datetime(answer.headers["Date"]), from_micros(int(answer.read()))
    now = utc_clock.now()
    return (wall - now).total_seconds(), (own - now).total_seconds()


@pytest.mark.parametrize(
    ("program", "is_steady"), [(MAIN, True), (NAIVE, False)], ids=["ours", "control"]
)
def test_steps_reorder_nobody_reopen_nothing_and_open_nothing_early(
    config: Config, db: Database, wall_clock: WallClock, program: str, is_steady: bool
) -> None:
    begins = {"open": -120, "over": -120, "to-come": 30}
    lists = {slug: make_list(db, slug, opens_in) for slug, opens_in in begins.items()}
    with running(config, program, wall_clock.under) as server:
        waiting = {
            name: [sign_in(server, db, debate, code) for code in CODES]
            for name, debate in lists.items()
        }
        set_instant(db, lists["over"], "closes_at", -600)
        for hours, *pressing in zip((0, *STEPS), *waiting.values(), strict=True):
            wall_clock.set(hours)
            wall, own = times_told(server)
            assert abs(wall - hours * 3600) < 5, "the wall clock did not step"
            assert (abs(own) < 5) == (is_steady or hours == 0)
            phones.fire(server.address, [phones.press(phone) for phone in pressing])
    listed = {name: list_with_delegations(db, debate.id) for name, debate in lists.items()}
    assert [each.code for _, each in listed["open"]] == list(CODES)
    received = [held.received_at for held, _ in listed["open"]]
    assert (max(received) - min(received) < timedelta(minutes=5)) == is_steady
    assert (received == sorted(received)) == is_steady
    is_empty = [not listed[name] for name in ("over", "to-come")]
    assert is_empty == [is_steady, is_steady]


def news(page: Page) -> list[str]:
    """What the page was told, heartbeats left out."""
    return [message for message in page.told if not message.startswith("event:")]


def test_steps_tell_a_page_of_its_opening_once(
    config: Config, db: Database, wall_clock: WallClock
) -> None:
    debate = make_list(db, "to-come", 60)
    with running(config, under=wall_clock.under) as server:
        page = Page(server.address, sign_in(server, db, debate, "KEN"))
        with closing([page]):
            page.open()
            read_until([page], lambda page: len(news(page)) == 1)
            opens_at = set_instant(db, debate, "opens_at", OPENS_IN)
            read_until([page], lambda page: len(news(page)) == 2)
            step_through(wall_clock)
            read_until([page], lambda page: len(news(page)) == 3)
            assert to_micros(utc_clock.now()) >= opens_at - 50_000, "it opened early"
            assert "The list is open" in news(page)[-1]
            step_through(wall_clock)
            beats = len(page.told) - len(news(page))
            read_until([page], lambda page: len(page.told) - len(news(page)) == beats + 2)
            assert len(news(page)) == 3


def step_through(wall_clock: WallClock) -> None:
    """Sets it back and forth, each time for some rounds of the watcher."""
    for hours in STEPS:
        wall_clock.set(hours)
        time.sleep(0.35)


def test_a_server_that_started_fast_is_right_as_soon_as_no_list_is_open(
    config: Config, db: Database, wall_clock: WallClock
) -> None:
    debate = make_list(db, "open", -120)
    wall_clock.set(1)
    with running(config, under=wall_clock.under) as server:
        page = Page(server.address, sign_in(server, db, debate, "KEN"))
        with closing([page]):
            page.open()
            wall_clock.set(0)
            read_until([page], lambda page: any(told.endswith(" 3600") for told in page.told))
            assert abs(times_told(server)[1] - 3600) < 5, "a list is open: its clock is kept"
            set_instant(db, debate, "closes_at", -60)
            read_until([page], lambda page: page.told[-1].endswith(" 0"))
            assert abs(times_told(server)[1]) < 5
            beats = len(page.told) - len(news(page))
            read_until([page], lambda page: len(page.told) - len(news(page)) == beats + 2)
