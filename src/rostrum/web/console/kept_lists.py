"""The list for paper, also as files of their own that the server writes on an opening's morning."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from itertools import groupby
from time import sleep
from typing import Any

from flask import Blueprint, Flask, Response, send_file, stream_template

from rostrum.actions.kept_lists import ListFiles, Pages, take_kept_list
from rostrum.domain.debates.debate import Debate
from rostrum.domain.exports.kept_lists import LANGUAGES, file_name, read_instant
from rostrum.domain.order.forecasts import expected_times
from rostrum.domain.staff.accounts import SEES_LIST
from rostrum.domain.times import NEW_YORK
from rostrum.store.council import list_council_members
from rostrum.store.speaking_order import list_statements
from rostrum.web.access import get_member_and_debate
from rostrum.web.context import db, parts, release_db
from rostrum.web.language.catalogs import get_locale, speaking

blueprint = Blueprint("kept_lists", __name__, url_prefix="/staff/debates/<slug>/exports/snapshots")

BLANK_LINES = 6
"""Empty lines for late delegations, at the end of the list."""
PIECES = 200
"""After so many pieces of a page, about ten rows, other requests get their turn."""


def list_in_sections(debate: Debate, now: datetime) -> dict[str, Any]:
    """The whole list, each statement with the time when it is likely to begin, by section."""
    statements = list_statements(db(), debate)
    timed = zip(statements, expected_times(debate, statements), strict=True)
    sections = [
        (section, list(pairs)) for section, pairs in groupby(timed, lambda pair: pair[0].section)
    ]
    members = list_council_members(db(), debate.id)
    return {
        "debate": debate,
        "sections": sections,
        "has_council_order": any(each.position is not None for each in members),
        "now": now,
        "blank_lines": BLANK_LINES,
    }


def render_list(app: Flask, debate: Debate, at: datetime) -> Pages:
    """The list as of now as pages that need nothing else, one for each language of the console."""
    with app.test_request_context("/staff"):
        values = list_in_sections(debate, at)
        release_db()
        return {language: _render(values, language) for language in LANGUAGES}


def _render(values: dict[str, Any], language: str) -> bytes:
    with speaking(language):
        pieces = stream_template("console/exports/kept_list.html", **values, is_file=True)
        return "".join(_giving_way(pieces)).encode()


def _giving_way(pieces: Iterable[str]) -> Iterable[str]:
    for number, piece in enumerate(pieces, start=1):
        yield piece
        if number % PIECES == 0:
            sleep(0)


def list_kept(debate: Debate) -> list[tuple[datetime, str]]:
    """The kept lists of a debate in the reader's language, the newest first: as of when, name."""
    language = get_locale().language
    instants = ListFiles(parts().config.lists).list_instants(debate.slug)
    return [(at, file_name(at, language)) for at in instants]


@blueprint.get("/<kept_list>")
def download(slug: str, kept_list: str) -> Response:
    """A kept list; the journal says who took it, since contacts are in it."""
    member, debate = get_member_and_debate(slug, SEES_LIST)
    path = ListFiles(parts().config.lists).find(debate.slug, kept_list)
    at = read_instant(path.name)
    take_kept_list(db(), parts().clock.now(), member.actor, debate, at)
    named = f"{debate.slug}-list-{at.astimezone(NEW_YORK):%Y-%m-%d-%H%M%S}.html"
    response = send_file(path, mimetype="text/html", as_attachment=True, download_name=named)
    response.headers["Cache-Control"] = "no-store"
    return response
