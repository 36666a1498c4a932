"""What views and templates reach: the parts of the application, `g.db`, words and forms."""

from __future__ import annotations

from dataclasses import dataclass, field

from flask import Flask, current_app, g

from rostrum.actions.access.attempts import Attempts
from rostrum.actions.instance.addresses import OutsideAddress
from rostrum.actions.registrations.desk import Desk
from rostrum.clock import Clock
from rostrum.config import Config
from rostrum.letters.files import LetterFiles
from rostrum.live.hub import Hub
from rostrum.store.database import Connections, Database
from rostrum.web.delegates.arrivals import Arrivals
from rostrum.web.language import formats, labels
from rostrum.web.live.published import Published
from rostrum.web.middleware.admin_log import AdminLog
from rostrum.web.progress import Jobs


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
    attempts: Attempts = field(default_factory=Attempts)
    jobs: Jobs = field(default_factory=Jobs)
    arrivals: Arrivals = field(default_factory=Arrivals)
    admin_log: AdminLog = field(default_factory=AdminLog)


def parts() -> Parts:
    """The parts of the application at hand."""
    return current_app.extensions["rostrum"]


def db() -> Database:
    """The request's connection, borrowed at its first use and given back at its end.

    The outside address is read with the first one, so that all of a request goes by one that holds.
    """
    if "db" not in g:
        g.db = parts().connections.borrow()
        if "address" not in g:
            g.address = parts().address.read(g.db)
    return g.db


def release_db() -> None:
    """Gives the connection back before a long wait (the desk, an inspection, a stream)."""
    borrowed = g.pop("db", None)
    if borrowed is not None:
        parts().connections.give_back(borrowed)


def init_app(app: Flask) -> None:
    app.teardown_appcontext(lambda _: release_db())
    formats.init_app(app)
    labels.init_app(app)
