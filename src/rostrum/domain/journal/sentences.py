"""Functions that put journal entries into words, each for one kind or several similar ones."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from rostrum.domain.debates.mission_contact import PART_LABELS
from rostrum.domain.journal.changed_parts import (
    World,
    change,
    instant,
    labelled,
    nothing,
    personal,
    tell_details,
)
from rostrum.domain.journal.lines import Line
from rostrum.domain.letters.checklist import ReturnReason
from rostrum.domain.letters.letter import LETTER_LABELS
from rostrum.domain.order.places import GROUND_LABELS
from rostrum.domain.order.precedence import DEFAULT_TIERS
from rostrum.domain.registrations.registration import CHANNEL_LABELS
from rostrum.domain.registrations.roll import SHOWN_LABELS
from rostrum.domain.sentences import S_, Sentence, StaffPlural
from rostrum.domain.speakers import LEVEL_LABELS
from rostrum.domain.staff.accounts import ROLE_LABELS
from rostrum.domain.times import from_micros

Teller = Callable[[Line, World], Iterator[Sentence]]

REASONS = {
    ReturnReason.ADDRESSEE: S_("it is not addressed to the President of the Security Council"),
    ReturnReason.RULE: S_("it does not cite its rule"),
    ReturnReason.DEBATE: S_("it names neither this debate nor its date"),
    ReturnReason.SIGNATURE: S_("it is not signed"),
    ReturnReason.SIGNATORY: S_("whoever signed is not entitled"),
    ReturnReason.SPEAKER: S_("it names a different speaker"),
    ReturnReason.ILLEGIBLE: S_("it cannot be read"),
}
INSPECTION_REASONS = {
    "unreadable": S_("it could not be opened"),
    "cut_off": S_("it did not arrive whole"),
    "encrypted": S_("it is protected with a password"),
    "no_pages": S_("it has no pages"),
    "too_many_pages": S_("it has too many pages"),
    "too_many_pixels": S_("a picture in it is too large"),
    "took_too_long": S_("it took too long to open"),
}
"""The reasons for which an inspection returns a letter in Rostrum's own name, by its code."""


def plainly(text: str, *names: str) -> Teller:
    """One sentence whose values are facts; `who` is the delegation, `actor` whoever acted."""

    def teller(line: Line, world: World) -> Iterator[Sentence]:
        facts = line.entry.facts
        given = {name: facts.get(name, nothing()) for name in names}
        common = {"who": world.who(line), "actor": line.entry.actor.partition(":")[2]}
        yield Sentence(text, given | common)

    return teller


def with_reason(
    teller: Teller, name: str = "reason", text: str = S_("Reason: %(reason)s")
) -> Teller:
    def both(line: Line, world: World) -> Iterator[Sentence]:
        yield from teller(line, world)
        said = personal(line, name)
        if said is not None:
            yield Sentence(text, {"reason": said})

    return both


def moved(text: str) -> Teller:
    def teller(line: Line, world: World) -> Iterator[Sentence]:
        facts = line.entry.facts
        yield Sentence(
            text,
            {
                "who": world.who(line),
                "before": facts["place_before"],
                "after": facts.get("place_after", nothing()),
                "others": facts.get("shifted", facts.get("moved_up", 0)),
            },
        )
        if ground := facts.get("ground"):
            yield Sentence(S_("Reason: %(reason)s"), {"reason": labelled(GROUND_LABELS, ground)})

    return teller


def _levels(line: Line) -> Iterator[Sentence]:
    """A further sentence if a level began to count at the same time."""
    facts = line.entry.facts
    if "level_after" in facts:
        old, new = (labelled(LEVEL_LABELS, facts[f"level_{when}"]) for when in ("before", "after"))
        yield change(S_("Level that counts for the order"), old, new)
        yield change(S_("Place"), facts["place_before"], facts["place_after"])


def tell_accepted(line: Line, world: World) -> Iterator[Sentence]:
    yield Sentence(S_("Letter of %(who)s: to be read → accepted."), {"who": world.who(line)})
    yield from _levels(line)


def tell_returned(line: Line, world: World) -> Iterator[Sentence]:
    yield Sentence(S_("Letter of %(who)s: to be read → returned."), {"who": world.who(line)})
    yield from _reasons(line)


def tell_dropped_letter(line: Line, world: World) -> Iterator[Sentence]:
    text = S_("A letter of %(who)s that could not be read was dropped.")
    yield Sentence(text, {"who": world.who(line)})
    yield from _reasons(line)


