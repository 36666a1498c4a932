"""The rule of the order in words, composed from a debate's settings."""

from __future__ import annotations

from rostrum.domain.debates.debate import Debate, OrderPolicy
from rostrum.domain.sentences import N_, Sentence


def order_rule(debate: Debate) -> list[Sentence]:
    """What decides the places in this debate, one sentence for each rule, the main rule first."""
    rule = [
        _main_rule(debate),
        Sentence(
            N_(
                "A request is complete when speaker and letter have arrived whole, by the server’s "
                "clock."
            )
        ),
        Sentence(
            N_("The list opens on %(opens_at)s. Pressing earlier gives no place."),
            {"opens_at": debate.opens_at},
        ),
    ]
    if not debate.dates_are_open:
        closing = N_("The list closes on %(closes_at)s.")
        rule.append(Sentence(closing, {"closes_at": debate.closed_from}))
    rule += [
        Sentence(
            N_(
                "A delegation that cannot register itself is entered by the Presidency, with the "
                "time its request came and the reason."
            )
        ),
        Sentence(N_("A place is held while its letter is read or replaced.")),
        _letters(debate),
        *_late(debate),
        Sentence(
            N_(
                "A place given up goes to those after it. A delegation that registers again goes "
                "to the end."
            )
        ),
        Sentence(
            N_("The Presidency can move a delegation; every change is shown with its reason.")
        ),
    ]
    return rule


def _main_rule(debate: Debate) -> Sentence:
    if debate.order_policy is OrderPolicy.ARRIVAL:
        return Sentence(
            N_(
                "Places follow the order in which this server received complete registration "
                "requests."
            )
        )
    return Sentence(
        N_(
            "Speakers of a higher level go first; at equal level, the order in which this server "
            "received complete requests decides. A level raised later counts with an accepted "
            "letter."
        )
    )


def _late(debate: Debate) -> list[Sentence]:
    if debate.letter_deadline is None:
        return []
    return [
        Sentence(
            N_("After that the Presidency gives more time, or strikes the place and says why.")
        )
    ]


def _letters(debate: Debate) -> Sentence:
    if debate.letter_deadline is None:
        return Sentence(N_("A letter that came back can be replaced."))
    return Sentence(
        N_("A letter that came back can be replaced until %(deadline)s."),
        {"deadline": debate.letter_deadline},
    )
