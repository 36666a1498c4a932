"""The first page, and the manifest with which a phone keeps it as an app."""

from __future__ import annotations

import json

from flask import Blueprint, Response, redirect, url_for

from rostrum.web.access import list_delegates
from rostrum.web.context import db, parts
from rostrum.web.delegates.ways_in import way_of_text
from rostrum.web.forms.base import LinkForm, problems_of
from rostrum.web.language.catalogs import get_locale, gettext
from rostrum.web.public.debates import list_public_debates
from rostrum.web.respond import respond
from rostrum.web.signed_in import staff_session_id

blueprint = Blueprint("home", __name__)

ICONS = (
    ("icons/rostrum.svg", "any", "image/svg+xml", "any"),
    ("icons/rostrum-192.png", "192x192", "image/png", "any"),
    ("icons/rostrum-512.png", "512x512", "image/png", "any"),
    ("icons/rostrum-maskable.png", "512x512", "image/png", "maskable"),
)


@blueprint.get("/")
def show() -> Response:
    """The pages for which this browser is signed in; if there is only one, that page itself.

    An app on a phone starts here. Somebody without a link reads what this is, and which
    debates everybody may follow.
    """
    delegates = list_delegates()
    if len(delegates) == 1 and staff_session_id() is None:
        only = delegates[0]
        where = {"slug": only.debate.slug, "code": only.delegation.code}
        return redirect(url_for("registrations.show", **where), 303)
    page = {"delegates": delegates, "debates": list_public_debates(db())}
    form = LinkForm(formdata=None)
    return respond("public/home.html", now=parts().clock.now(), form=form, problems={}, **page)


@blueprint.get("/link")
def ask_for_link() -> Response:
    """A field for a personal link. An app on a phone has no other way to open one."""
    return _show_field(LinkForm(formdata=None))


@blueprint.post("/link")
def follow_link() -> Response:
    """Opens the link in the pasted text, which may be a whole mail."""
    form = LinkForm()
    if not form.validate():
        return _show_field(form, problems_of(form))
    way = way_of_text(form.link.data)
    if way.address is None:
        return _show_field(form, {"link": gettext(way.problem)})
    return redirect(way.address, 303)


def _show_field(form: LinkForm, problems: dict[str, str] | None = None) -> Response:
    status = 422 if problems else 200
    return respond("delegates/ways_in/show.html", status=status, form=form, problems=problems or {})


@blueprint.get("/manifest.webmanifest")
def show_manifest() -> Response:
    """Name, colours and icons of the app, in the phone's language."""
    locale = get_locale()
    manifest = {
        "id": url_for(".show"),
        "start_url": url_for(".show"),
        "scope": url_for(".show"),
        "name": gettext("Rostrum: list of speakers"),
        "short_name": "Rostrum",
        "description": gettext("Your delegation’s place on the list of speakers, live."),
        "lang": str(locale).replace("_", "-"),
        "dir": locale.text_direction,
        "display": "standalone",
        "background_color": "#ffffff",
        "theme_color": "#0067b1",
        "icons": [
            {"src": url_for("static", filename=name), "sizes": size, "type": kind, "purpose": use}
            for name, size, kind, use in ICONS
        ],
    }
    return Response(json.dumps(manifest, ensure_ascii=False), mimetype="application/manifest+json")
