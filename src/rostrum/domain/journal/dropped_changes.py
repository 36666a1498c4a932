"""Why a decision of a delegation was not carried out, in the journal's words."""

from __future__ import annotations

from collections.abc import Iterator

from rostrum.domain.journal.changed_parts import World, labelled
from rostrum.domain.journal.lines import Line
from rostrum.domain.order.delayed import ChangeKind, DropReason
from rostrum.domain.sentences import S_, Sentence

REASONS = {
    DropReason.OWN_PLACE: S_("its place had changed"),
    DropReason.LIST: S_("the list had changed"),
    DropReason.CLOSED: S_("the list had closed"),
    DropReason.OVER: S_("the debate had been cancelled or archived"),
    DropReason.APPROVAL: S_("swaps now need approval"),
}
SENTENCES = {
    ChangeKind.GIVE_UP: S_(
        "%(who)s keeps place %(place)s, which it wanted to give up: %(reason)s."
    ),
    ChangeKind.LATER: S_("%(who)s keeps place %(place)s and does not speak later: %(reason)s."),
    ChangeKind.SWAP: S_("%(who)s keeps place %(place)s, which it wanted to swap: %(reason)s."),
}


def tell_dropped(line: Line, world: World) -> Iterator[Sentence]:
    facts = line.entry.facts
    said = {"who": world.who(line), "place": facts["place_before"]}
    said["reason"] = labelled(REASONS, facts["reason"])
    yield Sentence(SENTENCES[ChangeKind(facts["change"])], said)
