"""Debates run from the browser by admins: made, copied, changed, opened, ended, rehearsed."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask

from rostrum.actions.debates.lifecycle import NewDates, postpone, resume
from rostrum.domain.actors import COMMAND_LINE
from rostrum.domain.debates.debate import Debate, OrderPolicy, Status, Visibility
from rostrum.store.database import Database
from rostrum.store.debates import (
    get_debate,
    get_debate_by_id,
    list_council_members,
    list_debates,
)
from rostrum.store.invitations import list_invitations
from tests.factories import OPENS_AT, FakeClock, delegation, pdf_bytes, photo_bytes
from tests.letters.factories import a_locked_pdf
from tests.web.client import Browser
from tests.web.factories import (
    console,
    home,
    journal_kinds,
    parts_of,
    show_to_everybody,
    sign_in,
    sign_in_member,
    snapshot,
    take_place,
)
from tests.web.request_bodies import File

WHY = "The chair travels."
NEW = {
    "starts_at": "2025-04-24T10:00",
    "opens_at": "2025-04-17T09:30",
    "title": "Women, peace and security",
    "short_title": "Women & peace",
    "item": "Women and peace and security",
    "presidency": "France",
    "chair": "Jean Dupont, Minister",
    "briefers": "First briefer\r\n\r\nSecond briefer",
    "guiding_questions": "How?\r\nWhy?",
}


def settings(debate: Debate, rest: str = "") -> str:
    return f"{console(debate)}/settings{rest}"


def now_of(db: Database, debate: Debate) -> Debate:
    return get_debate_by_id(db, debate.id)


# --- New ones ---------------------------------------------------------------------------------


def test_an_admin_adds_a_debate(anna: Browser, db: Database) -> None:
    anna.get("/staff")
    anna.follow("a[href$=new-debate]")
    anna.submit("#debate_form", NEW)
    assert "The debate has been created." in anna.words
    made = get_debate(db, "2025-04-24-women-peace")
    assert made.notice.briefers == ("First briefer", "Second briefer")
    assert made.opens_at.isoformat() == "2025-04-17T13:30:00+00:00"
    assert (made.speaking_limit, made.changeover, made.swaps_need_approval) == (180, 60, True)
    assert "Thu 17 April, 9:30 New York" in anna.words
    assert "Thu 17 Apr 13:30 UTC · Thu 17 Apr 15:30 Geneva · Thu 17 Apr 21:30 Beijing" in anna.words
    assert "Chosen: 0 of 15" in anna.words


def test_a_debate_is_copied_with_its_council_and_without_its_times(
    anna: Browser, db: Database, debate: Debate
) -> None:
    anna.get("/staff")
    anna.follow("a[href*='from=']")
    assert anna.value("title") == debate.notice.title
    assert [anna.value(name) for name in ("starts_at", "opens_at", "slug")] == ["", "", ""]
    anna.submit("#debate_form", {"starts_at": NEW["starts_at"]}, status=422)
    assert "Say when the list opens." in anna.problem("opens_at")
    anna.submit("#debate_form", {"opens_at": NEW["opens_at"]})
    copy = get_debate(db, "2025-04-24-adaptability-in-un-peace-operations")
    assert copy.notice == debate.notice
    assert list_council_members(db, copy.id) == list_council_members(db, debate.id)


def test_an_address_that_is_taken_is_refused_at_its_field(
    anna: Browser, db: Database, debate: Debate
) -> None:
    before = snapshot(db)
    anna.get("/staff/new-debate")
    anna.submit("#debate_form", NEW | {"slug": debate.slug}, status=422)
    assert "Another debate has this address" in anna.says("#slug_error")
    assert anna.value("title") == NEW["title"]
    assert snapshot(db) == before
    anna.get("/staff/new-debate?from=nowhere")
    assert anna.value("title") == ""


# --- Changes ----------------------------------------------------------------------------------


def test_settings_are_changed_and_shown(anna: Browser, db: Database, debate: Debate) -> None:
    anna.get(settings(debate, "/edit"))
    typed = {
        "visibility": "own",
        "member_limit": "2,5",
        "group_limit": "4",
        "changeover": "45",
        "meeting_hours": "9:30-12:30, 14:00–17:00",
        "retention_days": "30",
        "closes_at": "2025-03-21T12:00",
        "swaps_need_approval": [],
    }
    anna.submit("#debate_form", typed)
    changed = now_of(db, debate)
    assert (changed.order_policy, changed.visibility) == (OrderPolicy.ARRIVAL, Visibility.OWN)
    assert (changed.member_limit, changed.group_limit, changed.changeover) == (150, 240, 45)
    assert (changed.retention_days, changed.swaps_need_approval) == (30, False)
    assert changed.closes_at.isoformat() == "2025-03-21T16:00:00+00:00"
    assert (changed.opens_at, changed.version) == (debate.opens_at, 1)
    assert "09:30–12:30, 14:00–17:00 New York" in anna.words
    assert "are kept for 30 days after the meeting" in anna.words
    assert "By arrival" in anna.words
    anna.get(settings(debate, "/edit"))
    anna.submit("#debate_form")
    assert now_of(db, debate) == changed


@pytest.mark.parametrize(
    ("field", "typed", "told"),
    [
        ("opens_at", "", "Say when the list opens."),
        ("opens_at", "soon", "for example 2025-03-21 18:00"),
        ("opens_at", "2025-03-09T02:30", "There is no 02:30 in New York on Sun 9 March 2025"),
        ("closes_at", "2025-11-02T01:30", "01:30 comes twice in New York on Sun 2 November 2025"),
        ("opens_at", "2025-03-24T10:00", "The list must open before the meeting starts."),
        ("closes_at", "2025-03-19T09:30", "The list must close after it opens."),
        ("letter_deadline", "2025-03-25T10:00", "Letters must be due after the list opens"),
        ("speaking_limit", "much", "Give a number of minutes"),
        ("speaking_limit", "0", "Give a number of minutes"),
        ("speaking_limit", "nan", "Give a number of minutes"),
        ("speaking_limit", "1e99", "Give a number of minutes"),
        ("changeover", "-1", "Give a number of seconds."),
        ("meeting_hours", "from ten", "Give hours from and to"),
        ("meeting_hours", "25:00-26:00", "Give hours from and to"),
        ("meeting_hours", "13:00-10:00", "Give the hours in order"),
        ("retention_days", "99999", "Give a number of days."),
        ("title", "", "Give the debate’s title."),
        ("title", "T" * 201, "there is room for 200"),
        ("chair", "Chair \u202e", "cannot be printed"),
        ("slug", "Not This", "Use lower-case letters"),
    ],
)
def test_a_wrong_setting_is_told_at_its_field(
    anna: Browser, db: Database, debate: Debate, field: str, typed: str, told: str
) -> None:
    before = snapshot(db)
    anna.get(settings(debate, "/edit"))
    anna.submit("#debate_form", {field: typed, "theme": "Kept."}, status=422)
    [problem] = anna.page.select("small.error")
    assert (problem["id"], told in problem.get_text()) == (f"{field}_error", True)
    assert (anna.value(field), anna.value("theme")) == (typed, "Kept.")
    assert snapshot(db) == before


def test_moving_an_announced_opening_needs_a_reason_that_delegates_read(
    anna: Browser, db: Database, debate: Debate, kenya: Browser
) -> None:
    anna.get(settings(debate, "/edit"))
    anna.submit("#debate_form", {"opens_at": "2025-03-19T10:00"}, status=422)
    [problem] = anna.page.select("small.error")
    assert problem["id"] == "reason_error"
    anna.submit("#debate_form", {"reason": WHY})
    kenya.poll()
    assert f"The opening moved from 9:30 to 10:00. {WHY}" in kenya.says("#standing")
    micros = str(int((OPENS_AT + timedelta(minutes=30)).timestamp()) * 1_000_000)
    assert kenya.page.select_one("#standing")["data-opens-at"] == micros


def test_a_meeting_with_a_wrong_year_is_asked_about_once_and_seen(
    anna: Browser, db: Database, debate: Debate
) -> None:
    wrong = {name: text.replace("2025", "2024") for name, text in NEW.items() if "_at" in name}
    anna.get("/staff/new-debate")
    assert not anna.has("#sure")
    anna.submit("#debate_form", NEW | wrong, status=422)
    assert "2024: that is over." in anna.says("#sure_error")
    assert anna.value("title") == NEW["title"]
    anna.submit("#debate_form", {"sure": ["y"]})
    assert len(list_debates(db)) == 2
    assert "2024" in anna.words
    anna.get(settings(debate, "/status"))
    typed = {"postponement-reason": WHY, "postponement-starts_at": "2026-03-30T10:00"}
    anna.submit("#postponement form", typed, status=422)
    assert "more than a year away" in anna.says("[id='postponement-sure_error']")
    anna.submit("#postponement form", {"postponement-sure": ["y"]})
    assert now_of(db, debate).starts_at.year == 2026
    assert "Mon 30 March 2026, 10:00 New York" in anna.words


def test_day_letters_and_venue_change_with_a_reason_that_is_read_until_the_meeting(
    app: Flask, anna: Browser, db: Database, debate: Debate, opened: FakeClock, kenya: Browser
) -> None:
    anna = sign_in_member(app, "anna")
    take_place(app, db, debate)
    typed = {
        "starts_at": "2025-03-25T10:00",
        "letter_deadline": "2025-03-22T18:00",
        "venue": "Trusteeship Council Chamber",
    }
    anna.get(settings(debate, "/edit"))
    anna.submit("#debate_form", typed, status=422)
    assert "delegations were told otherwise" in anna.says("#reason_error")
    anna.submit("#debate_form", {"reason": WHY})
    told = (
        "The meeting moved from Mon 24 March, 10:00 to Tue 25 March, 10:00. "
        "Letters are due by Sat 22 March, 18:00, no longer by Fri 21 March, 18:00. "
        f"The meeting takes place elsewhere now: Trusteeship Council Chamber {WHY}"
    )
    kenya.poll()
    assert told in kenya.says("#standing")
    assert len(kenya.page.select("#standing .why [data-aloud]")) == 4
    opened.set(now_of(db, debate).starts_at)
    kenya.poll()
    assert WHY not in kenya.says("#standing")


def test_a_deadline_that_is_over_at_once_is_asked_about_and_told_to_all(
    app: Flask, db: Database, debate: Debate, opened: FakeClock, kenya: Browser, brazil: Browser
) -> None:
    take_place(app, db, debate, "BRA")
    opened.advance(hours=30)
    anna = sign_in_member(app, "anna")
    anna.get(settings(debate, "/edit"))
    typed = {"letter_deadline": "2025-03-20T12:00", "reason": WHY}
    anna.submit("#debate_form", typed, status=422)
    assert "Letters are due by Thu 20 March, 12:00 New York: that is over" in anna.says(
        "#sure_error"
    )
    assert now_of(db, debate).letter_deadline == debate.letter_deadline
    anna.submit("#debate_form", {"sure": ["y"]})
    for phone in (kenya, brazil):
        phone.poll()
        told = f"Letters were due by Thu 20 March, 12:00, no longer by Fri 21 March, 18:00. {WHY}"
        assert told in phone.says("#standing")


def test_with_a_registration_the_address_stays(
    app: Flask, anna: Browser, db: Database, debate: Debate, opened: FakeClock
) -> None:
    anna = sign_in_member(app, "anna")
    take_place(app, db, debate)
    anna.get(settings(debate, "/edit"))
    anna.submit("#debate_form", {"slug": "another"}, status=422)
    assert "the address stays" in anna.says("#slug_error")
    anna.submit("#debate_form", {"slug": "", "chair": "Somebody else"})
    assert now_of(db, debate).slug == debate.slug


def test_the_address_changes_while_nobody_has_registered(
    anna: Browser, db: Database, debate: Debate
) -> None:
    anna.get(settings(debate, "/edit"))
    anna.submit("#debate_form", {"slug": "another-one"})
    assert anna.path == "/staff/debates/another-one/settings"


# --- The Council, the notice, the concept note ------------------------------------------------


def test_the_council_is_chosen_by_boxes(
    app: Flask, anna: Browser, db: Database, debate: Debate, opened: FakeClock
) -> None:
    anna = sign_in_member(app, "anna")
    take_place(app, db, debate, "KEN")
    anna.get(settings(debate, "/council"))
    assert "Marked: 15 of 15" in anna.words
    assert not anna.has("input[value=KEN]")
    marked = [tag["value"] for tag in anna.page.select("input[checked]")]
    anna.submit("#council", {"council": [*marked, "ITA"]}, status=422)
    assert "The Council has 15 members; 16 are marked." in anna.says("#council_error")
    assert anna.has("input[value=ITA][checked]")
    anna.submit("#council", {"council": [*marked[1:], "ITA"]})
    assert delegation(db, "ITA").id in list_council_members(db, debate.id)
    anna.get(settings(debate, "/council"))
    token = anna.token()
    forged = {"csrf_token": token, "seen": " ".join(marked), "council": "KEN"}
    anna.post(settings(debate, "/council"), forged, status=422)
    assert "holds a place cannot be a Council member" in anna.says("#council_error")


def test_the_notice_is_translated(anna: Browser, db: Database, debate: Debate) -> None:
    anna.get(settings(debate))
    anna.follow("a[href$='/notice/ar']")
    assert anna.page.select_one("#title")["dir"] == "rtl"
    anna.submit(
        "#notice_form", {"title": "تكييف عمليات السلام", "guiding_questions": "كيف؟\r\nلماذا؟"}
    )
    assert now_of(db, debate).notice.translation("ar").guiding_questions == ("كيف؟", "لماذا؟")
    assert "العربية translated" in anna.words
    anna.get(settings(debate, "/notice/ar"))
    anna.submit("#notice_form", {"title": "T" * 201}, status=422)
    assert "there is room for 200" in anna.problem("title")
    anna.get(settings(debate, "/notice/tlh"), status=404)
    anna.get(settings(debate, "/notice/en"))
    assert anna.path == settings(debate, "/edit")


def test_a_stale_translation_is_told(app: Flask, anna: Browser, debate: Debate) -> None:
    other = sign_in_member(app, "anna")
    other.get(settings(debate, "/notice/fr"))
    anna.get(settings(debate, "/notice/fr"))
    anna.submit("#notice_form", {"title": "Le titre"})
    other.submit("#notice_form", {"title": "Un titre"}, status=409)
    assert other.value("title") == "Un titre"


def stored(app: Flask) -> set[Path]:
    folder = parts_of(app).files.folder
    return set(folder.glob("*.pdf")) if folder.exists() else set()


def test_a_concept_note_is_put_there_replaced_and_taken_away(
    app: Flask, anna: Browser, db: Database, debate: Debate, kenya: Browser
) -> None:
    anna.get(settings(debate))
    anna.submit("#note_box form", files={"note": File(pdf_bytes(2), "C:\\notes\\concept.pdf")})
    assert "concept.pdf 2 pages" in anna.says("#note_box")
    longer = pdf_bytes(12)
    anna.submit("#note_box form", files={"note": File(longer, "annexed.pdf")})
    assert len(stored(app)) == 1
    kenya.get(f"{home(debate)}/about")
    assert kenya.follow("main a.back").body == longer
    anna.submit("#note_box form[action$=removal]")
    assert stored(app) == set()
    kenya.get(home(debate, "KEN") + "/concept-note", status=404)
    kinds = ["concept note kept", "concept note kept", "concept note removed"]
    assert [kind for kind in journal_kinds(db) if "note" in kind] == kinds


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"", "Choose the PDF first."),
        (b"MZ" * 100, "could not open this file as a PDF"),
        (photo_bytes(), "could not open this file as a PDF"),
        (b"%PDF-1.7 nothing", "could not open this file as a PDF"),
        (a_locked_pdf(), "protected with a password"),
        (pdf_bytes(41), "more than 40 pages"),
    ],
)
def test_what_is_no_pdf_is_refused_and_not_kept(
    app: Flask, anna: Browser, db: Database, debate: Debate, content: bytes, told: str
) -> None:
    before = snapshot(db)
    anna.get(settings(debate))
    file = File(content, "note.pdf" if content else "")
    anna.submit("#note_box form", files={"note": file}, status=422)
    assert told in anna.says("#note_error")
    assert (snapshot(db), stored(app)) == (before, set())


# --- Steps ------------------------------------------------------------------------------------


def test_the_list_is_opened_and_closed_by_hand(
    anna: Browser, db: Database, debate: Debate, clock: FakeClock
) -> None:
    anna.get(settings(debate, "/status"))
    anna.submit("#opening form", status=422)
    assert "Say why this changes" in anna.says("[id='opening-reason_error']")
    anna.submit("#opening form", {"opening-reason": WHY})
    assert now_of(db, debate).opens_at == clock.now()
    clock.advance(seconds=30)
    anna.get(settings(debate, "/status"))
    anna.submit("#closing form")
    assert now_of(db, debate).closes_at == clock.now()
    assert not anna.has("#closing")
    anna.get(settings(debate, "/edit"))
    anna.submit("#debate_form", {"chair": "Somebody else"})
    assert now_of(db, debate).closes_at == clock.now()


def test_a_debate_is_postponed_resumed_cancelled_and_archived(
    anna: Browser, db: Database, debate: Debate, kenya: Browser
) -> None:
    anna.get(settings(debate, "/status"))
    anna.submit("#postponement form", status=422)
    assert "Say why" in anna.says("[id='postponement-reason_error']")
    late = {"postponement-reason": WHY, "postponement-opens_at": "2025-03-24T10:00"}
    anna.submit("#postponement form", late, status=422)
    assert "must open before the meeting" in anna.says("[id='postponement-opens_at_error']")
    dates = {"postponement-starts_at": "2025-03-31T15:00", "postponement-opens_at": ""}
    anna.submit("#postponement form", dates)
    debate = now_of(db, debate)
    assert (debate.status, debate.status_reason) == (Status.POSTPONED, WHY)
    kenya.poll()
    assert "The meeting is on Mon 31 March, 15:00 New York." in kenya.says("#standing")
    anna.submit("#resumption form")
    assert now_of(db, debate).status is Status.ACTIVE
    anna.submit("#cancellation form", {"cancellation-reason": WHY})
    kenya.poll()
    assert "The debate is cancelled" in kenya.says("#standing")
    anna.submit("form[action$=archive]")
    assert not anna.has("form[action$=archive]")
    anna.get("/staff")
    assert "Archive" in anna.words
    anna.get(settings(debate, "/edit"))
    assert "Archived: everything can be read" in anna.words
    assert not anna.has("#debate_form [type=submit]")
    anna.get(settings(debate, "/status"))
    anna.submit("#resumption form")
    assert now_of(db, debate).status is Status.ACTIVE


def test_postponed_without_dates_no_page_names_one(
    db: Database, debate: Debate, kenya: Browser, clock: FakeClock
) -> None:
    show_to_everybody(db, debate)
    found = now_of(db, debate)
    pages = {
        tail: kenya.get(f"/debates/{debate.slug}{tail}").text
        for tail in ("/delegations/KEN", "/delegations/KEN/about", "/privacy", "/rule", "/list")
    }
    assert [tail for tail, text in pages.items() if "24 March" not in text] == []
    kenya.get(home(debate))
    postponed = postpone(db, clock.now(), COMMAND_LINE, found, reason=WHY, dates=NewDates())
    kenya.refresh()
    assert kenya.says(".kicker") == "Security Council"
    assert "Names this debate" in kenya.words
    assert "24 March" not in kenya.words
    for tail in pages:
        kenya.get(f"/debates/{debate.slug}{tail}")
        assert "24 March" not in kenya.words
    later = NewDates(debate.starts_at + timedelta(days=7))
    kenya.get(home(debate))
    resume(db, clock.now(), COMMAND_LINE, postponed, reason=WHY, dates=later)
    kenya.refresh()
    assert kenya.says(".kicker") == "Security Council · Mon 31 March, 10:00 New York"


def test_a_step_that_contradicts_other_times_is_told_above_its_form(
    anna: Browser, db: Database, debate: Debate
) -> None:
    anna.get(settings(debate, "/status"))
    typed = {"postponement-reason": WHY, "postponement-opens_at": "2025-03-23T09:30"}
    anna.submit("#postponement form", typed, status=422)
    assert "Letters must be due after" in anna.says("#postponement_error")
    assert now_of(db, debate) == debate


# --- Rehearsals -------------------------------------------------------------------------------


def test_a_rehearsal_is_started_and_deleted_in_the_browser(
    app: Flask, anna: Browser, db: Database, debate: Debate, clock: FakeClock
) -> None:
    anna.get(settings(debate))
    assert anna.value("minutes") == "10"
    anna.submit("form[action$=rehearsals]", {"minutes": "0"}, status=422)
    assert "1 to 1440" in anna.problem("minutes")
    anna.submit("form[action$=rehearsals]", {"minutes": "15"})
    copy = get_debate(db, f"{debate.slug}-rehearsal-1")
    assert anna.path == settings(copy)
    assert (copy.opens_at - clock.now()) == timedelta(minutes=15)
    assert len(list_invitations(db, copy.id)) == len(list_invitations(db, debate.id))
    clock.advance(minutes=20)
    take_place(app, db, copy)
    kenya = sign_in(app, db, copy)
    assert len(stored(app)) == 1
    anna.follow("a[href$=deletion]")
    assert "Its list of 1 delegation, its links" in anna.words
    anna.submit("main form[action$=deletion]")
    assert "The rehearsal is deleted." in anna.words
    assert stored(app) == set()
    kenya.get(home(copy), status=404)
    anna.get(settings(debate, "/deletion"), status=409)


# --- Messages ---------------------------------------------------------------------------------


def test_ways_are_shown_to_those_who_may_go_them(
    app: Flask, anna: Browser, vera: Browser, carl: Browser, debate: Debate
) -> None:
    shown = {}
    for name, browser in (("anna", anna), ("vera", vera), ("carl", carl)):
        browser.get(console(debate))
        shown[name] = [tag.get_text() for tag in browser.page.select("nav.ways a")]
        browser.get("/staff")
        assert browser.has("a[href*=new-debate]") == (name == "anna")
    assert {"Messages", "Settings"} <= set(shown["anna"])
    assert ("Messages" in shown["vera"], "Settings" in shown["vera"]) == (True, False)
    assert ("Messages" in shown["carl"], "Settings" in shown["carl"]) == (False, False)
    anna.get(settings(debate, "/council"))
    assert anna.says("nav.ways [aria-current]") == "Settings"
