"""All letters as one ZIP, for staff."""

from __future__ import annotations

from dataclasses import asdict
from functools import partial
from pathlib import Path

from flask import Blueprint, Response, jsonify, request

from rostrum.actions.letters.archive import export_letters
from rostrum.domain.errors import NotFound
from rostrum.domain.letters.letter import Letter
from rostrum.domain.staff.accounts import READS_LETTERS
from rostrum.domain.times import NEW_YORK
from rostrum.letters.archive import stream_archive
from rostrum.letters.document import combine
from rostrum.letters.files import LetterFiles
from rostrum.letters.inspection import InspectionFailed
from rostrum.letters.kinds import Kind
from rostrum.letters.marks import Mark
from rostrum.letters.refusals import LetterRefused
from rostrum.web.access import Member, get_member_and_debate
from rostrum.web.console.letters.jobs import Job
from rostrum.web.context import db, parts, release_db
from rostrum.web.documents import FILE_POLICY, letter_document
from rostrum.web.offload import offload

blueprint = Blueprint("archive", __name__, url_prefix="/staff/debates/<slug>/letters.zip")

LONGEST_NAME = 40


@blueprint.get("")
def download(slug: str) -> Response:
    """Every current letter, named by its place, streamed; the journal records the export.

    A page that follows its progress gives it a name in `watch`.
    """
    member, debate = get_member_and_debate(slug, READS_LETTERS)
    now = parts().clock.now()
    filed = export_letters(db(), now, member.actor, debate)
    release_db()
    files = parts().files
    job = parts().jobs.begin(_watched(member), len(filed))
    pieces = stream_archive(
        letters=filed,
        files=files,
        find_pdf=partial(_find_pdf, files),
        offload=offload,
        made_at=now.astimezone(NEW_YORK),
        begin=job.count,
    )
    response = Response(job.counted(pieces), mimetype="application/zip")
    name = f"{debate.slug}-letters.zip"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    response.headers["Content-Security-Policy"] = FILE_POLICY
    response.headers["Cache-Control"] = "no-store"
    response.headers["X-Accel-Buffering"] = "no"
    return response


@blueprint.get("/progress")
def show_progress(slug: str) -> Response:
    """How many letters of this person's download are done, as JSON; 0 of 0 before it begins."""
    member, _ = get_member_and_debate(slug, READS_LETTERS)
    response = jsonify(asdict(parts().jobs.find(_watched(member)) or Job(0)))
    response.headers["Cache-Control"] = "no-store"
    return response


def _watched(member: Member) -> tuple[int, str]:
    return member.staff.id, request.args.get("watch", "")[:LONGEST_NAME]


def _find_pdf(files: LetterFiles, letter: Letter) -> Path | None:
    """The letter as one PDF that only shows pages; None if none can be made.

    An archive gives no warning when it is opened. So it gets a passive copy of any PDF that is
    active or was not inspected yet.
    """
    if letter.is_purged:
        return None
    try:
        if len(letter.files) == 1 and _may_act(letter):
            made = files.document(letter.stored_name, letter.sha256)
            return made or _passive_copy(files, letter)
        return letter_document(files, letter)
    except (NotFound, LetterRefused, InspectionFailed):
        return None


def _may_act(letter: Letter) -> bool:
    return letter.pages is None or any(Mark(mark).is_active for mark in letter.marks)


def _passive_copy(files: LetterFiles, letter: Letter) -> Path:
    [file] = letter.files
    target = files.document_path(letter.stored_name, letter.sha256)
    combine([(files.path(file.stored_name), Kind(file.kind))], target, whose=letter.whose)
    return target