def tell_taken_back(line: Line, world: World) -> Iterator[Sentence]:
    facts = line.entry.facts
    said = {"who": world.who(line), "was": labelled(LETTER_LABELS, facts["was"])}
    said["staff"] = facts["decided_by"]
    text = S_("Letter of %(who)s: “%(was)s”, as decided by %(staff)s → to be read again.")
    yield Sentence(text, said)
    yield from _reasons(line)


def _reasons(line: Line) -> Iterator[Sentence]:
    given = tuple(
        labelled(REASONS if code in REASONS else INSPECTION_REASONS, code)
        for code in line.entry.facts.get("reasons", ())
    )
    if given:
        yield Sentence(S_("Why it came back: %(reasons)s."), {"reasons": given})
    remark = personal(line, "remark")
    if remark is not None:
        yield Sentence(S_("Remark: %(remark)s"), {"remark": remark})


def tell_received(line: Line, world: World) -> Iterator[Sentence]:
    facts = line.entry.facts
    said = {"who": world.who(line), "version": facts["version"], "files": len(facts["files"])}
    yield Sentence(S_("%(who)s sent version %(version)s of its letter; files: %(files)s."), said)
    names = personal(line, "original_name")
    shown = tuple(names.splitlines()) if isinstance(names, str) else names
    yield Sentence(S_("Names of the files: %(names)s"), {"names": shown or nothing()})


def tell_registered(line: Line, world: World) -> Iterator[Sentence]:
    facts = line.entry.facts
    said = {"who": world.who(line), "place": facts["place"], "number": facts["arrival_number"]}
    yield Sentence(S_("%(who)s arrived %(number)s and got place %(place)s."), said)
    yield from tell_details(line, None, "speaker")


def tell_entered(line: Line, world: World) -> Iterator[Sentence]:
    facts = line.entry.facts
    yield from tell_registered(line, world)
    said = {"actor": line.entry.actor.partition(":")[2]}
    received_at = from_micros(facts["received_at"])
    text = S_("Entered by %(actor)s; the request came %(received_at)s.")
    yield Sentence(text, said | {"received_at": received_at})
    if channel := facts["channel"]:
        yield Sentence(S_("Reason: %(reason)s"), {"reason": labelled(CHANNEL_LABELS, channel)})
    words = personal(line, "reason")
    if words is not None:
        yield Sentence(S_("Reason: %(reason)s"), {"reason": words})
    if facts.get("letter_follows"):
        yield Sentence(S_("Its letter was still to come."))


def tell_restored(line: Line, _: World) -> Iterator[Sentence]:
    facts = line.entry.facts
    text = S_(
        "Restored from the backup of %(taken_at)s, with %(entries)s as its last entry. What was "
        "done after that is not in it, and numbers told after that may be given again."
    )
    yield Sentence(text, {"taken_at": instant(facts["taken_at"]), "entries": facts["entries"]})


def tell_speaker(line: Line, _: World) -> Iterator[Sentence]:
    yield from tell_details(line, "before", "after")
    yield from _levels(line)


def tell_extended(line: Line, _: World) -> Iterator[Sentence]:
    facts = line.entry.facts
    label = S_("Letter due")
    yield change(label, instant(facts.get("before")), instant(facts["until"]))


def codes(label: str) -> Teller:
    def teller(line: Line, world: World) -> Iterator[Sentence]:
        facts = line.entry.facts
        after = facts.get("after", facts.get("council", ()))
        yield change(label, world.named(facts.get("before", ())), world.named(after))

    return teller


def tell_tiers(line: Line, _: World) -> Iterator[Sentence]:
    before, after = line.entry.facts["before"], line.entry.facts["after"]
    for level in DEFAULT_TIERS:
        if before.get(level) != after.get(level):
            label = Sentence(LEVEL_LABELS[level])
            yield change(label, before.get(level), after.get(level))


def tell_list_exported(line: Line, _: World) -> Iterator[Sentence]:
    facts = line.entry.facts
    text = StaffPlural(
        "%(actor)s took %(rows)s row of the list with contacts: %(part)s.",
        "%(actor)s took %(rows)s rows of the list with contacts: %(part)s.",
        "rows",
    )
    actor = line.entry.actor.partition(":")[2]
    part = labelled(SHOWN_LABELS, facts["part"])
    yield Sentence(text, {"actor": actor, "rows": facts["rows"], "part": part})


def tell_kept_list(line: Line, _: World) -> Iterator[Sentence]:
    text = S_("%(actor)s took the list as of %(time)s, with contacts.")
    actor = line.entry.actor.partition(":")[2]
    yield Sentence(text, {"actor": actor, "time": instant(line.entry.facts["at"])})


