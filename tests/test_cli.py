"""The command line: what each command prints, and one clear line for each refusal."""

from __future__ import annotations

import csv
import io
import json
from datetime import timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from rostrum.actions.staff.accounts import get_link, hash_password, is_password, use_link
from rostrum.cli import main
from rostrum.clock import utc_clock
from rostrum.config import Config
from rostrum.domain.access.tokens import id_of
from rostrum.domain.delegations.invitations import is_genuine
from rostrum.domain.errors import NotFound
from rostrum.domain.exports.lists import STAFF_COLUMNS
from rostrum.domain.journal.chain import GENESIS
from rostrum.domain.staff.accounts import Role
from rostrum.lock import lock_instance
from rostrum.store.database import Database, opened, reading
from rostrum.store.delegations import list_delegations
from rostrum.store.invitations import find_invitation
from rostrum.store.journal import list_entries
from rostrum.store.registrations import list_registrations
from rostrum.store.retention import list_purges
from rostrum.store.staff import find_staff
from tests.factories import SHIPPED, contents, copy_instance, make_debate, prepare, register

PASSWORD = "a long enough password"
SLUG = "2025-03-24-peace-operations"


@pytest.fixture
def rostrum(config: Config, monkeypatch: pytest.MonkeyPatch):
    """Runs `rostrum` with these arguments on the test's instance."""
    monkeypatch.setenv("ROSTRUM_INSTANCE", str(config.instance))
    monkeypatch.setenv("ROSTRUM_BASE_URL", "https://list.mission.example/")

    def run(*arguments: str, typed: str | None = None) -> Result:
        return CliRunner().invoke(main, arguments, input=typed)

    return run


def assert_refused(result: Result, words: str) -> None:
    """One line on the terminal's error stream, status 1, nothing on standard output."""
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr.startswith("Error: ")
    assert result.stderr.count("\n") == 1
    assert words in result.stderr


def test_help_tells_every_command(rostrum) -> None:
    text = rostrum("--help").stdout
    for command in (
        "serve",
        "demo",
        "backup",
        "restore",
        "key",
        "staff",
        "debates",
        "invitations",
        "export",
        "migrate",
    ):
        assert f"\n  {command} " in text
    assert "ROSTRUM_INSTANCE" in text


