"""A crowd of strangers at the sign-in page, and the people who work behind it."""

from __future__ import annotations

import pytest

from tests.load.phones import Phone, Visitor, hidden, post
from tests.load.served_instance import ServedInstance

PASSWORD = "correct horse battery"
CROWD = 60
"""Of them 21 are judged or wait: the last of the crowd finds no room."""

pytestmark = pytest.mark.load


def at_the_door(served: ServedInstance, *, was_signed_in_as: str = "") -> Phone:
    """A browser on the sign-in page."""
    visitor = Visitor(served.address)
    page = visitor.ask("GET", "/staff/sign-in")
    if was_signed_in_as:
        values = {"name": was_signed_in_as, "password": PASSWORD}
        token = hidden(page, "csrf_token")
        visitor.ask("POST", "/staff/sign-in", values | {"csrf_token": token})
        page = visitor.ask("GET", "/staff/sign-in")
    visitor.close()
    return Phone("", "/staff/sign-in", visitor.cookie, hidden(page, "csrf_token"), "")


def sign_in(browser: Phone, name: str, password: str = PASSWORD) -> bytes:
    return post(browser, browser.path, name=name, password=password)


def test_a_crowd_is_bounded_and_who_was_here_before_does_not_wait_behind_it(
    served: ServedInstance,
) -> None:
    debate, _ = served.ready(1)
    served.signed_in.clerk(debate, "keeper")
    own, foreign = at_the_door(served, was_signed_in_as="keeper"), at_the_door(served)
    crowd = [sign_in(foreign, f"nobody {number}", "wrong") for number in range(CROWD)]
    answers = served.fire([*crowd, sign_in(foreign, "keeper"), sign_in(own, "keeper")])
    *strangers, elsewhere, known = [answer.status for answer in answers]
    assert set(strangers) == {422, 503}
    assert elsewhere == 503, "the control: from any other browser there is no room"
    assert known == 303
    assert served.fire([sign_in(foreign, "keeper")])[0].status == 303
