"""The order at the console and on the phone: levels, swaps, speaking later, the Council, undo."""

from __future__ import annotations

from dataclasses import replace

import pytest
from flask import Flask

from rostrum.actions.letters.decisions import accept_letter
from rostrum.actions.registrations.withdrawal import withdraw
from rostrum.domain.actors import Actor
from rostrum.domain.debates.debate import Debate, OrderPolicy, Visibility
from rostrum.store.database import Database, writing
from rostrum.store.debates import get_debate_by_id, update_debate
from tests.factories import FakeClock, actor, delegation
from tests.web.client import Browser
from tests.web.factories import (
    console,
    home,
    journal_kinds,
    sign_in,
    sign_in_member,
    snapshot,
    take_place,
    ten_seconds_pass,
)


@pytest.fixture
def listed(app: Flask, db: Database, debate: Debate, opened: FakeClock) -> None:
    for code in ("BRA", "KEN", "JPN"):
        take_place(app, db, debate, code)
        opened.advance(seconds=1)


def change(db: Database, debate: Debate, **values: object) -> None:
    with writing(db):
        update_debate(db, replace(debate, **values))


def order(browser: Browser) -> list[str]:
    """The registered list of the order's page."""
    return [tag.get_text(strip=True) for tag in browser.page.select(".orderly strong")]


# --- Levels -------------------------------------------------------------------------------------


def test_ministers_who_register_later_go_before_and_the_phone_says_so(
    app: Flask, db: Database, debate: Debate, opened: FakeClock, kenya: Browser, vera: Browser
) -> None:
    change(db, debate, order_policy=OrderPolicy.PRECEDENCE)
    for code in ("BRA", "KEN"):
        take_place(app, db, debate, code)
    for code in ("EGY", "JPN"):
        take_place(app, db, debate, code, level="minister")
    kenya.get(home(debate))
    assert kenya.says(".number") == "4"
    told = kenya.says("#standing")
    assert "You are now number 4 instead of 3: Japan registered at" in told
    assert "Arrived as number 2 at 9:30:00.000, now 4: 2 of a higher level registered." in told
    vera.get(console(debate))
    assert "arrived 2; 2 of a higher level registered" in vera.words
    assert "Speakers of a higher level go first" in kenya.get(f"/debates/{debate.slug}/rule").text


def table(browser: Browser) -> list[str]:
    """Who would move to where, and from where."""
    rows = browser.page.select("#what_moves .places li")
    return [" ".join(row.get_text(" ").split()) for row in rows]


@pytest.fixture
def by_level(app: Flask, db: Database, debate: Debate, opened: FakeClock, anna: Browser) -> Browser:
    """Anna's page of the rule; Japan sends a minister behind Brazil and Kenya."""
    for code in ("BRA", "KEN"):
        take_place(app, db, debate, code)
    take_place(app, db, debate, "JPN", level="minister")
    anna.get(f"{console(debate)}/order")
    anna.follow("a[href$=levels]")
    return anna


def test_another_rule_is_shown_first_then_told_with_its_reason_and_taken_back(
    by_level: Browser, kenya: Browser, db: Database, debate: Debate
) -> None:
    anna, before = by_level, snapshot(db)
    anna.submit("#levels [name=look]", {"order_policy": "precedence"})
    assert table(anna) == ["1 Japan now 3", "2 Brazil now 1", "3 Kenya now 2"]
    assert snapshot(db) == before
    anna.submit("#levels [name=change]", {"reason": " "}, status=422)
    assert "every delegation that moves reads this" in anna.problem("reason")
    assert anna.value("order_policy") == "precedence"
    assert snapshot(db) == before
    anna.submit("#levels [name=change]", {"reason": "High-level segment."})
    assert order(anna) == ["Japan", "Brazil", "Kenya"]
    assert "3 places changed." in anna.words
    kenya.get(home(debate))
    assert kenya.says(".why") == (
        "You are now number 3 instead of 2: the Presidency changed the rule of the order at "
        "9:30:00. Reason: High-level segment."
    )
    anna.submit(".decided form")
    assert order(anna) == ["Brazil", "Kenya", "Japan"]
    kenya.poll()
    assert "the Presidency took back its change of the rule of the order" in kenya.says(".why")
    assert get_debate_by_id(db, debate.id).order_policy is OrderPolicy.ARRIVAL


