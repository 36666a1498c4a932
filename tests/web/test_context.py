"""What belongs to one request."""

from __future__ import annotations

from pathlib import Path

from flask import Flask

from rostrum.app import settle
from rostrum.config import Config
from rostrum.web.context import db, release_db
from tests.factories import FakeClock, copy_instance
from tests.web.factories import parts_of


def test_a_connection_goes_back_to_the_pool_that_lent_it(
    app: Flask, config: Config, clock: FakeClock, tmp_path: Path
) -> None:
    """A page that was still being rendered for one instance put its connection among those of the
    next, where a press was then written into the old database."""
    copy_instance(config.database, tmp_path / "other")
    with app.test_request_context("/"):
        lent, lender = db(), parts_of(app).connections
        settle(app, Config(tmp_path / "other", "http://localhost"), clock)
        release_db()
        assert lender.borrow() is lent
        with parts_of(app).connections.borrowed() as ours:
            assert ours is not lent
        lent.close()
