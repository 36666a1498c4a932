"""The list to download, as CSV and as a workbook: the rows that a filter shows, with contacts."""

from __future__ import annotations

from flask import Blueprint, Response

from rostrum.actions.exports import Table, export_list
from rostrum.domain.debates.debate import Debate
from rostrum.domain.exports.lists import staff_csv
from rostrum.domain.registrations.roll import Shown, View
from rostrum.domain.staff.accounts import SEES_LIST
from rostrum.domain.times import new_york_day
from rostrum.web.access import get_member_and_debate
from rostrum.web.console.kept_lists import list_in_sections
from rostrum.web.console.registrations.views import asked_view
from rostrum.web.console.registrations.workbooks import list_sheet, order_sheet
from rostrum.web.context import db, parts
from rostrum.web.delegates.list import csv_file
from rostrum.web.language.catalogs import get_locale
from rostrum.web.offload import offload
from rostrum.web.spreadsheets import XLSX, workbook

blueprint = Blueprint("console_tables", __name__, url_prefix="/staff/debates/<slug>")


@blueprint.get("/list.csv")
def export_csv(slug: str) -> Response:
    """The list with codes, for other programs; the journal records the export."""
    debate, view, table = _take(slug)
    return csv_file(staff_csv(*table), f"{_name(debate, view)}.csv")


@blueprint.get("/list.xlsx")
def export_workbook(slug: str) -> Response:
    """The list in words, and everybody in the order of speaking, for a spreadsheet; the journal
    records the export."""
    debate, view, table = _take(slug)
    title, now = debate.notice.title, parts().clock.now()
    sections = list_in_sections(debate, now)["sections"]
    content = offload(workbook, title, now, [list_sheet(*table), order_sheet(sections)])
    headers = {"Content-Disposition": f'attachment; filename="{_name(debate, view)}.xlsx"'}
    return Response(content, mimetype=XLSX, headers=headers)


def _take(slug: str) -> tuple[Debate, View, Table]:
    member, debate = get_member_and_debate(slug, SEES_LIST)
    view, language = asked_view(), get_locale().language
    now = parts().clock.now()
    table = export_list(db(), now, member.actor, debate, view=view, language=language)
    return debate, view, table


def _name(debate: Debate, view: View) -> str:
    """Says which part it is, whether it was searched, and of which day."""
    found = "-found" if view.sought else ""
    part = f"{view.shown or Shown.REGISTERED}{found}"
    return f"{debate.slug}-list-{part}-{new_york_day(parts().clock.now())}"