def test_migrate_makes_a_database_and_a_key_only_its_owner_reads(
    rostrum, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "new" / "instance"
    monkeypatch.setenv("ROSTRUM_INSTANCE", str(folder))
    first = rostrum("migrate")
    assert first.exit_code == 0
    assert first.stderr == f"This is a new Rostrum in {folder}.\n"
    assert "applied m0001_debates_and_delegations" in first.stdout.splitlines()
    assert (folder / "secret.key").stat().st_mode & 0o777 == 0o600
    again = rostrum("migrate")
    assert (again.stdout, again.stderr) == ("nothing to do\n", "")


def test_migrate_refuses_a_newer_database(rostrum, db: Database) -> None:
    later = "insert into _sqlite_migrations (migration_set, name) values ('rostrum', 'm9999_later')"
    db.execute(later)
    assert_refused(rostrum("migrate"), "newer Rostrum")


@pytest.mark.parametrize(
    "arguments",
    [
        ("debates", "list"),
        ("export", SLUG),
        ("invitations", "issue", SLUG),
        ("journal", "verify"),
        ("debates", "load", str(SHIPPED)),
        ("address", "https://list.mission.example"),
        ("staff", "reset", "anna"),
    ],
)
def test_without_a_database_every_command_says_what_to_do(
    rostrum, config: Config, arguments: tuple[str, ...]
) -> None:
    config.database.unlink()
    assert_refused(rostrum(*arguments), f"There is no Rostrum in {config.instance}.")
    assert not config.database.exists()


def test_an_older_database_is_refused(rostrum, config: Config, db: Database) -> None:
    db.execute("delete from _sqlite_migrations where name = 'm0004_journal'")
    assert_refused(
        rostrum("debates", "list"),
        f"The database in {config.instance} belongs to an older Rostrum. Run: rostrum migrate",
    )


def test_a_newer_database_is_refused(rostrum, config: Config, db: Database) -> None:
    later = "insert into _sqlite_migrations (migration_set, name) values ('rostrum', 'm9999_later')"
    db.execute(later)
    assert_refused(rostrum("debates", "list"), f"in {config.instance} belongs to a newer Rostrum")


def test_staff_are_added_with_a_password_typed_twice(rostrum, db: Database) -> None:
    result = rostrum("staff", "add", "anna", "--role", "admin", typed=f"{PASSWORD}\n{PASSWORD}\n")
    assert result.exit_code == 0
    assert PASSWORD not in result.output
    anna = find_staff(db, "ANNA")
    assert (anna.name, anna.role) == ("anna", Role.ADMIN)
    assert is_password(anna, PASSWORD)
    assert not is_password(anna, PASSWORD + " ")


@pytest.mark.parametrize("text", [f"{PASSWORD}\n", f"{PASSWORD}\r\n", PASSWORD, f"{PASSWORD}\n#\n"])
def test_a_password_file_gives_its_first_line(
    rostrum, db: Database, tmp_path: Path, text: str
) -> None:
    file = tmp_path / "password"
    file.write_bytes(text.encode())
    result = rostrum("staff", "add", "bo", "--role", "chair", "--password-file", str(file))
    assert (result.exit_code, result.stdout) == (0, "bo can sign in.\n")
    assert is_password(find_staff(db, "bo"), PASSWORD)


def test_a_password_can_come_from_a_pipe(rostrum, db: Database) -> None:
    add = ("staff", "add", "bo", "--role", "verifier", "--password-file", "-")
    assert rostrum(*add, typed=f"{PASSWORD}\n").exit_code == 0
    assert is_password(find_staff(db, "bo"), PASSWORD)


@pytest.mark.parametrize(
    ("name", "password", "words"),
    [
        ("bo", "eleven char", "12 characters"),
        ("bo", "", "12 characters"),
        ("anna", PASSWORD, "already an account named anna"),
        ("  ANNA ", PASSWORD, "already an account named ANNA"),
        ("", PASSWORD, "name"),
        ("   ", PASSWORD, "name"),
    ],
)
def test_staff_that_cannot_be_added_leave_nothing_behind(
    rostrum, db: Database, name: str, password: str, words: str
) -> None:
    add = ("staff", "add", "--role", "admin", "--password-file", "-", "--")
    assert rostrum(*add, "anna", typed=PASSWORD).exit_code == 0
    before = contents(db)
    assert_refused(rostrum(*add, name, typed=password), words)
    assert contents(db) == before


def test_init_makes_everything_and_prints_the_first_admins_link(
    rostrum, config: Config, db: Database
) -> None:
    link = rostrum("init").stdout.strip()
    assert link.startswith("https://list.mission.example/staff/links/")
    token = link.rpartition("/")[2]
    now = utc_clock.now()
    _, who = get_link(db, now, token)
    assert (who.name, who.role, who.can_sign_in) == ("admin", Role.ADMIN, False)
    assert len(list_delegations(db)) == 193 + 2 + 18
    second = rostrum("init").stdout.strip()
    with pytest.raises(NotFound):
        get_link(db, now, token)
    use_link(db, now, second.rpartition("/")[2], hash_password(PASSWORD))
    before = contents(db)
    assert_refused(rostrum("init"), "There is an admin already")
    assert contents(db) == before


def test_init_works_in_an_empty_folder(
    rostrum, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ROSTRUM_INSTANCE", str(tmp_path / "new"))
    assert rostrum("init", "--name", "anna").stdout.count("/staff/links/") == 1
    assert rostrum("staff", "list").stdout == "anna\tadmin\tno password\n"


def test_staff_are_listed_and_reset(rostrum, db: Database) -> None:
    rostrum("staff", "add", "bo", "--role", "chair", "--password-file", "-", typed=PASSWORD)
    assert rostrum("staff", "list").stdout == "bo\tchair\tactive\n"
    token = rostrum("staff", "reset", "BO").stdout.strip().rpartition("/")[2]
    link, who = get_link(db, utc_clock.now(), token)
    assert (who.name, link.resets_totp) == ("bo", True)
    assert is_password(find_staff(db, "bo"), PASSWORD)
    assert_refused(rostrum("staff", "reset", "cy"), "There is no account named cy.")


def test_an_unknown_role_is_refused(rostrum) -> None:
    result = rostrum("staff", "add", "bo", "--role", "king")
    assert result.exit_code == 2
    assert "admin" in result.stderr


def test_the_shipped_debate_loads_and_is_listed(rostrum, db: Database) -> None:
    before = contents(db)
    asked = rostrum("debates", "load", str(SHIPPED))
    assert_refused(
        asked, "The meeting is on 2025-03-24: that is over. If that is right, add --sure"
    )
    assert contents(db) == before
    result = rostrum("debates", "load", str(SHIPPED), "--sure")
    assert result.stdout == f"{SLUG}: the list opens 2025-03-19T09:30:00.000-04:00\n"
    listed = rostrum("debates", "list").stdout
    assert listed.startswith(f"{SLUG}\t2025-03-19T09:30:00.000-04:00\tAdvancing adaptability")
    entry, _ = list_entries(db)[-1]
    assert (entry.kind, entry.actor) == ("debate loaded", "command line")


def test_a_debate_is_loaded_once(rostrum, db: Database) -> None:
    rostrum("debates", "load", str(SHIPPED), "--sure")
    before = contents(db)
    assert_refused(rostrum("debates", "load", str(SHIPPED), "--sure"), f"already a debate {SLUG}")
    assert contents(db) == before


def changed(old: str, new: str) -> bytes:
    """The shipped file with one piece of its text changed."""
    text = SHIPPED.read_text(encoding="utf-8")
    assert old in text
    return text.replace(old, new).encode()


COUNCIL = 'council_members = ["CHN"'
BAD_FILES = {
    "not TOML": (b"title = \n", "Not a TOML file"),
    "not UTF-8": ("title = 'Côte'".encode("latin-1"), "UTF-8"),
    "empty": (b"", "Missing: briefers"),
    "missing name": (changed("venue =", "# venue ="), "Missing: venue."),
    "unknown name": (changed("venue =", "colour = 'red'\nvenue ="), "Unknown: colour."),
    "text for a list": (changed('briefers = ["', 'briefers = """["').replace(
        b'confirmed"]', b'confirmed"]"""'), "briefers"),
    "number in a list": (changed("briefers = [", "briefers = [1, "), "briefers"),
    "number for text": (changed('presidency = "Denmark"', "presidency = 7"), "presidency"),
    "text for a time": (changed("2025-03-19T09:30:00", '"half past nine"'), "opens_at"),
    "date for a time": (changed("2025-03-19T09:30:00", "2025-03-19"), "opens_at"),
    "time that New York skips": (changed("2025-03-19T09:30:00", "2025-03-09T02:30:00"), "02:30"),
    "time with offset": (changed("2025-03-19T09:30:00", "2025-03-19T09:30:00Z"), "opens_at"),
    "bad slug": (changed(SLUG, "peace operations"), "slug"),
    "empty slug": (changed(SLUG, ""), "slug"),
    "limit as text": (changed("minutes = 3", 'minutes = "3"'), "speaking_limit_minutes"),
    "limit as truth": (changed("minutes = 3", "minutes = true"), "speaking_limit_minutes"),
    "limit of nothing": (changed("minutes = 3", "minutes = 0"), "speaking_limit_minutes"),
    "limit below nothing": (changed("minutes = 3", "minutes = -3"), "speaking_limit_minutes"),
    "limit without end": (changed("minutes = 3", "minutes = inf"), "speaking_limit_minutes"),
    "limit not a number": (changed("minutes = 3", "minutes = nan"), "speaking_limit_minutes"),
    "closes before it opens": (
        changed("opens_at =", "closes_at = 2025-03-19T09:30:00\nopens_at ="), "closes_at"),
    "unknown Council member": (changed(COUNCIL, COUNCIL.replace("CHN", "XYZ")), "XYZ"),
    "number as Council member": (changed(COUNCIL, 'council_members = [7, "CHN"'), "council"),
    "Council member twice": (changed(COUNCIL, COUNCIL + ', "CHN"'), "CHN"),
}  # fmt: skip


@pytest.mark.parametrize(("content", "words"), BAD_FILES.values(), ids=BAD_FILES)
def test_a_file_that_describes_no_debate_is_refused_in_one_line(
    rostrum, db: Database, tmp_path: Path, content: bytes, words: str
) -> None:
    file = tmp_path / "debate.toml"
    file.write_bytes(content)
    before = contents(db)
    assert_refused(rostrum("debates", "load", str(file), "--sure"), words)
    assert contents(db) == before


def test_invitations_are_printed_as_csv_with_links_that_work(
    rostrum, config: Config, db: Database
) -> None:
    make_debate(db)
    result = rostrum("invitations", "issue", SLUG)
    header, *rows = csv.reader(io.StringIO(result.stdout, newline=""))
    assert header == ["iso3", "delegation", "link"]
    assert len(rows) == 213
    names = [name for _, name, _ in rows]
    assert names[:3] == ["Afghanistan", "African Union", "Albania"]
    assert len({link for _, _, link in rows}) == 213
    for _, _, link in rows:
        assert link.startswith("https://list.mission.example/invitations/")
        token = link.rpartition("/")[2]
        invitation = find_invitation(db, id_of(token))
        assert is_genuine(token, config.secret_key(), invitation)


def test_a_name_is_no_formula_in_the_links_either(rostrum, db: Database) -> None:
    make_debate(db)
    names = json.dumps({"en": "x;=HYPERLINK(1)"})
    db.execute("update delegation set names = :names where code = 'KEN'", {"names": names})
    result = rostrum("invitations", "issue", SLUG, "--only", "KEN")
    assert "KEN,x;'=HYPERLINK(1),https://" in result.stdout


def test_links_open_in_the_language_that_was_asked_for(rostrum, db: Database) -> None:
    make_debate(db)
    own, arabic = (
        rostrum("invitations", "issue", SLUG, "--only", "KEN", *asked).stdout.splitlines()[1]
        for asked in ((), ("--language", "ar"))
    )
    assert arabic == f"{own}?lang=ar"


def test_invitations_issued_again_are_the_same(rostrum, db: Database) -> None:
    make_debate(db)
    first = rostrum("invitations", "issue", SLUG, "--only", "KEN,CIV")
    before = contents(db)
    again = rostrum("invitations", "issue", SLUG, "--only", " civ, ken")
    assert first.stdout == again.stdout
    assert [line.split(",")[0] for line in first.stdout.splitlines()] == ["iso3", "CIV", "KEN"]
    assert contents(db) == before


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ((SLUG, "--only", "KEN,XYZ"), "Unknown delegations: XYZ."),
        (("nowhere",), "rostrum debates list"),
    ],
)
def test_invitations_that_cannot_be_issued_invite_nobody(
    rostrum, db: Database, arguments: tuple[str, ...], words: str
) -> None:
    make_debate(db)
    before = contents(db)
    assert_refused(rostrum("invitations", "issue", *arguments), words)
    assert contents(db) == before


