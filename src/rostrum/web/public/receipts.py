"""Receipts that anybody who has one can check."""

from __future__ import annotations

import io

import segno
from flask import Blueprint, Response, current_app, url_for

from rostrum.domain.errors import NotFound
from rostrum.domain.registrations.receipts import registration_of
from rostrum.domain.registrations.registration import Registration
from rostrum.domain.sentences import N_
from rostrum.store.debates import get_debate_by_id
from rostrum.store.delegations import get_delegation_by_id
from rostrum.store.registrations import get_registration
from rostrum.web.access import find_own
from rostrum.web.addresses import outside_address
from rostrum.web.context import db
from rostrum.web.respond import respond

blueprint = Blueprint("receipts", __name__, url_prefix="/receipts")


@blueprint.get("/<receipt>")
def show(receipt: str) -> Response:
    """What the server recorded when it gave the place. The code alone reveals a forgery."""
    held = get_registration_by_receipt(receipt)
    debate = get_debate_by_id(db(), held.debate_id)
    return respond(
        "public/receipts/show.html",
        receipt=receipt,
        link=_link(receipt),
        held=held,
        debate=debate,
        own=find_own(debate),
        delegation=get_delegation_by_id(db(), held.delegation_id),
    )


@blueprint.get("/<receipt>/code.svg")
def show_picture(receipt: str) -> Response:
    """The receipt's link as a QR code."""
    get_registration_by_receipt(receipt)
    picture = io.BytesIO()
    segno.make(_link(receipt), micro=False).save(
        picture, kind="svg", border=2, scale=4, dark="#14202b", light="#fff", xmldecl=False
    )
    response = Response(picture.getvalue(), mimetype="image/svg+xml")
    # The address is signed and contains everything that the picture shows.
    response.headers["Cache-Control"] = "private, max-age=31536000, immutable"
    return response


def _link(receipt: str) -> str:
    return outside_address().url + url_for("receipts.show", receipt=receipt)


def get_registration_by_receipt(code: str) -> Registration:
    """The registration with this genuine code; raises NotFound for any other text."""
    registration_id = registration_of(current_app.secret_key, code)
    if registration_id is None:
        raise NotFound(N_("This is not a receipt of this server."))
    return get_registration(db(), registration_id)
