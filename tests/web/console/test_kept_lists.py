"""The list as the server writes it by itself: readable alone, bounded, for staff, purged."""

from __future__ import annotations

import re
from datetime import timedelta
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from flask import Flask

from rostrum.actions.kept_lists import ListFiles, ListKeeper
from rostrum.actions.retention import Disk, find_remains, purge_debate
from rostrum.config import Config
from rostrum.domain.actors import COMMAND_LINE
from rostrum.domain.debates.debate import Debate
from rostrum.domain.exports.kept_lists import MOST
from rostrum.store.database import Database, writing
from rostrum.store.debates import list_debates
from rostrum.store.rewriting import call
from rostrum.web.console.kept_lists import render_list
from tests.factories import OPENS_AT, FakeClock
from tests.journal_in_english import latest_in_english
from tests.web.client import Browser
from tests.web.factories import console, parts_of, take_place

PAST_THE_RUSH = timedelta(minutes=2)


@pytest.fixture
def listed(app: Flask, db: Database, debate: Debate, opened: FakeClock) -> Debate:
    take_place(app, db, debate, "BRA")
    take_place(app, db, debate, "KEN", on_behalf_of="Group <of> Friends")
    opened.set(OPENS_AT + PAST_THE_RUSH)
    return debate


def keeper(app: Flask) -> ListKeeper:
    """One that begins, as after a start of the server."""
    parts = parts_of(app)
    return ListKeeper(
        parts.connections,
        ListFiles(parts.config.lists),
        parts.clock.now,
        render=lambda debate, at: render_list(app, debate, at),
        run=call,
    )


def files_of(config: Config, debate: Debate) -> list[Path]:
    return ListFiles(config.lists).list_files(debate.slug)


def test_a_list_can_be_read_and_printed_without_anything_else(
    listed: Debate, app: Flask, config: Config
) -> None:
    assert keeper(app).look() == 1
    english, french = files_of(config, listed)
    assert english.name == "2025-03-19T133200Z.en.html"
    text = english.read_text(encoding="utf-8")
    assert not re.search(r"<(script|link|img|use)\b|url\(|@import|src=|href=", text)
    words = " ".join(BeautifulSoup(text, "html.parser").get_text(" ").split())
    assert "List of speakers as of Wed 19 March 2025, 9:32:00 New York" in words
    for said in ("1 Brazil", "2 Kenya", "on behalf of Group <of> Friends", "Letter to be read"):
        assert said in words
    for said in ("Permanent Representative of Kenya", "English", "11:20", "+1 212 555 0142"):
        assert said in words
    assert "Liste des orateurs au mer. 19 mars 2025" in french.read_text(encoding="utf-8")


def test_only_the_owner_of_the_instance_reads_the_files(
    listed: Debate, app: Flask, config: Config
) -> None:
    keeper(app).look()
    paths = (config.lists, *config.lists.rglob("*"))
    assert {path.is_dir(): path.stat().st_mode & 0o777 for path in paths} == {
        True: 0o700,
        False: 0o600,
    }


def test_each_quarter_has_one_whether_or_not_the_list_changed_or_the_server_began_anew(
    listed: Debate, app: Flask, config: Config, opened: FakeClock
) -> None:
    written = []
    for _ in range(6):
        written.append(keeper(app).look())
        opened.advance(minutes=7.5)
    assert written == [1, 0, 1, 0, 1, 0]
    assert len(files_of(config, listed)) == 6


def test_what_was_cut_off_is_written_again(
    listed: Debate, app: Flask, config: Config, opened: FakeClock
) -> None:
    folder = config.lists / listed.slug
    folder.mkdir(parents=True)
    (folder / "2025-03-19T133200Z.fr.html").write_text("whole")
    (folder / "2025-03-19T133200Z.en.html.part").write_text("hal")
    assert keeper(app).look() == 1
    assert [path.suffix for path in files_of(config, listed)] == [".html", ".html"]
    assert "Kenya" in files_of(config, listed)[0].read_text(encoding="utf-8")


def test_the_oldest_go(config: Config) -> None:
    files, pages = ListFiles(config.lists), {"en": b"list", "fr": b"liste"}
    config.instance.mkdir(exist_ok=True)
    for number in range(MOST + 3):
        files.write("debate", OPENS_AT + timedelta(minutes=number), pages)
    assert len(files.list_files("debate")) == 2 * MOST
    assert files.list_instants("debate")[-1] == OPENS_AT + timedelta(minutes=3)


def test_staff_take_one_and_the_journal_says_who(
    listed: Debate, app: Flask, db: Database, carl: Browser, opened: FakeClock
) -> None:
    carl.get(f"{console(listed)}/exports")
    assert "There is none yet." in carl.words
    keeper(app).look()
    opened.advance(minutes=15)
    keeper(app).look()
    carl.get(f"{console(listed)}/exports?lang=fr")
    links = [str(tag["href"]) for tag in carl.page.select("main a[href*='/exports/snapshots/']")]
    assert [link.rpartition("/")[2] for link in links] == [
        "2025-03-19T134700Z.fr.html",
        "2025-03-19T133200Z.fr.html",
    ]
    answer = carl.get(links[0])
    assert f"{listed.slug}-list-2025-03-19-094700.html" in answer.headers["Content-Disposition"]
    assert answer.headers["Cache-Control"] == "no-store"
    assert "Kenya" in answer.text
    told = "carl took the list as of 19 March 13:47, with contacts."
    assert latest_in_english(db, "kept list taken") == told
    carl.get(links[0].replace("134700", "134800"), status=404)
    carl.get(f"{console(listed)}/exports/snapshots/rostrum.db", status=404)


def test_a_purge_takes_them_and_none_is_written_again(
    listed: Debate, app: Flask, db: Database, config: Config, opened: FakeClock
) -> None:
    with writing(db):
        db.execute("update debate set rehearsal_of = id")
    keeper(app).look()
    disk = Disk(parts_of(app).files, config.database)
    opened.advance(minutes=15)

    def deleted_meanwhile(debate: Debate, at: object) -> dict[str, bytes]:
        with parts_of(app).connections.borrowed() as other:
            [stored] = list_debates(other)
            remains = find_remains(other, opened.now(), stored, disk)
            assert [each.name for each in remains.lists] == [
                f"{listed.slug}/2025-03-19T133200Z.{language}.html" for language in ("en", "fr")
            ]
            purge_debate(other, opened.now(), COMMAND_LINE, stored, disk=disk, seen=remains.version)
        return render_list(app, debate, opened.now())

    parts = parts_of(app)
    late = ListKeeper(
        parts.connections, disk.lists, parts.clock.now, render=deleted_meanwhile, run=call
    )
    assert late.look() == 1
    assert files_of(config, listed) == []
    opened.advance(minutes=15)
    assert keeper(app).look() == 0
