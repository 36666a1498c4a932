"""Every blueprint of the application."""

from __future__ import annotations

from flask import Flask

from rostrum.web import (
    debates,
    draft_letters,
    health,
    home,
    invitations,
    later,
    letters,
    notes,
    phones,
    places,
    receipts,
    registrations,
    shared,
    shares,
    speakers,
    staff,
    staff_links,
    swaps,
    tellings,
)
from rostrum.web.console import (
    account,
    addresses,
    archive,
    authenticator,
    concept_notes,
    council,
    deadlines,
    exports,
    fairness,
    journal,
    levels,
    members,
    messages,
    new_debates,
    news,
    notices,
    on_behalf,
    order,
    people,
    rehearsals,
    reinstatements,
    retention,
    statuses,
)
from rostrum.web.console import debates as settings
from rostrum.web.console import delegations as console_delegations
from rostrum.web.console import invitations as console_invitations
from rostrum.web.console import letters as console_letters
from rostrum.web.console import places as console_places
from rostrum.web.console import registrations as console
from rostrum.web.console import shares as console_shares
from rostrum.web.console import swaps as console_swaps

for _part in (members, notices, concept_notes, statuses, rehearsals):
    settings.blueprint.register_blueprint(_part.blueprint)


def init_app(app: Flask) -> None:
    modules = (
        health,
        home,
        invitations,
        debates,
        receipts,
        registrations,
        speakers,
        letters,
        draft_letters,
        notes,
        phones,
        places,
        later,
        swaps,
        shares,
        shared,
        tellings,
        staff,
        staff_links,
    )
    console_modules = (
        console,
        console_letters,
        console_places,
        console_invitations,
        console_shares,
        console_delegations,
        deadlines,
        archive,
        exports,
        fairness,
        order,
        council,
        levels,
        reinstatements,
        on_behalf,
        console_swaps,
        new_debates,
        settings,
        messages,
        retention,
        journal,
        people,
        addresses,
        account,
        authenticator,
        news,
    )
    for module in (*modules, *console_modules):
        app.register_blueprint(module.blueprint)
    app.register_blueprint(journal.of_a_debate)
