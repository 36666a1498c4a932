"""Exports of a debate for staff: list and running sheet to print, sentences, the record."""

from __future__ import annotations

import json
from itertools import groupby
from typing import Any

from flask import Blueprint, Response

from rostrum.actions.exports import export_record
from rostrum.domain.debates.debate import Debate
from rostrum.domain.exports.participation import LANGUAGES, invitation_sentences
from rostrum.domain.exports.running_sheet import read_aloud
from rostrum.domain.order.forecasts import expected_times
from rostrum.domain.staff.accounts import READS_JOURNAL, READS_LETTERS, SEES_LIST
from rostrum.store.speaking_order import list_statements
from rostrum.web.access import get_member_and_debate
from rostrum.web.context import db, parts
from rostrum.web.language.catalogs import get_locale
from rostrum.web.respond import respond

blueprint = Blueprint("exports", __name__, url_prefix="/staff/debates/<slug>/exports")

BLANK_LINES = 6
"""Empty lines for late delegations, at the end of the printed list."""


@blueprint.get("")
def show(slug: str) -> Response:
    """All exports, and the sentences to copy."""
    member, debate = get_member_and_debate(slug, SEES_LIST)
    statements = list_statements(db(), debate)
    return respond(
        "console/exports/show.html",
        debate=debate,
        sentences={each: invitation_sentences(statements, each) for each in LANGUAGES},
        reads_journal=member.staff.role in READS_JOURNAL,
        reads_letters=member.staff.role in READS_LETTERS,
    )


@blueprint.get("/list")
def show_printed(slug: str) -> Response:
    """The list in its usual form for printing: large type, a row a speaker, on any paper."""
    _, debate = get_member_and_debate(slug, SEES_LIST)
    return respond("console/exports/printed.html", blank_lines=BLANK_LINES, **_in_sections(debate))


@blueprint.get("/running-sheet")
def show_running_sheet(slug: str) -> Response:
    """What the President reads to give the floor, in the order of speaking, for printing."""
    _, debate = get_member_and_debate(slug, SEES_LIST)
    language = get_locale().language
    spoken = language if language in LANGUAGES else "en"
    return respond(
        "console/exports/running_sheet.html",
        spoken=spoken,
        read_aloud=read_aloud,
        **_in_sections(debate),
    )


def _in_sections(debate: Debate) -> dict[str, Any]:
    """The whole list, each statement with the time when it is likely to begin, by section."""
    statements = list_statements(db(), debate)
    timed = zip(statements, expected_times(debate, statements), strict=True)
    sections = [
        (section, list(pairs)) for section, pairs in groupby(timed, lambda pair: pair[0].section)
    ]
    return {"debate": debate, "sections": sections, "now": parts().clock.now(), "is_file": False}


@blueprint.get("/record.json")
def download_record(slug: str) -> Response:
    """Everything about the debate for another program; the journal records the export."""
    member, debate = get_member_and_debate(slug, READS_JOURNAL)
    document = export_record(db(), parts().clock.now(), member.actor, debate)
    text = json.dumps(document, ensure_ascii=False, indent=1)
    name = f"{debate.slug}.json"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(text, mimetype="application/json", headers=headers)
