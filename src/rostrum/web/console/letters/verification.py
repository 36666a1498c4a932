"""Verification: a letter to read, its present state (live), and its neighbours."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask import Blueprint, Response, g, redirect, request, url_for

from rostrum.actions.letters.receiving import open_letter
from rostrum.domain.debates.debate import Debate
from rostrum.domain.delegations.delegation import Delegation
from rostrum.domain.errors import NotFound
from rostrum.domain.letters.checklist import checklist
from rostrum.domain.letters.decisions import decision_version
from rostrum.domain.letters.letter import Letter, LetterState
from rostrum.domain.registrations.deadlines import proposed_extension, takes_letters
from rostrum.domain.staff.accounts import READS_LETTERS
from rostrum.letters.marks import Mark
from rostrum.store import debates, delegations, letters, registrations
from rostrum.web.access import Member, get_member_and_debate
from rostrum.web.console.letters.consequences import (
    changes_to_check,
    place_change,
    place_once_accepted,
)
from rostrum.web.console.room import little_room
from rostrum.web.context import db, parts
from rostrum.web.forms.base import DecisionForm
from rostrum.web.forms.fields import wall_time
from rostrum.web.live.blocks import Listening, add_live_routes, by_session, live_block
from rostrum.web.respond import respond

blueprint = Blueprint("console_letters", __name__, url_prefix="/staff/debates/<slug>/letters")

MAX_ID = 999_999_999
LETTER = f"/<int(max={MAX_ID}):letter_id>"
"""Ids that the database can look up; a longer number is no letter of ours."""


@dataclass(frozen=True)
class Sighting:
    """Another letter in which one of this letter's files was seen."""

    letter: Letter
    delegation: Delegation
    debate: Debate


@live_block("console/letters/show.html", "verification_now")
def verification_now(debate_id: int, letter_id: int | None = None, own: str = "") -> dict[str, Any]:
    """What others may change while a letter is read: whether it counts, who else reads it, and
    which are left to read.

    With None, the page waits for a letter. Letters that others than `own` read are not the next.
    """
    listed = registrations.list_registrations(db(), debate_id)
    waiting = [r for r in listed if r.is_active and r.letter.state is LetterState.PENDING]
    reading = parts().readers.by_letter(own)
    free = [r for r in waiting if r.letter.id not in reading and r.letter.id != letter_id]
    debate = debates.get_debate_by_id(db(), debate_id)
    values = {
        "debate": debate,
        "count": len(waiting),
        "room": little_room(),
        "letter": None,
        "reading": reading.get(letter_id, []),
        "are_all_read": not free and any(r.letter.id != letter_id for r in waiting),
        "before": None,
        "after": free[0].letter if free else None,
    }
    if letter_id is None:
        return values
    letter = letters.get_letter(db(), debate_id, letter_id)
    place = next((r.place for r in listed if r.delegation_id == letter.delegation_id), None) or 0
    earlier = [r.letter for r in free if r.place < place]
    later = [r.letter for r in free if r.place > place]
    held = next((r for r in listed if r.is_active and r.letter.id == letter_id), None)
    return values | {
        "letter": letter,
        "held": held,
        "place_once_accepted": place_once_accepted(debate, held),
        "newer": next((r for r in listed if _is_newer(r.letter, letter) and r.is_active), None),
        "before": next(iter([*reversed(earlier), *reversed(later)]), None),
        "after": next(iter([*later, *earlier]), None),
    }


def turn_to_next(member: Member, debate: Debate, letter_id: int | None = None) -> dict[str, Any]:
    """What is there after this letter; the next one is the member's, before anybody else asks."""
    now = verification_now(debate.id, letter_id, member.staff.name)
    _turn_to(now["after"] and now["after"].id, member)
    return now


def _turn_to(letter_id: int | None, member: Member) -> None:
    parts().readers.turn_to(letter_id, member.session.id, member.staff.name)


def _is_newer(other: Letter, letter: Letter) -> bool:
    return other.delegation_id == letter.delegation_id and other.version > letter.version


