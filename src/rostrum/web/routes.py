"""Every blueprint of the application."""

from __future__ import annotations

from flask import Flask

from rostrum.web.console import address as addresses
from rostrum.web.console import list as console
from rostrum.web.console import news
from rostrum.web.console.debates import (
    concept_notes,
    exports,
    messages,
    notices,
    rehearsals,
    retention,
    settings,
)
from rostrum.web.console.debates import lifecycle as statuses
from rostrum.web.console.debates import new as new_debates
from rostrum.web.console.delegations import delegations as console_delegations
from rostrum.web.console.delegations import invitations as console_invitations
from rostrum.web.console.delegations import on_behalf
from rostrum.web.console.delegations import shares as console_shares
from rostrum.web.console.journal import fairness, journal
from rostrum.web.console.letters import archive, deadlines
from rostrum.web.console.letters import letters as console_letters
from rostrum.web.console.order import council, levels, order, reinstatements
from rostrum.web.console.order import council_members as members
from rostrum.web.console.order import places as console_places
from rostrum.web.console.order import swaps as console_swaps
from rostrum.web.console.people import accounts as people
from rostrum.web.console.people import authenticator
from rostrum.web.console.people import links as staff_links
from rostrum.web.console.people import own_account as account
from rostrum.web.console.people import sign_in as staff
from rostrum.web.delegates import about as notes
from rostrum.web.delegates import invitations, later, letters, phones, shares, speakers, swaps
from rostrum.web.delegates import letter_template as draft_letters
from rostrum.web.delegates import list as places
from rostrum.web.delegates import press as registrations
from rostrum.web.delegates import reminders as tellings
from rostrum.web.public import debates, health, home, receipts
from rostrum.web.public import shared_place as shared

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
