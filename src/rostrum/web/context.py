"""What views and templates use: the parts of the application, the database, words and forms."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from flask import Flask, current_app, g
from jinja2 import pass_context
from jinja2.runtime import Context

from rostrum.actions.access.attempts import Attempts
from rostrum.actions.debates.mission_contact import find_mission_contact
from rostrum.actions.instance.addresses import OutsideAddress
from rostrum.actions.letters.reading import LetterReader
from rostrum.actions.registrations.desk import Desk
from rostrum.actions.registrations.trials import Tries
from rostrum.clock import Clock
from rostrum.config import Config
from rostrum.domain.debates.mission_contact import MissionContact
from rostrum.domain.delegations.contacts import phone_link
from rostrum.letters.cage_check import CageReport
from rostrum.letters.files import LetterFiles
from rostrum.live.hub import Hub
from rostrum.store.database import Connections, Database
from rostrum.web.console.letters.jobs import Jobs
from rostrum.web.console.letters.readers import Readers
from rostrum.web.delegates.typing_pace import Typing
from rostrum.web.delegates.upload_progress import Uploads
from rostrum.web.language import formats, labels
from rostrum.web.live.published import Published
from rostrum.web.middleware.admin_log import AdminLog


@dataclass(frozen=True)
class Parts:
    """The long-lived parts of one application."""

    config: Config
    clock: Clock
    connections: Connections
    desk: Desk
    address: OutsideAddress
    files: LetterFiles
    hub: Hub
    published: Published
    readers: Readers
    letter_reader: LetterReader
    cage: CageReport
    attempts: Attempts = field(default_factory=Attempts)
    jobs: Jobs = field(default_factory=Jobs)
    uploads: Uploads = field(default_factory=Uploads)
    tries: Tries = field(default_factory=Tries)
    typing: Typing = field(default_factory=Typing)
    admin_log: AdminLog = field(default_factory=AdminLog)


def parts() -> Parts:
    """The parts of the current application."""
    return current_app.extensions["rostrum"]


def clock_now() -> datetime:
    """The instant as of which a page says its times: of another day it names the day."""
    return parts().clock.now()


def db() -> Database:
    """The request's connection, borrowed at first use and given back at the end.

    The outside address is read with it, so that a whole request uses one address.
    """
    if "db" not in g:
        g.lender = parts().connections
        g.db = g.lender.borrow()
        if "address" not in g:
            g.address = parts().address.read(g.db)
    return g.db


def release_db() -> None:
    """Gives the connection back before a long wait (the desk, an inspection, a stream), to the pool
    that lent it: the application may have been settled on another instance since."""
    borrowed = g.pop("db", None)
    if borrowed is not None:
        g.lender.give_back(borrowed)


@pass_context
def mission_contact(page: Context) -> MissionContact:
    """Who runs the debate of a page and whom to call; without a debate, who runs all.

    Read once for each debate: blocks of several are rendered together.
    """
    debate = g.get("debate") or page.get("debate")
    known = g.setdefault("mission_contacts", {})
    about = debate and debate.id
    if about not in known:
        known[about] = find_mission_contact(db(), debate)
    return known[about]


def init_app(app: Flask) -> None:
    app.jinja_env.globals["mission_contact"] = mission_contact
    app.jinja_env.filters["phone_link"] = phone_link
    app.teardown_appcontext(lambda _: release_db())
    formats.init_app(app)
    labels.init_app(app)
    app.jinja_env.globals["clock_now"] = clock_now
