"""The demonstration: the debate of 24 March 2025 on a database of its own."""

from __future__ import annotations

import io
import secrets
import shutil
from collections.abc import Callable
from datetime import timedelta
from importlib.resources import files
from pathlib import Path

import segno

from rostrum.actions.debates.toml_file import load_debate, read_debate, redate
from rostrum.actions.delegations.invitations import issue_invitations
from rostrum.actions.instance.addresses import find_address, note_listening
from rostrum.actions.staff.accounts import add_staff
from rostrum.clock import utc_clock
from rostrum.config import Config, load_config
from rostrum.domain.actors import COMMAND_LINE
from rostrum.domain.debates.debate import Debate
from rostrum.domain.delegations.invitations import invitation_link
from rostrum.domain.staff.accounts import Role
from rostrum.domain.times import NEW_YORK
from rostrum.instance import prepare_instance
from rostrum.listening import EVERYWHERE, listening_url
from rostrum.lock import LOCK_FILE
from rostrum.store.database import Database, connect

SHOWN = ("BRA", "EGY", "KEN")
"""Delegations whose links the terminal shows."""
STAFF_NAME = "staff"


def prepare_demo(
    folder: Path, host: str, port: int, opens_in: int, say: Callable[[str], None]
) -> Config:
    """Makes the demonstration's folder anew and says how to get in; returns its settings.

    The caller holds the folder's lock, so that no running demonstration is deleted.
    """
    _empty(folder)
    config = load_config(folder)
    prepare_instance(config)
    db = connect(config.database)
    try:
        note_listening(db, listening_url(host, port))
        base_url = find_address(db, config.base_url).url
        debate = _load(db, opens_in)
        password = _add_staff(db)
        invited = issue_invitations(db, utc_clock.now(), COMMAND_LINE, debate)
    finally:
        db.close()
    links = {
        each.delegation.name(): invitation_link(base_url, config.secret_key(), each.invitation)
        for each in invited
        if each.delegation.code in SHOWN
    }
    _tell(say, debate, base_url, password, links)
    if host in EVERYWHERE:
        _show_code(say, *list(links.items())[-1])
    return config


def _add_staff(db: Database) -> str:
    """Adds the one person who may do everything; returns their password."""
    password = secrets.token_urlsafe(9)
    add_staff(
        db,
        utc_clock.now(),
        COMMAND_LINE,
        name=STAFF_NAME,
        role=Role.ADMIN,
        password=password,
        is_demo=True,
    )
    return password


def _empty(folder: Path) -> None:
    for entry in folder.iterdir():
        if entry.is_dir():
            shutil.rmtree(entry)
        elif entry.name != LOCK_FILE:
            entry.unlink()


def _load(db: Database, opens_in: int) -> Debate:
    text = files("rostrum.data").joinpath("debate-2025-03-24.toml").read_text(encoding="utf-8")
    debate, council = read_debate(text)
    now = utc_clock.now()
    opens_at = (now + timedelta(seconds=opens_in)).replace(microsecond=0)
    return load_debate(db, now, COMMAND_LINE, redate(debate, opens_at), council)


def _tell(
    say: Callable[[str], None], debate: Debate, base_url: str, password: str, links: dict[str, str]
) -> None:
    opening = debate.opens_at.astimezone(NEW_YORK)
    say(f"\nRostrum: {debate.notice.title}")
    say(f"The list opens at {opening:%H:%M:%S} New York.\n")
    say(f"  Address   {base_url}/")
    say(f"  Staff     {base_url}/staff   name: {STAFF_NAME}   password: {password}")
    for name, link in links.items():
        say(f"  {name:<9} {link}")
    say("\nOpen a delegation's link on a phone or in a browser. Stop with Ctrl+C.\n")


def _show_code(say: Callable[[str], None], name: str, link: str) -> None:
    picture = io.StringIO()
    segno.make(link).terminal(picture, compact=True)
    say(f"{name} on a phone in the same network:\n\n{picture.getvalue()}")
