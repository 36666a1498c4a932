"""Messages: to whom they are addressed, until when they stand, what is refused."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from rostrum.actions.debates.messages import Wanted, send_message, withdraw_message
from rostrum.actions.letters.decisions import accept_letter, return_letter
from rostrum.actions.letters.receiving import receive_letter
from rostrum.domain.actors import Actor
from rostrum.domain.debates.debate import Debate
from rostrum.domain.errors import Conflict, NotFound, RuleBroken
from rostrum.domain.registrations.messages import MAX_STANDING, Message
from rostrum.domain.registrations.roll import Shown
from rostrum.store.database import Database
from rostrum.store.debates import list_boundaries
from rostrum.store.journal import list_entries
from rostrum.store.messages import (
    count_changes,
    get_message,
    list_messages,
    list_public,
    list_read_by,
    list_sent_to,
    list_standing,
)
from tests.factories import (
    BEFORE,
    OPENS_AT,
    actor,
    contents,
    delegation,
    make_file,
    make_invitations,
    prepare,
    register,
)
from tests.journal_in_english import latest_in_english

ANNA = Actor("staff", "anna")
MINUTE = timedelta(minutes=1)


def read_by(db: Database, debate: Debate, code: str, now=OPENS_AT) -> list[str]:
    return [each.text for each in list_read_by(db, debate.id, delegation(db, code).id, now)]


def send(db: Database, debate: Debate, text: str, now=OPENS_AT, **wanted: object) -> Message:
    return send_message(db, now, ANNA, debate, wanted=Wanted(text, **wanted))


@pytest.fixture
def returned(db: Database, debate: Debate) -> Debate:
    """Kenya's letter came back, Brazil's waits, Egypt has prepared everything, Italy nothing."""
    prepare(db, debate, "KEN", "BRA", "EGY")
    make_invitations(db, debate, "KEN", "BRA", "EGY", "ITA")
    held = register(db, debate, "KEN")
    register(db, debate, "BRA")
    return_letter(
        db,
        OPENS_AT,
        ANNA,
        debate,
        letter_id=held.letter.id,
        reasons=frozenset(),
        remark="Not signed.",
    )
    return debate


def test_several_messages_stand_together_until_each_is_withdrawn(
    db: Database, debate: Debate
) -> None:
    first = send(db, debate, "  Opening moved\n to 10:00 ", BEFORE)
    assert first.text == "Opening moved to 10:00"
    assert send(db, debate, "Opening moved to 10:00", BEFORE) == first
    second = send(db, debate, "Use the east door.")
    assert read_by(db, debate, "KEN") == [second.text, first.text]
    for _ in range(2):
        withdraw_message(db, OPENS_AT, ANNA, debate, first.id)
        assert read_by(db, debate, "KEN") == [second.text]
    assert get_message(db, debate.id, first.id).ended_at == OPENS_AT
    assert list_messages(db, debate.id)[1].text == first.text
    assert [line.kind for line, _ in list_entries(db)[-3:]] == [
        "message sent",
        "message sent",
        "message withdrawn",
    ]
    with pytest.raises(NotFound):
        withdraw_message(db, OPENS_AT, ANNA, debate, 99)


def test_a_message_to_a_part_stays_with_those_who_were_in_it(
    db: Database, returned: Debate
) -> None:
    sent = send(db, returned, "Your letter came back.", part=Shown.RETURNED)
    assert sent.recipients == (delegation(db, "KEN").id,)
    assert "delegations: Letter returned." in latest_in_english(db, "message sent")
    again = receive_letter(
        db, OPENS_AT, actor("KEN"), returned, delegation_id=sent.recipients[0], files=(make_file(),)
    )
    accept_letter(db, OPENS_AT, ANNA, returned, letter_id=again.id)
    assert read_by(db, returned, "KEN") == ["Your letter came back."]
    assert read_by(db, returned, "BRA") == []
    with pytest.raises(RuleBroken, match="Nobody is in this part"):
        send(db, returned, "Your letter came back too.", part=Shown.RETURNED)


@pytest.mark.parametrize(
    ("part", "codes"),
    [
        (Shown.AWAITED, {"EGY", "ITA"}),
        (Shown.NOT_READY, {"ITA"}),
        (Shown.READY, {"EGY"}),
        (Shown.REGISTERED, {"BRA", "KEN"}),
        (Shown.UNOPENED, {"BRA", "EGY", "ITA", "KEN"}),
    ],
)
def test_a_part_is_what_the_list_shows_as_that_part(
    db: Database, returned: Debate, part: Shown, codes: set[str]
) -> None:
    sent = send(db, returned, "Hello.", part=part)
    assert set(sent.recipients) == {delegation(db, code).id for code in codes}


def test_a_message_to_one_is_read_by_it_alone_and_stands_in_its_journal(
    db: Database, debate: Debate
) -> None:
    kenya = delegation(db, "KEN").id
    sent = send(db, debate, "Call us.", delegation_id=kenya)
    assert (read_by(db, debate, "KEN"), read_by(db, debate, "BRA")) == (["Call us."], [])
    assert "Message: none → Call us. To Kenya alone." in latest_in_english(db, "message sent")
    assert list_entries(db)[-1][0].delegation_id == kenya
    assert list_sent_to(db, debate.id, kenya) == [sent]


def test_a_message_stands_on_the_public_list_only_if_it_is_to_all_and_wanted_there(
    db: Database, returned: Debate
) -> None:
    send(db, returned, "For delegations.")
    public = send(db, returned, "For everybody.", is_public=True)
    assert list_public(db, returned.id, OPENS_AT) == [public]
    before = contents(db)
    for others in ({"part": Shown.RETURNED}, {"delegation_id": delegation(db).id}):
        with pytest.raises(RuleBroken, match="Only a message to all"):
            send(db, returned, "For some.", is_public=True, **others)
    assert contents(db) == before


def test_a_message_ends_by_itself(db: Database, debate: Debate) -> None:
    until = OPENS_AT + MINUTE
    sent = send(db, debate, "Hello.", ends_at=until, translations={"fr": " Bon\njour. ", "es": " "})
    assert sent.translations == {"fr": "Bon jour."}
    assert (sent.said("fr"), sent.said("es")) == (("Bon jour.", "fr"), ("Hello.", "en"))
    assert "In other languages: Bon jour." in latest_in_english(db, "message sent")
    assert "Until 19 March 13:31." in latest_in_english(db, "message sent")
    assert until in list_boundaries(db)
    just_before = until - timedelta(microseconds=1)
    assert read_by(db, debate, "KEN", just_before) == ["Hello."]
    assert read_by(db, debate, "KEN", until) == []
    assert (sent.stands(just_before), sent.stands(until)) == (True, False)
    withdraw_message(db, until, ANNA, debate, sent.id)
    assert get_message(db, debate.id, sent.id).ended_at is None
    with pytest.raises(RuleBroken, match="This time has passed"):
        send(db, debate, "Hello again.", until, ends_at=until)


def test_a_page_never_shows_more_than_a_few_messages(db: Database, returned: Debate) -> None:
    kenya = delegation(db, "KEN").id
    for number in range(MAX_STANDING - 1):
        send(db, returned, f"Message {number}.")
    own = send(db, returned, "Call us.", delegation_id=kenya)
    before = contents(db)
    for wanted in (
        Wanted("One more."),
        Wanted("One more.", part=Shown.RETURNED),
        Wanted("One more.", delegation_id=kenya),
    ):
        with pytest.raises(RuleBroken, match="Withdraw one first"):
            send_message(db, OPENS_AT, ANNA, returned, wanted=wanted)
    assert contents(db) == before
    send(db, returned, "One more.", delegation_id=delegation(db, "BRA").id)
    withdraw_message(db, OPENS_AT, ANNA, returned, own.id)
    assert send(db, returned, "One more.", part=Shown.RETURNED) in list_standing(
        db, returned.id, OPENS_AT
    )


def test_who_did_not_see_the_latest_change_is_asked_again(db: Database, debate: Debate) -> None:
    seen = count_changes(db, debate.id)
    first = send(db, debate, "First.")
    for change in (lambda: None, lambda: withdraw_message(db, OPENS_AT, ANNA, debate, first.id)):
        change()
        before = contents(db)
        with pytest.raises(Conflict, match="Somebody else"):
            send_message(db, OPENS_AT, ANNA, debate, wanted=Wanted("Second."), seen=seen)
        assert contents(db) == before
        seen = count_changes(db, debate.id)
    assert send_message(db, OPENS_AT, ANNA, debate, wanted=Wanted("Second."), seen=seen)


def test_a_refused_message_leaves_nothing(db: Database, debate: Debate) -> None:
    before = contents(db)
    with pytest.raises(RuleBroken):
        send(db, debate, " \n ")
    assert contents(db) == before


def test_a_message_differs_from_one_to_others(db: Database, debate: Debate) -> None:
    sent = send(db, debate, "Hello.")
    assert sent.repeats(replace(sent, id=7, sent_by="vera"))
    assert not sent.repeats(replace(sent, is_public=True))
