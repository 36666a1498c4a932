"""The console: the list as staff see it, letters read and decided, the CSV."""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from urllib.parse import urlencode

import pytest
from flask import Flask

from rostrum.actions.registrations.withdrawal import withdraw
from rostrum.domain.debates.debate import Debate, Status
from rostrum.store.database import Database, writing
from rostrum.store.debates import update_debate
from rostrum.store.retention import erase_texts
from rostrum.web.spreadsheets import XLSX
from tests.factories import OPENS_AT, FakeClock, actor, delegation, make_invitations
from tests.web.client import Browser
from tests.web.factories import (
    SPEAKER,
    console,
    make_ready,
    revoke,
    set_instant,
    sign_in_member,
    take_place,
)
from tests.workbooks import cells


@pytest.fixture
def listed(app: Flask, db: Database, debate: Debate, opened: FakeClock) -> None:
    """Brazil, Kenya and Japan registered a second apart; Japan gave its place up."""
    for code in ("BRA", "KEN", "JPN"):
        take_place(app, db, debate, code)
        opened.advance(seconds=1)
    withdraw(db, opened.now(), actor("JPN"), debate, delegation_id=delegation(db, "JPN").id)


def rows(browser: Browser) -> list[str]:
    return [" ".join(row.get_text(" ").split()) for row in browser.page.select("tbody tr")]


def figures(browser: Browser) -> dict[str, int]:
    """The parts that are offered, by name."""
    said = [link.get_text().split(maxsplit=1) for link in browser.page.select("nav.figures a")]
    return {name.strip(): int(count) for count, name in said}


