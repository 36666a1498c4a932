"""A journal entry part by part: a label, the value before, and the value now."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from rostrum.domain.debates.settings import ORDER_LABELS, STATUS_LABELS, VISIBILITY_LABELS
from rostrum.domain.delegations.delegation import BASIS_LABELS, Delegation
from rostrum.domain.journal.lines import Line
from rostrum.domain.sentences import S_, Sentence
from rostrum.domain.speakers import LEVEL_LABELS, STATEMENT_LANGUAGE_LABELS

DELETED = S_("(deleted)")
SETTING_LABELS = {
    "slug": S_("Address"),
    "starts_at": S_("The meeting starts"),
    "opens_at": S_("The list opens"),
    "closes_at": S_("The list closes"),
    "letter_deadline": S_("Letters are due"),
    "speaking_limit": S_("Statement, seconds"),
    "order_policy": S_("Order of the list"),
    "tiers": S_("Order of levels"),
    "briefer_limit": S_("Briefing, seconds"),
    "member_limit": S_("Statement of a Council member, seconds"),
    "group_limit": S_("Statement for a group, seconds"),
    "changeover": S_("Change of speakers, seconds"),
    "meeting_hours": S_("Meeting hours"),
    "visibility": S_("Who sees the list"),
    "swaps_need_approval": S_("Swaps need the Presidency’s approval"),
    "retention_days": S_("Keep letters and contacts, days"),
    "status": S_("The debate is"),
    "status_reason": S_("Reason that delegations read"),
    "dates_are_open": S_("New dates are still to come"),
    "rehearsal_of": S_("Rehearsal of debate"),
}
"""By the name of a debate's setting; a test checks that every setting is here."""
NOTICE_LABELS = {
    "title": S_("Title"),
    "short_title": S_("Short title"),
    "item": S_("Agenda item"),
    "venue": S_("Venue"),
    "presidency": S_("Presidency"),
    "chair": S_("Chair"),
    "theme": S_("What the debate is about"),
    "briefers": S_("Briefers"),
    "guiding_questions": S_("Guiding questions"),
    "translations": S_("Translations"),
}
SPEAKER_LABELS = {
    "title": S_("Form of address"),
    "name": S_("Full name"),
    "functional_title": S_("Functional title"),
    "level": S_("Level"),
    "language": S_("Language of the statement"),
    "on_behalf_of": S_("On behalf of a group"),
    "contact_email": S_("Contact e-mail"),
    "contact_phone": S_("Contact phone"),
}
_VALUES = {
    "order_policy": ORDER_LABELS,
    "visibility": VISIBILITY_LABELS,
    "status": STATUS_LABELS,
    "level": LEVEL_LABELS,
    "language": STATEMENT_LANGUAGE_LABELS,
    "basis": BASIS_LABELS,
}
_INSTANTS = ("starts_at", "opens_at", "closes_at", "letter_deadline")


@dataclass(frozen=True)
class World:
    """The delegations that entries refer to, by id."""

    delegations: Mapping[int, Delegation]

    def by_id(self, delegation_id: int | None) -> Delegation | Sentence:
        """The delegation with this id; a word in its place if there is none."""
        return self.delegations.get(delegation_id or 0) or Sentence(S_("a delegation"))

    def who(self, line: Line) -> Delegation | Sentence:
        """The delegation that an entry is about."""
        return self.by_id(line.entry.delegation_id)

    def named(self, codes: Iterable[str]) -> tuple[Delegation | str, ...]:
        """The delegations with these codes, in their order."""
        by_code = {each.code: each for each in self.delegations.values()}
        return tuple(by_code.get(code, code) for code in codes)


def nothing() -> Sentence:
    """The sign for a missing value."""
    return Sentence(S_("none"))


def change(label: str | Sentence | Delegation, before: object, after: object) -> Sentence:
    """A label with the values before and after."""
    what = Sentence(label) if isinstance(label, str) else label
    text = S_("%(what)s: %(before)s → %(after)s")
    return Sentence(text, {"what": what, "before": _shown(before), "after": _shown(after)})


def _shown(value: object) -> object:
    return nothing() if value in (None, "", (), []) else value


def labelled(labels: Mapping[str, str], value: str) -> Sentence | str:
    """The label of a value; the value itself if it has none."""
    return Sentence(labels[value]) if value in labels else value


def instant(text: str | None) -> datetime | Sentence:
    """An instant as the journal writes it."""
    return datetime.fromisoformat(text) if text else nothing()