def tell_reordered(line: Line, world: World) -> Iterator[Sentence]:
    facts = line.entry.facts
    yield Sentence(S_("Places that changed: %(count)s."), {"count": facts["moved"]})
    if "undoes" in facts:
        yield Sentence(S_("An earlier change of the rule was taken back."))
    elif "keeps" in facts:
        kept = S_("Moves, swaps and wishes to speak later kept their numbers.")
        given_up = S_("Moves, swaps and wishes to speak later were given up.")
        yield Sentence(kept if facts["keeps"] else given_up)
    yield from _places(facts, world)


def tell_put_in_order(line: Line, world: World) -> Iterator[Sentence]:
    facts = line.entry.facts
    yield Sentence(S_("Places that changed: %(count)s."), {"count": facts["moved"]})
    if "undoes" in facts:
        yield Sentence(S_("An earlier order of the whole list was taken back."))
    yield from _places(facts, world)


def _places(facts: Mapping[str, Any], world: World) -> Iterator[Sentence]:
    for whose, before, after in facts.get("places", ()):
        yield change(world.by_id(whose), before, after)


def swap(text: str) -> Teller:
    def teller(line: Line, world: World) -> Iterator[Sentence]:
        facts = line.entry.facts
        here, there = facts.get("places", [nothing(), nothing()])
        pair = {"who": world.by_id(facts["asking"]), "other": world.by_id(facts["asked"])}
        yield Sentence(text, pair | {"here": here or nothing(), "there": there or nothing()})

    return teller


def tell_staff_note(line: Line, world: World) -> Iterator[Sentence]:
    said = {"who": world.who(line), "remark": personal(line, "text")}
    yield Sentence(S_("Note about %(who)s: %(remark)s"), said)


def tell_removed_staff_note(line: Line, world: World) -> Iterator[Sentence]:
    said = {"who": world.who(line), "remark": personal(line, "text")}
    yield Sentence(S_("Note about %(who)s removed: %(remark)s"), said)


def tell_note(line: Line, _: World) -> Iterator[Sentence]:
    before, after = personal(line, "name_before"), personal(line, "original_name")
    yield change(S_("Concept note"), before or nothing(), after or nothing())


def tell_address(line: Line, _: World) -> Iterator[Sentence]:
    facts = line.entry.facts
    yield change(S_("Outside address"), facts["before"], facts["after"])


def tell_contact(line: Line, _: World) -> Iterator[Sentence]:
    for part in line.entry.facts["parts"]:
        text = S_("Contact of the mission: %(part)s changed.")
        yield Sentence(text, {"part": labelled(PART_LABELS, part)})


def tell_role(line: Line, _: World) -> Iterator[Sentence]:
    facts = line.entry.facts
    yield Sentence(
        S_("Role of %(name)s: %(before)s → %(after)s"),
        {
            "name": facts["name"],
            "before": labelled(ROLE_LABELS, facts["before"]),
            "after": labelled(ROLE_LABELS, facts["after"]),
        },
    )


def tell_new_staff(line: Line, _: World) -> Iterator[Sentence]:
    said = {"name": line.entry.facts["name"]}
    said["role"] = labelled(ROLE_LABELS, line.entry.facts["role"])
    yield Sentence(S_("Account of %(name)s added. %(role)s"), said)


def opening_of(text: str) -> Teller:
    def teller(line: Line, _: World) -> Iterator[Sentence]:
        facts = line.entry.facts
        said = {"slug": facts["slug"], "of": facts.get("of", facts.get("copied_from", nothing()))}
        yield Sentence(text, said | {"opens_at": instant(facts["opens_at"])})

    return teller


def tell_created(line: Line, world: World) -> Iterator[Sentence]:
    yield from opening_of(S_("Debate %(slug)s added; its list opens %(opens_at)s."))(line, world)
    if source := line.entry.facts.get("copied_from"):
        yield Sentence(S_("Copied from %(source)s."), {"source": source})


def tell_invited(line: Line, world: World) -> Iterator[Sentence]:
    yield Sentence(S_("Invited: %(who)s."), {"who": world.named(line.entry.facts["delegations"])})


def deleted(text: str) -> Teller:
    def teller(line: Line, _: World) -> Iterator[Sentence]:
        facts = line.entry.facts
        count = sum(facts["texts"].values())
        yield Sentence(text, {"files": facts["files"], "texts": count})

    return teller
