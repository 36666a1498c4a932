"""The instance folder as a whole: its key is never made anew where anything depends on it."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from click.testing import CliRunner, Result

from rostrum.cli import main
from rostrum.config import Config
from rostrum.instance import check_instance, prepare_instance
from rostrum.lock import CannotServe
from rostrum.store.database import Database
from rostrum.store.keys import find_fingerprint
from tests.factories import contents, make_debate, make_invitations, prepare, register
from tests.journal_in_english import latest_in_english

Run = Callable[..., Result]
SLUG = "2025-03-24-peace-operations"


@pytest.fixture
def rostrum(config: Config, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Runs `rostrum` with these arguments on the test's instance."""
    monkeypatch.setenv("ROSTRUM_INSTANCE", str(config.instance))
    return lambda *arguments, typed=None: CliRunner().invoke(main, arguments, input=typed)


def invite(db: Database) -> None:
    make_invitations(db, make_debate(db), "KEN")


def enter(db: Database) -> None:
    """A registration without an invitation, as the mission enters one."""
    debate = make_debate(db)
    prepare(db, debate, "KEN")
    register(db, debate)


def add_staff(db: Database) -> None:
    db.execute("insert into staff (name, role, password_hash) values ('anna', 'admin', 'x')")


DATA = pytest.mark.parametrize("furnish", [invite, enter, add_staff])


def forget_the_key(db: Database) -> None:
    """As in a database of before the fingerprint."""
    db.execute("delete from instance_key")


def lose(config: Config) -> None:
    config.key_file.unlink()


def shorten(config: Config) -> None:
    config.key_file.write_bytes(config.key_file.read_bytes()[:31])


def empty(config: Config) -> None:
    config.key_file.write_bytes(b"")


def exchange(config: Config) -> None:
    config.replace_key()


FAULTS = pytest.mark.parametrize(
    ("spoil", "words"),
    [
        (lose, "There is no secret.key in {folder}."),
        (shorten, "{folder}/secret.key is damaged: it has 31 bytes instead of 32."),
        (empty, "{folder}/secret.key is damaged: it has 0 bytes instead of 32."),
        (exchange, "{folder}/secret.key is not the key of the database."),
    ],
)


def key_files(config: Config) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in config.instance.glob("secret.key*")}


@FAULTS
def test_a_key_that_does_not_belong_to_the_database_is_refused_and_none_is_made(
    config: Config, db: Database, rostrum: Run, spoil: Callable[[Config], None], words: str
) -> None:
    invite(db)
    spoil(config)
    before = key_files(config), contents(db)
    said = words.format(folder=config.instance)
    with pytest.raises(CannotServe) as refused:
        check_instance(config)
    assert str(refused.value).startswith(said)
    for command in (("migrate",), ("init",), ("invitations", "issue", SLUG, "--local")):
        result = rostrum(*command)
        assert (result.exit_code, result.stdout) == (1, ""), command
        assert result.stderr.startswith(f"Error: {said}"), command
        assert "backup" in result.stderr
    assert (key_files(config), contents(db)) == before


@DATA
def test_a_database_without_a_fingerprint_gets_no_new_key_where_anything_depends_on_the_old(
    config: Config, db: Database, furnish: Callable[[Database], None]
) -> None:
    forget_the_key(db)
    furnish(db)
    lose(config)
    with pytest.raises(CannotServe, match=r"no secret\.key in"):
        prepare_instance(config)
    assert key_files(config) == {}


def test_a_database_without_a_fingerprint_and_without_data_gets_a_key(
    config: Config, db: Database
) -> None:
    make_debate(db)
    forget_the_key(db)
    lose(config)
    prepare_instance(config)
    check_instance(config)


@DATA
def test_an_older_instance_keeps_its_key_and_gets_its_fingerprint(
    config: Config, db: Database, furnish: Callable[[Database], None]
) -> None:
    furnish(db)
    known, key = find_fingerprint(db), config.secret_key()
    db.executescript("""drop table instance_key;
                        delete from _sqlite_migrations where name = 'm0014_key'""")
    assert find_fingerprint(db) is None
    assert prepare_instance(config) == ["m0014_key"]
    assert (find_fingerprint(db), config.secret_key()) == (known, key)


def test_an_instance_whose_key_was_never_noted_is_not_served(config: Config, db: Database) -> None:
    forget_the_key(db)
    with pytest.raises(CannotServe, match="Run: rostrum migrate"):
        check_instance(config)
    assert prepare_instance(config) == []
    check_instance(config)


def test_the_key_is_nowhere_in_the_database(config: Config, db: Database) -> None:
    invite(db)
    key, stored = (
        config.secret_key(),
        b"".join(path.read_bytes() for path in config.instance.glob("rostrum.db*")),
    )
    assert find_fingerprint(db).encode() in stored
    assert key not in stored
    assert key.hex().encode() not in stored.lower()


def test_whoever_lost_the_key_makes_a_new_one_knowingly(
    config: Config, db: Database, rostrum: Run
) -> None:
    invite(db)
    old = rostrum("invitations", "issue", SLUG, "--only", "KEN", "--local").stdout
    lose(config)
    assert rostrum("key", "renew", typed="n\n").exit_code == 1
    assert key_files(config) == {}
    assert rostrum("key", "renew", "--yes").exit_code == 0
    check_instance(config)
    assert "secret key is new" in latest_in_english(db, "key renewed")
    new = rostrum("invitations", "issue", SLUG, "--only", "KEN", "--local").stdout
    assert new.partition("/invitations/")[2] != old.partition("/invitations/")[2] != ""
    assert config.key_file.stat().st_mode & 0o777 == 0o600


def test_a_newer_database_is_left_alone(config: Config, db: Database) -> None:
    later = "insert into _sqlite_migrations (migration_set, name) values ('rostrum', 'm9999_later')"
    db.execute(later)
    lose(config)
    for check in (prepare_instance, check_instance):
        with pytest.raises(CannotServe, match="newer Rostrum"):
            check(config)
    assert key_files(config) == {}
