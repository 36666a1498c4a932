"""A letter that came with a form which was refused: its files wait until the form is right.

The page carries their signed names; no browser would send them again by itself. Files that nobody
comes back for go when the server next sweeps its folder.
"""

from __future__ import annotations

from flask import current_app, request
from itsdangerous import BadSignature, URLSafeSerializer

from rostrum.domain.letters.letter import LetterFile
from rostrum.web.context import parts
from rostrum.web.delegates.uploads import sent_files, stored_files

FIELD = "waiting"
_KEPT = ("stored_name", "original_name", "kind", "size", "sha256")

Whose = tuple[int, int]
"""Ids of debate and delegation: names signed for one do not count for another."""


def brought_files(whose: Whose) -> list[LetterFile]:
    """The files that the request brings, stored, else those that wait for it.

    Raises RuleBroken on the letter's field, and keeps nothing, where one is no letter.
    """
    sent = sent_files()
    if sent is None:
        return _waiting_files(whose)
    with stored_files(sent) as files:
        return files


def signed_names(whose: Whose, files: list[LetterFile]) -> str:
    """What the page carries of the files; empty for none."""
    if not files:
        return ""
    values = [[getattr(file, name) for name in _KEPT] for file in files]
    return _serializer().dumps([list(whose), values])


def _waiting_files(whose: Whose) -> list[LetterFile]:
    try:
        signed_for, values = _serializer().loads(request.form.get(FIELD, ""))
    except BadSignature:
        return []
    files = [LetterFile(**dict(zip(_KEPT, each, strict=True))) for each in values]
    are_there = all(parts().files.path(file.stored_name).is_file() for file in files)
    return files if are_there and signed_for == list(whose) else []


def _serializer() -> URLSafeSerializer:
    return URLSafeSerializer(current_app.secret_key, salt="waiting letter")
