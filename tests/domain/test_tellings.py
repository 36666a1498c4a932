"""What a journal entry says: every kind, every setting, before and after, deleted values."""

from __future__ import annotations

from dataclasses import fields
from typing import Any

import pytest

from rostrum.domain.chronicle import KIND_LABELS, Line
from rostrum.domain.debates import Debate, Notice
from rostrum.domain.decisions import ReturnReason
from rostrum.domain.delegations import Basis, Delegation
from rostrum.domain.journal import Entry
from rostrum.domain.speakers import Speaker
from rostrum.domain.tellings import TELLERS, tell
from rostrum.domain.tellings_changes import NOTICE_LABELS, SETTING_LABELS, SPEAKER_LABELS, World
from rostrum.letters.refusals import BEFORE_READING, Refusal
from tests.told import spoken

KENYA = Delegation(1, "KEN", {"en": "Kenya"}, Basis.RULE_37)
BRAZIL = Delegation(2, "BRA", {"en": "Brazil"}, Basis.RULE_37)
WORLD = World({1: KENYA, 2: BRAZIL})


def words(kind: str, facts: dict[str, Any], *, purged: tuple[str, ...] = (), **values: str) -> str:
    entry = Entry(0, 1, 1, kind, "staff:anna", facts, dict.fromkeys((*values, *purged), "digest"))
    return " ".join(spoken(said) for said in tell(Line(1, entry, "", values), WORLD))


def test_every_kind_has_its_sentences() -> None:
    assert TELLERS.keys() == KIND_LABELS.keys()


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
            "Swaps need the mission’s approval: yes → no",
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


WHY_BACK = {
    "not_addressed_to_the_president": (
        "it is not addressed to the President of the Security Council"
    ),
    "rule_not_cited": "it does not cite its rule",
    "wrong_debate": "it names neither this debate nor its date",
    "not_signed": "it is not signed",
    "signatory_not_entitled": "whoever signed is not entitled",
    "speaker_differs": "the speaker is another one",
    "illegible": "it cannot be read",
    "unreadable": "it could not be opened",
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
