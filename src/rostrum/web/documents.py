"""Sends a letter's parts: its files as they were sent, its pictures, its one PDF."""

from __future__ import annotations

from pathlib import Path
from typing import BinaryIO
from urllib.parse import quote

from flask import Response, send_file

from rostrum.domain.debates.concept_notes import ConceptNote
from rostrum.domain.errors import NotFound
from rostrum.domain.letters.letter import Letter
from rostrum.domain.sentences import N_
from rostrum.letters.document import combine
from rostrum.letters.files import LetterFiles
from rostrum.letters.inspection import InspectionFailed
from rostrum.letters.kinds import Kind
from rostrum.letters.names import plain_name, safe_download_name
from rostrum.letters.refusals import LetterRefused
from rostrum.web.context import parts, release_db

FILE_POLICY = "default-src 'none'; frame-ancestors 'none'; sandbox"
"""An original is never shown as a page of ours: whatever it contains, nothing in it runs."""
DELETED = N_("This file is deleted: letters are not kept for ever.")


def send_original(letter: Letter, position: int = 1) -> Response:
    """The file at `position` (from 1), byte for byte; NotFound if there is none."""
    if not 1 <= position <= len(letter.files):
        raise NotFound
    file = letter.files[position - 1]
    return _download(parts().files.path(file.stored_name), file.original_name, Kind(file.kind))


def send_note(note: ConceptNote) -> Response:
    """A concept note, byte for byte."""
    return _download(parts().files.path(note.stored_name), note.original_name, Kind.PDF)


def send_document(letter: Letter) -> Response:
    """The whole letter as one PDF, made now if nobody asked for it before."""
    release_db()
    return _download(letter_document(parts().files, letter), letter.original_name, Kind.PDF)


def send_preview(letter: Letter, page: int) -> Response:
    """The picture of a page, counted over the whole letter; NotFound while there is none."""
    found = letter.find_page(page)
    picture = found and parts().files.preview(found[0].stored_name, found[1])
    if picture is None:
        raise NotFound
    response = send_file(picture, mimetype="image/webp", conditional=False, etag=False)
    response.headers["Cache-Control"] = "no-store"
    return response


def letter_document(files: LetterFiles, letter: Letter) -> Path:
    """The letter as one PDF on disk: its only file if that is a PDF, else made once and kept.

    Making it takes a child process and seconds; give the database back before. Raises
    NotFound, with a sentence, if it cannot be made: the original files are still there.
    """
    if letter.is_purged:
        raise NotFound(DELETED)
    if len(letter.files) == 1 and letter.files[0].kind == Kind.PDF:
        return files.path(letter.stored_name)
    if made := files.document(letter.stored_name, letter.sha256):
        return made
    sources = [(files.path(file.stored_name), Kind(file.kind)) for file in letter.files]
    target = files.document_path(letter.stored_name, letter.sha256)
    try:
        combine(sources, target, whose=letter.whose)
    except (LetterRefused, InspectionFailed) as trouble:
        raise NotFound(
            N_("We could not make one PDF of this letter. Download its files one by one.")
        ) from trouble
    return target


def _download(path: Path, name: str, kind: Kind) -> Response:
    """A download that no browser treats as a page; NotFound if the file is gone."""
    if not path.is_file():
        raise NotFound(DELETED)
    return send_download(path, safe_download_name(name, kind), kind.media_type)


def send_download(content: Path | BinaryIO, name: str, media_type: str) -> Response:
    """A download under an already safe name; proxies must not store it."""
    response = send_file(
        content,
        mimetype=media_type,
        as_attachment=True,
        download_name=name,
        max_age=0,
        conditional=False,
        etag=False,
    )
    if not name.isascii():
        names = {"filename": plain_name(name), "filename*": f"UTF-8''{quote(name, safe='')}"}
        response.headers.set("Content-Disposition", "attachment", **names)
    response.headers["Content-Security-Policy"] = FILE_POLICY
    response.headers["Cache-Control"] = "no-store"
    return response
