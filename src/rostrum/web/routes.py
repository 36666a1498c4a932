"""Every blueprint of the application."""

from __future__ import annotations

from flask import Flask

from rostrum.web import (
    debates,
    draft_letters,
    health,
    invitations,
    later,
    letters,
    notes,
    places,
    receipts,
    registrations,
    speakers,
    staff,
    swaps,
)
from rostrum.web.console import (
    archive,
    council,
    deadlines,
    exports,
    fairness,
    levels,
    order,
    reinstatements,
)
from rostrum.web.console import letters as console_letters
from rostrum.web.console import places as console_places
from rostrum.web.console import registrations as console
from rostrum.web.console import swaps as console_swaps


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
        notes,
        places,
        later,
        swaps,
        staff,
    )
    console_modules = (
        console,
        console_letters,
        console_places,
        deadlines,
        archive,
        exports,
        fairness,
        order,
        council,
        levels,
        reinstatements,
        console_swaps,
    )
    for module in (*modules, *console_modules):
        app.register_blueprint(module.blueprint)