def test_who_was_moved_is_named_and_keeps_the_number_unless_told_otherwise(
    by_level: Browser, app: Flask, debate: Debate
) -> None:
    vera = sign_in_member(app, "vera")
    move_kenya_first(vera, debate, when="9:30:00")
    by_level.submit("#levels [name=look]", {"order_policy": "precedence"})
    assert table(by_level) == ["2 Japan now 3", "3 Brazil now 2"]
    assert "Keep their numbers" in by_level.says("#what_moves")
    assert by_level.says("#what_moves ul li") == "1 Kenya moved by the Presidency"
    by_level.submit("#levels [name=look]", {"keeps": []})
    assert table(by_level) == ["1 Japan now 3", "3 Kenya now 1"]
    assert "Lose what was decided" in by_level.says("#what_moves")


def test_what_was_not_shown_is_not_changed(
    by_level: Browser, app: Flask, db: Database, debate: Debate
) -> None:
    by_level.submit("#levels [name=look]", {"order_policy": "precedence"})
    take_place(app, db, debate, "EGY", level="minister")
    before = snapshot(db)
    by_level.submit("#levels [name=change]", {"reason": "Levels."}, status=409)
    assert "This is not what you were shown" in by_level.says(".summary")
    assert "2 Egypt now 4" in table(by_level)
    assert by_level.value("reason") == "Levels."
    by_level.submit("#levels [name=change]", {"tier_minister": "6"}, status=409)
    assert snapshot(db) == before


def test_a_wrong_level_is_told_at_its_field(by_level: Browser) -> None:
    by_level.submit("#levels [name=look]", {"tier_minister": "0"}, status=422)
    assert "from 1 to 9" in by_level.problem("tier_minister")


def test_a_verifier_reads_of_another_rule_and_takes_nothing_back(
    by_level: Browser, app: Flask, debate: Debate
) -> None:
    by_level.submit("#levels [name=look]", {"order_policy": "precedence"})
    by_level.submit("#levels [name=change]", {"reason": "Levels."})
    vera = sign_in_member(app, "vera")
    vera.get(f"{console(debate)}/order")
    assert not vera.has(".decided")


# --- Moving -------------------------------------------------------------------------------------


def test_a_move_with_a_ready_made_reason_is_told_and_taken_back(
    listed: None, vera: Browser, kenya: Browser, debate: Debate
) -> None:
    vera.get(f"{console(debate)}/order")
    assert order(vera) == ["Brazil", "Kenya", "Japan"]
    vera.follow(".orderly li:nth-child(2) .steps a")
    assert vera.value("place") == "1"
    vera.submit("#move_place form", {"ground": "group"})
    assert order(vera) == ["Kenya", "Brazil", "Japan"]
    kenya.get(home(debate))
    assert "Reason: Speaks on behalf of a group" in kenya.says(".why")
    vera.submit(".decided form")
    assert order(vera) == ["Brazil", "Kenya", "Japan"]
    kenya.poll()
    assert "Reason: The Presidency undid its earlier move" in kenya.says(".why")


def move_kenya_first(vera: Browser, debate: Debate, when: str = "9:30:03") -> None:
    vera.get(f"{console(debate)}/order")
    vera.follow(".orderly li:nth-child(2) .steps a")
    vera.submit("#move_place form", {"ground": "group"})
    assert vera.says(".decided p") == (
        f"Kenya is now number 1 instead of 2. Moved by vera at {when}."
    )


