"""Running copies of one furnished instance folder, everybody signed in: for tests of sequences.

Signing in takes longer than most of what such a test does, so it is done once.
"""

from __future__ import annotations

import shutil
import tempfile
from dataclasses import dataclass
from pathlib import Path

from flask import Flask

from rostrum.app import settle
from rostrum.config import Config
from rostrum.domain.debates.debate import Debate
from rostrum.domain.registrations.registration import Draft, Registration
from rostrum.store.database import Database, all_rows, connect
from rostrum.store.debates import get_debate_by_id
from rostrum.store.drafts import get_draft
from rostrum.store.registrations import find_active_registration
from tests.factories import FakeClock, delegation
from tests.web.client import Browser
from tests.web.factories import home, parts_of, sign_in


@dataclass(frozen=True)
class Original:
    """What is copied: an instance folder, and the cookies and tokens of those signed in to it."""

    instance: Path
    debate: Debate
    cookies: dict[str, dict[str, str]]
    tokens: dict[str, str]
    app: Flask


def make_original(
    app: Flask, config: Config, db: Database, debate: Debate, codes: tuple[str, ...], vera: Browser
) -> Original:
    """The original of this application, these delegations signed in for a month, and Vera too."""
    browsers = {code: sign_in(app, db, debate, code) for code in codes}
    everybody = {**browsers, "vera": vera}
    db.execute("update session set expires_at = expires_at + :month", {"month": 30 * 86400 * 10**6})
    return Original(
        instance=config.instance,
        debate=get_debate_by_id(db, debate.id),
        cookies={who: each.cookies for who, each in everybody.items()},
        tokens={code: browser.token() for code, browser in browsers.items()},
        app=app,
    )


class Copy:
    """A copy of the original with its own application, database and clock."""

    def __init__(self, original: Original, clock: FakeClock) -> None:
        self._folder = tempfile.TemporaryDirectory()
        instance = Path(self._folder.name) / "instance"
        shutil.copytree(original.instance, instance)
        config = Config(instance, "http://localhost")
        self.debate, self._tokens = original.debate, original.tokens
        self.app, self._original_parts = original.app, parts_of(original.app)
        settle(self.app, config, clock)
        self.db = connect(config.database)
        self.who = {code: delegation(self.db, code) for code in original.tokens}
        self._clients = {name: self.app.test_client() for name in original.cookies}
        for name, client in self._clients.items():
            for cookie, value in original.cookies[name].items():
                client.set_cookie(cookie, value)

    def close(self) -> None:
        self.db.close()
        parts_of(self.app).letter_reader.wait()
        parts_of(self.app).connections.close()
        self.app.extensions["rostrum"] = self._original_parts
        self._folder.cleanup()

    def read(self, who: str, path: str) -> str | None:
        """What an address tells somebody; None when there is nothing for them (any more)."""
        answer = self._clients[who].get(path)
        assert answer.status_code in (200, 404)
        return answer.text if answer.status_code == 200 else None

    def press(self, code: str, attempt: int) -> int:
        """The status with which a delegation's press is answered."""
        fields = {"csrf_token": self._tokens[code], "idempotency_key": f"attempt-{attempt}"}
        path = f"{home(self.debate, code)}/registration"
        return self._clients[code].post(path, data=fields).status_code

    def details(self, code: str) -> Registration | Draft:
        """Where the delegation's speaker and letter are now."""
        where = (self.db, self.debate.id, self.who[code].id)
        return find_active_registration(*where) or get_draft(*where)

    def registration_id(self, code: str) -> int:
        """Of the delegation's latest registration, withdrawn or not."""
        sql = "select max(id) as id from registration where delegation_id = :who"
        return all_rows(self.db, sql, who=self.who[code].id)[0]["id"]