def is_deleted(line: Line, name: str) -> bool:
    """Whether the entry had this personal value and it was purged."""
    return name in line.entry.digests and name not in line.values


def personal(line: Line, name: str) -> str | Sentence | None:
    """A personal value of the entry; a word if it was purged, None if there never was one."""
    return Sentence(DELETED) if is_deleted(line, name) else line.values.get(name)


def tell_words(name: str, value: Any) -> object:
    """A value of a setting or detail in words."""
    if isinstance(value, bool):
        return Sentence(S_("yes") if value else S_("no"))
    if name in _INSTANTS:
        return instant(value)
    if name in _VALUES and value:
        return labelled(_VALUES[name], value)
    if isinstance(value, (list, tuple, dict)):
        return tuple(_flat(value))
    return _shown(value)


def _flat(value: Any) -> Iterator[str]:
    """Every word of a list or table, in order."""
    if isinstance(value, dict):
        value = value.values()
    for each in value:
        if isinstance(each, (list, tuple, dict)):
            yield from _flat(each)
        elif each not in (None, ""):
            yield str(each)


def _parts(
    before: Mapping[str, Any], after: Mapping[str, Any], labels: Mapping[str, str]
) -> Iterator[Sentence]:
    """A sentence for each part that differs."""
    for name, label in labels.items():
        old, new = before.get(name), after.get(name)
        if old != new:
            yield change(label, tell_words(name, old), tell_words(name, new))


def tell_debate(line: Line, _: World) -> Iterator[Sentence]:
    """The settings that changed, and the words of the notice unless they were purged."""
    changed = dict(line.entry.facts.get("changed", {}))
    parts = changed.pop("notice", ())
    pairs = {name: pair for name, pair in changed.items() if name in SETTING_LABELS}
    yield from _parts(
        {name: pair[0] for name, pair in pairs.items()},
        {name: pair[1] for name, pair in pairs.items()},
        SETTING_LABELS,
    )
    words = json.loads(line.values.get("notice", "{}"))
    for part in parts:
        old, new = words.get(part, [Sentence(DELETED)] * 2)
        yield change(NOTICE_LABELS[part], tell_words(part, old), tell_words(part, new))


def tell_new_delegation(line: Line, _: World) -> Iterator[Sentence]:
    """A delegation that was added."""
    facts = line.entry.facts
    said = {"name": facts["names"]["en"], "code": facts["code"]}
    said["basis"] = labelled(BASIS_LABELS, facts["basis"])
    yield Sentence(S_("%(name)s (%(code)s) added, under %(basis)s."), said)
    contacts = personal(line, "contacts")
    if contacts is not None:
        yield change(S_("Contacts"), nothing(), _contacts(contacts))


def tell_delegation(line: Line, _: World) -> Iterator[Sentence]:
    """A delegation's names by language, its basis, its contacts."""
    facts = line.entry.facts
    old, new = facts.get("names", [{}, {}])
    for language in new:
        if old.get(language) != new[language]:
            label = Sentence(S_("Name (%(language)s)"), {"language": language})
            yield change(label, old.get(language), new[language])
    if "basis" in facts:
        yield change(S_("Basis"), *(labelled(BASIS_LABELS, value) for value in facts["basis"]))
    contacts = personal(line, "contacts")
    if contacts is not None:
        pair = json.loads(contacts) if isinstance(contacts, str) else [contacts, contacts]
        yield change(S_("Contacts"), *(_contacts(each) for each in pair))


def _contacts(value: Any) -> object:
    listed = json.loads(value) if isinstance(value, str) else value
    return listed if isinstance(listed, Sentence) else tuple(listed)


def tell_details(line: Line, before: str | None, after: str) -> Iterator[Sentence]:
    """The changes of a speaker's details; all details in one line if `before` is empty."""
    if is_deleted(line, after):
        yield Sentence(S_("What was said of the speaker is deleted."))
        return
    old = json.loads(line.values.get(before or "", "{}"))
    new = json.loads(line.values.get(after, "{}"))
    if not any(old.values()):
        full_name = f"{new.pop('title', '')} {new.pop('name', '')}".strip()
        known = [name for name in SPEAKER_LABELS if new.get(name)]
        details = tuple(filter(None, (full_name, *(tell_words(name, new[name]) for name in known))))
        yield Sentence(S_("Speaker: %(details)s"), {"details": details or nothing()})
        return
    empty = dict.fromkeys(SPEAKER_LABELS, "")
    yield from _parts(empty | old, empty | new, SPEAKER_LABELS)
