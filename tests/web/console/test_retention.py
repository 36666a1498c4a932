"""Letters and contacts go for ever: at the console, from the disk, and from SQLite's free pages."""

from __future__ import annotations

import os
import sqlite3
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path

import pytest
from flask import Flask

from rostrum.actions.journal import verify_journal
from rostrum.actions.letters.decisions import accept_letter, return_letter
from rostrum.actions.order.places import move_place
from rostrum.actions.retention import Disk, delete_debate, find_remains, purge_due
from rostrum.config import Config
from rostrum.domain.actors import COMMAND_LINE, Actor
from rostrum.domain.debates.debate import Debate, Status
from rostrum.domain.order.stretches import written_order
from rostrum.domain.registrations.receipts import receipt_code
from rostrum.domain.retention.purge import ERASED, Remains
from rostrum.domain.times import MICROSECOND
from rostrum.store import rewriting
from rostrum.store.database import Database, connect, writing
from rostrum.store.debates import get_debate_by_id, update_debate
from rostrum.store.places import list_places
from rostrum.store.registrations import list_registrations
from rostrum.store.retention import erase_texts, list_purges
from tests.factories import FakeClock, actor, make_debate, make_invitations, prepare, strike
from tests.web.client import Browser
from tests.web.factories import (
    console,
    home,
    journal_kinds,
    link,
    parts_of,
    sign_in,
    sign_in_member,
    snapshot,
    take_place,
)

STAFF = Actor("staff", "vera")
SECRETS = {
    "e-mail": "zq7-contact@secret.example",
    "phone": "+1 212 555 7788",
    "file name": "zq7-very-private-name.pdf",
    "file": "%KEN letter-of-KEN.pdf",
    "signer": "Zq7 Private Signer",
    "picture": "RIFF-zq7-preview",
    "remark": "zq7 the signature of the late ambassador",
    "move": "zq7 because of a funeral",
    "strike": "zq7 because of the scandal",
    "draft": "zq7-draft@secret.example",
    "earlier e-mail": "zq7-earlier@secret.example",
}
"""What must be nowhere afterwards, by what it is."""


def secrets_in(folder: Path) -> set[str]:
    """Which secrets the bytes of any file below the folder hold."""
    found = set()
    for path in (each for each in folder.rglob("*") if each.is_file()):
        content = path.read_bytes()
        found |= {name for name, secret in SECRETS.items() if secret.encode() in content}
    return found


@pytest.fixture
def over(app: Flask, db: Database, debate: Debate, config: Config, opened: FakeClock) -> Debate:
    """A debate the day after, full of secrets; kept for 30 days."""
    contact = {"contact_email": SECRETS["e-mail"], "contact_phone": SECRETS["phone"]}
    take_place(app, db, debate, "JPN", contact_email=SECRETS["earlier e-mail"])
    for code in ("BRA", "KEN", "PSE"):
        take_place(app, db, debate, code, **contact)
    held = {each.delegation_id: each for each in list_registrations(db, debate.id)}
    by_arrival = sorted(held.values(), key=lambda each: each.arrival_number)
    japan, brazil, kenya, palestine = by_arrival
    with writing(db):
        sql = "update letter_file set original_name = :name, signers = json_array(:signer)"
        db.execute(sql, {"name": SECRETS["file name"], "signer": SECRETS["signer"]})
    pictures = parts_of(app).files.pages_folder(kenya.letter.stored_name)
    pictures.mkdir()
    (pictures / "1.webp").write_bytes(SECRETS["picture"].encode())
    now = opened.now()
    return_letter(
        db, now, STAFF, debate, letter_id=brazil.letter.id, reasons=[], remark=SECRETS["remark"]
    )
    accept_letter(db, now, STAFF, debate, letter_id=palestine.letter.id)
    order = written_order(list_places(db, debate.id))
    move_place(
        db,
        now,
        STAFF,
        debate,
        registration_id=palestine.id,
        place=1,
        reason=SECRETS["move"],
        seen_order=order,
    )
    prepare(db, debate, "ITA")
    with writing(db):
        db.execute("update draft set contact_email = :mail", {"mail": SECRETS["draft"]})
        # What was overwritten stays in the log and in the unused parts of pages until it is not.
        sql = "update registration set contact_email = :mail where id = :id"
        db.execute(sql, {"mail": "gone@japan.example", "id": japan.id})
    opened.set(debate.letter_deadline)
    strike(db, opened.now(), STAFF, debate, japan, reason=SECRETS["strike"])
    with writing(db):
        update_debate(db, replace(debate, retention_days=30))
    config.database.with_name("rostrum.db.before-m0099").write_bytes(config.database.read_bytes())
    opened.set(debate.starts_at + timedelta(days=1))
    return get_debate_by_id(db, debate.id)


