"""The one place where the application is put together."""

from __future__ import annotations

import logging
from collections.abc import MutableMapping
from pathlib import Path
from typing import Any

from flask import Flask
from flask.templating import Environment
from htmx_flask import Htmx
from jinja2 import StrictUndefined

from rostrum.actions.instance.addresses import OutsideAddress
from rostrum.actions.letters.reading import LetterReader
from rostrum.actions.registrations.desk import Desk
from rostrum.clock import Clock, utc_clock
from rostrum.config import Config, load_config
from rostrum.domain.access.sessions import DELEGATION_SESSION
from rostrum.letters.cage_check import CageReport
from rostrum.letters.files import LetterFiles
from rostrum.live.hub import Hub
from rostrum.store.database import Connections
from rostrum.web import addresses, context, cookies, errors, letter_days, routes
from rostrum.web.console import nav, outdated_forms
from rostrum.web.console.letters.readers import Readers
from rostrum.web.console.people import presence
from rostrum.web.language import announced, catalogs, choice, moves
from rostrum.web.live.blocks import render_messages
from rostrum.web.live.published import Published
from rostrum.web.middleware import (
    body_limits,
    compression,
    forgery,
    headers,
    indentation,
    sent_names,
    static_files,
)
from rostrum.web.middleware.redaction import redact_logs
from rostrum.web.middleware.static_files import build_static_files

PARTS = (
    *(catalogs, context, addresses, body_limits, sent_names, cookies, choice, errors, headers),
    *(compression, indentation),
)
"""The parts that every request passes through, whatever its address."""


class _Templates(Environment):
    """Jinja's own chains two dicts for the globals of a template, gone through in Python for each
    page: a fiftieth of a press. No template of ours has globals of its own."""

    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        return super().make_globals(d) if d else self.globals


def create_app(config: Config | None = None, clock: Clock = utc_clock) -> Flask:
    """The WSGI application for an instance folder whose database is migrated.

    `clock` gives every time; tests pass one that they advance.
    """
    config = config or load_config()
    static = build_static_files(_folder("static"), config.static)
    app = Flask(
        "rostrum",
        template_folder=str(_folder("templates")),
        static_folder=str(config.static),
        instance_path=str(config.instance),
    )
    app.jinja_environment = _Templates
    settle(app, config, clock)
    app.jinja_env.undefined = StrictUndefined
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    forgery.init_app(app)
    Htmx(app)
    parts = (*PARTS, routes, nav, outdated_forms, presence, moves, announced, letter_days)
    for part in parts:
        part.init_app(app)
    static_files.init_app(app, static)
    redact_logs(app.logger, logging.getLogger("gunicorn.error"))
    return app


def settle(app: Flask, config: Config, clock: Clock) -> None:
    """Gives an application its instance: settings, clock and the parts that use them.

    Tests settle one application on many instances, one after the other: assembling its routes anew
    takes longer than most tests.
    """
    app.config.update(_settings(config))
    readers = Readers(clock.now)
    app.extensions["rostrum"] = context.Parts(
        config=config,
        clock=clock,
        connections=(connections := Connections(config.database)),
        address=OutsideAddress(config.base_url, connections),
        desk=Desk(connections, clock.stamp),
        files=(files := LetterFiles(config.letters)),
        hub=Hub(
            connections, clock.now, lambda topics: render_messages(app, topics), readers.present
        ),
        published=Published(connections, clock.now),
        readers=readers,
        letter_reader=LetterReader(connections, files, clock.now),
        cage=CageReport(config.letters),
    )


def _settings(config: Config) -> dict[str, object]:
    return {
        "SECRET_KEY": config.secret_key(),
        "SESSION_COOKIE_NAME": "rostrum",
        "SESSION_COOKIE_HTTPONLY": True,
        "SESSION_COOKIE_SAMESITE": "Lax",
        "SESSION_REFRESH_EACH_REQUEST": False,
        "PERMANENT_SESSION_LIFETIME": DELEGATION_SESSION,
        # A page opened hours before the opening must still be able to register.
        "WTF_CSRF_TIME_LIMIT": None,
        # Browsers without a Referer must get in; `web/middleware/origins.py` checks what they say
        # instead.
        "WTF_CSRF_SSL_STRICT": False,
    }


def _folder(name: str) -> Path:
    """Templates and static files: inside an installed package, else at the top of the tree."""
    package = Path(__file__).parent
    inside = package / name
    return inside if inside.is_dir() else package.parents[1] / name
