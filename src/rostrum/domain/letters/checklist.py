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
        _names_debate(debate),
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


def _names_debate(debate: Debate) -> Point:
    """Without a date as long as that of a postponed debate is not known."""
    if debate.dates_are_open:
        wanted = Sentence(N_("Names this debate"))
        missing = Sentence(N_("The letter does not name this debate."))
    else:
        date = {"date": debate.starts_at.astimezone(NEW_YORK).date()}
        wanted = Sentence(N_("Names this debate or its date, %(date)s"), date)
        missing = Sentence(N_("The letter names neither this debate nor its date, %(date)s."), date)
    return Point(ReturnReason.DEBATE, wanted, missing)
