"""Moves in words: the last one for its delegation, all in brief, and why one was not made."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from flask import Flask

from rostrum.domain.delegations.delegation import Delegation
from rostrum.domain.order.delayed import DROP_LABELS, NOT_DONE_LABELS, DelayedChange
from rostrum.domain.order.places import Cause, Ground, Move, MoveCount
from rostrum.domain.registrations.registration import Channel, Entered
from rostrum.domain.sentences import N_
from rostrum.web.language.catalogs import (
    gettext,
    isolated,
    ngettext,
    pgettext,
    untranslated,
)
from rostrum.web.language.formats import clock_on_day, delegation_name, when
from rostrum.web.language.labels import channel_label, ground_label
from rostrum.web.language.names import joined


def tell_last_move(move: Move, causer: Delegation, delegation: Delegation, now: datetime) -> str:
    """The sentence that the delegation reads about the last change of its place."""
    explain = _own_clause if causer.id == delegation.id else _clause
    return gettext(
        "You are now number %(place)s instead of %(before)s: %(why)s",
        place=move.place_after,
        before=move.place_before,
        why=explain(move, causer, now),
    )


_CLAUSES = {
    Cause.WITHDRAWAL: N_("%(name)s withdrew %(when)s."),
    Cause.STRUCK: N_("the Presidency took %(name)s off the list %(when)s."),
    Cause.PRECEDENCE: N_("%(name)s registered %(when)s (order by level)."),
    Cause.LEVEL: N_("the level of %(name)s changed %(when)s (order by level)."),
    Cause.SWAP: N_("you swapped places with %(name)s %(when)s."),
    Cause.LATER: N_("%(name)s asked %(when)s to speak later."),
    Cause.REINSTATED: N_("%(name)s got its place back %(when)s."),
    Cause.MOVED_BY_STAFF: N_("the Presidency moved %(name)s %(when)s."),
    Cause.POLICY: N_("the Presidency moved %(name)s %(when)s."),
}
_CHANNEL_CLAUSES = {
    Channel.EMAIL: N_(
        "the Presidency entered %(name)s %(when)s; request received by e-mail: %(received)s."
    ),
    Channel.TELEPHONE: N_(
        "the Presidency entered %(name)s %(when)s; request received by telephone: %(received)s."
    ),
    Channel.PAPER: N_(
        "the Presidency entered %(name)s %(when)s; request received on paper: %(received)s."
    ),
    "": N_("the Presidency entered %(name)s %(when)s; request received: %(received)s."),
}


def _clause(move: Move, causer: Delegation, now: datetime) -> str:
    """The cause, if it was another delegation."""
    said = {"name": delegation_name(causer), "when": when(move.moved_at, now)}
    if move.cause is not Cause.ENTERED:
        return gettext(_CLAUSES[move.cause], **said)
    if move.received_at == move.moved_at:
        return gettext("the Presidency entered %(name)s %(when)s (order by level).", **said)
    received = clock_on_day(move.received_at, now)
    return gettext(_CHANNEL_CLAUSES[move.ground], received=received, **said)


def _own_clause(move: Move, causer: Delegation, now: datetime) -> str:
    """The cause, if it was the delegation itself or a move of it by the mission."""
    moved = when(move.moved_at, now)
    match move.cause:
        case Cause.LEVEL:
            return gettext("your speaker’s level changed %(when)s (order by level).", when=moved)
        case Cause.LATER:
            return gettext("you asked %(when)s to speak later.", when=moved)
        case Cause.POLICY:
            return _rule_clause(move, moved)
        case Cause.MOVED_BY_STAFF:
            return gettext(
                "the Presidency moved you %(when)s. Reason: %(reason)s",
                when=moved,
                reason=move_reason(move),
            )
        case _:
            return _clause(move, causer, now)


def _rule_clause(move: Move, moved: str) -> str:
    """That the mission changed the rule of the order and why, or that it took the change back."""
    if move.ground == Ground.UNDONE:
        return gettext(
            "the Presidency took back its change of the rule of the order %(when)s.", when=moved
        )
    if not move.reason:
        return gettext("the Presidency changed the rule of the order %(when)s.", when=moved)
    return gettext(
        "the Presidency changed the rule of the order %(when)s. Reason: %(reason)s",
        when=moved,
        reason=isolated(move.reason),
    )


def move_reason(move: Move) -> str:
    """Why staff moved a delegation: the ready-made reason, then staff's own words."""
    ready = ground_label(move.ground)
    return " · ".join(filter(None, (ready, isolated(move.reason))))


def entry_reason(entered: Entered) -> str:
    """How a request came that the mission entered: the ready-made reason, then own words."""
    ready = channel_label(entered.channel)
    return " · ".join(filter(None, (ready, isolated(entered.words))))


