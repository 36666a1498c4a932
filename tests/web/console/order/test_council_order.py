"""The Council's order at the console: adjusted for protocol, and a draw that is not lost."""

from __future__ import annotations

from flask import Flask

from rostrum.domain.debates.debate import Debate
from rostrum.store.council import list_council_members
from rostrum.store.database import Database
from tests.web.client import Browser
from tests.web.factories import console, journal_kinds, sign_in_member


def order_of(db: Database, debate: Debate) -> list[str]:
    return [each.code for each in list_council_members(db, debate.id)]


def draw_of(db: Database, debate: Debate) -> list[str]:
    members = list_council_members(db, debate.id)
    return [each.code for each in sorted(members, key=lambda each: each.lot)]


def name_level(browser: Browser, debate: Debate, code: str, level: str) -> None:
    browser.get(f"{console(debate)}/council/{code}/speaker")
    browser.submit("#speaker_form", {"level": level})


def test_levels_stand_first_and_the_draw_stays(vera: Browser, debate: Debate, db: Database) -> None:
    vera.get(f"{console(debate)}/council")
    assert not vera.has("#adjust"), "there is no draw"
    vera.submit("#lot")
    drawn = order_of(db, debate)
    late, later = drawn[9], drawn[12]
    name_level(vera, debate, late, "minister")
    name_level(vera, debate, later, "head_of_state")
    name_level(vera, debate, "DNK", "head_of_government")
    assert "Levels do not stand first" in vera.words
    assert "This moves:" in vera.says("#adjust")
    vera.submit("#adjust")
    assert "Adjusted for protocol. The draw stays as it was." in vera.words
    others = [code for code in drawn if code not in (late, later)]
    assert order_of(db, debate) == [later, late, *others]
    assert others[-1] == "DNK", "the presidency speaks last, whatever its level"
    assert draw_of(db, debate) == drawn
    assert "Drawn by lot with the seed" in vera.words
    assert "Levels stand first." in vera.says("#adjust")
    vera.submit("#adjust")
    assert journal_kinds(db).count("council order adjusted") == 1, "nothing moved"
    vera.submit("#adjust", {"presidency_last": []})
    assert order_of(db, debate)[:3] == [later, "DNK", late]
    vera.get(f"{console(debate)}/journal")
    assert "Levels first, then the draw:" in vera.words


def test_an_adjustment_of_levels_that_the_page_did_not_show_is_refused(
    app: Flask, vera: Browser, debate: Debate, db: Database
) -> None:
    vera.get(f"{console(debate)}/council")
    vera.submit("#lot")
    drawn = order_of(db, debate)
    name_level(sign_in_member(app, "vera"), debate, drawn[5], "minister")
    vera.submit("#adjust", status=409)
    assert "A level or the order has changed." in vera.says(".summary")
    assert order_of(db, debate) == drawn


def test_a_draw_entered_by_hand_is_replaced_only_when_asked(
    vera: Browser, debate: Debate, db: Database
) -> None:
    vera.get(f"{console(debate)}/council")
    vera.submit("#council", {"order": "\n".join(reversed(order_of(db, debate)))})
    entered = order_of(db, debate)
    vera.submit("#lot", status=422)
    assert "An order is set." in vera.problem("replaces")
    assert order_of(db, debate) == entered
    vera.submit("#lot", {"replaces": ["y"]})
    assert "Drawn by lot with the seed" in vera.words


def test_a_change_by_hand_keeps_the_draw_unless_it_is_the_draw(
    vera: Browser, debate: Debate, db: Database
) -> None:
    vera.get(f"{console(debate)}/council")
    vera.submit("#lot")
    drawn = order_of(db, debate)
    swapped = [drawn[1], drawn[0], *drawn[2:]]
    vera.submit("#council", {"order": "\n".join(swapped), "is_draw": []})
    assert (order_of(db, debate), draw_of(db, debate)) == (swapped, drawn)
    assert "The order of speaking differs from the draw" in vera.words
    vera.submit("#council", {"is_draw": ["y"]})
    assert draw_of(db, debate) == swapped
