"""The rule of the order, as its settings make it."""

from __future__ import annotations

from datetime import timedelta

from rostrum.actions.debates.toml_file import read_debate
from rostrum.domain.debates.debate import Debate, Status
from rostrum.domain.order.rule_in_words import order_rule
from tests.factories import OPENS_AT, SHIPPED


def make(**changes: object) -> Debate:
    from dataclasses import replace

    return replace(read_debate(SHIPPED.read_text(encoding="utf-8"))[0], **changes)


def texts(debate: Debate) -> str:
    return " ".join(sentence.text for sentence in order_rule(debate))


def test_the_first_sentence_is_the_rule_itself() -> None:
    assert order_rule(make())[0].text == (
        "Places follow the order in which this server received complete registration requests."
    )


def test_a_list_without_a_closing_time_closes_when_the_meeting_starts() -> None:
    set_time, meeting = OPENS_AT + timedelta(days=2), make().starts_at
    for closes_at, told in ((set_time, set_time), (None, meeting)):
        said = [each for each in order_rule(make(closes_at=closes_at)) if "closes" in each.text]
        assert [each.values for each in said] == [{"closes_at": told}]
    assert "closes" not in texts(make(status=Status.POSTPONED, dates_are_open=True))


def test_a_deadline_for_letters_is_said_only_where_one_is_set() -> None:
    assert "until" not in texts(make(letter_deadline=None))
    assert "until %(deadline)s" in texts(make())
