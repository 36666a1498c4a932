"""A debate's settings: times that fit together, addresses, the Council, what is different."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time, timedelta

import pytest

from rostrum.actions.debates.toml_file import read_debate
from rostrum.domain.debates.debate import Debate, OrderPolicy, Translation
from rostrum.domain.debates.settings import (
    check_council,
    check_is_meant,
    check_settings,
    check_settings_version,
    check_slug,
    derive_slug,
    differences,
)
from rostrum.domain.delegations.delegation import Basis, Delegation
from rostrum.domain.errors import Conflict, RuleBroken
from rostrum.domain.times import MICROSECOND
from tests.factories import OPENS_AT, SHIPPED

DAY = timedelta(days=1)
DEBATE = read_debate(SHIPPED.read_text(encoding="utf-8"))[0]


def test_the_shipped_debate_makes_sense() -> None:
    check_settings(DEBATE)


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"opens_at": DEBATE.starts_at}, "opens_at"),
        ({"closes_at": OPENS_AT}, "closes_at"),
        ({"letter_deadline": OPENS_AT}, "letter_deadline"),
        ({"letter_deadline": DEBATE.starts_at + DAY}, "letter_deadline"),
        ({"meeting_hours": ()}, "meeting_hours"),
        ({"meeting_hours": ((time(13), time(10)),)}, "meeting_hours"),
        ({"meeting_hours": ((time(10), time(13)), (time(12), time(18)))}, "meeting_hours"),
    ],
)
def test_settings_that_contradict_each_other_are_refused(
    changes: dict[str, object], field: str
) -> None:
    with pytest.raises(RuleBroken) as refused:
        check_settings(replace(DEBATE, **changes))
    assert refused.value.field == field


@pytest.mark.parametrize("slug", ["", "UN", "a b", "a--b", "-a", "a-", "a/b", "é", "a" * 81])
def test_an_address_of_other_letters_is_refused(slug: str) -> None:
    with pytest.raises(RuleBroken, match="lower-case letters"):
        check_slug(slug, set())


def test_an_address_is_given_once() -> None:
    check_slug("peace-1", {"peace"})
    with pytest.raises(RuleBroken, match="Another debate has this address"):
        check_slug("peace", {"peace"})


@pytest.mark.parametrize(
    ("short_title", "slug"),
    [
        ("Peace operations", "2025-03-24-peace-operations"),
        ("Côte d’Ivoire: élections", "2025-03-24-cote-divoire-elections"),
        ("和平行动", "2025-03-24"),
        ("x" * 200, f"2025-03-24-{'x' * 65}"),
    ],
)
def test_an_address_comes_of_day_and_short_title(short_title: str, slug: str) -> None:
    day = date(2025, 3, 24)
    assert derive_slug(day, short_title, set()) == slug
    check_slug(slug, set())
    assert derive_slug(day, short_title, {slug}) == f"{slug}-2"


def test_a_page_that_was_overtaken_is_refused() -> None:
    check_settings_version(3, 3)
    with pytest.raises(Conflict):
        check_settings_version(2, 3)


NOW = DEBATE.opens_at - DAY


@pytest.mark.parametrize(
    ("now", "before", "asks"),
    [
        (NOW, None, ""),
        (DEBATE.starts_at, None, "The meeting is on %(day)s: that is over."),
        (DEBATE.starts_at, DEBATE, ""),
        (DEBATE.starts_at - 366 * DAY, None, ""),
        (DEBATE.starts_at - 367 * DAY, None, "more than a year away"),
        (DEBATE.opens_at + DAY - MICROSECOND, None, ""),
        (DEBATE.opens_at + DAY, None, "The list opens on %(day)s: that is over."),
        (DEBATE.opens_at + DAY, replace(DEBATE, starts_at=DEBATE.starts_at - DAY), ""),
    ],
)
def test_a_year_that_cannot_be_meant_is_asked_about_once(
    now: datetime, before: Debate | None, asks: str
) -> None:
    if not asks:
        check_is_meant(DEBATE, now, before)
        return
    with pytest.raises(RuleBroken, match=asks.replace("(", r"\(").replace(")", r"\)")) as asked:
        check_is_meant(DEBATE, now, before)
    assert asked.value.field == "sure"


AFTERWARDS = OPENS_AT + timedelta(hours=6)


@pytest.mark.parametrize(
    ("part", "end", "asks"),
    [
        ("closes_at", AFTERWARDS, "The list closes on"),
        ("closes_at", AFTERWARDS + MICROSECOND, ""),
        ("letter_deadline", AFTERWARDS, "Letters are due by"),
        ("letter_deadline", AFTERWARDS + MICROSECOND, ""),
        ("letter_deadline", None, ""),
    ],
)
def test_an_end_that_is_over_is_asked_about_once(
    part: str, end: datetime | None, asks: str
) -> None:
    changed = replace(DEBATE, **{part: end})
    check_is_meant(changed, AFTERWARDS, changed)
    if not asks:
        check_is_meant(changed, AFTERWARDS, DEBATE)
        return
    with pytest.raises(RuleBroken, match=asks) as asked:
        check_is_meant(changed, AFTERWARDS, DEBATE)
    assert asked.value.field == "sure"


def state(number: int) -> Delegation:
    return Delegation(number, f"S{number:02}", {"en": f"State {number}"}, Basis.RULE_37)


STATES = [state(number) for number in range(16)]
UNION = Delegation(20, "EU", {"en": "European Union"}, Basis.RULE_39)
OBSERVER = Delegation(21, "VAT", {"en": "Holy See"}, Basis.PREVIOUS_PRACTICE)


@pytest.mark.parametrize(
    ("members", "registered", "named"),
    [
        (STATES, (), None),
        (STATES[1:3], (2,), (STATES[2],)),
        (STATES[:15], (14,), (STATES[14],)),
        ([*STATES[:3], UNION], (), (UNION,)),
        ([OBSERVER, UNION], (), (OBSERVER, UNION)),
    ],
)
def test_the_council_has_fifteen_member_states_who_do_not_queue(
    members: list[Delegation], registered: tuple[int, ...], named: tuple[Delegation, ...] | None
) -> None:
    check_council(STATES[:15], {15})
    with pytest.raises(RuleBroken) as refused:
        check_council(members, registered)
    assert refused.value.field == "council"
    assert refused.value.sentence.values.get("names") == named


def with_title(language: str, title: str) -> Debate:
    notice = replace(DEBATE.notice, translations=(Translation(language, title=title),))
    return replace(DEBATE, notice=notice)


def test_what_is_not_translated_is_said_in_english() -> None:
    notice = with_title("fr", "Adapter les opérations de paix").notice
    assert notice.said("title", "fr") == ("Adapter les opérations de paix", "fr")
    assert notice.said("item", "fr") == (DEBATE.notice.item, "en")
    assert notice.said("title", "ar") == (DEBATE.notice.title, "en")
    assert notice.said("title", "en") == (DEBATE.notice.title, "en")


def test_differences_name_settings_with_values_and_words_without() -> None:
    after = replace(with_title("fr", "Titre"), order_policy=OrderPolicy.PRECEDENCE, version=4)
    assert differences(DEBATE, DEBATE) == {}
    assert differences(DEBATE, after) == {
        "order_policy": ["arrival", "precedence"],
        "notice": ["translations"],
    }


def test_differences_are_plain_values() -> None:
    after = replace(
        DEBATE,
        opens_at=datetime(2025, 3, 20, tzinfo=OPENS_AT.tzinfo),
        meeting_hours=((time(9), time(12)),),
    )
    assert differences(DEBATE, after) == {
        "opens_at": ["2025-03-19T13:30:00.000+00:00", "2025-03-20T00:00:00.000+00:00"],
        "meeting_hours": ["10:00-13:00, 15:00-18:00", "09:00-12:00"],
    }