def test_a_move_is_taken_back_though_others_came_and_went_elsewhere(
    listed: None, vera: Browser, app: Flask, db: Database, debate: Debate, opened: FakeClock
) -> None:
    move_kenya_first(vera, debate)
    take_place(app, db, debate, "EGY")
    withdraw(db, opened.now(), actor("JPN"), debate, delegation_id=delegation(db, "JPN").id)
    vera.submit(".decided form")
    assert "Kenya is number 2 again." in vera.words
    assert order(vera) == ["Brazil", "Kenya", "Egypt"]
    assert not vera.has(".decided"), "what was taken back is over"


def test_a_move_is_not_taken_back_once_something_changed_in_between(
    listed: None, vera: Browser, db: Database, debate: Debate, opened: FakeClock
) -> None:
    move_kenya_first(vera, debate)
    withdraw(db, opened.now(), actor("BRA"), debate, delegation_id=delegation(db, "BRA").id)
    before = snapshot(db)["move"]
    vera.submit(".decided form", status=409)
    assert "nobody was moved" in vera.says(".summary")
    assert "Brazil has no place now." in vera.says(".summary")
    assert order(vera) == ["Kenya", "Japan"]
    assert snapshot(db)["move"] == before
    vera.get(f"{console(debate)}/order")
    assert not vera.has(".decided")


def test_the_order_tells_time_letter_and_group(
    app: Flask, vera: Browser, db: Database, debate: Debate, opened: FakeClock
) -> None:
    take_place(app, db, debate, "BRA", on_behalf_of="African Group")
    held = take_place(app, db, debate, "KEN")
    accept_letter(db, opened.now(), Actor("staff", "vera"), debate, letter_id=held.letter.id)
    vera.get(f"{console(debate)}/order")
    rows = [" ".join(row.get_text(" ").split()) for row in vera.page.select(".orderly .who-there")]
    assert rows[0].startswith(
        "Brazil Permanent Representative · on behalf of African Group To read about 11:20"
    )
    assert "Accepted about 11:25" in rows[1]
    vera.follow(".orderly li:nth-child(1) a.state")
    assert vera.path.startswith(f"{console(debate)}/letters/")


def test_the_order_is_live(
    listed: None, vera: Browser, db: Database, debate: Debate, opened: FakeClock
) -> None:
    vera.get(f"{console(debate)}/order")
    withdraw(db, opened.now(), actor("BRA"), debate, delegation_id=delegation(db, "BRA").id)
    vera.poll()
    assert order(vera) == ["Kenya", "Japan"]


@pytest.mark.parametrize("act", ["", "x", "0", "1", "99", "9" * 30])
def test_an_invented_act_is_not_taken_back(
    listed: None, vera: Browser, db: Database, debate: Debate, act: str
) -> None:
    move_kenya_first(vera, debate)
    token, before = vera.token(), snapshot(db)
    path = f"{console(debate)}/order/taking-back"
    vera.post(path, {"csrf_token": token, "act": act}, status=409)
    assert "This can no longer be taken back." in vera.says(".summary")
    assert snapshot(db) == before


# --- Speaking later -----------------------------------------------------------------------------


def test_a_delegation_speaks_later_and_stays_on_the_list(
    listed: None, app: Flask, db: Database, debate: Debate, opened: FakeClock, kenya: Browser
) -> None:
    japan = sign_in(app, db, debate, "JPN")
    kenya.get(home(debate))
    kenya.follow("a[href$=later]")
    kenya.submit("main form", {"place": "1"}, status=422)
    assert "Give a place from 3 to 3." in kenya.problem("place")
    assert kenya.says("#place_hint") == "From 3 to 3."
    assert kenya.value("place") == "1"
    kenya.submit("main form", {"place": "x"}, status=422)
    kenya.submit("main form", {"place": "3"})
    assert kenya.says("main .press") == "Keep number 2"
    assert "You would be number 3 instead of 2." in kenya.words
    assert kenya.says(".forecast strong").startswith("You would speak at about Mon 24 March, ")
    kenya.submit("main form")
    assert "You move back from number 2 to number 3" in kenya.says("#change")
    ten_seconds_pass(db, opened)
    kenya.get(home(debate))
    assert kenya.says(".number") == "3"
    assert "you asked at 9:30:13 to speak later" in kenya.says(".why")
    japan.poll()
    assert "Kenya asked at 9:30:13 to speak later." in japan.says(".why")


