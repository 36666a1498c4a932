"""Every blueprint of the application."""

from __future__ import annotations

from flask import Flask

from rostrum.web.console import (
    addresses,
    exports,
    kept_lists,
    mission_contact,
    outdated_forms,
    retention,
)
from rostrum.web.console import home as console_home
from rostrum.web.console.debates import (
    concept_notes,
    lifecycle,
    messages,
    new,
    notices,
    rehearsals,
    settings,
)
from rostrum.web.console.delegations import directory
from rostrum.web.console.delegations import invitations as console_invitations
from rostrum.web.console.delegations import shares as console_shares
from rostrum.web.console.dossier import letter as dossier_letter
from rostrum.web.console.dossier import messages as dossier_messages
from rostrum.web.console.dossier import notes as dossier_notes
from rostrum.web.console.dossier import page as dossier
from rostrum.web.console.dossier import speaker as dossier_speaker
from rostrum.web.console.dossier import withdrawal as dossier_withdrawal
from rostrum.web.console.journal import entries, fairness
from rostrum.web.console.letters import archive, decisions, verification
from rostrum.web.console.letters import files as letter_files
from rostrum.web.console.order import (
    council,
    council_members,
    council_speakers,
    levels,
    sheets,
    speaking_order,
)
from rostrum.web.console.order import places as console_places
from rostrum.web.console.order import swaps as console_swaps
from rostrum.web.console.people import accounts, authenticator, own_account, presence, sign_in
from rostrum.web.console.people import links as staff_links
from rostrum.web.console.registrations import deadlines, on_behalf, reinstatements
from rostrum.web.console.registrations import list as console_list
from rostrum.web.console.registrations import tables as console_tables
from rostrum.web.delegates import (
    about,
    calendar,
    changes,
    drafts,
    invitations,
    later,
    letter_template,
    letters,
    page,
    phones,
    press,
    reminders,
    shares,
    speakers,
    swaps,
    trials,
    withdrawal,
)
from rostrum.web.delegates import list as delegates_list
from rostrum.web.public import debates, health, home, receipts, shared_place

for _part in (council_members, notices, concept_notes, lifecycle, rehearsals):
    settings.blueprint.register_blueprint(_part.blueprint)


def init_app(app: Flask) -> None:
    modules = (
        health,
        home,
        invitations,
        debates,
        receipts,
        page,
        drafts,
        press,
        trials,
        withdrawal,
        speakers,
        letters,
        letter_template,
        about,
        calendar,
        phones,
        delegates_list,
        changes,
        later,
        swaps,
        shares,
        shared_place,
        reminders,
        console_home,
        presence,
        sign_in,
        staff_links,
    )
    console_modules = (
        console_list,
        console_tables,
        verification,
        letter_files,
        decisions,
        console_places,
        console_invitations,
        console_shares,
        directory,
        dossier,
        dossier_notes,
        dossier_speaker,
        dossier_letter,
        dossier_messages,
        dossier_withdrawal,
        deadlines,
        archive,
        exports,
        kept_lists,
        fairness,
        speaking_order,
        sheets,
        council,
        council_speakers,
        levels,
        reinstatements,
        on_behalf,
        console_swaps,
        new,
        settings,
        messages,
        retention,
        entries,
        accounts,
        addresses,
        mission_contact,
        own_account,
        authenticator,
        outdated_forms,
    )
    # Modules that serve one noun have one blueprint.
    for blueprint in dict.fromkeys(module.blueprint for module in (*modules, *console_modules)):
        app.register_blueprint(blueprint)
    app.register_blueprint(entries.of_a_debate)
