"""Changing the files of a letter that a delegation has sent: adding, removing, moving up."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from sqlite_utils import Database

from rostrum.actions.letters.receiving import (
    Discard,
    discard_unnamed,
    get_holder,
    keep_files,
)
from rostrum.domain.actors import Actor
from rostrum.domain.debates.debate import Debate
from rostrum.domain.letters.files import (
    Files,
    check_arrangement,
    check_files,
    may_change_itself,
    moved_up,
    with_added,
    without,
)
from rostrum.domain.letters.letter import Letter
from rostrum.store import letters
from rostrum.store.database import writing


def add_files(
    db: Database,
    now: datetime,
    actor: Actor,
    debate: Debate,
    *,
    delegation_id: int,
    files: Files,
    received_at: datetime | None = None,
    discard: Discard | None = None,
) -> Letter:
    """Adds files after those of the current letter, or makes them the first letter.

    `received_at`, `discard` and the errors are those of `receive_letter`.
    """

    def added(current: Letter | None) -> Files:
        return with_added(current.files if current else (), files)

    return _change(
        db,
        now,
        actor,
        debate,
        delegation_id=delegation_id,
        change=added,
        received_at=received_at,
        discard=discard,
    )


def remove_file(
    db: Database,
    now: datetime,
    actor: Actor,
    debate: Debate,
    *,
    delegation_id: int,
    seen: str,
    position: int,
    discard: Discard | None = None,
) -> Letter:
    """Removes the file at `position` (from 1) from the current letter.

    `seen` is the SHA-256 of the letter that the page showed: Conflict if another
    phone was faster. RuleBroken for the only file, and the errors of `receive_letter`.
    """

    def shortened(current: Letter | None) -> Files:
        check_arrangement(current, seen)
        return without(current.files, position)

    return _change(
        db, now, actor, debate, delegation_id=delegation_id, change=shortened, discard=discard
    )


def move_file_up(
    db: Database,
    now: datetime,
    actor: Actor,
    debate: Debate,
    *,
    delegation_id: int,
    seen: str,
    position: int,
    discard: Discard | None = None,
) -> Letter:
    """Moves the file at `position` (from 1) one up; `seen` and errors as for `remove_file`."""

    def moved(current: Letter | None) -> Files:
        check_arrangement(current, seen)
        return moved_up(current.files, position)

    return _change(
        db, now, actor, debate, delegation_id=delegation_id, change=moved, discard=discard
    )


def _change(
    db: Database,
    now: datetime,
    actor: Actor,
    debate: Debate,
    *,
    delegation_id: int,
    change: Callable[[Letter | None], Files],
    received_at: datetime | None = None,
    discard: Discard | None,
) -> Letter:
    """The letter with its files changed: the same version, or a new one if somebody may
    rely on the old one. Nothing is written if nothing changes."""
    received_at = received_at or now
    with writing(db):
        holder = get_holder(db, debate, delegation_id, received_at)
        current = holder.letter
        files = change(current)
        check_files(files)
        if current and files == current.files:
            return current
        is_free = current and may_change_itself(
            current, is_on_a_receipt=letters.is_on_a_receipt(db, current.id)
        )
        itself = current if is_free else None
        letter = keep_files(
            db, now, actor, holder=holder, files=files, itself=itself, received_at=received_at
        )
    discard_unnamed(db, itself.files if itself else (), discard)
    return letter
