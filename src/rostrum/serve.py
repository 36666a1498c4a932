"""The web server: one gunicorn worker on gevent, on an instance folder it has for itself."""

from __future__ import annotations

import gc
import resource
import threading
import time
from collections.abc import Callable
from contextlib import closing
from typing import Any

from gunicorn.app.base import BaseApplication
from gunicorn.arbiter import Arbiter

from rostrum.actions.instance.addresses import note_listening
from rostrum.bounded_bodies import BoundedBodies
from rostrum.config import Config
from rostrum.instance import check_instance
from rostrum.listening import bracketed, listening_url
from rostrum.store.database import connect, fold_log

WORKER_CONNECTIONS = 12_000
"""Open streams take connections; gunicorn's 1,000 would let them shut presses out."""
GRACE_SECONDS = 2
"""How long requests that are being answered may take to end when the server is told to."""
SILENT_SECONDS = 10
"""A connection on which no whole head of a request came for so long is closed, new or kept."""
ASK_AGAIN_SECONDS = 60
"""After so long a child is asked again what holds it, if it said that it can read no letter."""
NEW_OBJECTS = 10_000
"""After so many Python looks for garbage among them. At its own 700 it looks eighty times
while 600 presses wait, whose objects are no garbage: that took a fifteenth of the rush."""


def serve(config: Config, host: str, port: int) -> None:
    """Serves until told to stop. The caller holds the instance's lock."""
    check_instance(config)
    with closing(connect(config.database)) as db:
        note_listening(db, listening_url(host, port))
    _raise_open_files_limit()
    _Server(config, f"{bracketed(host)}:{port}").run()


def _raise_open_files_limit() -> None:
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))


class _OneWorker(Arbiter):
    """Gunicorn's master without the signals that would run a second worker for a while."""

    def handle_hup(self) -> None:
        self.log.error("A reload would run two workers: stop and start instead")

    handle_ttin = handle_ttou = handle_usr2 = handle_hup

    def stop(self, graceful: bool = True) -> None:
        """Ends with the worker: then nobody of ours has the database open."""
        super().stop(graceful)
        while self.WORKERS:
            self.reap_workers()
            time.sleep(0.01)


class _Server(BaseApplication):
    def __init__(self, config: Config, address: str) -> None:
        self._config = config
        self._address = address
        super().__init__()

    def load_config(self) -> None:
        settings = {
            "bind": [self._address],
            "workers": 1,
            "worker_class": "rostrum.worker.OrderedWorker",
            "worker_connections": WORKER_CONNECTIONS,
            "backlog": 4_096,
            "timeout": 60,
            "graceful_timeout": GRACE_SECONDS,
            "keepalive": SILENT_SECONDS,
            "max_requests": 0,
            "preload_app": False,
            "accesslog": None,
            # A warning about a malformed request would quote its headers, cookies included.
            "loglevel": "error",
            "control_socket_disable": True,
            "proc_name": "rostrum",
            # At the master's end, when the worker has ended.
            "on_exit": lambda _: fold_log(self._config.database),
        }
        for name, value in settings.items():
            self.cfg.set(name, value)

    def load(self) -> Callable[..., Any]:
        from rostrum.app import create_app
        from rostrum.web.warming import warm_up

        app = create_app(self._config)
        _resume_clock(app)
        _sweep(app)
        _watch_what_is_due(app)
        _keep_lists(app)
        app.extensions["rostrum"].letter_reader.resume()
        _ask_cage(app)
        warm_up(app)
        app.wsgi_app = BoundedBodies(app.wsgi_app)
        # All this stays to the end: nobody need look whether it is garbage, amid a rush or at
        # the exit, which takes a twentieth of the time so.
        gc.freeze()
        gc.set_threshold(NEW_OBJECTS)
        return app

    def run(self) -> None:
        _OneWorker(self).run()


def _sweep(app: Any) -> None:
    """Files that belong to no letter are removed, now and every hour."""
    from rostrum.actions.letters.sweeping import Sweeper
    from rostrum.web.offload import offload

    parts = app.extensions["rostrum"]
    Sweeper(parts.connections, parts.files, parts.clock.now, offload).start()


def _resume_clock(app: Any) -> None:
    """No stamp is earlier than one of the run before, even where the wall clock is.

    From now on the clock is compared with the machine's.
    """
    from rostrum.live.timekeeper import Timekeeper
    from rostrum.store.registrations import last_stamp

    parts = app.extensions["rostrum"]
    with parts.connections.borrowed() as db:
        parts.clock.resume(last_stamp(db))
    Timekeeper(parts.connections, parts.clock).start()


def _watch_what_is_due(app: Any) -> None:
    """What delegations decided is done at its time; first what was due while nobody served. In
    rehearsals, delegations that pretend press at theirs."""
    from functools import partial

    from rostrum.actions.order.due import DueWatch
    from rostrum.actions.registrations.pretending import PretendWatch, Shelf
    from rostrum.web.offload import offload

    parts = app.extensions["rostrum"]
    DueWatch(parts.connections, parts.clock.now).start()
    store, read = partial(offload, parts.files.store), parts.letter_reader.begin
    shelf = Shelf(parts.files, store, read)
    PretendWatch(parts.connections, parts.clock.now, parts.desk, shelf).start()


def _ask_cage(app: Any) -> None:
    """A child says what holds it while it reads letters; what is lacking is logged in one line.

    Nobody waits for it, and it is asked again only while no letter can be read.
    """
    report = app.extensions["rostrum"].cage

    def ask() -> None:
        while (lack := report.ask().lack) and lack.stops_letters:
            time.sleep(ASK_AGAIN_SECONDS)

    threading.Thread(target=ask, name="cage", daemon=True).start()


def _keep_lists(app: Any) -> None:
    """The list is written to files on the morning of an opening, for when the server fails."""
    from functools import partial

    from rostrum.actions.kept_lists import ListFiles, ListKeeper
    from rostrum.web.console.kept_lists import render_list
    from rostrum.web.offload import offload

    parts = app.extensions["rostrum"]
    files, render = ListFiles(parts.config.lists), partial(render_list, app)
    ListKeeper(parts.connections, files, parts.clock.now, render=render, run=offload).start()
