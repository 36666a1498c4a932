"""A letter that came with a refused form: its files wait until the form is accepted.

The page carries their signed names, because browsers do not send files again by themselves. If
nobody comes back for them within an hour, the next sweep of the folder deletes them.
"""

from __future__ import annotations

from flask import current_app, request
from itsdangerous import BadSignature, URLSafeSerializer

from rostrum.domain.letters.letter import LetterFile, Whose
from rostrum.web.context import parts
from rostrum.web.delegates.uploads import sent_files, stored_files

FIELD = "waiting"
_KEPT = ("stored_name", "original_name", "kind", "size", "sha256")


def brought_files(whose: Whose) -> list[LetterFile]:
    """The files in the request, stored, or else the files that wait for it.

    Raises RuleBroken on the letter's field, and keeps nothing, if a file cannot be a letter.
    """
    sent = sent_files()
    if sent is None:
        return _waiting_files(whose)
    with stored_files(sent) as files:
        return files


def signed_names(whose: Whose, files: list[LetterFile]) -> str:
    """The signed names of the files, for the page to carry; empty for no files. Signed for one
    delegation they do not count for another."""
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
    are_there = all(parts().files.renew(file.stored_name) for file in files)
    return files if are_there and signed_for == list(whose) else []


def _serializer() -> URLSafeSerializer:
    return URLSafeSerializer(current_app.secret_key, salt="waiting letter")
