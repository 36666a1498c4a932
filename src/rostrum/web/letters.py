"""A delegation's letter: added, replaced, looked at by the delegation itself."""

from __future__ import annotations

from flask import Blueprint, Response, render_template, request, send_file
from jinja2_fragments.flask import render_block

from rostrum.domain.errors import NotFound, RuleBroken
from rostrum.domain.letters import Letter, check_takes_letters
from rostrum.domain.registrations import COUNCIL_MEMBERS_DO_NOT_QUEUE
from rostrum.letters.kinds import Kind
from rostrum.web.access import Delegate, get_delegate
from rostrum.web.context import parts
from rostrum.web.errors import status_of
from rostrum.web.formats import refusal
from rostrum.web.pages import delegation_page
from rostrum.web.registrations import PAGE, back_to_page, page_values
from rostrum.web.respond import partial, respond
from rostrum.web.uploads import take_letter
from rostrum.web.words import gettext

blueprint = Blueprint("letters", __name__, url_prefix="/debates/<slug>/delegations/<code>/letter")

FILE_POLICY = "default-src 'none'; frame-ancestors 'none'; sandbox"
"""An original is never a page of ours: whatever it holds, it runs nothing."""


@blueprint.get("")
def edit(slug: str, code: str) -> Response:
    """The letter we hold, and the way to replace it."""
    return _show(_queuing(slug, code))


@blueprint.post("")
def upload(slug: str, code: str) -> Response:
    """Takes a letter; the place stays.

    The page's own upload (with its progress bar) is answered with the blocks that changed.
    """
    delegate = _queuing(slug, code)
    file = request.files.get("letter")
    try:
        if file is None or not file.filename:
            raise RuleBroken("letter", gettext("Choose the letter first."))
        take_letter(delegate, file)
    except RuleBroken as refused:
        problems, status = {"letter": refusal(refused)}, status_of(refused)
        if _is_beside_the_form():
            return _blocks(delegate, problems, status)
        return _show(delegate, problems, status)
    if _is_beside_the_form():
        return _blocks(delegate, {})
    return back_to_page(delegate, gettext("The letter is here."))


@blueprint.get("/original")
def download(slug: str, code: str) -> Response:
    """The delegation's own letter, as it was sent."""
    delegate = get_delegate(slug, code)
    letter = delegation_page(delegate.debate.id, delegate.delegation.id)["details"].letter
    if letter is None:
        raise NotFound
    return send_original(letter)


def send_original(letter: Letter) -> Response:
    """The file byte for byte, as a download that no browser takes for a page."""
    response = send_file(
        parts().files.path(letter.stored_name),
        mimetype=Kind(letter.kind).media_type,
        as_attachment=True,
        download_name=letter.original_name,
        max_age=0,
        conditional=False,
        etag=False,
    )
    response.headers["Content-Security-Policy"] = FILE_POLICY
    response.headers["Cache-Control"] = "no-store"
    return response


def _is_beside_the_form() -> bool:
    """Whether the upload comes from the page where the speaker may be half typed."""
    return bool(request.htmx) and request.htmx.target == "letter_box"


def _blocks(delegate: Delegate, problems: dict[str, str], status: int = 200) -> Response:
    """The blocks that a letter changes; those where somebody may be typing stay."""
    values = page_values(delegate, problems=problems)
    if values["held"] or values["draft"].is_ready:
        html = partial("page_body", render_block(PAGE, "page_body", **values))
    else:
        html = partial("letter_box", render_template("letters/_box.html", **values))
        html += partial("press", render_template("registrations/_press.html", **values))
    return Response(html, status=status, mimetype="text/html")


def _queuing(slug: str, code: str) -> Delegate:
    delegate = get_delegate(slug, code)
    if delegate.is_council_member:
        raise RuleBroken("letter", COUNCIL_MEMBERS_DO_NOT_QUEUE)
    check_takes_letters(delegate.debate, parts().clock.now())
    return delegate


def _show(
    delegate: Delegate, problems: dict[str, str] | None = None, status: int = 200
) -> Response:
    values = delegation_page(delegate.debate.id, delegate.delegation.id)
    values |= {"problems": problems or {}}
    return respond("letters/edit.html", "letter_page", status=status, **values)
