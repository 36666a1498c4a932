"""Handing out what a letter is made of: its files as they were sent, its pictures, its one PDF."""

from __future__ import annotations

from pathlib import Path
from typing import BinaryIO

from flask import Response, send_file

from rostrum.domain.debates.concept_notes import ConceptNote
from rostrum.domain.errors import NotFound
from rostrum.domain.letters.letter import Letter
from rostrum.domain.sentences import N_
from rostrum.letters.document import combine
from rostrum.letters.files import LetterFiles
from rostrum.letters.inspection import InspectionFailed
from rostrum.letters.kinds import Kind
from rostrum.letters.names import safe_download_name
from rostrum.letters.refusals import LetterRefused
from rostrum.web.context import parts, release_db

FILE_POLICY = "default-src 'none'; frame-ancestors 'none'; sandbox"
"""An original is never a page of ours: whatever it holds, it runs nothing."""
DELETED = N_("This file is deleted: letters are not kept for ever.")


def send_original(letter: Letter, position: int = 1) -> Response:
    """The file at `position` (counted from 1) byte for byte; NotFound where there is none."""
    if not 1 <= position <= len(letter.files):
        raise NotFound
    file = letter.files[position - 1]
    return _download(parts().files.path(file.stored_name), file.original_name, Kind(file.kind))


def send_note(note: ConceptNote) -> Response:
    """A concept note byte for byte."""
    return _download(parts().files.path(note.stored_name), note.original_name, Kind.PDF)


def send_document(letter: Letter) -> Response:
    """The whole letter as one PDF, made now where it was never asked for."""
    release_db()
    return _download(letter_document(parts().files, letter), letter.original_name, Kind.PDF)


def send_preview(letter: Letter, page: int) -> Response:
    """The picture of a page, counted through the whole letter; NotFound while there is none."""
    found = letter.find_page(page)
    picture = found and parts().files.preview(found[0].stored_name, found[1])
    if picture is None:
        raise NotFound
    response = send_file(picture, mimetype="image/webp", conditional=False, etag=False)
    response.headers["Cache-Control"] = "no-store"
    return response


def letter_document(files: LetterFiles, letter: Letter) -> Path:
    """The letter as one PDF on disk: its only file where that is a PDF, else made once and kept.

    Takes a child process and seconds where it must be made; give the database back before. Raises
    NotFound, with a sentence, where it cannot be made: then there are the files as they were sent.
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
        combine(sources, target)
    except (LetterRefused, InspectionFailed) as trouble:
        raise NotFound(
            N_("We could not make one PDF of this letter. Download its files one by one.")
        ) from trouble
    return target


def _download(path: Path, name: str, kind: Kind) -> Response:
    """A download that no browser takes for a page; NotFound where the file is gone."""
    if not path.is_file():
        raise NotFound(DELETED)
    return send_download(path, safe_download_name(name, kind), kind.media_type)


def send_download(content: Path | BinaryIO, name: str, media_type: str) -> Response:
    """A file to be kept, under a name that is safe already; nobody on the way keeps it."""
    response = send_file(
        content,
        mimetype=media_type,
        as_attachment=True,
        download_name=name,
        max_age=0,
        conditional=False,
        etag=False,
    )
    response.headers["Content-Security-Policy"] = FILE_POLICY
    response.headers["Cache-Control"] = "no-store"
    return response