def disk_of(app: Flask) -> Disk:
    return Disk(parts_of(app).files, parts_of(app).config.database)


def remains_of(app: Flask, db: Database, debate: Debate) -> Remains:
    return find_remains(db, parts_of(app).clock.now(), debate, disk_of(app))


def anna_at(app: Flask, debate: Debate) -> Browser:
    anna = sign_in_member(app, "anna")
    anna.get(f"{console(debate)}/retention")
    return anna


def delete_all(anna: Browser) -> None:
    anna.submit("#purge", {"sure": ["y"]})


def test_the_page_lists_exactly_what_goes(over: Debate, app: Flask, db: Database) -> None:
    anna = anna_at(app, over)
    assert "Letters and contacts are kept until Thu 24 April, 0:00 New York." in anna.words
    remains = remains_of(app, db, over)
    listed = [tag.get_text() for tag in anna.page.select(".doomed .hash")]
    assert listed == [file.name for file in remains.everything_on_disk]
    there = {each.name for each in parts_of(app).files.folder.rglob("*") if each.is_file()}
    assert {Path(name).name for name in listed} == there | {"rostrum.db.before-m0099"}
    assert remains.texts == {
        "file_names": 5,
        "remarks": 1,
        "contacts": 4,
        "drafts": 2,
        "move_reasons": remains.texts["move_reasons"],
        "strike_reasons": 1,
        "withdrawal_reasons": 0,
        "staff_notes": 0,
        "messages": 0,
        "swap_reasons": 0,
        "entry_reasons": 0,
        "shares": 0,
        "mission_contact": 0,
        "journal_values": remains.texts["journal_values"],
    }
    counts = [int(tag.get_text()) for tag in anna.page.select(".remains dd")]
    assert counts[: len(remains.texts)] == list(remains.texts.values())


def test_no_byte_of_a_secret_stays(over: Debate, app: Flask, db: Database, config: Config) -> None:
    assert secrets_in(config.instance) == set(SECRETS)
    anna = anna_at(app, over)
    delete_all(anna)
    assert "Letters and contacts are deleted." in anna.words
    assert secrets_in(config.instance) == set()
    assert config.database.with_name("rostrum.db-wal").stat().st_size < 50_000
    assert not list(config.instance.glob("rostrum.db.before-*"))
    assert verify_journal(db) is None
    assert remains_of(app, db, over).is_empty


@pytest.mark.parametrize(
    ("days", "told", "end"),
    [
        (0, "Tue 25 March, 0:00 New York", "2025-03-25T04:00Z"),
        (30, "Thu 24 April, 0:00 New York", "2025-04-24T04:00Z"),
        (250, "Sun 30 November, 0:00 New York", "2025-11-30T05:00Z"),
    ],
)
def test_a_purge_takes_all_at_the_instant_that_the_privacy_page_tells(
    over: Debate, app: Flask, db: Database, browser: Browser, days: int, told: str, end: str
) -> None:
    with writing(db):
        update_debate(db, replace(over, retention_days=days))
    browser.get(f"/debates/{over.slug}/privacy")
    assert f"days after the meeting, until {told}." in browser.words
    purge = partial(purge_due, db, actor=COMMAND_LINE, disk=disk_of(app), dry_run=False)
    instant = datetime.fromisoformat(end)
    assert list(purge(now=instant - MICROSECOND)) == []
    assert [debate.slug for debate, _ in purge(now=instant)] == [over.slug]
    assert remains_of(app, db, over).is_empty


def test_without_writing_the_database_anew_secrets_would_stay(
    over: Debate, app: Flask, db: Database, config: Config
) -> None:
    """The control: what the statements alone leave behind."""
    db.execute("pragma secure_delete = off")  # some builds of SQLite have it on
    with writing(db):
        erase_texts(db, over.id)
    db.execute("pragma wal_checkpoint(truncate)").fetchone()
    for copy in config.instance.glob("rostrum.db.before-*"):
        copy.unlink()
    assert secrets_in(config.instance) - {"file", "picture"}