_OTHERS: dict[Cause, Callable[[int], str]] = {
    Cause.WITHDRAWAL: lambda n: ngettext("%(num)s withdrew", "%(num)s withdrew", n),
    Cause.STRUCK: lambda n: ngettext("%(num)s was struck", "%(num)s were struck", n),
    Cause.PRECEDENCE: lambda n: ngettext(
        "%(num)s of a higher level registered", "%(num)s of a higher level registered", n
    ),
    Cause.LEVEL: lambda n: ngettext(
        "%(num)s other changed its level", "%(num)s others changed their level", n
    ),
    Cause.MOVED_BY_STAFF: lambda n: ngettext(
        "the Presidency moved %(num)s other", "the Presidency moved %(num)s others", n
    ),
    Cause.SWAP: lambda n: ngettext("swapped by consent", "swapped by consent %(num)s times", n),
    Cause.LATER: lambda n: ngettext("%(num)s other speaks later", "%(num)s others speak later", n),
    Cause.REINSTATED: lambda n: ngettext(
        "%(num)s got its place back", "%(num)s got their place back", n
    ),
    Cause.ENTERED: lambda n: ngettext(
        "the Presidency entered %(num)s other", "the Presidency entered %(num)s others", n
    ),
}
_OWN = {
    Cause.LEVEL: N_("the level changed"),
    Cause.POLICY: N_("the rule of the order changed"),
    Cause.MOVED_BY_STAFF: N_("moved by the Presidency"),
    Cause.LATER: N_("speaks later at its own request"),
}
_YOURS = {
    Cause.LEVEL: N_("your speaker’s level changed"),
    Cause.POLICY: N_("the rule of the order changed"),
    Cause.MOVED_BY_STAFF: N_("the Presidency moved you"),
    Cause.LATER: N_("you asked to speak later"),
    Cause.REINSTATED: N_("the Presidency gave your place back"),
}
"""Of a delegation's own moves: for staff, and for itself."""
_ONE = {
    Cause.WITHDRAWAL: N_("%(name)s withdrew"),
    Cause.STRUCK: N_("%(staff)s struck %(name)s"),
    Cause.PRECEDENCE: N_("%(name)s registered (level)"),
    Cause.LEVEL: N_("level of %(name)s changed"),
    Cause.MOVED_BY_STAFF: N_("%(staff)s moved %(name)s"),
    Cause.SWAP: N_("swapped with %(name)s"),
    Cause.LATER: N_("%(name)s speaks later"),
    Cause.REINSTATED: N_("%(staff)s reinstated %(name)s"),
    Cause.ENTERED: N_("%(staff)s entered %(name)s"),
}
"""Sentences for staff, if only one other delegation changed a place."""


def tell_all_moves(counts: list[MoveCount], own: dict[Cause, str] = _OWN) -> str:
    """Every cause that changed a place, in the order in which each first occurred."""
    said = []
    for each in counts:
        if each.is_own and each.cause in own:
            said.append(gettext(own[each.cause]))
        else:
            said.append(_OTHERS[each.cause](each.count))
    return pgettext("between clauses", ", ").join(said)


def tell_your_moves(counts: list[MoveCount]) -> str:
    """As `tell_all_moves`, for the delegation whose place it is."""
    return tell_all_moves(counts, _YOURS)


def tell_staff(move: Move, causer: Delegation, counts: list[MoveCount], whose: Delegation) -> str:
    """What changed a place, for staff, with names and reasons if there is room."""
    named = {"name": delegation_name(causer), "staff": untranslated(move.actor.name)}
    explains = any(each.last == move.id for each in counts)
    if explains and move.cause is Cause.MOVED_BY_STAFF and causer.id == whose.id:
        moved = gettext("%(staff)s moved it: %(reason)s", reason=move_reason(move), **named)
        others = [each for each in counts if not (each.is_own and each.cause is move.cause)]
        return joined(gettext("; "), filter(None, (tell_all_moves(others), moved)))
    is_single = sum(each.count for each in counts) == 1 and explains and causer.id != whose.id
    return gettext(_ONE[move.cause], **named) if is_single else tell_all_moves(counts)


def tell_one_move(move: Move, causer: Delegation, whose: Delegation) -> str:
    """Why a place changed, for staff, one change at a time."""
    named = {"name": delegation_name(causer), "staff": untranslated(move.actor.name)}
    if causer.id != whose.id or move.cause not in _OWN:
        return gettext(_ONE[move.cause], **named)
    if move.cause is Cause.MOVED_BY_STAFF:
        return gettext("%(staff)s moved it: %(reason)s", reason=move_reason(move), **named)
    return gettext(_OWN[move.cause])


def tell_not_done(change: DelayedChange) -> str:
    """What did not come of a decision that was dropped."""
    return gettext(NOT_DONE_LABELS[change.kind])


def tell_why_dropped(change: DelayedChange) -> str:
    """Why it was dropped, for the delegation that decided."""
    return gettext(DROP_LABELS[change.drop_reason])


def init_app(app: Flask) -> None:
    moves = (
        tell_last_move,
        move_reason,
        tell_all_moves,
        tell_your_moves,
        tell_staff,
        tell_one_move,
    )
    functions = (*moves, entry_reason, tell_not_done, tell_why_dropped)
    app.jinja_env.globals |= {function.__name__: function for function in functions}
