"""The rule of the order, short enough to be read by whoever waits."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from flask import Flask

from rostrum.domain.debates.debate import Debate, OrderPolicy
from rostrum.store.database import Database, writing
from tests.factories import OPENS_AT
from tests.web.client import Browser
from tests.web.factories import home, link, set_instant

MOST = 180
"""Words on the screen, the head of the page included."""


@pytest.mark.parametrize("policy", OrderPolicy)
def test_the_rule_page_has_no_more_words_than_one_reads(
    app: Flask, db: Database, debate: Debate, policy: OrderPolicy
) -> None:
    set_instant(db, debate, closes_at=OPENS_AT + timedelta(days=2))
    with writing(db):
        sql = "update debate set order_policy = :policy, visibility = 'public'"
        db.execute(sql, {"policy": policy})
    page = Browser(app)
    page.get(f"/debates/{debate.slug}/rule")
    shown = " ".join((page.says(".brand"), page.says("main")))
    words = re.findall(r"\w+(?:[’:.-]\w+)*", shown)
    assert len(words) <= MOST, shown


@pytest.mark.parametrize("page", ["rule", "privacy"])
def test_a_delegate_finds_back_from_the_pages_for_everybody(
    kenya: Browser, app: Flask, debate: Debate, page: str
) -> None:
    kenya.get(f"/debates/{debate.slug}/{page}")
    kenya.follow(".brand a")
    assert kenya.path == home(debate)
    stranger = Browser(app)
    stranger.get(f"/debates/{debate.slug}/{page}")
    assert stranger.page.select_one(".brand a")["href"] == "/"


def test_who_acts_for_two_delegations_chooses_which_page_to_go_back_to(
    app: Flask, db: Database, kenya: Browser, debate: Debate
) -> None:
    kenya.get(link(app, db, debate, "BRA"))
    kenya.submit("form")
    kenya.get(f"/debates/{debate.slug}/rule")
    kenya.follow(".brand a")
    assert kenya.path == "/"
    assert "This phone is signed in for:" in kenya.words
