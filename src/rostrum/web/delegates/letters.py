"""A delegation's letter: sending it, arranging its pages, replacing it, looking at it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from jinja2_fragments.flask import render_block

from rostrum.actions.letters.files import move_file_up, remove_file
from rostrum.actions.letters.receiving import check_may_send
from rostrum.domain.errors import Conflict, NotFound, RuleBroken
from rostrum.domain.letters.letter import Letter
from rostrum.domain.registrations.registration import COUNCIL_MEMBERS_DO_NOT_QUEUE
from rostrum.domain.sentences import N_
from rostrum.store.letters import find_current_letter
from rostrum.web.access import Delegate, get_delegate
from rostrum.web.context import db, parts
from rostrum.web.delegates.page import PAGE, back_to_page, delegation_page, page_values
from rostrum.web.delegates.uploads import check_in_time, discard, sent_files, take_letter
from rostrum.web.documents import send_document, send_original, send_preview
from rostrum.web.errors import status_of
from rostrum.web.language.catalogs import gettext
from rostrum.web.language.formats import refusal
from rostrum.web.language.sheets import sheet_names
from rostrum.web.live.blocks import add_live_routes, for_delegates, live_block
from rostrum.web.middleware.body_limits import takes_files
from rostrum.web.respond import partial, respond

blueprint = Blueprint("letters", __name__, url_prefix="/debates/<slug>/delegations/<code>/letter")

LETTER_PAGE = "delegates/letters/edit.html"
MAX_UPLOAD_NAME = 32
"""The longest name by which a page asks for its upload."""
FILE = "/files/<int(max=999):position>"
"""A file of the letter, counted from 1."""


@live_block(LETTER_PAGE, "letter_state")
def letter_page(debate_id: int, delegation_id: int) -> dict[str, Any]:
    """What the mission has said of the letter, as of now."""
    return delegation_page(debate_id, delegation_id)


add_live_routes(blueprint, letter_page, for_delegates)


@blueprint.get("")
def edit(slug: str, code: str) -> Response:
    """The letter that we hold, and the way to replace it; read anew after a live change."""
    return _show(_queuing(slug, code))


@blueprint.post("")
@takes_files
def upload(slug: str, code: str) -> Response:
    """Receives a letter, or more pages of it; the place stays.

    The page's own upload (with its progress bar) is answered with the blocks that changed.
    """
    delegate, sent = _queuing(slug, code), sent_files()
    # Beside the form nothing is replaced: a letter that the page does not show is a colleague's.
    are_more = "more" in request.form or _is_beside_the_form()
    name = request.form.get("upload", "")[:MAX_UPLOAD_NAME]
    try:
        if sent is None:
            raise RuleBroken("letter", N_("Choose the letter first."))
        with parts().uploads.follow(_upload_key(delegate, name), are_more=are_more):
            take_letter(delegate, replace(sent, are_more=are_more))
    except RuleBroken as refused:
        return _taken(delegate, are_more, refused)
    return _taken(delegate, are_more)


@blueprint.get("/uploads/<name>")
def show_upload(slug: str, code: str, name: str) -> Response:
    """The outcome of the page's own upload whose answer was lost: 202 while it is being read, then
    the same answer; 204 if it did not arrive whole."""
    delegate = get_delegate(slug, code)
    progress = parts().uploads.find(_upload_key(delegate, name))
    if progress is None:
        return Response(status=204)
    if not progress.is_read:
        return Response('<p id="letter_reading"></p>', status=202, mimetype="text/html")
    return _taken(delegate, progress.are_more, progress.refused)


def _upload_key(delegate: Delegate, name: str) -> tuple[int, int, str]:
    return delegate.debate.id, delegate.delegation.id, name


def _taken(delegate: Delegate, are_more: bool, refused: RuleBroken | None = None) -> Response:
    """The answer to an upload that was accepted or refused."""
    if refused is not None:
        problems, status = {"letter": refusal(refused)}, status_of(refused)
        if _is_beside_the_form():
            return _blocks(delegate, problems, status)
        return _show(delegate, problems, status, at="more" if are_more else "letter")
    if _is_beside_the_form():
        return _blocks(delegate, {})
    if are_more:
        return _arranged(delegate, gettext("The letter has arrived."))
    return _replaced(delegate)


def _replaced(delegate: Delegate) -> Response:
    """Back to the delegation's page; the page's own script goes there by itself."""
    flash(gettext("The letter has arrived."))
    if request.htmx:
        return _show(delegate)
    return back_to_page(delegate)


@blueprint.post(f"{FILE}/removal")
def remove(slug: str, code: str, position: int) -> Response:
    """Removes a page from the letter."""
    return _arrange(slug, code, remove_file, position, lambda what: _taken_out(what[position - 1]))


@blueprint.post(f"{FILE}/move-up")
def move_up(slug: str, code: str, position: int) -> Response:
    """Moves a page up by one."""
    return _arrange(
        slug,
        code,
        move_file_up,
        position,
        lambda what: _moved(what[position - 1], what[position - 2]),
    )


def _taken_out(what: str) -> str:
    return gettext("Removed: %(what)s.", what=what)


def _moved(what: str, before: str) -> str:
    return gettext("Moved: %(what)s, before %(before)s.", what=what, before=before)


@blueprint.get("/original")
def download(slug: str, code: str) -> Response:
    """A file of the delegation's own letter, as it was sent; `?file=` counts from 1."""
    letter = _letter(get_delegate(slug, code))
    return send_original(letter, request.args.get("file", 1, type=int))


