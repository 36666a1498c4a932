"""What several phones type into one draft: which fields a page changed, and what becomes of
each."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from rostrum.domain.registrations.registration import Draft
from rostrum.domain.seen import Seen
from rostrum.domain.speakers import SPEAKER_FIELDS, Speaker

MAX_TYPED = 1000
"""Characters of a field that are kept while they cannot stand on the list."""


@dataclass(frozen=True)
class Fields:
    """The fields of the speaker as a page sent them."""

    texts: Mapping[str, str]
    """As typed, by field."""
    good: Mapping[str, str]
    """The values of those that can stand on the list, by field."""
    seen: Seen

    def own(self, draft: Draft) -> list[str]:
        """The fields that this page changed, or shows as they were typed into the draft."""
        return [
            name
            for name, text in self.texts.items()
            if not self.seen.shows(name, text) or draft.typed.get(name) == text
        ]


def with_fields(draft: Draft, fields: Fields, *, are_left: bool) -> Draft:
    """The draft with the fields that its page changed; the last page that types in one wins.

    A field that is left counts for the speaker as soon as it can stand on the list. Until then,
    and while somebody types in it, its text is kept beside the last value that could.
    """
    speaker, typed = dict(draft.speaker.as_dict()), dict(draft.typed)
    for name in fields.own(draft):
        typed.pop(name, None)
        if name in fields.good and (are_left or fields.good[name] == speaker[name]):
            speaker[name] = fields.good[name]
        elif len(fields.texts[name]) <= MAX_TYPED:
            typed[name] = fields.texts[name]
    return replace(draft, speaker=Speaker(**speaker), typed=typed)


def is_overtaken(current: Speaker, sent: Speaker, seen: Seen) -> bool:
    """Whether a page changed a field that another one had changed to something else meanwhile."""
    return any(
        here != there and not seen.shows(name, here) and not seen.shows(name, there)
        for name, here, there in _both(current, sent)
    )


def merged(current: Speaker, sent: Speaker, seen: Seen, typed: Mapping[str, str]) -> Speaker:
    """The speaker as a page sent it, with the present value of each field not touched there.

    `typed` is what the draft keeps beside it: a page that shows it sends it on purpose.
    """
    kept = {
        name: here
        for name, here, there in _both(current, sent)
        if seen.shows(name, there) and typed.get(name) != there
    }
    return replace(sent, **kept)


def left_over(draft: Draft, sent: Speaker, seen: Seen) -> dict[str, str]:
    """What another page is typing, once this one has sent the whole speaker."""
    return {
        name: text
        for name, text in draft.typed.items()
        if seen.shows(name, sent.as_dict()[name]) and text != sent.as_dict()[name]
    }


def _both(current: Speaker, sent: Speaker) -> list[tuple[str, str, str]]:
    here, there = current.as_dict(), sent.as_dict()
    return [(name, here[name], there[name]) for name in SPEAKER_FIELDS]
