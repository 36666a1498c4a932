"""What staff look for in a letter.

The points of the checklist are also the reasons for returning a letter: a point that staff mark as
missing is what the delegation reads, in its own language.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from rostrum.domain.debates.debate import Debate
from rostrum.domain.delegations.delegation import BASIS_LABELS, Basis, Delegation
from rostrum.domain.sentences import N_, Sentence
from rostrum.domain.times import NEW_YORK


class ReturnReason(StrEnum):
    """Why staff return a letter, in the order in which they read it."""

    ADDRESSEE = "not_addressed_to_the_president"
    RULE = "rule_not_cited"
    DEBATE = "wrong_debate"
    SIGNATURE = "not_signed"
    SIGNATORY = "signatory_not_entitled"
    SPEAKER = "speaker_differs"
    ILLEGIBLE = "illegible"


SIGNATORIES = {
    Basis.RULE_37: N_("the Permanent Representative or the chargé d’affaires a.i."),
    Basis.RULE_39: N_("the Permanent Observer, head of delegation or chargé d’affaires a.i."),
    Basis.PREVIOUS_PRACTICE: N_("the Permanent Observer or the chargé d’affaires a.i."),
}


@dataclass(frozen=True)
class Point:
    """A point of the checklist: what the letter should have, and the sentence if it does not."""

    reason: ReturnReason
    wanted: Sentence
    missing: Sentence


def checklist(debate: Debate, delegation: Delegation) -> list[Point]:
    """Every point to check in a letter of this delegation, in order."""
    rule = {"basis": Sentence(BASIS_LABELS[delegation.basis])}
    signatory = {"signatory": Sentence(SIGNATORIES[delegation.basis])}
    date = {"date": debate.starts_at.astimezone(NEW_YORK).date()}
    return [
        Point(
            ReturnReason.ADDRESSEE,
            Sentence(N_("Addressed to the President of the Security Council")),
            Sentence(N_("The letter is not addressed to the President of the Security Council.")),
        ),
        Point(
            ReturnReason.RULE,
            Sentence(N_("Cites %(basis)s"), rule),
            Sentence(N_("The letter does not cite %(basis)s."), rule),
        ),
        Point(
            ReturnReason.DEBATE,
            Sentence(N_("Names this debate or its date, %(date)s"), date),
            Sentence(N_("The letter names neither this debate nor its date, %(date)s."), date),
        ),
        Point(
            ReturnReason.SIGNATURE,
            Sentence(N_("Has a signature")),
            Sentence(N_("The letter is not signed.")),
        ),
        Point(
            ReturnReason.SIGNATORY,
            Sentence(N_("Signed by %(signatory)s"), signatory),
            Sentence(N_("The letter is not signed by %(signatory)s."), signatory),
        ),
        Point(
            ReturnReason.SPEAKER,
            Sentence(N_("Speaker matches the form")),
            Sentence(N_("The letter names a different speaker from the registration.")),
        ),
        Point(
            ReturnReason.ILLEGIBLE,
            Sentence(N_("Can be read")),
            Sentence(N_("The letter cannot be read. Send a sharper scan or photo.")),
        ),
    ]


def check_decision(letter: Letter, *, is_current: bool) -> None:
    """Refuses a decision about a letter that was replaced, withdrawn or decided (Conflict).

    If two members of staff decide, the second reads who decided what, and when.
    """
    _check_is_current(is_current)
    if letter.state is not LetterState.PENDING:
        raise Conflict(
            N_(
                "%(staff)s decided first, on %(time)s. The letter is: %(decision)s. To decide "
                "again, undo that decision first."
            ),
            staff=letter.decided_by,
            time=letter.decided_at,
            decision=Sentence(LETTER_LABELS[letter.state]),
        )


def check_acceptance(reasons: Iterable[str]) -> None:
    """Refuses to accept a letter with a point marked as missing."""
    if tuple(reasons):
        raise RuleBroken(
            "reasons", N_("Something is marked as missing. Take the mark away to accept.")
        )


def check_return(reasons: Iterable[str], remark: str) -> str:
    """The remark, trimmed; refused if neither a reason nor a remark is given."""
    needed = N_("Mark what is missing, or say it here: the delegation reads this.")
    return check_said(remark, needed, field="remark", is_optional=bool(tuple(reasons)))


def decision_version(letter: Letter) -> str:
    """A fingerprint of the decision, so that a page takes back that decision and no other."""
    return str(to_micros(letter.decided_at)) if letter.decided_at else ""


def check_undo(letter: Letter, seen: str, *, is_current: bool) -> None:
    """Refuses to take back a decision that is not the one seen, or of a letter that no longer
    counts (Conflict)."""
    _check_is_current(is_current)
    if letter.state is LetterState.PENDING or decision_version(letter) != seen:
        raise Conflict(N_("This decision has since been undone or taken again."))


def _check_is_current(is_current: bool) -> None:
    if not is_current:
        raise Conflict(
            N_("This letter is no longer the current one: it was replaced or withdrawn.")
        )
