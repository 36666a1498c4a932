"""When somebody is expected to speak, on phone and console, and what telling it costs."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from flask import Flask

from rostrum.domain.debates.debate import Debate, Status
from rostrum.domain.order.forecasts import _plan
from rostrum.store.database import Database, writing
from rostrum.store.debates import update_debate
from rostrum.store.delegations import list_delegations
from rostrum.web.context import db as request_db
from rostrum.web.delegates.page import delegation_page
from tests.factories import OPENS_AT, FakeClock, delegation, make_debate, prepare, register
from tests.web.client import Browser
from tests.web.factories import console, home, sign_in, take_place


def change(db: Database, debate: Debate, **changes: object) -> None:
    with writing(db):
        update_debate(db, replace(debate, **changes))


def fill(db: Database, debate: Debate, count: int) -> list[str]:
    """So many delegations with a place, in no particular order; their codes."""
    members = {"CHN", "DNK", "DZA", "FRA", "GBR", "GRC", "GUY", "KOR"}
    members |= {"PAK", "PAN", "RUS", "SLE", "SOM", "SVN", "USA"}
    codes = [each.code for each in list_delegations(db) if each.code not in members][:count]
    prepare(db, debate, *codes)
    for number, code in enumerate(codes):
        register(db, debate, code, OPENS_AT + timedelta(milliseconds=number))
    return codes


def test_a_delegation_is_told_about_when_it_speaks(
    app: Flask, db: Database, debate: Debate, opened: FakeClock, kenya: Browser
) -> None:
    take_place(app, db, debate, "BRA")
    take_place(app, db, debate, "KEN")
    kenya.get(home(debate))
    # Two briefings of ten minutes and 17 statements of three, a minute after each.
    assert "You speak about Mon 24 March, 11:25 New York between 11:15 and 11:45" in kenya.says(
        "#standing .forecast"
    )
    own_time = kenya.page.select_one("#standing .forecast [data-own-time]")
    assert own_time["data-own-time"] == "2025-03-24T15:25:00.000Z"


def test_a_change_of_the_limits_is_told_at_once(
    app: Flask, db: Database, debate: Debate, opened: FakeClock, kenya: Browser
) -> None:
    take_place(app, db, debate, "KEN")
    kenya.get(home(debate))
    assert "You speak about Mon 24 March, 11:20 New York" in kenya.words
    change(db, debate, member_limit=600)
    kenya.poll()
    assert "You speak about Mon 24 March, 15:00 New York" in kenya.words


def test_a_day_is_named_when_it_is_another_one(
    app: Flask, db: Database, debate: Debate, opened: FakeClock, kenya: Browser
) -> None:
    change(db, debate, member_limit=1500)
    take_place(app, db, debate, "KEN")
    kenya.get(home(debate))
    told = kenya.says("#standing .forecast")
    assert (
        "You speak about Tue 25 March, 10:25 New York between Mon 24 March, 17:35 and 12:10" in told
    )


def test_on_the_day_itself_the_time_is_enough(
    app: Flask, db: Database, debate: Debate, opened: FakeClock, kenya: Browser
) -> None:
    take_place(app, db, debate, "KEN")
    opened.set(debate.starts_at)
    kenya.get(home(debate))
    assert "You speak about 11:20 New York" in kenya.says("#standing .forecast")


@pytest.mark.parametrize("status", [Status.POSTPONED, Status.CANCELLED])
def test_a_debate_that_does_not_take_place_forecasts_nothing(
    app: Flask, db: Database, debate: Debate, opened: FakeClock, kenya: Browser, status: Status
) -> None:
    take_place(app, db, debate, "KEN")
    change(db, debate, status=status, status_reason="The presidency asks for another day.")
    kenya.poll()
    assert not kenya.has(".forecast")


def test_a_press_is_answered_with_the_forecast(
    app: Flask, db: Database, debate: Debate, opened: FakeClock, kenya: Browser
) -> None:
    prepare(db, debate, "KEN")
    kenya.get(home(debate))
    kenya.submit("[data-register]", htmx=True)
    assert "You speak about Mon 24 March, 11:20 New York" in kenya.says("#standing")


def test_staff_see_when_each_speaks_and_when_the_list_ends(
    app: Flask, db: Database, debate: Debate, opened: FakeClock, vera: Browser
) -> None:
    for code in ("BRA", "KEN"):
        take_place(app, db, debate, code)
    vera.get(console(debate))
    assert "The list ends about Mon 24 March, 11:30 New York (between 11:15 and" in vera.words
    told = [(tag.get_text(), tag["title"]) for tag in vera.page.select("td.forecast span[title]")]
    assert told == [("about 11:20", "11:10 – 11:40"), ("about 11:25", "11:15 – 11:45")]
    assert "speak on" not in vera.words


def test_staff_are_warned_when_the_list_does_not_fit_the_day(
    db: Database, debate: Debate, opened: FakeClock, vera: Browser
) -> None:
    fill(db, debate, 82)
    vera.get(console(debate))
    assert "The last 12 speak on Tue 25 March." in vera.words


def test_groups_with_a_limit_of_their_own_count_with_it(
    app: Flask, db: Database, debate: Debate, opened: FakeClock, kenya: Browser
) -> None:
    change(db, debate, group_limit=900)
    take_place(app, db, debate, "BRA", on_behalf_of="Group of Friends")
    take_place(app, db, debate, "KEN")
    kenya.get(home(debate))
    assert "You speak about Mon 24 March, 11:40 New York" in kenya.words


def test_an_empty_list_forecasts_nothing(vera: Browser, debate: Debate) -> None:
    vera.get(console(debate))
    assert not vera.has("td.forecast span[title]")
    assert "The list ends" not in vera.words


def cost(app: Flask, debate: Debate, who: int) -> tuple[int, int]:
    """Queries, and steps of SQLite's machine, that a delegation's live block takes."""
    queries, steps = [], []
    with app.test_request_context():
        connection = request_db().conn
        connection.set_trace_callback(queries.append)
        connection.set_progress_handler(lambda: steps.append(1) and 0, 1)
        delegation_page(debate.id, who)
        connection.set_trace_callback(None)
        connection.set_progress_handler(None, 0)
    return len(queries), len(steps)


@pytest.mark.parametrize("group_limit", [None, 300])
def test_a_page_costs_the_same_on_a_long_list(
    app: Flask, db: Database, debate: Debate, opened: FakeClock, group_limit: int | None
) -> None:
    short, long = debate, make_debate(db, slug="long")
    for each in (short, long):
        change(db, each, group_limit=group_limit)
    [first] = fill(db, short, 1)
    codes = fill(db, long, 170)
    assert first == codes[0]
    who = [delegation(db, code).id for code in codes]
    small, large = cost(app, short, who[0]), cost(app, long, who[0])
    assert large[0] == small[0]
    assert large[1] <= small[1] * 1.2
    before = _plan.cache_info().misses
    with app.test_request_context():
        for each in who:
            delegation_page(long.id, each)
    assert _plan.cache_info().misses - before <= 3


def test_a_colleague_sees_the_same(
    app: Flask, db: Database, debate: Debate, opened: FakeClock, kenya: Browser
) -> None:
    take_place(app, db, debate, "KEN")
    kenya.poll()
    other = sign_in(app, db, debate, "KEN")
    assert other.says("#standing") == kenya.says("#standing")