def _verification_page(debate: Debate, letter: Letter, own: str) -> dict[str, Any]:
    """Everything that staff need to decide about a letter."""
    held = registrations.find_active_registration(db(), debate.id, letter.delegation_id)
    delegation = delegations.get_delegation_by_id(db(), letter.delegation_id)
    marks = [mark for mark in Mark if mark in letter.marks]
    return verification_now(debate.id, letter.id, own) | {
        "registration": held,
        "delegation": delegation,
        "points": checklist(debate, delegation),
        "changes": changes_to_check(letter) if held else [],
        "marks": marks,
        "may_act": any(mark.is_active for mark in marks),
        "sightings": [_sighting(other) for other in letters.list_with_same_files(db(), letter)],
        "versions": letters.list_versions(db(), debate.id, letter.delegation_id),
        "decision": decision_version(letter),
        "is_too_late": not takes_letters(debate, held, parts().clock.now()),
    }


def _decided_before(debate_id: int, letter_id: int) -> dict[str, Any] | None:
    """The letter just decided whose decision can be taken back, or None."""
    try:
        letter = letters.get_letter(db(), debate_id, letter_id)
    except NotFound:
        return None
    if letter.decided_at is None:
        return None
    delegation = delegations.get_delegation_by_id(db(), letter.delegation_id)
    return {
        "letter": letter,
        "delegation": delegation,
        "version": decision_version(letter),
        "place_change": place_change(letter),
    }


def _sighting(letter: Letter) -> Sighting:
    return Sighting(
        letter,
        delegations.get_delegation_by_id(db(), letter.delegation_id),
        debates.get_debate_by_id(db(), letter.debate_id),
    )


@blueprint.get("")
def show_next(slug: str) -> Response:
    """The first letter to read; while there is none, a page that waits for one."""
    member, debate = get_member_and_debate(slug, READS_LETTERS)
    now = turn_to_next(member, debate)
    decided = _decided(debate)
    if now["after"]:
        return redirect(address_of(debate, now["after"], decided and decided["letter"]), 303)
    return respond("console/letters/waiting.html", **now, decided=decided)


@blueprint.get(LETTER)
def show(slug: str, letter_id: int) -> Response:
    """The letter and what the delegation entered; the journal records the first opening. Of one
    that is still to come, the page where it is put in."""
    member, debate = get_member_and_debate(slug, READS_LETTERS)
    letter = letters.get_letter(db(), debate.id, letter_id)
    if letter.state is LetterState.AWAITED:
        return _to_be_put_in(debate, letter)
    letter = open_letter(db(), parts().clock.now(), member.actor, debate, letter_id)
    _turn_to(letter.id, member)
    return show_letter(debate, letter, DecisionForm(formdata=None))


def _to_be_put_in(debate: Debate, letter: Letter) -> Response:
    who = delegations.get_delegation_by_id(db(), letter.delegation_id)
    return redirect(url_for("dossier.show_letter", slug=debate.slug, member_code=who.code), 303)


def _for_readers(slug: str, letter_id: int | None = None) -> Listening:
    member, debate = get_member_and_debate(slug, READS_LETTERS)
    listening = by_session(member.session, debate.id, letter_id, member.staff.name)
    if letter_id is None:
        return listening
    letters.get_letter(db(), debate.id, letter_id)
    readers, session_id, name = parts().readers, member.session.id, member.staff.name
    readers.note(letter_id, session_id, name)

    def may_stay() -> bool:
        is_good = listening.may_stay()
        if is_good:
            readers.note(letter_id, session_id, name)
        return is_good

    return listening._replace(may_stay=may_stay)


add_live_routes(blueprint, verification_now, _for_readers, under=["", LETTER])


def address_of(debate: Debate, letter: Letter | None, decided: Letter | None = None) -> str:
    """The address of the page with this letter, or waiting; `decided` can be taken back there."""
    done = decided and decided.id
    if letter is None:
        return url_for("console_letters.show_next", slug=debate.slug, decided=done)
    return url_for("console_letters.show", slug=debate.slug, letter_id=letter.id, decided=done)


def _decided(debate: Debate) -> dict[str, Any] | None:
    """The decision made on the previous page, as long as it stands."""
    letter_id = request.args.get("decided", 0, type=int)
    return _decided_before(debate.id, letter_id) if 0 < letter_id <= MAX_ID else None


def show_letter(
    debate: Debate,
    letter: Letter,
    form: DecisionForm,
    problems: dict[str, str] | None = None,
    status: int = 200,
) -> Response:
    """The page with this letter, with the marks and text kept, and the problems."""
    page: dict[str, Any] = _verification_page(debate, letter, g.member.staff.name)
    if page["is_too_late"] and "until" not in request.form:
        form.until.data = wall_time(proposed_extension(debate, parts().clock.now()))
    page |= {"form": form, "problems": problems or {}, "decided": _decided(debate)}
    return respond("console/letters/show.html", status=status, **page)
