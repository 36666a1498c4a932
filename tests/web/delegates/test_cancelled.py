"""A debate that does not take place says so on every page of a delegation, and one that does again
has no problem left."""

from __future__ import annotations

import pytest
from flask import Flask

from rostrum.actions.debates.lifecycle import cancel
from rostrum.domain.actors import COMMAND_LINE
from rostrum.domain.debates.debate import Debate
from rostrum.store.database import Database
from tests.factories import FakeClock
from tests.web.client import Browser
from tests.web.factories import home, take_place


@pytest.mark.parametrize("rest", ["", "/list", "/about", "/shares"])
def test_each_page_of_a_cancelled_debate_says_so_with_the_reason(
    app: Flask, db: Database, debate: Debate, opened: FakeClock, kenya: Browser, rest: str
) -> None:
    take_place(app, db, debate)
    cancel(db, opened.now(), COMMAND_LINE, debate, "The President fell ill.")
    kenya.get(home(debate) + rest)
    assert "The debate is cancelled" in kenya.words
    assert "The President fell ill." in kenya.words


def test_a_page_that_is_read_anew_has_no_problem_that_it_was_told_before(
    debate: Debate, kenya: Browser
) -> None:
    kenya.get(home(debate))
    kenya.page.select_one("#problem").string = "This debate is archived."
    kenya.refresh()
    assert kenya.says("#problem") == ""
