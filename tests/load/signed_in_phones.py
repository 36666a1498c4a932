"""Signed-in phones by the hundred: a session row and the cookies, without asking the server.

Signing in through the pages takes three requests a phone and is tested elsewhere.
"""

from __future__ import annotations

from flask import session
from flask_wtf.csrf import generate_csrf

from rostrum.actions.access.sessions import start_delegation_session, start_staff_session
from rostrum.actions.delegations.invitations import Invited
from rostrum.actions.staff.accounts import add_staff
from rostrum.app import create_app
from rostrum.clock import utc_clock
from rostrum.config import Config
from rostrum.domain.actors import COMMAND_LINE
from rostrum.domain.debates.debate import Debate
from rostrum.domain.registrations.registration import idempotency_key
from rostrum.domain.staff.accounts import Role
from rostrum.store.database import Database
from rostrum.web import signed_in
from tests.load.phones import Phone


class SignedInPhones:
    """Makes phones for one instance, whether it is being served or not."""

    def __init__(self, config: Config, db: Database) -> None:
        self._app, self._db = create_app(config), db

    def delegate(self, debate: Debate, invited: Invited) -> Phone:
        """A phone of an invited delegation on its page, ready for its first press."""
        who = invited.delegation
        held = start_delegation_session(self._db, utc_clock.now(), invited.invitation, who)
        path = f"/debates/{debate.slug}/delegations/{who.code}"
        with self._app.test_request_context():
            signed_in.remember_delegation(invited.invitation.id, held)
            return self._phone(who.code, path, idempotency_key(0))

    def clerk(self, debate: Debate, name: str) -> Phone:
        """A new member of staff, who may decide about letters, on the console of a debate."""
        password = "correct horse battery"
        now = utc_clock.now()
        member = add_staff(
            self._db, now, COMMAND_LINE, name=name, role=Role.VERIFIER, password=password
        )
        held = start_staff_session(self._db, now, member)
        with self._app.test_request_context():
            signed_in.remember_staff(held)
            return self._phone(name, f"/staff/debates/{debate.slug}", "")

    def _phone(self, code: str, path: str, key: str) -> Phone:
        token = generate_csrf()
        response = self._app.make_response("")
        held = session._get_current_object()
        self._app.session_interface.save_session(self._app, held, response)
        given = response.headers.getlist("Set-Cookie")
        cookie = "; ".join(each.partition(";")[0] for each in given)
        return Phone(code, path, cookie, token, key)
