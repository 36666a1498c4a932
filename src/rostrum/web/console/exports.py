"""Exports of a debate for staff: list and running sheet to print, sentences, the record."""

from __future__ import annotations

import json

from flask import Blueprint, Response

from rostrum.actions.exports import export_record
from rostrum.domain.exports.participation import (
    LANGUAGES,
    invitation_sentences,
    without_accepted_letter,
)
from rostrum.domain.exports.running_sheet import read_aloud
from rostrum.domain.staff.accounts import READS_JOURNAL, READS_LETTERS, SEES_LIST
from rostrum.store.speaking_order import list_statements
from rostrum.web.access import get_member_and_debate
from rostrum.web.addresses import outside_address
from rostrum.web.console.kept_lists import list_in_sections, list_kept
from rostrum.web.context import db, parts
from rostrum.web.language.catalogs import get_locale
from rostrum.web.respond import respond

blueprint = Blueprint("exports", __name__, url_prefix="/staff/debates/<slug>/exports")


PAPER_LINES = 22
"""Lines for requests on the back of a sheet, as many as US Letter holds."""


@blueprint.get("")
def show(slug: str) -> Response:
    """All exports, and the sentences to copy."""
    member, debate = get_member_and_debate(slug, SEES_LIST)
    statements = list_statements(db(), debate)
    return respond(
        "console/exports/show.html",
        debate=debate,
        sentences={each: invitation_sentences(statements, each) for each in LANGUAGES},
        without_letter=without_accepted_letter(statements),
        kept=list_kept(debate),
        reads_journal=member.staff.role in READS_JOURNAL,
        reads_letters=member.staff.role in READS_LETTERS,
    )


@blueprint.get("/list")
def show_printed(slug: str) -> Response:
    """The list in its usual form for printing: large type, a row a speaker, on any paper."""
    _, debate = get_member_and_debate(slug, SEES_LIST)
    values = list_in_sections(debate, parts().clock.now())
    return respond("console/exports/printed.html", **values, is_file=False)


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
        **list_in_sections(debate, parts().clock.now()),
        is_file=False,
    )


@blueprint.get("/without-server")
def show_without_server(slug: str) -> Response:
    """The sheet to print beforehand, for an opening at which the server is down."""
    _, debate = get_member_and_debate(slug, SEES_LIST)
    return respond(
        "console/exports/without_server.html",
        debate=debate,
        address=outside_address().url,
        paper_lines=PAPER_LINES,
    )


@blueprint.get("/record.json")
def download_record(slug: str) -> Response:
    """Everything about the debate for another program; the journal records the export."""
    member, debate = get_member_and_debate(slug, READS_JOURNAL)
    document = export_record(db(), parts().clock.now(), member.actor, debate)
    text = json.dumps(document, ensure_ascii=False, indent=1)
    name = f"{debate.slug}.json"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(text, mimetype="application/json", headers=headers)
