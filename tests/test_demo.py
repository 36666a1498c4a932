"""The demonstration: what it makes, what it tells, what it leaves alone."""

from __future__ import annotations

import re
from datetime import timedelta
from pathlib import Path

import pytest

from rostrum.clock import utc_clock
from rostrum.config import Config
from rostrum.demo import prepare_demo
from rostrum.domain.delegations.delegation import Basis
from rostrum.domain.staff.accounts import Role
from rostrum.domain.times import NEW_YORK
from rostrum.lock import LOCK_FILE
from rostrum.store.database import Database, connect
from rostrum.store.debates import count_council_members, list_debates
from rostrum.store.delegations import list_delegations
from rostrum.store.invitations import list_invitations
from rostrum.store.staff import find_staff


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An instance folder `demo` beside another instance's file."""
    monkeypatch.delenv("ROSTRUM_BASE_URL", raising=False)
    made = tmp_path / "demo"
    made.mkdir()
    (made / LOCK_FILE).touch()
    (tmp_path / "rostrum.db").write_text("another instance")
    return made


def prepare(folder: Path, host: str = "127.0.0.1", opens_in: int = 120) -> tuple[Config, str]:
    said: list[str] = []
    config = prepare_demo(folder, host, 8000, opens_in, said.append)
    return config, "\n".join(said)


def opened(config: Config) -> Database:
    return connect(config.database)


def test_the_debate_of_24_march_opens_two_minutes_from_now(folder: Path) -> None:
    before = utc_clock.now()
    config, _ = prepare(folder)
    after = utc_clock.now()
    db = opened(config)
    (debate,) = list_debates(db)
    assert debate.notice.title.startswith("Advancing adaptability in UN peace operations")
    span = timedelta(seconds=120)
    assert before - timedelta(seconds=1) <= debate.opens_at - span <= after
    assert f"{debate.starts_at.astimezone(NEW_YORK):%H:%M}" == "10:00"
    assert len(debate.notice.guiding_questions) == 5
    assert (debate.speaking_limit, count_council_members(db, debate.id)) == (180, 15)
    db.close()


def test_everybody_is_invited(folder: Path) -> None:
    config, _ = prepare(folder)
    db = opened(config)
    (debate,) = list_debates(db)
    bases = [each.basis for each in list_delegations(db)]
    assert (bases.count(Basis.RULE_37), bases.count(Basis.PREVIOUS_PRACTICE)) == (193, 2)
    assert len(list_invitations(db, debate.id)) == 213
    staff = find_staff(db, "staff")
    assert (staff.role, staff.must_set_up_totp) == (Role.ADMIN, False)
    db.close()


def test_the_terminal_tells_address_sign_in_and_three_links(folder: Path) -> None:
    _, said = prepare(folder)
    assert "http://127.0.0.1:8000/staff" in said
    assert re.search(r"name: staff   password: \S{12}", said)
    links = re.findall(r"(Brazil|Egypt|Kenya) +http://127\.0\.0\.1:8000/invitations/\d+-\S+", said)
    assert links == ["Brazil", "Egypt", "Kenya"]
    assert "█" not in said


def test_a_demonstration_for_the_network_carries_a_reachable_address_and_a_code(
    folder: Path,
) -> None:
    _, said = prepare(folder, host="0.0.0.0")  # noqa: S104  never listened on
    assert "0.0.0.0" not in said  # noqa: S104
    (address,) = re.findall(r"Address +(\S+)/\n", said)
    assert re.fullmatch(r"http://\d+\.\d+\.\d+\.\d+:8000", address)
    assert f"{address}/invitations/" in said
    assert "█" in said
    assert "Kenya on a phone in the same network" in said


def test_an_address_that_was_given_is_used_for_the_links(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ROSTRUM_BASE_URL", "https://demo.example")
    _, said = prepare(folder)
    assert "https://demo.example/invitations/" in said


def test_only_the_demonstration_is_made_anew(folder: Path) -> None:
    config, _ = prepare(folder)
    key = config.secret_key()
    config.letters.mkdir()
    (config.letters / "old.pdf").touch()
    again, _ = prepare(folder)
    assert again.secret_key() != key
    assert not again.letters.exists()
    assert (folder.parent / "rostrum.db").read_text() == "another instance"
    assert (folder / LOCK_FILE).exists()