def parsed(content: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def table(browser: Browser, debate: Debate, query: str = "") -> list[dict[str, str]]:
    return parsed(browser.get(f"{console(debate)}/list.csv{query}").body)


# --- The list ---------------------------------------------------------------------------------


def test_before_the_opening_staff_see_who_is_ready_who_is_not_and_when_it_opens(
    app: Flask, db: Database, kenya: Browser, vera: Browser, debate: Debate
) -> None:
    make_ready(app, db, debate, "KEN", name="Secret Until The Press")
    vera.get(console(debate))
    said = vera.says("#console_list")
    assert "The list opens on Wed 19 March, 9:30 New York." in said
    assert "1 of 4 is ready." in said
    assert vera.has("[data-deadline][data-words]")
    assert figures(vera) == {"All": 4, "Ready": 1, "Not ready": 3, "Link not opened": 3}
    brazil, _, kenyas, palestine = rows(vera)
    assert brazil == "– Brazil Speaker and letter are missing Not ready link not opened"
    assert kenyas == "– Kenya Speaker and letter are there Ready link opened 9:00:00"
    assert "State of Palestine" in palestine
    assert "Secret" not in vera.words
    for part, codes in (("ready", ["KEN"]), ("not-ready", ["BRA", "JPN", "PSE"])):
        assert [row["iso3"] for row in table(vera, debate, f"?show={part}")] == codes
    assert "Secret" not in vera.get(f"{console(debate)}/list.csv?show=all").text


def test_at_the_opening_the_open_page_turns_to_the_registered(
    app: Flask, db: Database, vera: Browser, debate: Debate, clock: FakeClock
) -> None:
    vera.get(console(debate))
    assert len(rows(vera)) == 4
    clock.set(OPENS_AT)
    take_place(app, db, debate, "KEN")
    vera.poll()
    [row] = rows(vera)
    assert row.startswith("1 Kenya")


def test_council_members_and_revoked_links_are_not_awaited(
    db: Database, vera: Browser, debate: Debate
) -> None:
    make_invitations(db, debate, "FRA")
    revoke(db, debate, "BRA")
    vera.get(console(debate))
    assert [row.split()[1] for row in rows(vera)] == ["Japan", "Kenya", "State"]


def test_the_list_has_places_speakers_and_letter_states(
    listed: None, vera: Browser, debate: Debate
) -> None:
    vera.get(console(debate))
    first, second = rows(vera)
    assert first.startswith("1 Brazil")
    assert "H.E. Mr. Erastus Ekitela Lokaale" in second
    assert "To read" in second
    assert "2 · 9:30:01.000" in second


@pytest.mark.parametrize(
    ("shown", "delegations"),
    {
        "all": ["Brazil", "Kenya", "State of Palestine", "Japan"],
        "registered": ["Brazil", "Kenya"],
        "accepted": [],
        "pending": ["Brazil", "Kenya"],
        "returned": [],
        "withdrawn": ["Japan"],
        "ready": [],
        "not-ready": ["State of Palestine"],
        "link-not-opened": ["Brazil", "Kenya", "State of Palestine"],
    }.items(),
)
def test_each_figure_is_the_number_of_rows_it_leads_to(
    listed: None, vera: Browser, debate: Debate, shown: str, delegations: list[str]
) -> None:
    vera.get(console(debate))
    link = f".figures a[href$='show={shown}']"
    assert vera.says(f"{link} strong") == str(len(delegations))
    vera.follow(link)
    for _ in range(2):
        assert len(rows(vera)) == len(delegations)
        for name, row in zip(delegations, rows(vera), strict=True):
            assert name in row
        vera.poll()  # the live block keeps the filter


def test_a_search_looks_in_names_codes_and_speakers_and_is_kept_with_filter_and_order(
    listed: None, app: Flask, db: Database, vera: Browser, debate: Debate
) -> None:
    take_place(app, db, debate, "PSE", name="Riyad Mansour")
    vera.get(f"{console(debate)}?q=japon")
    assert [row.split()[1] for row in rows(vera)] == ["Japan"], "all are searched"
    vera.get(f"{console(debate)}?show=pending&sort=-name")
    fields = {each["name"]: each["value"] for each in vera.page.select("form[role=search] input")}
    assert fields == {"q": "", "show": "pending", "sort": "-name"}
    vera.get(f"{console(debate)}?{urlencode(fields | {'q': ' a'})}")
    assert [row.split()[:2] for row in rows(vera)] == [
        ["3", "State"],
        ["2", "Kenya"],
        ["1", "Brazil"],
    ]
    assert vera.page.select_one("th[aria-sort=descending]").get_text(strip=True) == "Delegation"
    vera.poll()
    assert [row.split()[0] for row in rows(vera)] == ["3", "2", "1"]
    found = vera.follow("#console_list a[href*='list.csv']")
    assert [row["iso3"] for row in parsed(found.body)] == ["PSE", "KEN", "BRA"]
    vera.get(f"{console(debate)}?q=mansour")
    assert len(rows(vera)) == 1
    vera.get(f"{console(debate)}?q=china")
    assert "China is a Council member:" in vera.words
    vera.follow("#console_list p a[href$='/CHN']")
    assert "Council member; their order is not set yet" in vera.words
    vera.get(f"{console(debate)}?show=accepted&q=mansour")
    assert rows(vera) == []
    vera.follow("#console_list p a[href*='show=all']")
    assert len(rows(vera)) == 1


def test_contacts_are_at_hand(listed: None, vera: Browser, debate: Debate) -> None:
    vera.get(console(debate))
    contact = vera.page.select("tbody tr")[1].select(".reach a")
    assert [link["href"] for link in contact] == ["tel:+12125550142", "mailto:pm@kenya.example"]


def test_the_chair_is_offered_nothing_that_is_refused(
    listed: None, db: Database, carl: Browser, debate: Debate
) -> None:
    for query in ("", "?show=all", "?show=withdrawn"):
        carl.get(console(debate) + query)
        for link in carl.page.select("#console_list a[href^='/']"):
            if not link["href"].startswith(console(debate) + "?"):
                carl.get(link["href"])
            carl.get(console(debate) + query)


def test_an_unknown_figure_shows_the_registered(
    listed: None, vera: Browser, debate: Debate
) -> None:
    vera.get(f"{console(debate)}?show=%00%FF&sort=-none&q=")
    assert len(rows(vera)) == 2


def test_the_polled_list_follows_what_happens(
    listed: None, db: Database, vera: Browser, debate: Debate, opened: FakeClock
) -> None:
    vera.get(console(debate))
    withdraw(db, opened.now(), actor("BRA"), debate, delegation_id=delegation(db, "BRA").id)
    vera.poll()
    [row] = rows(vera)
    assert "1 Kenya" in row
    assert "arrived 2; Brazil withdrew" in row


@pytest.mark.parametrize("is_dated", [False, True])
def test_a_postponed_list_is_not_said_to_be_open(
    listed: None, db: Database, vera: Browser, debate: Debate, opened: FakeClock, is_dated: bool
) -> None:
    dates = {"starts_at": debate.starts_at + timedelta(days=7)} if is_dated else {}
    with writing(db):
        update_debate(db, replace(debate, status=Status.POSTPONED, status_reason="Snow.", **dates))
    vera.get(console(debate))
    said = vera.says("#console_list")
    assert "Postponed: Snow. The list takes no registrations until the debate is resumed." in said
    assert "open since" not in said


def test_after_a_purge_no_letter_waits_to_be_read(
    listed: None, app: Flask, db: Database, debate: Debate, opened: FakeClock
) -> None:
    with writing(db):
        erase_texts(db, debate.id)
    opened.set(debate.letter_deadline + timedelta(minutes=1))
    vera = sign_in_member(app, "vera")
    vera.get(console(debate))
    assert figures(vera)["Letter to read"] == 0
    assert "Deleted unread" in rows(vera)[0]
    assert "To read" not in vera.words
    assert "Read 2 letters" not in vera.words


# --- Tables -----------------------------------------------------------------------------------


def test_the_csv_has_every_registered_delegation_with_its_contacts(
    listed: None, vera: Browser, debate: Debate
) -> None:
    vera.get(console(debate))
    answer = vera.follow("a[href*='list.csv']")
    name = f"{debate.slug}-list-registered-2025-03-19.csv"
    assert answer.headers["Content-Type"] == "text/csv; charset=utf-8"
    assert answer.headers["Content-Disposition"] == f'attachment; filename="{name}"'
    assert answer.body.startswith(b"\xef\xbb\xbfplace,arrival_number,delegation,iso3,basis,")
    rows = parsed(answer.body)
    assert [(row["place"], row["iso3"]) for row in rows] == [("1", "BRA"), ("2", "KEN")]
    kenya = rows[1]
    assert kenya["speaker_name"] == SPEAKER["name"]
    assert kenya["contact_email"] == SPEAKER["contact_email"]
    assert kenya["received_at_new_york"] == "2025-03-19T09:30:01.000-04:00"
    assert kenya["received_at_utc"] == "2025-03-19T13:30:01.000+00:00"
    assert kenya["letter"] == "pending"
    assert kenya["expected_at_new_york"] == "2025-03-24T11:25:00.000-04:00"


def test_a_table_has_the_rows_of_its_filter_and_says_so_in_its_name(
    listed: None, vera: Browser, debate: Debate
) -> None:
    vera.get(f"{console(debate)}?show=withdrawn&q=jap")
    answer = vera.follow("a[href*='list.csv']")
    assert (
        f"{debate.slug}-list-withdrawn-found-2025-03-19.csv"
        in answer.headers["Content-Disposition"]
    )
    [japan] = parsed(answer.body)
    assert (japan["place"], japan["iso3"], japan["state"]) == ("", "JPN", "withdrawn")
    assert japan["withdrawn_at_utc"] == "2025-03-19T13:30:03.000+00:00"


@pytest.mark.parametrize("table", ["list.csv", "list.xlsx"])
def test_the_journal_says_who_took_which_contacts(
    listed: None, carl: Browser, vera: Browser, debate: Debate, table: str
) -> None:
    carl.get(f"{console(debate)}/{table}?show=pending")
    vera.get(f"{console(debate)}/journal")
    assert "carl took 2 rows of the list with contacts: Letter to read." in vera.words


def test_the_workbook_speaks_the_readers_language_and_keeps_kinds_of_cells(
    listed: None, app: Flask, db: Database, vera: Browser, debate: Debate, opened: FakeClock
) -> None:
    take_place(app, db, debate, "PSE", functional_title="=1+1", contact_phone="+970 2 2964 000")
    vera.get(f"{console(debate)}?show=all&lang=fr")
    answer = vera.follow("a[href*='list.xlsx']")
    assert answer.headers["Content-Type"] == XLSX
    assert f"{debate.slug}-list-all-2025-03-19.xlsx" in answer.headers["Content-Disposition"]
    header, brazil, _, palestine, japan = cells(answer.body)
    found = dict(zip(header, palestine, strict=True))
    assert (found["Place"], found["Numéro d’arrivée"]) == (3, 4)
    assert found["Délégation"] == "État de Palestine"
    assert (found["Fonction"], found["Téléphone"]) == ("=1+1", "+970 2 2964 000")
    assert found["Niveau"].startswith("Représentant permanent")
    assert found["Lettre"] == "À examiner"
    since_1900 = datetime(2025, 3, 19, 9, 30, 3, tzinfo=UTC) - datetime(1899, 12, 30, tzinfo=UTC)
    assert found["Reçue (New York)"] == pytest.approx(since_1900 / timedelta(days=1))
    assert dict(zip(header, brazil, strict=True))["Prise de parole vers (New York)"] > 45_000
    assert dict(zip(header, japan, strict=True))["État"] == "Désistement"
    header, briefer, *others = cells(answer.body, sheet=2)
    assert briefer[:6] == ["Intervenants", 1, None, None, None, briefer[5]]
    assert "Guterres" in briefer[5]
    member, *_, registered = [row for row in others if row[3] in ("CHN", "PSE")]
    assert (member[0], member[2]) == ("Membres du Conseil", "Chine")
    assert (registered[1], registered[header.index("Fonction")]) == (3, "=1+1")


def test_the_console_says_when_the_list_closed(
    db: Database, vera: Browser, debate: Debate, opened: FakeClock
) -> None:
    set_instant(db, debate, closes_at=OPENS_AT + timedelta(hours=1))
    opened.advance(hours=2)
    vera.get(console(debate))
    assert "The list closed on Wed 19 March, 10:30 New York." in vera.says("#console_list")


# --- The clock --------------------------------------------------------------------------------

PATHS = ["/staff", "/staff/account", "/staff/delegations", ""]
"""Of pages that are live and of others; the last is the list of the debate."""


def clock_fault(browser: Browser) -> str | None:
    """What a page says of the clocks; None where it says nothing."""
    said = browser.page.select_one("#clock_fault")
    return None if said is None or said.has_attr("hidden") else said.get_text()


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize("ahead", [timedelta(minutes=5), timedelta(minutes=-5)])
def test_staff_are_told_on_every_page_that_the_clocks_differ(
    anna: Browser, kenya: Browser, debate: Debate, clock: FakeClock, path: str, ahead: timedelta
) -> None:
    clock.wall_is_ahead_by = timedelta(milliseconds=900)
    anna.get(path or console(debate))
    assert clock_fault(anna) is None
    clock.wall_is_ahead_by = ahead
    anna.get(path or console(debate))
    assert "differ by 300 s" in clock_fault(anna)
    kenya.get(f"/debates/{debate.slug}/delegations/KEN")
    assert clock_fault(kenya) is None
