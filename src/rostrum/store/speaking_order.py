"""The whole list of a debate in speaking order, read from the tables that hold its parts."""

from __future__ import annotations

from sqlite_utils import Database

from rostrum.domain.debates.debate import Debate
from rostrum.domain.order.forecasts import Shape, groups_matter
from rostrum.domain.order.speaking_order import Section, Statement, members_in_order
from rostrum.store.council import list_council_members, list_further_statements
from rostrum.store.database import all_rows
from rostrum.store.delegations import delegation_of
from rostrum.store.rows import speaker_of


def list_statements(db: Database, debate: Debate) -> list[Statement]:
    """Every statement in order: briefers, Council members, the registered, further statements."""
    return [
        *(Statement(Section.BRIEFERS, name=name) for name in debate.notice.briefers),
        *_list_members(db, debate),
        *_list_registered(db, debate),
        *(
            Statement(Section.FURTHER_STATEMENTS, delegation=each)
            for each in list_further_statements(db, debate.id)
        ),
    ]


def _list_members(db: Database, debate: Debate) -> list[Statement]:
    """The members in the order that staff entered or drew, else as `members_in_order` has them."""
    members = list_council_members(db, debate.id)
    if all(each.position is None for each in members):
        members = members_in_order(members, debate.notice.presidency)
    return [
        Statement(Section.COUNCIL_MEMBERS, delegation=each.delegation, speaker=each.speaker)
        for each in members
    ]


def _list_registered(db: Database, debate: Debate) -> list[Statement]:
    sql = """select registration.*, code, names, basis, contacts, state from registration
             join delegation on delegation.id = registration.delegation_id
             join letter on letter.id = letter_id
             where registration.debate_id = :debate_id and place is not null order by place"""
    return [
        Statement(
            Section.REGISTERED,
            delegation=delegation_of(row | {"id": row["delegation_id"]}),
            speaker=speaker_of(row),
            registration_id=row["id"],
            letter=row["state"],
        )
        for row in all_rows(db, sql, debate_id=debate.id)
    ]


def get_shape(db: Database, debate: Debate, members: int) -> Shape:
    """What a forecast needs besides the debate; groups are read only if they have a limit."""
    return Shape(members, list_group_places(db, debate.id) if groups_matter(debate) else ())


def list_group_places(db: Database, debate_id: int) -> tuple[int, ...]:
    """The places of speakers on behalf of a group; an index holds only these."""
    sql = """select place from registration where debate_id = :debate_id
             and place is not null and on_behalf_of != '' order by place"""
    return tuple(row["place"] for row in all_rows(db, sql, debate_id=debate_id))
