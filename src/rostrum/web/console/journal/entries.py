"""The journal for staff: every change in words, with filter, verification and export."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import Blueprint, Response, request, url_for

from rostrum.actions.journal import verify_journal
from rostrum.domain.debates.debate import Debate
from rostrum.domain.delegations.delegation import by_name, name_key
from rostrum.domain.journal.changed_parts import World
from rostrum.domain.journal.kinds import KIND_LABELS, tell
from rostrum.domain.journal.lines import Line, Search, journal_csv
from rostrum.domain.staff.accounts import READS_JOURNAL
from rostrum.store import debates, delegations, journal
from rostrum.store.database import Connections
from rostrum.web.access import get_member, get_member_and_debate
from rostrum.web.context import db, parts, release_db
from rostrum.web.delegates.list import csv_file
from rostrum.web.language.catalogs import gettext
from rostrum.web.language.formats import sentence
from rostrum.web.live.blocks import add_live_routes, for_staff, live_block
from rostrum.web.offload import offload
from rostrum.web.respond import respond

blueprint = Blueprint("journal", __name__, url_prefix="/staff/journal")
of_a_debate = Blueprint("console_journal", __name__, url_prefix="/staff/debates/<slug>/journal")

MAX_ID = 10**12
PAGE = 50
"""Entries on a page."""
NOBODY = 0
"""The id of a delegation that is not there: the search finds nothing, instead of everything."""


@live_block("console/journal/list.html", "journal_list")
def journal_page(debate_id: int | None, search: Search | None = None) -> dict[str, Any]:
    """The latest entries that match the search, of one debate or (None) of all."""
    search = search or Search(debate_id=debate_id)
    lines = journal.list_lines(db(), search, PAGE + 1)
    names = {each.id: each for each in delegations.list_delegations(db())}
    values = {
        "lines": lines[:PAGE],
        "has_more": len(lines) > PAGE,
        "names": names,
        "told": _told_by(World(names)),
        "slugs": debates.slugs_by_id(db()),
        "search": search,
    }
    if debate_id is not None:
        values["debate"] = debates.get_debate_by_id(db(), debate_id)
    return values


def _told_by(world: World) -> Callable[[Line], list[str]]:
    """The sentences of an entry in the reader's language."""
    return lambda line: [sentence(said) for said in tell(line, world)]


@blueprint.get("")
def show() -> Response:
    """All entries, including those about no debate."""
    get_member(READS_JOURNAL)
    return _show(None)


@blueprint.post("/verification")
def verify() -> Response:
    """Checks the whole chain, and shows the result on the page that asked."""
    get_member(READS_JOURNAL)
    release_db()
    fault = offload(_verify, parts().connections)
    return _show(None, verdict={"fault": fault})


@blueprint.get("/journal.csv")
def export() -> Response:
    """The entries of all debates that match the search, as CSV."""
    get_member(READS_JOURNAL)
    return _export(None, "journal.csv")


@of_a_debate.get("")
def show_debate(slug: str) -> Response:
    """The entries about a debate."""
    _, debate = get_member_and_debate(slug, READS_JOURNAL)
    return _show(debate)


@of_a_debate.get("/journal.csv")
def export_debate(slug: str) -> Response:
    """The entries about a debate that match the search, as CSV."""
    _, debate = get_member_and_debate(slug, READS_JOURNAL)
    return _export(debate, f"{debate.slug}-journal.csv")


add_live_routes(of_a_debate, journal_page, for_staff(READS_JOURNAL))


def _verify(connections: Connections) -> str | None:
    with connections.borrowed() as reader:
        return verify_journal(reader)


def _search(debate: Debate | None) -> Search:
    """The search in the address; invalid parts are ignored, but for a name that nobody has."""
    asked = request.args
    before = asked.get("before", 0, type=int)
    return Search(
        debate_id=debate.id if debate else None,
        delegation_id=_delegation_id(asked.get("delegation", "").strip()),
        actor=asked.get("actor", "").replace("\0", "").strip()[:120],
        kind=asked.get("kind", "") if asked.get("kind") in KIND_LABELS else "",
        before=before if 0 < before < MAX_ID else None,
    )


def _delegation_id(text: str) -> int | None:
    """The delegation of this name, in any language, or code; None if none is asked for."""
    if not text:
        return None
    found = by_name(delegations.list_delegations(db())).get(name_key(text))
    return found.id if found else NOBODY


def _kinds() -> dict[str, str]:
    """The kinds of entries in the reader's language, in alphabetical order."""
    kinds = {kind: gettext(label) for kind, label in KIND_LABELS.items()}
    return dict(sorted(kinds.items(), key=lambda pair: name_key(pair[1])))


def _show(debate: Debate | None, verdict: dict[str, Any] | None = None) -> Response:
    search = _search(debate)
    values = journal_page(debate.id if debate else None, search)
    asked = {name: request.args.get(name, "") for name in ("delegation", "actor", "kind")}
    where = {"slug": debate.slug} if debate else {}
    here, table = ("show_debate", "export_debate") if debate else ("show", "export")
    place = of_a_debate.name if debate else blueprint.name
    last = values["lines"][-1].number if values["has_more"] else None
    values |= {
        "actors": journal.list_actors(db(), search.debate_id),
        "kinds": _kinds(),
        "verdict": verdict,
        "end": journal.get_end(db()),
        "asked": asked,
        "problems": _problems(search),
        "here": url_for(f"{place}.{here}", **where),
        "table": url_for(f"{place}.{table}", **where, **asked),
        "earlier": url_for(f"{place}.{here}", **where, **asked, before=last) if last else None,
    }
    return respond("console/journal/list.html", **values)


def _problems(search: Search) -> dict[str, str]:
    """What is wrong with the search, by field."""
    if search.delegation_id != NOBODY:
        return {}
    return {"delegation": gettext("No delegation has this name or code.")}


def _export(debate: Debate | None, name: str) -> Response:
    known = {each.id: each for each in delegations.list_delegations(db())}
    codes = {each.id: each.code for each in known.values()}
    lines, told = journal.list_lines(db(), _search(debate), None), _told_by(World(known))
    slugs = debates.slugs_by_id(db())
    return csv_file(journal_csv(lines, slugs, codes, lambda line: " ".join(told(line))), name)