@blueprint.get("/document")
def download_document(slug: str, code: str) -> Response:
    """The whole letter as one PDF."""
    return send_document(_letter(get_delegate(slug, code)))


@blueprint.get("/pages/<int(max=999):page>")
def show_page(slug: str, code: str, page: int) -> Response:
    """A picture of a page, made by the inspection."""
    return send_preview(_letter(get_delegate(slug, code)), page)


def _letter(delegate: Delegate) -> Letter:
    letter = find_current_letter(db(), delegate.debate.id, delegate.delegation.id)
    if letter is None:
        raise NotFound
    return letter


def _arrange(
    slug: str,
    code: str,
    act: Callable[..., Letter],
    position: int,
    tell: Callable[[list[str]], str],
) -> Response:
    """`tell` says what was done, by what the files were called before."""
    delegate = _queuing(slug, code)
    letter = find_current_letter(db(), delegate.debate.id, delegate.delegation.id)
    names = sheet_names(letter.files) if letter else []
    try:
        act(
            db(),
            parts().clock.now(),
            delegate.actor,
            delegate.debate,
            delegation_id=delegate.delegation.id,
            seen=request.form.get("seen", ""),
            position=position,
            discard=discard,
        )
    except (RuleBroken, Conflict) as refused:
        return _show(delegate, {"letter": refusal(refused)}, status_of(refused))
    return _arranged(delegate, tell(names))


def _arranged(delegate: Delegate, notice: str) -> Response:
    """After a change of the pages: the letter's own page again, while letters are accepted."""
    if request.htmx:
        return _show(delegate, notice=notice)
    if not _may_send(delegate):
        return back_to_page(delegate, notice)
    flash(notice)
    where = {"slug": delegate.debate.slug, "code": delegate.delegation.code}
    return redirect(url_for("letters.edit", **where), 303)


def _is_beside_the_form() -> bool:
    """Whether the upload comes from the page where the speaker may be half-typed."""
    return bool(request.htmx) and request.htmx.target == "letter_box"


def _blocks(delegate: Delegate, problems: dict[str, str], status: int = 200) -> Response:
    """The blocks that a letter changes, without those where somebody may be typing: not the whole
    page while fields are saved one by one."""
    values = page_values(delegate, problems=problems)
    draft = values.get("draft")
    if draft is None or (draft.is_ready and not (draft.typed or draft.recorded)):
        html = partial("page_body", render_block(PAGE, "page_body", **values))
    else:
        html = partial("letter_box", render_template("delegates/letters/_box.html", **values))
        html += partial("press", render_template("delegates/page/_press.html", **values))
    return Response(html, status=status, mimetype="text/html")


def _queuing(slug: str, code: str) -> Delegate:
    delegate = get_delegate(slug, code)
    if delegate.is_council_member:
        raise RuleBroken("letter", COUNCIL_MEMBERS_DO_NOT_QUEUE)
    check_in_time(delegate)
    return delegate


def _may_send(delegate: Delegate) -> bool:
    """Whether a further letter would be accepted now: reading the last one may have taken long."""
    try:
        check_may_send(db(), delegate.debate, delegate.delegation.id, parts().clock.now())
    except (RuleBroken, Conflict):
        return False
    return True


def _show(
    delegate: Delegate,
    problems: dict[str, str] | None = None,
    status: int = 200,
    at: str = "letter",
    notice: str = "",
) -> Response:
    """The letter's own page; `at` is the input where a problem belongs: `letter` or `more`."""
    values = letter_page(delegate.debate.id, delegate.delegation.id)
    letter = values["details"].letter
    names = sheet_names(letter.files) if letter else []
    values |= {"problems": problems or {}, "at": at, "notice": notice, "sheet_names": names}
    block = "page_body" if request.method == "GET" else "letter_page"
    return respond(LETTER_PAGE, block, status=status, **values)