def test_it_is_on_record(over: Debate, app: Flask, db: Database) -> None:
    before = remains_of(app, db, over)
    anna = anna_at(app, over)
    delete_all(anna)
    [purge] = list_purges(db, over.id)
    assert (purge.files, purge.texts) == (len(before.files), sum(before.texts.values()))
    assert purge.bytes == sum(file.size for file in before.files)
    assert purge.actor == "staff:anna"
    assert purge.finished_at is not None
    assert journal_kinds(db)[-1] == "personal data deleted"
    assert "Nothing is left to delete." in anna.words
    assert f"{purge.files} files" in anna.words
    assert not anna.has("#purge")


def test_the_list_stays(over: Debate, app: Flask, db: Database) -> None:
    before = snapshot(db)
    delete_all(anna_at(app, over))
    after = snapshot(db)
    contacts = {"contact_email": "", "contact_phone": ""}
    for old, new in zip(before["registration"], after["registration"], strict=True):
        reason = {"struck_reason": ERASED} if old["struck_reason"] else {}
        assert new == old | contacts | reason
    assert [row["sha256"] for row in after["letter_file"]] == [
        row["sha256"] for row in before["letter_file"]
    ]
    assert after["journal"][: len(before["journal"])] == before["journal"]
    assert after["draft"] == []


def test_another_debate_keeps_everything(
    over: Debate, app: Flask, db: Database, opened: FakeClock
) -> None:
    week = timedelta(days=7)
    other = make_debate(db, slug="another", letter_deadline=None, starts_at=over.starts_at + week)
    make_invitations(db, other, "KEN", "BRA")
    take_place(app, db, other, "KEN")
    before = remains_of(app, db, other)
    delete_all(anna_at(app, over))
    assert replace(before, copies=()) == remains_of(app, db, other)
    kenya = sign_in(app, db, other, "KEN")
    kenya.get(f"{home(other)}/letter/original")


def test_every_page_of_delegations_opens_afterwards(over: Debate, app: Flask, db: Database) -> None:
    phones = {code: sign_in(app, db, over, code) for code in ("KEN", "BRA", "JPN", "PSE")}
    delete_all(anna_at(app, over))
    for code, phone in phones.items():
        for tail in ("", "/state", "/list", "/list/list.csv", "/speaker", "/held"):
            phone.get(home(over, code) + tail)
    kenya = phones["KEN"]
    kenya.get(home(over))
    assert "deleted" in kenya.words
    for tail in ("/letter/original", "/letter/document", "/letter/pages/1"):
        kenya.get(home(over) + tail, status=404)


def test_links_of_a_deleted_debate_say_that_it_is_deleted(
    over: Debate, app: Flask, db: Database, clock: FakeClock
) -> None:
    phone, way_in = sign_in(app, db, over, "KEN"), link(app, db, over, "KEN")
    disk = Disk(parts_of(app).files, parts_of(app).config.database)
    delete_debate(db, clock.now(), actor("anna"), over, disk=disk, typed=over.slug)
    before = snapshot(db)
    for path in (home(over), f"{home(over)}/letter", f"{home(over)}/state", way_in):
        phone.get(path, status=404)
        assert "The Presidency has deleted this debate" in phone.words
    phone.get(f"/debates/{over.slug}/privacy", status=404)
    anna_at(app, over).get(console(over))
    assert snapshot(db)["registration"] == before["registration"]


def test_every_page_of_the_console_opens_afterwards(over: Debate, app: Flask, db: Database) -> None:
    delete_all(anna_at(app, over))
    anna = anna_at(app, over)
    for tail in (
        "", "?show=withdrawn", "?show=returned", "/state", "/list.csv", "/letters", "/fairness",
        "/exports", "/exports/list", "/exports/record.json", "/retention", "/letters.zip",
    ):  # fmt: skip
        anna.get(console(over) + tail)
    for held in list_registrations(db, over.id):
        anna.get(f"/receipts/{receipt_code(app.secret_key, held.id)}")
        status = 200 if held.is_active else 409
        anna.get(f"{console(over)}/registrations/{held.id}/letter", status=status)
        anna.get(f"{console(over)}/registrations/{held.id}/move", status=status)


def test_a_deleted_letter_says_so_at_verification(over: Debate, app: Flask, db: Database) -> None:
    delete_all(anna_at(app, over))
    anna = anna_at(app, over)
    for letter in snapshot(db)["letter"]:
        page = f"{console(over)}/letters/{letter['id']}"
        for tail in ("/original", "/original?warned", "/document", "/pages/1"):
            anna.get(page + tail, status=404)
        anna.get(page)
        assert "This letter is deleted" in anna.words
        anna.post(f"{page}/inspection", {"csrf_token": anna.token()}, status=404)


