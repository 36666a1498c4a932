"""Every blueprint of the application."""

from __future__ import annotations

from flask import Flask

from rostrum.web import (
    debates,
    draft_letters,
    health,
    invitations,
    letters,
    places,
    receipts,
    registrations,
    speakers,
    staff,
)
from rostrum.web.console import archive, deadlines, fairness
from rostrum.web.console import letters as console_letters
from rostrum.web.console import places as console_places
from rostrum.web.console import registrations as console


def init_app(app: Flask) -> None:
    modules = (
        health,
        invitations,
        debates,
        receipts,
        registrations,
        speakers,
        letters,
        draft_letters,
        places,
        staff,
    )
    console_modules = (console, console_letters, console_places, deadlines, archive, fairness)
    for module in (*modules, *console_modules):
        app.register_blueprint(module.blueprint)
