"""The notice of a debate in the languages besides English."""

from __future__ import annotations

from flask import Blueprint, Response, redirect, url_for

from rostrum.actions.debates.settings import translate_notice
from rostrum.domain.debates.debate import Debate
from rostrum.domain.delegations.delegation import LANGUAGES
from rostrum.domain.errors import Conflict, NotFound
from rostrum.domain.staff.accounts import MANAGES_DEBATES
from rostrum.web.access import get_member_and_debate
from rostrum.web.console.debates.settings import author_in, back_to_settings
from rostrum.web.console.forms.debates import TranslationForm
from rostrum.web.context import db, parts
from rostrum.web.errors import status_of
from rostrum.web.forms.base import problems_of
from rostrum.web.language.catalogs import gettext
from rostrum.web.language.formats import language_name, refusal
from rostrum.web.respond import respond

blueprint = Blueprint("notices", __name__, url_prefix="/notice/<language>")


@blueprint.get("")
def edit(slug: str, language: str) -> Response:
    """The words in this language beside the English ones."""
    _, debate = get_member_and_debate(slug, MANAGES_DEBATES)
    if language == "en":
        return redirect(url_for("console_debates.edit", slug=slug), 303)
    _check(language)
    words = debate.notice.translation(language)
    return _show(debate, language, TranslationForm.of(words))


@blueprint.post("")
def save(slug: str, language: str) -> Response:
    """Keeps the words; delegations read them at once."""
    member, debate = get_member_and_debate(slug, MANAGES_DEBATES)
    if language == "en":
        return redirect(url_for("console_debates.edit", slug=slug), 303)
    _check(language)
    form = TranslationForm()
    present = TranslationForm.of(debate.notice.translation(language))
    form.merge(present, author_in(debate, part="translations"))
    if not form.validate():
        return _show(debate, language, form, problems_of(form), form.refused_status)
    try:
        translate_notice(
            db(),
            parts().clock.now(),
            member.actor,
            debate,
            words=form.translation(language),
            seen=debate.version,
        )
    except Conflict as refused:
        problems = {"seen": refusal(refused)}
        return _show(debate, language, form, problems, status_of(refused))
    said = gettext("%(language)s: saved.", language=language_name(language))
    return back_to_settings(debate, said)


def _check(language: str) -> None:
    if language not in LANGUAGES:
        raise NotFound


def _show(
    debate: Debate,
    language: str,
    form: TranslationForm,
    problems: dict[str, str] | None = None,
    status: int = 200,
) -> Response:
    form.write_in(language)
    page = {"debate": debate, "language": language, "form": form, "problems": problems or {}}
    return respond("console/debates/notice.html", status=status, **page)
