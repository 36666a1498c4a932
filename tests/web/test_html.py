"""Every page is valid HTML, as html-validate understands the standard."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest
from flask import Flask

from rostrum.actions.letters.decisions import return_letter
from rostrum.actions.registrations.withdrawal import withdraw
from rostrum.domain.actors import Actor
from rostrum.domain.debates.debate import Debate
from rostrum.store.database import Database
from tests.factories import OPENS_AT, FakeClock, actor
from tests.npm.tools import HERE, program
from tests.web.client import Answer
from tests.web.factories import home, make_ready, sign_in, take_place
from tests.web.html_checks import is_page
from tests.web.test_routes import (
    DELEGATION,
    HALF,
    LACKS_FIELDS,
    PUBLIC,
    WHO_MAY,
    Scene,
    ask,
    browser_of,
    path_of,
    scene,
)

RULES = HERE / "html-validate" / ".htmlvalidate.json"
ROLES = {DELEGATION: "own delegation", PUBLIC: "stranger", HALF: "stranger"}
"""Who is shown the page; the rest of the audiences are of staff."""

STAFF, REASON = Actor("staff", "vera"), "not_addressed_to_the_president"

__all__ = ["scene"]


@pytest.fixture
def earlier(app: Flask, db: Database, debate: Debate, clock: FakeClock) -> dict[str, str]:
    """The delegation's page in states that the scene of all routes has behind it."""
    japan = sign_in(app, db, debate, "JPN")
    found = {"preparing": japan.get(home(debate, "JPN")).text}
    make_ready(app, db, debate, "JPN")
    found["ready"] = japan.get(home(debate, "JPN")).text
    found["council"] = sign_in(app, db, debate, "FRA").get(home(debate, "FRA")).text
    clock.set(OPENS_AT)
    found["open"] = japan.get(home(debate, "JPN")).text
    held = take_place(app, db, debate, "JPN")
    found["swaps"] = japan.get(f"{home(debate, 'JPN')}/swaps").text
    return_letter(
        db, clock.now(), STAFF, debate, letter_id=held.letter.id, reasons=[REASON], remark=""
    )
    found["returned"] = japan.get(home(debate, "JPN")).text
    withdraw(db, clock.now(), actor("JPN"), debate, delegation_id=held.delegation_id)
    found["withdrawn"] = japan.get(home(debate, "JPN")).text
    return found


@pytest.fixture
def pages(earlier: dict[str, str], scene: Scene) -> dict[str, str]:
    """Every page, and every page that says what is missing, by its endpoint."""
    browsers = {role: browser_of(scene, role) for role in {*ROLES.values(), "admin"}}
    found = dict(earlier)
    for (endpoint, method), audience in sorted(WHO_MAY.items()):
        if method == "GET" or endpoint in LACKS_FIELDS:
            browser = browsers[ROLES.get(audience, "admin")]
            answer = ask(browser, method, path_of(scene, endpoint))
            if _shows_page(answer):
                found[f"{endpoint}-{method}-{answer.status}"] = answer.text
    return found


def _shows_page(answer: Answer) -> bool:
    is_html = answer.headers.get("Content-Type", "").startswith("text/html")
    return is_html and answer.status in (200, 422, 409) and is_page(answer.text)


def test_every_page_is_valid_html(pages: dict[str, str], tmp_path: Path) -> None:
    assert len(pages) > 80
    for name, text in pages.items():
        (tmp_path / f"{name}.html").write_text(text)
    command = [*program("html-validate"), "--config", RULES, "--formatter", "json"]
    # A file, not a pipe: node ends before a pipe has taken a long report.
    report = tmp_path / "report.json"
    with report.open("wb") as output:
        done = subprocess.run(
            [*command, *sorted(tmp_path.glob("*.html"))], stdout=output, check=False
        )
    wrong = [
        f"{Path(page['filePath']).stem}:{found['line']}: {found['ruleId']}: {found['message']}"
        for page in json.loads(report.read_bytes())
        for found in page["messages"]
    ]
    assert not wrong, "\n".join(wrong)
    assert done.returncode == 0
