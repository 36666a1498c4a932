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
        Sentence(N_("Reloading the page, opening it early or pressing twice makes no difference.")),
        Sentence(
            N_(
                "A request is complete when all of it has arrived, with the speaker and the "
                "letter. The server’s clock stamps it to the microsecond; no phone’s clock counts."
            )
        ),
        Sentence(
            N_("The list opens on %(opens_at)s. Pressing earlier gives no place."),
            {"opens_at": debate.opens_at},
        ),
    ]
    if debate.closes_at:
        closing = N_("The list closes on %(closes_at)s.")
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
            N_(
                "A place that is given up goes to those after it. A delegation that registers "
                "again goes to the end."
            )
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
                "A speaker of a higher level goes before those of lower levels; at equal level the "
                "order of receipt decides. A level raised later counts once the Presidency has "
                "accepted a letter that says so."
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
