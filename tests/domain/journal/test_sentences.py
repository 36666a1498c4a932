"""What a journal entry says: every kind, every setting, before and after, deleted values."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import fields
from enum import StrEnum
from typing import Any

import pytest

from rostrum.domain.debates.debate import Debate, Notice, OrderPolicy, Status, Visibility
from rostrum.domain.delegations.delegation import Basis, Delegation
from rostrum.domain.journal.chain import Entry
from rostrum.domain.journal.changed_parts import (
    NOTICE_LABELS,
    SETTING_LABELS,
    SPEAKER_LABELS,
    World,
)
from rostrum.domain.journal.kinds import tell
from rostrum.domain.journal.lines import Line
from rostrum.domain.letters.checklist import ReturnReason
from rostrum.domain.letters.letter import LetterState
from rostrum.domain.order.places import Ground
from rostrum.domain.registrations.registration import Channel
from rostrum.domain.speakers import Level, Speaker, StatementLanguage
from rostrum.domain.staff.accounts import Role
from rostrum.letters.refusals import BEFORE_READING, Refusal
from tests.expected_labels import WORDS
from tests.journal_in_english import in_english

Case = Callable[[str], tuple[str, dict[str, Any], dict[str, str]]]
"""Kind, facts and personal values of an entry that holds a value."""

KENYA = Delegation(1, "KEN", {"en": "Kenya"}, Basis.RULE_37)
BRAZIL = Delegation(2, "BRA", {"en": "Brazil"}, Basis.RULE_37)
WORLD = World({1: KENYA, 2: BRAZIL})


def words(kind: str, facts: dict[str, Any], *, purged: tuple[str, ...] = (), **values: str) -> str:
    entry = Entry(0, 1, 1, kind, "staff:anna", facts, dict.fromkeys((*values, *purged), "digest"))
    return " ".join(in_english(said) for said in tell(Line(1, entry, "", values), WORLD))


@pytest.mark.parametrize(
    ("labels", "of"), [(SETTING_LABELS, Debate), (NOTICE_LABELS, Notice), (SPEAKER_LABELS, Speaker)]
)
def test_every_part_that_can_change_has_a_label(labels: dict[str, str], of: type) -> None:
    assert {each.name for each in fields(of)} - {"id", "notice", "version"} == labels.keys()


OPENED = {"opens_at": ["2025-03-19T13:30:00.000+00:00", "2025-03-19T14:00:00.000+00:00"]}


@pytest.mark.parametrize(
    ("kind", "facts", "values", "said"),
    [
        (
            "debate changed",
            {"changed": OPENED},
            {"reason": "The Minister is late."},
            "The list opens: 19 March 13:30 → 19 March 14:00 Reason: The Minister is late.",
        ),
        (
            "debate changed",
            {
                "changed": {
                    "visibility": ["delegations", "own"],
                    "swaps_need_approval": [True, False],
                }
            },
            {},
            "Who sees the list: Every invited delegation → Each delegation its own place "
            "Swaps need the Presidency’s approval: yes → no",
        ),
        (
            "debate changed",
            {"changed": {"notice": ["title"]}},
            {"notice": '{"title": ["Old words", "New words"]}'},
            "Title: Old words → New words",
        ),
        (
            "place moved",
            {"place_before": 7, "place_after": 3, "shifted": 4, "ground": "level"},
            {"reason": "A minister now."},
            "Kenya: place 7 → place 3; others shifted: 4. Reason: Level of the speaker "
            "Reason: A minister now.",
        ),
        (
            "role changed",
            {"name": "Anna", "before": "verifier", "after": "chair"},
            {},
            "Role of Anna: Verifier: letters, order, messages, journal → Chair: sees the list",
        ),
        (
            "delegation changed",
            {"names": [{"en": "Kenia"}, {"en": "Kenya"}], "basis": ["rule_37", "rule_39"]},
            {"contacts": '[[], ["un@kenya.example"]]'},
            "Name (en): Kenia → Kenya Basis: rule 37 of the provisional rules of procedure → "
            "rule 39 of the provisional rules of procedure Contacts: none → un@kenya.example",
        ),
        (
            "speaker saved",
            {"registered": True},
            {
                "before": '{"name": "A. Odinga"}',
                "after": '{"name": "B. Odinga", "level": "minister"}',
            },
            "Full name: A. Odinga → B. Odinga Level: none → Minister",
        ),
        (
            "council order set",
            {"before": ["KEN", "BRA"], "after": ["BRA", "KEN"], "by": "lot", "seed": "5eed"},
            {},
            "Order of the Council members: Kenya, Brazil → Brazil, Kenya "
            "Drawn by lot with the seed 5eed.",
        ),
        (
            "council order adjusted",
            {
                "before": ["KEN", "BRA"],
                "after": ["BRA", "KEN"],
                "by": "protocol",
                "draw": ["KEN", "BRA"],
                "levels": {"BRA": "minister"},
            },
            {},
            "Order of the Council members: Kenya, Brazil → Brazil, Kenya "
            "Levels first, then the draw: Kenya, Brazil. Level of Brazil: Minister.",
        ),
        (
            "council order adjusted",
            {"before": ["KEN", "BRA"], "after": ["BRA", "KEN"], "by": "hand"},
            {},
            "Order of the Council members: Kenya, Brazil → Brazil, Kenya "
            "Entered by hand; the draw stays.",
        ),
        (
            "letter deadline extended",
            {"before": None, "until": "2025-03-21T22:00:00.000+00:00"},
            {},
            "Letter due: none → 21 March 22:00",
        ),
        ("message sent", {}, {"text": "New", "before": "Old"}, "Message: Old → New"),
    ],
)
def test_an_entry_says_what_was_before_and_what_is_after(
    kind: str, facts: dict[str, Any], values: dict[str, str], said: str
) -> None:
    assert words(kind, facts, **values) == said


def speaker_saved(name: str) -> Case:
    def case(value: str) -> tuple[str, dict[str, Any], dict[str, str]]:
        before = {"name": "A"}
        personal = {"before": json.dumps(before), "after": json.dumps(before | {name: value})}
        return "speaker saved", {}, personal

    return case


def setting(name: str) -> Case:
    return lambda value: ("debate changed", {"changed": {name: ["", value]}}, {})


ENTRY = {"place": 1, "arrival_number": 1, "received_at": 0}
TOLD: list[tuple[type[StrEnum], Case, str]] = [
    (Level, speaker_saved("level"), "Level: none → {}"),
    (StatementLanguage, speaker_saved("language"), "Language of the statement: none → {}"),
    (OrderPolicy, setting("order_policy"), "Order of the list: none → {}"),
    (Visibility, setting("visibility"), "Who sees the list: none → {}"),
    (Status, setting("status"), "The debate is: none → {}"),
    (Basis, lambda v: ("delegation changed", {"basis": ["", v]}, {}), "Basis: none → {}"),
    (
        Basis,
        lambda v: ("delegation added", {"names": {"en": "X"}, "code": "X", "basis": v}, {}),
        "X (X) added, under {}.",
    ),
    (
        Role,
        lambda v: ("role changed", {"name": "Anna", "before": "chair", "after": v}, {}),
        "Role of Anna: Chair: sees the list → {}",
    ),
    (
        Role,
        lambda v: ("staff added", {"name": "Anna", "role": v}, {}),
        "Account of Anna added. {}",
    ),
    (
        LetterState,
        lambda v: ("decision taken back", {"was": v, "decided_by": "vera"}, {}),
        "Letter of Kenya: “{}”, as decided by vera → to be read again.",
    ),
    (
        Level,
        lambda v: (
            "letter accepted",
            {"level_before": "minister", "level_after": v, "place_before": 2, "place_after": 1},
            {},
        ),
        "Letter of Kenya: to be read → accepted. "
        "Level that counts for the order: Minister → {} Place: 2 → 1",
    ),
    (Level, lambda v: ("levels set", {"before": {v: 1}, "after": {v: 2}}, {}), "{}: 1 → 2"),
    (Channel, lambda v: ("entered by the mission", ENTRY | {"channel": v}, {}), "Reason: {}"),
    (
        Ground,
        lambda v: ("place moved", {"place_before": 2, "place_after": 1, "ground": v}, {}),
        "Reason: {}",
    ),
]


@pytest.mark.parametrize(
    ("case", "value", "said"),
    [
        pytest.param(case, value, said.format(words), id=f"{said} {value}")
        for values, case, said in TOLD
        for value, words in WORDS[values].items()
    ],
)
def test_every_value_is_told_by_its_name(case: Case, value: str, said: str) -> None:
    kind, facts, personal = case(value)
    assert words(kind, facts, **personal).endswith(said)


WHY_BACK = {
    "not_addressed_to_the_president": (
        "it is not addressed to the President of the Security Council"
    ),
    "rule_not_cited": "it does not cite its rule",
    "wrong_debate": "it names neither this debate nor its date",
    "not_signed": "it is not signed",
    "signatory_not_entitled": "whoever signed is not entitled",
    "speaker_differs": "it names a different speaker",
    "illegible": "it cannot be read",
    "unreadable": "it could not be opened",
    "cut_off": "it did not arrive whole",
    "encrypted": "it is protected with a password",
    "no_pages": "it has no pages",
    "too_many_pages": "it has too many pages",
    "too_many_pixels": "a picture in it is too large",
    "took_too_long": "it took too long to open",
}


def test_every_reason_for_which_a_letter_came_back_is_told() -> None:
    """Those of staff and those of an inspection, which is of another layer."""
    assert WHY_BACK.keys() == set(ReturnReason) | (set(Refusal) - BEFORE_READING)
    for code, said in WHY_BACK.items():
        told = words("letter returned", {"reasons": [code]})
        assert told == f"Letter of Kenya: to be read → returned. Why it came back: {said}."


def test_purged_values_are_called_deleted() -> None:
    moved = {"place_before": 7, "place_after": 3, "shifted": 4, "ground": ""}
    assert words("place moved", moved, purged=("reason",)).endswith("Reason: (deleted)")
    notice = {"changed": {"notice": ["chair"]}}
    assert words("debate changed", notice, purged=("notice",)) == "Chair: (deleted) → (deleted)"
    gone = words("speaker saved", {"registered": True}, purged=("before", "after"))
    assert gone == "What was said of the speaker is deleted."


def test_an_entry_that_was_tampered_with_is_told_by_its_facts_alone() -> None:
    assert words("place moved", {}) == ""
    assert words("some later kind", {}) == ""
