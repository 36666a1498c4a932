"""What views and templates reach: the parts of the application, `g.db`, words and forms."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from pathlib import Path

from flask import Flask, current_app, g

from rostrum.actions.attempts import Attempts
from rostrum.actions.desk import Desk
from rostrum.clock import Clock
from rostrum.config import Config
from rostrum.letters.files import LetterFiles
from rostrum.live.hub import Hub
from rostrum.store.database import Connections, Database
from rostrum.web import formats


@dataclass(frozen=True)
class Parts:
    """The long-lived parts of one application."""

    config: Config
    clock: Clock
    connections: Connections
    desk: Desk
    files: LetterFiles
    hub: Hub
    attempts: Attempts = field(default_factory=Attempts)


def parts() -> Parts:
    """The parts of the application at hand."""
    return current_app.extensions["rostrum"]


def db() -> Database:
    """The request's connection, borrowed at its first use and given back at its end."""
    if "db" not in g:
        g.db = parts().connections.borrow()
    return g.db


def release_db() -> None:
    """Gives the connection back before a long wait (the desk, an inspection, a stream)."""
    borrowed = g.pop("db", None)
    if borrowed is not None:
        parts().connections.give_back(borrowed)


def init_app(app: Flask) -> None:
    app.teardown_appcontext(lambda _: release_db())
    formats.init_app(app)
    fingerprints: dict[str, str] = {}

    @app.url_defaults
    def _fingerprint(endpoint: str, values: dict) -> None:
        """Static files carry a hash of their content, so that they can be cached for ever."""
        name = values.get("filename")
        if endpoint != "static" or not name:
            return
        if name not in fingerprints or app.debug:
            path = Path(app.static_folder) / name
            fingerprints[name] = hashlib.sha256(path.read_bytes()).hexdigest()[:12]
        values["v"] = fingerprints[name]
