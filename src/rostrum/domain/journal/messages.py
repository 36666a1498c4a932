"""How journal entries about messages to delegations read."""

from __future__ import annotations

from collections.abc import Iterator

from rostrum.domain.journal.changed_parts import (
    World,
    change,
    instant,
    labelled,
    nothing,
    personal,
)
from rostrum.domain.journal.lines import Line
from rostrum.domain.registrations.roll import SHOWN_LABELS, Shown
from rostrum.domain.sentences import S_, Sentence, StaffPlural

_TO_PART = StaffPlural(
    "To %(count)s delegation: %(part)s.", "To %(count)s delegations: %(part)s.", "count"
)


def tell_message(line: Line, world: World) -> Iterator[Sentence]:
    before, facts = personal(line, "before"), line.entry.facts
    yield change(S_("Message"), nothing() if before is None else before, personal(line, "text"))
    if said := personal(line, "translations"):
        yield Sentence(S_("In other languages: %(remark)s"), {"remark": said})
    yield from _to_whom(line, world)
    if facts.get("is_public"):
        yield Sentence(S_("Also on the public list."))
    if until := facts.get("ends_at"):
        yield Sentence(S_("Until %(time)s."), {"time": instant(until)})


def _to_whom(line: Line, world: World) -> Iterator[Sentence]:
    """Nothing for entries from when every message was to all."""
    facts = line.entry.facts
    part = facts.get("part", Shown.ALL)
    if part is None:
        yield Sentence(S_("To %(who)s alone."), {"who": world.who(line)})
    elif part != Shown.ALL:
        said = {"count": facts["count"], "part": labelled(SHOWN_LABELS, part)}
        yield Sentence(_TO_PART, said)


def tell_withdrawn_message(line: Line, world: World) -> Iterator[Sentence]:
    yield change(S_("Message"), personal(line, "text"), nothing())
    yield from _to_whom(line, world)
