"""The rule of the order in words, composed from a debate's settings."""

from __future__ import annotations

from rostrum.domain.debates.debate import Debate, OrderPolicy
from rostrum.domain.sentences import N_, Sentence


def order_rule(debate: Debate) -> list[Sentence]:
    """What decides the places in this debate, one sentence for each rule, the main rule first."""
    rule = [
        Sentence(
            N_(
                "Places follow the order in which this server received complete registration "
                "requests."
            )
        ),
        *_levels(debate),
        Sentence(N_("Reloading, pressing twice or opening early makes no difference.")),
        Sentence(
            N_(
                "A request is complete when it has arrived whole and speaker and letter "
                "are there. The server’s own clock stamps it to the microsecond; no phone’s clock "
                "counts."
            )
        ),
        Sentence(
            N_("The list opens at %(opens_at)s. A press before that gives no place."),
            {"opens_at": debate.opens_at},
        ),
    ]
    if debate.closes_at:
        closing = N_("It closes at %(closes_at)s.")
        rule.append(Sentence(closing, {"closes_at": debate.closes_at}))
    rule += [
        Sentence(
            N_(
                "The Presidency enters a delegation that cannot register itself, with the time at "
                "which its request came and a reason. It gets the next number and the place that "
                "goes with that time; those behind are told."
            )
        ),
        Sentence(
            N_("Reading the letter never costs a place: it is held until staff have decided.")
        ),
        _letters(debate),
        *_late(debate),
        Sentence(
            N_("A place that is given up goes to those after it. Registering again gives the last.")
        ),
        Sentence(
            N_(
                "The Presidency can move a delegation. Every change of a place is shown to its "
                "delegation with the reason."
            )
        ),
    ]
    return rule


def _levels(debate: Debate) -> list[Sentence]:
    if debate.order_policy is OrderPolicy.ARRIVAL:
        return []
    return [
        Sentence(
            N_(
                "A speaker of a higher level goes before those of lower levels; among equals the "
                "order of receipt decides. A higher level given later counts when the Presidency "
                "has accepted its letter."
            )
        )
    ]


def _late(debate: Debate) -> list[Sentence]:
    if debate.letter_deadline is None:
        return []
    return [
        Sentence(
            N_(
                "After that the Presidency decides about a place without an accepted letter: it "
                "gives more time, or strikes the place and says why."
            )
        )
    ]


def _letters(debate: Debate) -> Sentence:
    if debate.letter_deadline is None:
        return Sentence(N_("A letter that came back can be replaced without losing the place."))
    return Sentence(
        N_("A letter that came back can be replaced until %(deadline)s without losing the place."),
        {"deadline": debate.letter_deadline},
    )
