"""The public list of a debate: the same for everybody, nothing personal in it."""

from __future__ import annotations

from typing import Any

from rostrum.domain.debates import Debate, Visibility
from rostrum.domain.errors import NotFound
from rostrum.domain.speaking_order import Section, Statement
from rostrum.store import debates, messages, openings
from rostrum.store.database import Database
from rostrum.store.retention import list_deleted_debates
from rostrum.store.speaking_order import list_statements
from rostrum.web.context import db, parts
from rostrum.web.forecasts import console_forecast
from rostrum.web.live import live_block


def is_public(reader: Database, debate: Debate) -> bool:
    """Whether the mission shows this list to everybody."""
    is_deleted = debate.id in list_deleted_debates(reader)
    return debate.visibility is Visibility.PUBLIC and not is_deleted


def list_public_debates(reader: Database) -> list[Debate]:
    """The debates that everybody may follow, the one that starts last first; no rehearsals."""
    found = debates.list_debates(reader)
    return [each for each in found if is_public(reader, each) and not each.is_rehearsal]


@live_block("debates/list.html", "public_list", is_public=True)
def public_page(debate_id: int) -> dict[str, Any]:
    """Opening, list and closing as of now; raises NotFound where the list is not public."""
    debate = debates.get_debate_by_id(db(), debate_id)
    if not is_public(db(), debate):
        raise NotFound
    sections = _sections(list_statements(db(), debate))
    return {
        "debate": debate,
        "phase": debate.phase(parts().clock.now()),
        "mission_message": messages.find_message(db(), debate_id),
        "opening_move": openings.find_last_opening_move(db(), debate_id),
        "sections": sections,
        "forecast": console_forecast(debate, len(sections[Section.REGISTERED])),
    }


def _sections(statements: list[Statement]) -> dict[Section, list[Statement]]:
    return {
        section: [each for each in statements if each.section is section] for section in Section
    }