def test_who_has_no_place_cannot_speak_later(kenya: Browser, debate: Debate) -> None:
    kenya.get(f"{home(debate)}/later")
    assert kenya.path == home(debate)


# --- Swaps --------------------------------------------------------------------------------------


@pytest.fixture
def japan(listed: None, app: Flask, db: Database, debate: Debate) -> Browser:
    """Japan's phone, third on the list."""
    return sign_in(app, db, debate, "JPN")


def ask_kenya(japan: Browser, debate: Debate) -> None:
    japan.get(f"{home(debate, 'JPN')}/swaps")
    japan.submit("#ask", {"other": "2"})


def agree(someone: Browser) -> None:
    """By the question that says what it means."""
    someone.follow("#swaps a.save")
    someone.submit("main form button.save")


def test_two_agree_and_the_mission_approves(
    japan: Browser, kenya: Browser, vera: Browser, debate: Debate
) -> None:
    ask_kenya(japan, debate)
    assert "You asked Kenya, number 2." in japan.words
    kenya.get(home(debate))
    kenya.follow("#standing .state a")
    assert "You would be number 3 instead of 2." in kenya.words
    agree(kenya)
    assert "You agreed to swap with Japan. The Presidency decides." in kenya.words
    assert "You would be number 3 instead of 2." in kenya.words
    vera.get(console(debate))
    vera.follow("p.is-wait a")
    vera.submit("#swaps form")
    assert "The places are swapped." in vera.words
    kenya.get(home(debate))
    assert kenya.says(".number") == "3"
    assert "you swapped places with Japan" in kenya.says(".why")
    japan.get(f"{home(debate, 'JPN')}/swaps")
    assert "Kenya · swapped" in " ".join(japan.words.split())


def test_without_approval_a_yes_swaps_ten_seconds_later(
    japan: Browser, kenya: Browser, vera: Browser, db: Database, debate: Debate, opened: FakeClock
) -> None:
    change(db, debate, swaps_need_approval=False)
    ask_kenya(japan, debate)
    kenya.get(f"{home(debate)}/swaps")
    agree(kenya)
    for phone in (kenya, japan):
        phone.poll()
        assert "It happens at 9:30:13 New York time." in phone.says("#swaps article")
        assert phone.says("#swaps .press").startswith("Take back: keep number ")
    vera.get(f"{console(debate)}/swaps")
    assert "The places are swapped at 9:30:13" in vera.words
    assert not vera.has("#swaps form")
    ten_seconds_pass(db, opened)
    for phone, other, place in ((kenya, "Japan", 3), (japan, "Kenya", 2)):
        phone.poll()
        assert f"You are number {place}." in phone.words
        assert f"{other} · swapped" in phone.words


def test_a_consent_is_taken_back_before_it_counts(
    japan: Browser, kenya: Browser, db: Database, debate: Debate, opened: FakeClock
) -> None:
    change(db, debate, swaps_need_approval=False)
    ask_kenya(japan, debate)
    kenya.get(f"{home(debate)}/swaps")
    agree(kenya)
    kenya.submit("#swaps .press")
    assert "Your consent is taken back." in kenya.words
    japan.poll()
    assert "You asked Kenya, number 2. No answer yet." in japan.says("#swaps")
    ten_seconds_pass(db, opened)
    kenya.poll()
    assert "You are number 2." in kenya.words


