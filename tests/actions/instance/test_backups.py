"""Backups: whole or not at all, nothing lost without a word, and taken back as they were."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from rostrum.actions.instance import backups
from rostrum.actions.instance.backups import check_backup, make_backup
from rostrum.actions.instance.restoring import restore_backup
from rostrum.actions.kept_lists import ListFiles
from rostrum.actions.retention import Disk, find_remains, purge_debate
from rostrum.config import Config
from rostrum.domain.actors import COMMAND_LINE
from rostrum.domain.debates.debate import Debate, Status
from rostrum.domain.instance.backups import BackupFault, Manifest
from rostrum.instance import check_instance
from rostrum.letters.files import LetterFiles
from rostrum.store.database import Database, all_rows, one_value, opened
from rostrum.store.debates import get_debate_by_id, list_debates, update_debate
from rostrum.store.journal import get_end
from rostrum.store.keys import find_fingerprint
from rostrum.store.snapshots import read_only
from tests.factories import BEFORE, OPENS_AT, FakeClock, make_debate, register
from tests.journal_in_english import latest_in_english
from tests.load.consistency import check_everything
from tests.load.scenes import make_ready

CODES = ("T00001", "T00002")
NAME = "rostrum-2025-03-19T130000Z"


@pytest.fixture
def ready(config: Config, db: Database) -> Debate:
    """Two delegations whose letters lie on disk, the first with a picture and a document."""
    debate, _ = make_ready(config, db, 2)
    letter = letters(config)[0]
    pages = letter.with_suffix(".pages")
    pages.mkdir()
    (pages / "1.webp").write_bytes(b"picture")
    letter.with_suffix(f".{'a' * 16}.pdf").write_bytes(b"document")
    for second, code in enumerate(CODES):
        register(db, debate, code, OPENS_AT + timedelta(seconds=second))
    return debate


@pytest.fixture
def dest(tmp_path: Path) -> Path:
    return tmp_path / "backups"


def letters(config: Config) -> list[Path]:
    """As they were sent, in the order of their names."""
    names = (path for path in config.letters.iterdir() if path.is_file())
    return sorted(path for path in names if path.name.count(".") == 1 and path.suffix != ".part")


def disk(config: Config) -> Disk:
    return Disk(LetterFiles(config.letters), config.database)


def back_up(config: Config, dest: Path, **options: object) -> tuple[Path, Manifest]:
    options = {"disk": disk(config), "now": FakeClock().now} | options
    return make_backup(key=config.secret_key(), dest=dest, program="1", **options)


def restore(folder: Path, instance: Path) -> Config:
    instance.mkdir()
    restore_backup(folder, check_backup(folder), instance, OPENS_AT, COMMAND_LINE)
    return Config(instance)


def files_in(folder: Path) -> dict[str, bytes]:
    found = (path for path in folder.rglob("*") if path.is_file())
    return {str(path.relative_to(folder)): path.read_bytes() for path in found}


# --- Making one -----------------------------------------------------------------------------


def test_a_backup_holds_database_key_letters_and_what_was_made_of_them(
    config: Config, db: Database, ready: Debate, dest: Path
) -> None:
    (config.letters / f"{'c' * 32}.part").write_bytes(b"half an upload")
    (config.letters / f"{'d' * 32}.pdf").write_bytes(b"of no row yet")
    ListFiles(config.lists).write(ready.slug, OPENS_AT, {"en": b"list", "fr": b"liste"})
    (config.lists / ready.slug / "half.part").write_bytes(b"hal")
    folder, manifest = back_up(config, dest)
    assert folder == dest / NAME
    lying = files_in(config.letters)
    kept = {f"letters/{name}" for name in lying if name[:3] not in ("ccc", "ddd")}
    assert len(kept) == 4
    kept |= {f"lists/{ready.slug}/2025-03-19T133000Z.{language}.html" for language in ("en", "fr")}
    assert set(files_in(folder)) == kept | {"rostrum.db", "secret.key", "manifest.json"}
    assert {file.name for file in manifest.files} == kept | {"rostrum.db", "secret.key"}
    assert (manifest.figures.registrations, manifest.figures.letters) == (2, 2)
    assert (manifest.figures.entries, manifest.figures.end) == get_end(db)
    assert check_backup(folder) == manifest
    assert list(dest.iterdir()) == [folder]


def test_only_its_owner_reads_a_backup(config: Config, ready: Debate, dest: Path) -> None:
    folder, _ = back_up(config, dest)
    modes = {path.is_dir(): path.stat().st_mode & 0o777 for path in (dest, *dest.rglob("*"))}
    assert modes == {True: 0o700, False: 0o600}
    assert folder.stat().st_mode & 0o777 == 0o700


def test_a_backup_waits_for_nobody_who_writes_and_has_what_was_committed(
    config: Config, db: Database, ready: Debate, dest: Path
) -> None:
    db.execute("begin immediate")
    db.execute("update debate set slug = 'never-committed'")
    folder, _ = back_up(config, dest)
    db.execute("rollback")
    with read_only(folder / "rostrum.db") as copy:
        assert one_value(copy, "select slug from debate") == ready.slug


def test_a_backup_is_not_written_over(config: Config, ready: Debate, dest: Path) -> None:
    folder, _ = back_up(config, dest)
    before = files_in(folder)
    with pytest.raises(BackupFault, match="already"):
        back_up(config, dest)
    assert files_in(dest / NAME) == before
    assert list(dest.iterdir()) == [folder]


def lose(letter: Path) -> None:
    letter.unlink()


def damage(letter: Path) -> None:
    letter.write_bytes(letter.read_bytes()[:-1] + b"?")


def cut(letter: Path) -> None:
    letter.write_bytes(letter.read_bytes()[:-1])


@pytest.mark.parametrize("spoil", [lose, damage, cut])
def test_a_lost_letter_is_told_and_makes_no_backup_unless_that_is_allowed(
    config: Config, ready: Debate, dest: Path, tmp_path: Path, spoil: Callable[[Path], None]
) -> None:
    """What was made of it comes along; what there is of it can be restored."""
    letter = letters(config)[0]
    spoil(letter)
    with pytest.raises(BackupFault, match=letter.name):
        back_up(config, dest)
    assert list(dest.iterdir()) == []
    folder, manifest = back_up(config, dest, allow_lost=True)
    assert manifest.lost == (f"letters/{letter.name}",)
    assert check_backup(folder) == manifest
    restored = restore(folder, tmp_path / "new")
    assert files_in(restored.letters) == files_in(folder / "letters") == files_in(config.letters)


class Meddling(LetterFiles):
    """A folder in which something happens as soon as somebody looks for a letter."""

    def __init__(self, folder: Path, *events: Callable[[], object]) -> None:
        super().__init__(folder)
        self._events = list(events)

    def list_made(self, stored_name: str) -> list[Path]:
        if self._events:
            self._events.pop(0)()
        return super().list_made(stored_name)


def test_a_draft_letter_that_is_replaced_meanwhile_is_not_taken_for_lost(
    config: Config, db: Database, dest: Path
) -> None:
    debate, _ = make_ready(config, db, 2)
    first = letters(config)[0]

    def replace_it() -> None:
        """As a delegation does: the row goes, the file goes, another comes."""
        sql = "delete from letter_file where stored_name = ?"
        db.execute(sql, (first.name,))
        first.unlink()
        make_ready(config, db, 1, slug="another")

    files = Meddling(config.letters, replace_it)
    folder, manifest = back_up(config, dest, disk=Disk(files, config.database))
    assert manifest.lost == ()
    assert first.name not in {path.name for path in (folder / "letters").iterdir()}
    assert len(letters(config)) == len(list((folder / "letters").iterdir())) == 2


def test_letters_that_went_after_they_were_copied_do_not_stay_in_the_backup(
    config: Config, db: Database, dest: Path
) -> None:
    make_ready(config, db, 2)
    first, second = letters(config)

    def remove(letter: Path) -> Callable[[], None]:
        def doing() -> None:
            db.execute("delete from letter_file where stored_name = ?", (letter.name,))
            letter.unlink(missing_ok=True)

        return doing

    names = [row["stored_name"] for row in all_rows(db, "select stored_name from letter_file")]
    kept, gone = (first, second) if names[0] == second.name else (second, first)
    files = Meddling(config.letters, lambda: None, lambda: (remove(first)(), remove(second)()))
    folder, _ = back_up(config, dest, disk=Disk(files, config.database))
    assert not list((folder / "letters").iterdir())
    assert not kept.exists()
    assert not gone.exists()


def test_letters_that_go_on_and_on_end_in_a_refusal(
    config: Config, db: Database, dest: Path
) -> None:
    make_ready(config, db, 1)

    def another() -> None:
        for letter in letters(config):
            db.execute("delete from letter_file where stored_name = ?", (letter.name,))
            letter.unlink()
        make_ready(config, db, 1, slug=f"debate-{len(list_debates(db))}")

    files = Meddling(config.letters, *[another] * 100)
    with pytest.raises(BackupFault, match="Run this again"):
        back_up(config, dest, disk=Disk(files, config.database))
    assert list(dest.iterdir()) == []


def test_letters_that_a_deletion_of_personal_data_took_are_not_missed(
    config: Config, db: Database, ready: Debate, dest: Path
) -> None:
    update_debate(db, replace(ready, status=Status.ARCHIVED, version=ready.version + 1))
    debate, at = get_debate_by_id(db, ready.id), disk(config)
    seen = find_remains(db, OPENS_AT, debate, at).version
    assert purge_debate(db, OPENS_AT, COMMAND_LINE, debate, disk=at, seen=seen)
    assert letters(config) == []
    folder, manifest = back_up(config, dest)
    assert manifest.figures.letters == 2
    assert not (folder / "letters").exists()


@pytest.mark.parametrize(
    ("statement", "words"),
    [
        ("update journal set actor = 'nobody' where id = 2", "The journal is broken"),
        ("update instance_key set fingerprint = '" + "0" * 64 + "'", "not the key"),
    ],
)
def test_an_instance_that_is_broken_makes_no_backup(
    config: Config, db: Database, ready: Debate, dest: Path, statement: str, words: str
) -> None:
    db.execute("drop trigger journal_is_append_only_update")
    db.execute(statement)
    with pytest.raises(BackupFault, match=words):
        back_up(config, dest)
    assert list(dest.iterdir()) == []


def test_a_damaged_database_makes_no_backup(config: Config, dest: Path, tmp_path: Path) -> None:
    broken = tmp_path / "broken.db"
    shutil.copy(config.database, broken)
    with broken.open("r+b") as file:
        file.seek(20_000)
        file.write(bytes(range(256)) * 40)
    with pytest.raises(BackupFault, match="The database"):
        back_up(config, dest, disk=Disk(LetterFiles(config.letters), broken))
    assert list(dest.iterdir()) == []


def test_a_backup_does_not_fill_the_disk_of_the_instance(
    config: Config, ready: Debate, dest: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(backups, "RESERVE", shutil.disk_usage(config.instance).total)
    with pytest.raises(BackupFault, match="no room"):
        back_up(config, dest)
    assert list(dest.iterdir()) == []


def test_what_a_run_that_was_cut_off_left_goes_after_a_day(
    config: Config, ready: Debate, dest: Path
) -> None:
    for name in ("rostrum-old.part", "rostrum-new.part"):
        (dest / name).mkdir(parents=True)
    long_ago = BEFORE.timestamp() - 90_000
    os.utime(dest / "rostrum-old.part", (long_ago, long_ago))
    back_up(config, dest)
    assert sorted(path.name for path in dest.iterdir()) == [NAME, "rostrum-new.part"]


# --- Checking one ---------------------------------------------------------------------------


def test_every_byte_of_a_backup_counts(config: Config, ready: Debate, dest: Path) -> None:
    folder, manifest = back_up(config, dest)
    for file in manifest.files:
        path = folder / file.name
        content = path.read_bytes()
        middle = len(content) // 2
        changed = content[:middle] + bytes([content[middle] ^ 1]) + content[middle + 1 :]
        for spoiled in (changed, content[:-1], None):
            path.unlink()
            if spoiled is not None:
                path.write_bytes(spoiled)
            with pytest.raises(BackupFault, match=file.name):
                check_backup(folder)
            path.write_bytes(content)
    assert check_backup(folder) == manifest


def _other_file(values: dict) -> None:
    values["files"][2]["name"] = "letters/../../elsewhere.pdf"


def _absolute(values: dict) -> None:
    values["files"][2]["name"] = "/etc/passwd"


def _twice(values: dict) -> None:
    values["files"].append(values["files"][0])


def _no_key(values: dict) -> None:
    values["files"] = [each for each in values["files"] if each["name"] != "secret.key"]


def _fewer_letters(values: dict) -> None:
    values["files"] = [each for each in values["files"] if "letters" not in each["name"]]


def _other_end(values: dict) -> None:
    values["figures"]["end"] = "0" * 64


def _newer(values: dict) -> None:
    values["version"] = 2


def _no_time(values: dict) -> None:
    del values["taken_at"]


@pytest.mark.parametrize(
    "change",
    [_other_file, _absolute, _twice, _no_key, _fewer_letters, _other_end, _newer, _no_time],
)
def test_a_manifest_that_was_changed_is_refused(
    config: Config, ready: Debate, dest: Path, change: Callable[[dict], None]
) -> None:
    folder, _ = back_up(config, dest)
    values = json.loads((folder / "manifest.json").read_text())
    change(values)
    (folder / "manifest.json").write_text(json.dumps(values))
    with pytest.raises(BackupFault):
        check_backup(folder)


@pytest.mark.parametrize("text", ["", "[]", "{}", "null", '{"format": "rostrum-backup"', "\0"])
def test_what_is_no_manifest_is_refused(
    config: Config, ready: Debate, dest: Path, text: str
) -> None:
    folder, _ = back_up(config, dest)
    (folder / "manifest.json").write_text(text)
    with pytest.raises(BackupFault, match=r"manifest\.json is damaged"):
        check_backup(folder)


def test_a_folder_without_a_manifest_is_no_backup(tmp_path: Path) -> None:
    with pytest.raises(BackupFault, match="There is no backup in"):
        check_backup(tmp_path)


def test_checking_changes_nothing(config: Config, ready: Debate, dest: Path) -> None:
    folder, _ = back_up(config, dest)
    before = {path: path.stat() for path in folder.rglob("*")}
    check_backup(folder)
    assert {path: path.stat().st_mtime_ns for path in folder.rglob("*")} == {
        path: seen.st_mtime_ns for path, seen in before.items()
    }


# --- Taking one back ------------------------------------------------------------------------


def test_a_restored_instance_is_as_it_was_and_says_that_it_was_restored(
    config: Config, db: Database, ready: Debate, dest: Path, tmp_path: Path
) -> None:
    ListFiles(config.lists).write(ready.slug, OPENS_AT, {"en": b"list", "fr": b"liste"})
    folder, manifest = back_up(config, dest)
    restored = restore(folder, tmp_path / "new")
    check_instance(restored)
    assert files_in(restored.lists) == files_in(config.lists)
    assert restored.secret_key() == config.secret_key()
    assert files_in(restored.letters) == files_in(config.letters)
    assert not [path for path in restored.instance.iterdir() if path.name.startswith("restoring")]
    with opened(restored.database) as new:
        assert len(check_everything(new, restored, ready)) == 2
        assert get_end(new)[0] == manifest.figures.entries + 1
        assert "Restored from the backup of 19 March 13:00" in latest_in_english(
            new, "instance restored"
        )


def test_a_backup_of_an_older_program_is_brought_up_to_date(
    config: Config, db: Database, ready: Debate, dest: Path, tmp_path: Path
) -> None:
    known = find_fingerprint(db)
    db.executescript("""drop table instance_key;
                        delete from _sqlite_migrations where name = 'm0014_key'""")
    folder, _ = back_up(config, dest)
    restored = restore(folder, tmp_path / "new")
    check_instance(restored)
    with opened(restored.database) as new:
        assert find_fingerprint(new) == known
    assert sorted(path.name for path in restored.instance.iterdir()) == [
        "letters",
        "lists",
        "rostrum.db",
        "secret.key",
    ]


@pytest.mark.parametrize("name", ["rostrum.db", "secret.key", "letters/a.pdf", "lists/a/b.html"])
def test_nothing_is_restored_over_an_instance_or_a_part_of_one(
    config: Config, ready: Debate, dest: Path, tmp_path: Path, name: str
) -> None:
    folder, _ = back_up(config, dest)
    there = tmp_path / "new" / name
    there.parent.mkdir(parents=True)
    there.write_bytes(b"mine")
    with pytest.raises(BackupFault, match="There is an instance in"):
        restore_backup(folder, check_backup(folder), tmp_path / "new", OPENS_AT, COMMAND_LINE)
    assert files_in(tmp_path / "new") == {name: b"mine"}


def test_a_backup_that_changes_after_it_was_checked_leaves_nothing(
    config: Config, ready: Debate, dest: Path, tmp_path: Path
) -> None:
    folder, manifest = back_up(config, dest)
    damage(folder / manifest.files[1].name)
    (tmp_path / "new").mkdir()
    with pytest.raises(BackupFault, match="changed meanwhile"):
        restore_backup(folder, manifest, tmp_path / "new", OPENS_AT, COMMAND_LINE)
    assert list((tmp_path / "new").iterdir()) == []


def test_a_backup_of_a_newer_program_is_not_restored(
    config: Config, db: Database, ready: Debate, dest: Path
) -> None:
    later = "insert into _sqlite_migrations (migration_set, name) values ('rostrum', 'm9999_later')"
    db.execute(later)
    with pytest.raises(BackupFault, match="newer Rostrum"):
        back_up(config, dest)


def test_lists_that_may_have_gone_on_are_told(
    config: Config, db: Database, ready: Debate, dest: Path, tmp_path: Path
) -> None:
    make_debate(db, slug="later", opens_at=ready.opens_at.replace(year=2026))
    make_debate(db, slug="open-and-empty")
    clock = FakeClock(OPENS_AT)
    folder, manifest = back_up(config, dest, now=clock.now)
    (tmp_path / "new").mkdir()
    lists = restore_backup(folder, manifest, tmp_path / "new", OPENS_AT, COMMAND_LINE)
    numbers = {each.debate.slug: each.last and each.last.arrival_number for each in lists}
    assert numbers == {ready.slug: 2, "open-and-empty": None}