def test_what_changed_meanwhile_is_not_deleted(
    over: Debate, app: Flask, db: Database, opened: FakeClock
) -> None:
    anna = anna_at(app, over)
    with writing(db):
        update_debate(db, replace(over, letter_deadline=None))
    prepare(db, over, "NOR")
    before = snapshot(db)
    anna.submit("#purge", {"sure": ["y"]}, status=409)
    assert "Something has changed" in anna.says(".summary")
    assert snapshot(db) == before
    assert list_purges(db, over.id) == []
    delete_all(anna)
    assert remains_of(app, db, over).is_empty


def test_it_must_be_confirmed(over: Debate, app: Flask, db: Database) -> None:
    anna, before = anna_at(app, over), snapshot(db)
    anna.submit("#purge", status=422)
    assert "Tick this to delete." in anna.problem("sure")
    assert snapshot(db) == before


def test_nothing_goes_before_the_meeting_is_over(
    over: Debate, app: Flask, db: Database, opened: FakeClock
) -> None:
    opened.set(over.starts_at)
    anna, before = anna_at(app, over), snapshot(db)
    assert not anna.has("#purge")
    assert not anna.has("#deletion")
    path = f"{console(over)}/retention"
    fields = {"csrf_token": anna.token(), "sure": "y", "slug": over.slug}
    for tail in ("/purge", "/deletion"):
        anna.get(path)
        anna.post(path + tail, fields | {"csrf_token": anna.token()}, status=422)
        assert "Nothing can be deleted before Tue 25 March, 0:00 New York" in anna.says(".summary")
    assert snapshot(db) == before


def test_a_due_deletion_is_told(over: Debate, app: Flask, opened: FakeClock) -> None:
    opened.advance(days=31)
    anna = anna_at(app, over)
    assert "were to be kept until Thu 24 April, 0:00 New York: delete them now." in anna.words


def test_a_deleted_debate_is_on_no_list(
    over: Debate, app: Flask, db: Database, config: Config
) -> None:
    anna = anna_at(app, over)
    anna.submit("#deletion", {"slug": over.slug})
    assert f"The debate {over.slug} is deleted." in anna.words
    assert over.notice.title not in anna.words
    assert get_debate_by_id(db, over.id).status is Status.ARCHIVED
    assert secrets_in(config.instance) == set()
    assert verify_journal(db) is None
    assert db.execute("pragma foreign_key_check").fetchall() == []
    assert journal_kinds(db)[-1] == "debate deleted"
    anna.get(console(over))
    anna.get(f"{console(over)}/retention")
    assert "the whole debate" in anna.words


@pytest.mark.parametrize(("typed", "told"), [("", "Type the name"), ("another", "Type 2025-")])
def test_deleting_a_debate_wants_its_name(
    over: Debate, app: Flask, db: Database, typed: str, told: str
) -> None:
    anna, before = anna_at(app, over), snapshot(db)
    anna.submit("#deletion", {"slug": typed}, status=422)
    assert told in anna.problem("slug")
    assert anna.value("slug") == typed
    assert snapshot(db) == before


def test_a_deletion_beside_a_long_read_is_finished_later(
    over: Debate, app: Flask, db: Database, config: Config, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rewriting, "BUSY_TRIES", 3)
    anna, reader = anna_at(app, over), connect(config.database)
    reader.conn.execute("begin")
    reader.execute("select * from registration").fetchall()
    delete_all(anna)
    assert "Traces stay in the database file, which is in use" in anna.words
    assert "A deletion is not finished" in anna.words
    reader.conn.execute("rollback")
    reader.close()
    delete_all(anna)
    assert "Nothing is left to delete." in anna.words
    assert secrets_in(config.instance) == set()
    assert all(each.finished_at for each in list_purges(db, over.id))


def test_leftovers_of_uploads_go_along(over: Debate, app: Flask, opened: FakeClock) -> None:
    left = parts_of(app).files.folder / f"{'a' * 32}.pdf"
    left.write_bytes(b"zq7")
    old = (opened.now() - timedelta(days=1)).timestamp()
    os.utime(left, (old, old))
    anna = anna_at(app, over)
    assert left.name in anna.words
    delete_all(anna)
    assert not left.exists()


def test_a_purge_stays_on_record(over: Debate, app: Flask, db: Database) -> None:
    delete_all(anna_at(app, over))
    with pytest.raises(sqlite3.IntegrityError, match="stays on record"), writing(db):
        db.execute("delete from purge")


@pytest.mark.parametrize("who", ["vera", "carl"])
def test_only_admins_delete(over: Debate, app: Flask, who: str) -> None:
    sign_in_member(app, who).get(f"{console(over)}/retention", status=403)