def test_a_consent_is_taken_back_while_the_presidency_decides(
    japan: Browser, kenya: Browser, vera: Browser, debate: Debate
) -> None:
    ask_kenya(japan, debate)
    kenya.get(f"{home(debate)}/swaps")
    agree(kenya)
    vera.get(f"{console(debate)}/swaps")
    assert "Kenya agreed on Wed 19 March, 9:30:03 New York." in vera.words
    kenya.submit("#swaps button")
    vera.submit("#swaps form", status=409)
    assert "This swap has since been answered or cancelled." in vera.words


def test_a_swap_says_what_time_it_means_before_it_is_agreed_to(
    japan: Browser, kenya: Browser, debate: Debate
) -> None:
    japan.get(f"{home(debate, 'JPN')}/swaps")
    offers = [tag.get_text() for tag in japan.page.select("#ask option")]
    assert offers[2].startswith("2 · Kenya · about 1")
    ask_kenya(japan, debate)
    kenya.get(f"{home(debate)}/swaps")
    assert kenya.says("#swaps .press") == "Keep number 2"
    assert kenya.says("#swaps .forecast strong").startswith("You would speak at about Mon 24 March")
    kenya.follow("#swaps a.save")
    assert kenya.says("main .press") == "Keep number 2"
    assert "instead of 1" in kenya.says("main .forecast")


def test_what_is_chosen_to_ask_stays_while_swaps_come_and_go(
    japan: Browser, kenya: Browser, app: Flask, db: Database, debate: Debate
) -> None:
    kenya.get(f"{home(debate)}/swaps")
    before = kenya.page.select_one("#page_body")["data-fingerprint"]
    ask_kenya(japan, debate)
    kenya.poll()
    assert "Japan, number 3, asks to swap places." in kenya.says("#swaps")
    assert kenya.page.select_one("#swaps")["data-fingerprint"] == before
    assert kenya.has("#ask select")


def test_swaps_stand_in_what_the_phones_did(
    japan: Browser, kenya: Browser, db: Database, debate: Debate, opened: FakeClock
) -> None:
    change(db, debate, swaps_need_approval=False)
    ask_kenya(japan, debate)
    kenya.get(f"{home(debate)}/swaps")
    agree(kenya)
    ten_seconds_pass(db, opened)
    told = ("Swap asked", "Swap agreed", "Places swapped")
    for phone, code, other in ((kenya, "KEN", "Japan"), (japan, "JPN", "Kenya")):
        phone.get(f"{home(debate, code)}/phones")
        changes = phone.says("#phone_changes")
        assert all(words in changes for words in told)
        assert f"New York · {other}" in changes


def test_a_refusal_says_why_to_both(
    japan: Browser, kenya: Browser, vera: Browser, debate: Debate
) -> None:
    ask_kenya(japan, debate)
    kenya.get(f"{home(debate)}/swaps")
    agree(kenya)
    vera.get(f"{console(debate)}/swaps")
    vera.submit("#swaps form:nth-of-type(2)", {"reason": " "}, status=422)
    assert "Say why not: both delegations read this." in vera.says("#reason_error")
    vera.submit("#swaps form:nth-of-type(2)", {"reason": "The minister leaves at noon."})
    for phone, code in ((japan, "JPN"), (kenya, "KEN")):
        phone.get(f"{home(debate, code)}/swaps")
        assert "not approved by the Presidency: The minister leaves at noon." in phone.words


def test_a_yes_to_places_that_changed_is_refused_and_redrawn(
    japan: Browser, kenya: Browser, db: Database, debate: Debate, opened: FakeClock
) -> None:
    ask_kenya(japan, debate)
    kenya.get(f"{home(debate)}/swaps")
    kenya.follow("#swaps a.save")
    withdraw(db, opened.now(), actor("BRA"), debate, delegation_id=delegation(db, "BRA").id)
    kenya.submit("main form button.save", status=409)
    assert "Check both places again." in kenya.words
    assert "You would be number 2 instead of 1." in kenya.words


