"""The whole list in speaking order."""

from __future__ import annotations

from datetime import timedelta

from rostrum.actions.order.council import add_further_statement, draw_council_order
from rostrum.actions.registrations.withdrawal import withdraw
from rostrum.domain.actors import COMMAND_LINE
from rostrum.domain.order.speaking_order import Section, Statement
from rostrum.store.database import Database
from rostrum.store.speaking_order import list_statements
from tests.factories import OPENS_AT, actor, delegation, make_debate, prepare, register

COUNCIL = "DZA CHN FRA GRC GUY PAK PAN KOR RUS SLE SVN SOM GBR USA DNK"


def codes_of(statements: list[Statement], section: Section) -> list[str]:
    return [each.delegation.code for each in statements if each.section is section]


def test_briefers_members_and_the_registered_follow_each_other(db: Database) -> None:
    debate = make_debate(db)
    prepare(db, debate, "KEN", "BRA", "JPN")
    for code in ("KEN", "BRA", "JPN"):
        register(db, debate, code)
    gone = OPENS_AT + timedelta(minutes=1)
    withdraw(db, gone, actor("BRA"), debate, delegation_id=delegation(db, "BRA").id)
    statements = list_statements(db, debate)
    sections = [each.section for each in statements]
    assert sections == sorted(sections, key=list(Section).index)
    briefers = [each.name for each in statements if each.section is Section.BRIEFERS]
    assert briefers == list(debate.notice.briefers)
    assert codes_of(statements, Section.COUNCIL_MEMBERS) == COUNCIL.split()
    assert codes_of(statements, Section.REGISTERED) == ["KEN", "JPN"]


def test_a_registered_statement_names_its_speaker_and_its_registration(db: Database) -> None:
    debate = make_debate(db)
    prepare(db, debate, "KEN")
    held = register(db, debate)
    [statement] = [s for s in list_statements(db, debate) if s.section is Section.REGISTERED]
    assert statement.registration_id == held.id
    assert statement.speaker == held.speaker
    assert statement.delegation == delegation(db)
    assert not statement.is_for_a_group


def test_another_debate_lends_nobody(db: Database) -> None:
    debate, other = make_debate(db), make_debate(db, slug="another")
    prepare(db, other, "KEN")
    register(db, other)
    assert codes_of(list_statements(db, debate), Section.REGISTERED) == []


def test_the_drawn_order_and_further_statements_are_part_of_it(db: Database) -> None:
    debate = make_debate(db)
    prepare(db, debate, "KEN")
    register(db, debate)
    codes = draw_council_order(db, OPENS_AT, COMMAND_LINE, debate, presidency_last=False)
    add_further_statement(db, OPENS_AT, COMMAND_LINE, debate, "KEN")
    statements = list_statements(db, debate)
    assert codes_of(statements, Section.COUNCIL_MEMBERS) == codes
    assert codes_of(statements, Section.FURTHER_STATEMENTS) == ["KEN"]
    assert statements[-1].section is Section.FURTHER_STATEMENTS
