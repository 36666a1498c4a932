"""A draft letter, as a file for the delegation's word processor."""

from __future__ import annotations

import io

from flask import Blueprint, Response

from rostrum.domain.errors import RuleBroken
from rostrum.domain.letters.template import LETTER_LANGUAGES, draft_letter
from rostrum.domain.registrations.registration import COUNCIL_MEMBERS_DO_NOT_QUEUE
from rostrum.store.delegations import list_delegations
from rostrum.web.access import get_delegate
from rostrum.web.context import db, parts
from rostrum.web.delegates.page import delegation_page
from rostrum.web.documents import send_download
from rostrum.web.offload import offload

blueprint = Blueprint(
    "draft_letters",
    __name__,
    url_prefix="/debates/<slug>/delegations/<code>/letter/draft",
)


@blueprint.get(f"/<any({', '.join(LETTER_LANGUAGES)}):language>.docx")
def download(slug: str, code: str, language: str) -> Response:
    """The letter filled in as far as we know; the rest is in brackets."""
    delegate = get_delegate(slug, code)
    if delegate.is_council_member:
        raise RuleBroken("letter", COUNCIL_MEMBERS_DO_NOT_QUEUE)
    debate, delegation = delegate.debate, delegate.delegation
    page = delegation_page(debate.id, delegation.id)
    speaker = page["held"].speaker if page["held"] else page["draft"].shown_speaker
    named = {each.name(): each for each in list_delegations(db())}
    presidency = named.get(debate.notice.presidency)
    letter = draft_letter(debate, delegation, speaker, language, presidency)
    # Loading the library costs 0.2 s and some megabytes: not at the start of the server.
    from rostrum.letters.docx import MEDIA_TYPE, write_docx

    content = io.BytesIO(offload(write_docx, letter, parts().clock.now()))
    return send_download(content, f"{delegation.code}-letter-{language}.docx", MEDIA_TYPE)