def test_a_no_keeps_the_place_and_a_wish_is_taken_back(
    japan: Browser, kenya: Browser, debate: Debate
) -> None:
    ask_kenya(japan, debate)
    kenya.get(f"{home(debate)}/swaps")
    kenya.submit("#swaps button.press")
    assert "Japan · you declined" in kenya.says("#swaps")
    japan.poll()
    assert "Kenya · declined your request" in japan.says("#swaps")
    ask_kenya(japan, debate)
    japan.submit("#swaps button")
    assert "Kenya · you cancelled your request" in japan.says("#swaps")
    kenya.poll()
    assert "Japan · cancelled its request" in kenya.says("#swaps")


def test_no_notice_outlasts_what_it_says_of_a_swap(
    japan: Browser, kenya: Browser, debate: Debate
) -> None:
    ask_kenya(japan, debate)
    assert "You asked Kenya, number 2. No answer yet." in japan.says("#swaps")
    assert not japan.has(".notice")
    kenya.get(f"{home(debate)}/swaps")
    agree(kenya)
    assert not kenya.has(".notice")
    japan.get(f"{home(debate, 'JPN')}/swaps")
    japan.submit("#swaps button")
    assert not japan.has(".notice")


def test_a_wish_that_was_agreed_to_meanwhile_is_not_taken_back_unseen(
    japan: Browser, kenya: Browser, debate: Debate
) -> None:
    ask_kenya(japan, debate)
    kenya.get(f"{home(debate)}/swaps")
    agree(kenya)
    japan.submit("#swaps button", status=409)
    assert "This swap has since been answered or cancelled." in japan.words
    assert "The other delegation agrees. The Presidency decides." in japan.words
    japan.submit("#swaps button")
    assert "Kenya · you cancelled your request" in japan.says("#swaps")


@pytest.mark.parametrize("other", ["", "x", "99", "3", "9" * 30])
def test_a_swap_with_nobody_is_refused_at_its_field(
    japan: Browser, db: Database, debate: Debate, other: str
) -> None:
    japan.get(f"{home(debate, 'JPN')}/swaps")
    japan.submit("#ask", {"other": other}, status=422)
    assert japan.has("#other_error")
    assert snapshot(db)["journal"][-1]["kind"] != "swap asked"


def test_where_places_are_private_nobody_is_offered_for_a_swap(
    listed: None, kenya: Browser, db: Database, debate: Debate
) -> None:
    change(db, debate, visibility=Visibility.OWN)
    kenya.get(home(debate))
    assert not kenya.has("a[href$=swaps]")
    kenya.get(f"{home(debate)}/swaps", status=403)


# --- The Council --------------------------------------------------------------------------------


def members(browser: Browser) -> list[str]:
    return browser.value("order").splitlines()


def test_the_council_is_drawn_by_lot_and_the_seed_is_told(
    vera: Browser, debate: Debate, db: Database
) -> None:
    vera.get(f"{console(debate)}/council")
    assert "Not set yet." in vera.words
    vera.submit("#lot")
    assert "Drawn by lot with the seed" in vera.words
    assert len(members(vera)) == 15
    assert members(vera)[-1] == "Denmark", "the presidency speaks last"
    vera.get(f"{console(debate)}/order")
    assert "Their order is not set yet" not in vera.words


def test_the_council_is_entered_by_hand_and_a_fault_keeps_what_was_typed(
    vera: Browser, debate: Debate
) -> None:
    vera.get(f"{console(debate)}/council")
    typed = "\n".join(reversed(members(vera)))
    vera.submit("#council", {"order": typed + "\nKenya"}, status=422)
    assert "“Kenya” is not a Council member." in vera.problem("order")
    assert vera.value("order") == typed + "\nKenya"
    vera.submit("#council", {"order": typed})
    assert vera.value("order") == typed
    assert "Entered by hand." in vera.words