def test_the_export_is_the_staff_csv_byte_for_byte(rostrum, db: Database) -> None:
    debate = make_debate(db)
    prepare(db, debate, "KEN", "TUR")
    register(db, debate, "TUR")
    register(db, debate, "KEN")
    result = rostrum("export", SLUG)
    assert result.exit_code == 0
    assert result.stdout_bytes.startswith(b"\xef\xbb\xbfplace,arrival_number,")
    assert result.stdout_bytes.count(b"\r\n") == result.stdout_bytes.count(b"\n") == 3
    text = result.stdout_bytes.decode("utf-8-sig")
    header, turkey, kenya = csv.reader(io.StringIO(text, newline=""))
    assert tuple(header) == STAFF_COLUMNS
    assert (turkey[:4], kenya[:4]) == (["1", "1", "Türkiye", "TUR"], ["2", "2", "Kenya", "KEN"])


def test_the_export_of_no_debate_is_refused(rostrum) -> None:
    assert_refused(rostrum("export", "nowhere"), "rostrum debates list")


WHOLE = "The journal is whole: nothing in it was changed.\n"


def test_the_journal_is_verified_and_its_end_is_told(rostrum, db: Database) -> None:
    make_debate(db)
    [(_, last)] = list_entries(db)
    assert rostrum("journal", "verify").stdout == (
        f"{WHOLE}entries\t1\ntime of the last\t2025-03-19T09:00:00.000-04:00\n"
        f"hash of the last\t{last}\n"
    )
    db.execute("drop trigger journal_is_append_only_update")
    db.execute("update journal set actor = 'nobody'")
    assert_refused(rostrum("journal", "verify"), "The journal is broken: entry 1 of 1")
    assert_refused(rostrum("journal", "verify", "--end", last), "The journal is broken")


