"""How journal entries about the order of the Council's members read."""

from __future__ import annotations

from collections.abc import Iterator

from rostrum.domain.journal.changed_parts import World, labelled
from rostrum.domain.journal.lines import Line
from rostrum.domain.journal.sentences import codes
from rostrum.domain.sentences import S_, Sentence
from rostrum.domain.speakers import LEVEL_LABELS


def tell_council_order(line: Line, world: World) -> Iterator[Sentence]:
    yield from codes(S_("Order of the Council members"))(line, world)
    if line.entry.facts.get("by") == "lot":
        yield Sentence(
            S_("Drawn by lot with the seed %(seed)s."), {"seed": line.entry.facts["seed"]}
        )
    else:
        yield Sentence(S_("Entered by hand."))


def tell_adjusted_council(line: Line, world: World) -> Iterator[Sentence]:
    facts = line.entry.facts
    yield from codes(S_("Order of the Council members"))(line, world)
    if facts["by"] == "hand":
        yield Sentence(S_("Entered by hand; the draw stays."))
        return
    yield Sentence(
        S_("Levels first, then the draw: %(names)s."), {"names": world.named(facts["draw"])}
    )
    for code, level in facts["levels"].items():
        yield Sentence(
            S_("Level of %(who)s: %(level)s."),
            {"who": world.named([code]), "level": labelled(LEVEL_LABELS, level)},
        )