def test_lines_that_are_swapped_after_a_draw_leave_the_draw_as_it_was(
    vera: Browser, debate: Debate
) -> None:
    vera.get(f"{console(debate)}/council")
    vera.submit("#lot")
    first, second, *others = members(vera)
    vera.submit("#council", {"order": "\n".join([second, first, *others])})
    assert "Drawn by lot with the seed" in vera.words
    assert f"{second} Draw: 2" in vera.says(".members")
    vera.submit("#council", {"is_draw": ["y"]})
    assert "Entered by hand." in vera.words


def test_further_statements_are_added_ordered_and_removed(vera: Browser, debate: Debate) -> None:
    vera.get(f"{console(debate)}/council")
    for name in ("Kenya", "Japon"):
        vera.submit("#further", {"delegation": name})
    vera.submit("#further", {"delegation": "ken"}, status=422)
    assert "This delegation is there already." in vera.problem("delegation")
    vera.submit("#further", {"delegation": "Atlantis"}, status=422)
    vera.submit("form[action$='JPN/move-up']")
    shown = [tag.get_text(strip=True) for tag in vera.page.select(".who-there")]
    assert shown == ["Japan", "Kenya"]
    vera.submit("form[action$='JPN/removal']")
    token = vera.token()
    path = f"{console(debate)}/council/further/JPN/removal"
    vera.post(path, {"csrf_token": token}, status=409)
    vera.get(f"{console(debate)}/order")
    assert "Kenya" in vera.says("#order_list ol:last-of-type")


# --- Reinstating --------------------------------------------------------------------------------


def test_staff_give_a_place_back_with_its_old_number(
    listed: None, db: Database, opened: FakeClock, vera: Browser, kenya: Browser, debate: Debate
) -> None:
    kenya.get(f"{home(debate)}/withdrawal")
    kenya.submit("main form")
    ten_seconds_pass(db, opened)
    vera.get(f"{console(debate)}?show=withdrawn")
    vera.follow("a[href$=reinstatement]")
    vera.submit("main form", {"reason": " "}, status=422)
    assert "Say why the place is given back" in vera.problem("reason")
    vera.submit("main form", {"reason": "Withdrawn by mistake."})
    assert "Kenya is on the list again: number 2, arrived as 2." in vera.words
    kenya.get(home(debate))
    assert kenya.says(".number") == "2"
    vera.get(f"{console(debate)}/registrations/2/reinstatement", status=409)


# --- Two staff at the same page -----------------------------------------------------------------


def test_an_order_set_meanwhile_is_not_overwritten(
    app: Flask, db: Database, debate: Debate, vera: Browser
) -> None:
    path = f"{console(debate)}/council"
    other = sign_in_member(app, "vera")
    vera.get(path)
    other.get(path)
    other.submit("form[action$=draw]")
    drawn = journal_kinds(db).count("council order set")
    order = "\n".join(reversed(vera.page.select_one("#order").get_text().strip().splitlines()))
    vera.submit("#council", {"order": order}, status=409)
    assert "Somebody else has set this order" in vera.says(".summary")
    assert vera.page.select_one("#order").get_text().split() == order.split()
    assert journal_kinds(db).count("council order set") == drawn
    vera.submit("#council")
    assert journal_kinds(db).count("council order set") == drawn + 1


def test_messages_sent_meanwhile_are_not_overwritten(
    app: Flask, db: Database, debate: Debate, anna: Browser
) -> None:
    other = sign_in_member(app, "anna")
    for tail, form, mine, theirs in (
        ("/messages", "form[action$=messages]", {"text": "Mine."}, {"text": "Theirs."}),
    ):
        anna.get(console(debate) + tail)
        other.get(console(debate) + tail)
        other.submit(form, theirs)
        before = journal_kinds(db)
        anna.submit(form, mine, status=409)
        assert "Somebody else" in anna.says(".summary")
        [(name, typed)] = mine.items()
        assert anna.page.select_one(f"#{name}")["value"] == typed
        assert journal_kinds(db) == before
        anna.submit(form)
        assert len(journal_kinds(db)) > len(before)