def test_a_journal_without_entries_is_whole(rostrum) -> None:
    told = rostrum("journal", "verify", "--end", GENESIS).stdout
    assert f"entries\t0\ntime of the last\t–\nhash of the last\t{GENESIS}\n" in told
    assert told.endswith("entries after the hash given\t0\n")


def test_a_journal_goes_on_after_the_end_that_was_noted(rostrum, db: Database) -> None:
    debate = make_debate(db)
    prepare(db, debate, "KEN")
    (_, noted), *later = list_entries(db)
    for typed in (noted, f" {noted.upper()}\n"):
        told = rostrum("journal", "verify", "--end", typed).stdout
        assert told.endswith(f"entries after the hash given\t{len(later)}\n")
    assert "hash given\t0\n" in rostrum("journal", "verify", "--end", later[-1][1]).stdout


def test_a_journal_that_was_cut_off_is_whole_until_its_noted_end_is_missed(
    rostrum, config: Config, db: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What an older copy of the database alone cannot show: it is what it once was."""
    debate = make_debate(db)
    older = tmp_path / "older"
    copy_instance(config.database, older)
    with opened(older / "rostrum.db") as cut:
        db.conn.backup(cut.conn)
    prepare(db, debate, "KEN")
    noted = list_entries(db)[-1][1]
    monkeypatch.setenv("ROSTRUM_INSTANCE", str(older))
    assert rostrum("journal", "verify").stdout.startswith(WHOLE)
    assert_refused(rostrum("journal", "verify", "--end", noted), "was cut off or is another one")


def test_an_end_that_is_no_hash_is_refused(rostrum) -> None:
    result = rostrum("journal", "verify", "--end", "9f86")
    assert result.exit_code == 2
    assert "64 digits" in result.stderr


def test_the_fairness_of_an_order_is_told(rostrum, db: Database) -> None:
    debate = make_debate(db)
    prepare(db, debate, "KEN", "BRA")
    for code in ("KEN", "BRA", "KEN"):
        register(db, debate, code)
    told = rostrum("fairness", debate.slug).stdout
    assert "registrations\t2\n" in told
    assert "largest inversion between stamp and number\t0 µs\n" in told
    assert "presses answered with the same receipt\t1\n" in told
    assert "0.0 s to 0.1 s\t2\n" in told
    assert "\n1\tKEN\t2025-03-19T13:30:00.000000+00:00\n2\tBRA\t" in told
    assert_refused(rostrum("fairness", "none"), "There is no such debate")


def test_retention_prints_and_then_deletes_what_is_due(rostrum, db: Database) -> None:
    debate = make_debate(db, retention_days=30)
    prepare(db, debate, "KEN")
    register(db, debate)
    told = rostrum("retention", "run", "--dry-run").stdout
    assert f"{SLUG}\tcontacts of registrations\t1\n" in told
    assert rostrum("retention", "run").stdout == told
    assert list_registrations(db, debate.id)[0].speaker.contact_email == ""
    assert rostrum("retention", "run").stdout == ""
    assert rostrum("journal", "verify").stdout.startswith(WHOLE)


def test_retention_beside_a_program_that_goes_on_reading_says_what_to_do(
    rostrum, config: Config, db: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A replication, say. Once it has been stopped, the same command finishes."""
    monkeypatch.setattr("rostrum.store.rewriting.BUSY_TRIES", 2)
    debate = make_debate(db, retention_days=30)
    prepare(db, debate, "KEN")
    with opened(config.database) as replication, reading(replication):
        replication.execute("select count(*) from debate").fetchone()
        stopped = rostrum("retention", "run")
        assert stopped.exit_code == 1
        assert f"Traces are left of: {SLUG}. Another program" in stopped.stderr
        assert list_purges(db, debate.id)[0].finished_at is None
    assert rostrum("retention", "run").exit_code == 0
    assert list_purges(db, debate.id)[0].finished_at is not None


def test_retention_leaves_alone_what_has_no_time_set(rostrum, db: Database) -> None:
    debate = make_debate(db)
    prepare(db, debate, "KEN")
    before = contents(db)
    assert rostrum("retention", "run").stdout == ""
    assert contents(db) == before


@pytest.mark.parametrize(
    "arguments",
    [
        ("migrate",),
        ("debates", "load", str(SHIPPED)),
        ("debates", "load", str(SHIPPED), "again"),
        ("invitations", "issue", "nowhere"),
        ("staff", "reset", "nobody"),
        ("journal", "verify"),
        ("retention", "run"),
        ("init",),
    ],
)
def test_a_command_leaves_everything_in_one_file(
    rostrum, config: Config, arguments: tuple[str, ...]
) -> None:
    """Whether it did something or was refused."""
    rostrum(*arguments)
    assert not list(config.instance.glob("rostrum.db-*"))


# --- Backing up and restoring ---------------------------------------------------------------


def test_a_backup_tells_what_it_holds_and_is_checked_and_restored(
    rostrum, config: Config, db: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_debate(db)
    before = rostrum("invitations", "issue", SLUG, "--only", "KEN").stdout
    _, end = list_entries(db)[-1]
    dest = tmp_path / "backups"
    made, _, figures = rostrum("backup", str(dest)).stdout.partition(": ")
    assert Path(made).parent == dest
    assert figures.startswith("as of ")
    assert figures.endswith(
        f", registrations: 0, letters: 0, journal entries: 2, hash of the last: {end}\n"
    )
    for named in (made, str(dest)):
        told = rostrum("backup", "--verify", named)
        words = f"{made} is whole: {figures}" if named == made else "Name one of them; the latest: "
        assert words in told.output
    assert_refused(rostrum("restore", made), f"There is an instance in {config.instance} already")
    monkeypatch.setenv("ROSTRUM_INSTANCE", str(tmp_path / "new"))
    assert_refused(rostrum("restore", str(dest)), f"the latest: {made}")
    assert rostrum("restore", made).stdout == f"{tmp_path / 'new'} is restored {figures}"
    assert rostrum("invitations", "issue", SLUG, "--only", "KEN").stdout == before
    told = rostrum("journal", "verify", "--end", end).stdout
    assert told.endswith("entries after the hash given\t1\n")


@pytest.mark.parametrize("inside", [".", "backups", "letters/deep/er"])
def test_a_backup_inside_the_instance_is_refused(rostrum, config: Config, inside: str) -> None:
    made = rostrum("backup", str(config.instance / inside))
    assert_refused(made, "No backup was made. ")
    assert "lies inside the instance" in made.stderr
    assert not (config.instance / "letters").exists()


def test_a_backup_that_cannot_be_written_says_so_in_one_line(rostrum, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("no folder")
    result = rostrum("backup", str(tmp_path / "file" / "below"))
    assert_refused(result, "No backup was made. ")


def test_a_folder_that_a_server_has_is_not_restored_into(
    rostrum, config: Config, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = rostrum("backup", str(tmp_path / "backups")).stdout.partition(": ")[0]
    monkeypatch.setattr("rostrum.lock.LOCK_TRIES", 2)
    monkeypatch.setenv("ROSTRUM_INSTANCE", str(tmp_path / "new"))
    with lock_instance(tmp_path / "new"):
        assert_refused(rostrum("restore", made), "Another Rostrum is serving")
    assert [path.name for path in (tmp_path / "new").iterdir()] == ["serve.lock"]


def test_restoring_warns_of_numbers_that_may_be_given_again(
    rostrum, db: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = utc_clock.now()
    days = [timedelta(days=each) for each in (-1, 1)]
    debate = make_debate(
        db, opens_at=now + days[0], starts_at=now + days[1], closes_at=None, letter_deadline=None
    )
    prepare(db, debate, "KEN")
    register(db, debate, "KEN", now)
    made = rostrum("backup", "--allow-lost", str(tmp_path / "backups")).stdout.partition(": ")[0]
    monkeypatch.setenv("ROSTRUM_INSTANCE", str(tmp_path / "new"))
    told = rostrum("restore", made).stdout
    assert f"{SLUG} was open then, with 1 as its last number." in told
    assert "numbers from 2 on may have been told to others" in told
