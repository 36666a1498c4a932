"""What a debate keeps about people, who sees it, and for how long, from the debate's settings."""

from __future__ import annotations

from rostrum.domain.debates.debate import Debate, Visibility
from rostrum.domain.retention.purge import kept_until
from rostrum.domain.sentences import N_, Plural, Sentence

_LIST = {
    Visibility.OWN: N_("Other delegations do not see the list: each sees its own place."),
    Visibility.DELEGATIONS: N_(
        "Every invited delegation can see the list: places and delegations, no names of persons."
    ),
    Visibility.PUBLIC: N_("Anybody can see the list: places and delegations, no names of persons."),
}


def kept() -> list[Sentence]:
    """What is kept, one sentence for each kind."""
    return [
        Sentence(
            N_(
                "About the speaker: form of address, name, functional title, level, language, "
                "group."
            )
        ),
        Sentence(
            N_("Whom the Presidency may contact: one e-mail address and one telephone number.")
        ),
        Sentence(N_("The letter: every file as it was sent, and its earlier versions.")),
        Sentence(N_("When your request arrived, your place, and every change to it.")),
        Sentence(
            N_("Sign-ins: when a phone opened the link, without a name or a network address.")
        ),
    ]


def seen_by(debate: Debate) -> list[Sentence]:
    """Who sees what, one sentence for each group."""
    return [
        Sentence(
            N_("Staff of the Presidency see the speaker, the contact and when the request arrived.")
        ),
        Sentence(N_("Staff who read letters see the letter; each opening is recorded.")),
        Sentence(_LIST[debate.visibility]),
        Sentence(N_("Whoever has your receipt’s link sees what the receipt says.")),
        Sentence(
            N_(
                "Whoever has a link that you shared sees your place, when the request arrived and "
                "the state of the letter."
            )
        ),
    ]


def how_long(debate: Debate) -> list[Sentence]:
    """Until when it is kept, as sentences; they also say when no time is set."""
    lasting = [
        Sentence(N_("The list stays, with the names and functions of the speakers.")),
        Sentence(
            N_(
                "The record of what happened stays without persons in it: which delegations "
                "registered, when, and why places changed."
            )
        ),
    ]
    until = kept_until(debate)
    if until is None:
        stay = N_("No time is set: letters and contacts stay until the Presidency deletes them.")
        return [Sentence(stay), *lasting]
    return [
        Sentence(
            Plural(
                "Letters and contacts stay for %(days)s day after the meeting, until %(until)s.",
                "Letters and contacts stay for %(days)s days after the meeting, until %(until)s.",
                "days",
            ),
            {"days": debate.retention_days, "until": until},
        ),
        *lasting,
    ]
