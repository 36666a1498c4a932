"""Every address of the application, and who may use it. A new route fails until it is placed."""

from __future__ import annotations

from typing import NamedTuple

import pytest
from flask import Flask

from rostrum.actions.debates.messages import Wanted, send_message
from rostrum.actions.delegations.staff_notes import write_note
from rostrum.actions.kept_lists import ListFiles
from rostrum.actions.order.swaps import ask_swap
from rostrum.domain.actors import ROSTRUM, Actor
from rostrum.domain.debates.debate import Debate
from rostrum.domain.exports.kept_lists import file_name
from rostrum.domain.registrations.receipts import receipt_code
from rostrum.domain.staff.accounts import LINK_LASTS, link_hash
from rostrum.store.database import Database
from rostrum.store.staff import insert_link
from tests.factories import OPENS_AT, FakeClock, make_debate, make_invitations
from tests.web.client import Answer, Browser
from tests.web.factories import (
    console,
    home,
    keep_concept_note,
    link,
    revoke,
    share,
    share_token,
    show_to_everybody,
    sign_in,
    sign_in_member,
    snapshot,
    take_place,
)
from tests.web.streams import html_of, listening, next_news

PUBLIC, DELEGATION, STAFF = "public", "delegation", "staff"
READS_LETTERS, MOVES_PLACES = "reads letters", "moves places"
MANAGES, SENDS_MESSAGES = "manages", "sends messages"
HALF = "whose password was right"
HAS_LINK = "has the shared link"

WHO_MAY = {
    ("static", "GET"): PUBLIC,
    ("health.check", "GET"): PUBLIC,
    ("health.tell_time", "GET"): PUBLIC,
    ("home.show", "GET"): PUBLIC,
    ("home.ask_for_link", "GET"): PUBLIC,
    ("home.follow_link", "POST"): PUBLIC,
    ("home.show_manifest", "GET"): PUBLIC,
    ("invitations.show", "GET"): PUBLIC,
    ("invitations.sign_in", "POST"): PUBLIC,
    ("debates.show_rule", "GET"): PUBLIC,
    ("debates.show_list", "GET"): PUBLIC,
    ("debates.show_privacy", "GET"): PUBLIC,
    ("debates.listen", "GET"): PUBLIC,
    ("debates.poll", "GET"): PUBLIC,
    ("shared.show", "GET"): HAS_LINK,
    ("shared.listen", "GET"): HAS_LINK,
    ("shared.poll", "GET"): HAS_LINK,
    ("receipts.show", "GET"): PUBLIC,
    ("receipts.show_picture", "GET"): PUBLIC,
    ("registrations.show", "GET"): DELEGATION,
    ("notes.show", "GET"): DELEGATION,
    ("registrations.listen", "GET"): DELEGATION,
    ("registrations.poll", "GET"): DELEGATION,
    ("registrations.show_held", "GET"): DELEGATION,
    ("registrations.save_draft", "POST"): DELEGATION,
    ("registrations.keep_left", "PUT"): DELEGATION,
    ("registrations.keep_typing", "PUT"): DELEGATION,
    ("registrations.register", "POST"): DELEGATION,
    ("trials.show", "GET"): DELEGATION,
    ("trials.press", "POST"): DELEGATION,
    ("registrations.confirm_withdrawal", "GET"): DELEGATION,
    ("registrations.give_up", "POST"): DELEGATION,
    ("speakers.edit", "GET"): DELEGATION,
    ("speakers.save", "POST"): DELEGATION,
    ("letters.edit", "GET"): DELEGATION,
    ("letters.listen", "GET"): DELEGATION,
    ("letters.poll", "GET"): DELEGATION,
    ("letters.upload", "POST"): DELEGATION,
    ("letters.show_upload", "GET"): DELEGATION,
    ("letters.download", "GET"): DELEGATION,
    ("letters.download_document", "GET"): DELEGATION,
    ("letters.show_page", "GET"): DELEGATION,
    ("letters.remove", "POST"): DELEGATION,
    ("letters.move_up", "POST"): DELEGATION,
    ("draft_letters.download", "GET"): DELEGATION,
    ("later.show", "GET"): DELEGATION,
    ("later.choose", "POST"): DELEGATION,
    ("later.confirm", "GET"): DELEGATION,
    ("later.go", "POST"): DELEGATION,
    ("changes.show", "GET"): DELEGATION,
    ("changes.listen", "GET"): DELEGATION,
    ("changes.poll", "GET"): DELEGATION,
    ("changes.take_back", "POST"): DELEGATION,
    ("swaps.list_swaps", "GET"): DELEGATION,
    ("swaps.listen", "GET"): DELEGATION,
    ("swaps.poll", "GET"): DELEGATION,
    ("swaps.confirm", "GET"): DELEGATION,
    ("swaps.ask", "POST"): DELEGATION,
    ("swaps.accept", "POST"): DELEGATION,
    ("swaps.decline", "POST"): DELEGATION,
    ("swaps.take_back", "POST"): DELEGATION,
    ("notes.download", "GET"): DELEGATION,
    ("shares.list_shares", "GET"): DELEGATION,
    ("shares.listen", "GET"): DELEGATION,
    ("shares.poll", "GET"): DELEGATION,
    ("shares.make", "POST"): DELEGATION,
    ("shares.end", "POST"): DELEGATION,
    ("tellings.save", "POST"): DELEGATION,
    ("phones.list_phones", "GET"): DELEGATION,
    ("phones.listen", "GET"): DELEGATION,
    ("phones.poll", "GET"): DELEGATION,
    ("phones.end", "POST"): DELEGATION,
    ("places.list_places", "GET"): DELEGATION,
    ("calendar.download", "GET"): DELEGATION,
    ("places.listen", "GET"): DELEGATION,
    ("places.poll", "GET"): DELEGATION,
    ("places.export", "GET"): DELEGATION,
    ("staff.show_sign_in", "GET"): PUBLIC,
    ("staff.sign_in", "POST"): PUBLIC,
    ("staff.show_code", "GET"): HALF,
    ("staff.take_code", "POST"): HALF,
    ("staff_links.show", "GET"): PUBLIC,
    ("staff_links.use", "POST"): PUBLIC,
    ("addresses.show", "GET"): MANAGES,
    ("addresses.keep", "POST"): MANAGES,
    ("mission_contact.show", "GET"): MANAGES,
    ("mission_contact.keep", "POST"): MANAGES,
    ("mission_contact.show_of_debate", "GET"): MANAGES,
    ("mission_contact.keep_of_debate", "POST"): MANAGES,
    ("account.show", "GET"): STAFF,
    ("account.change_password", "POST"): STAFF,
    ("account.end_sessions", "POST"): STAFF,
    ("authenticator.show", "GET"): STAFF,
    ("authenticator.set_up", "POST"): STAFF,
    ("authenticator.renew_codes", "POST"): STAFF,
    ("authenticator.remove", "POST"): STAFF,
    ("people.list_people", "GET"): MANAGES,
    ("people.add", "POST"): MANAGES,
    ("people.show", "GET"): MANAGES,
    ("people.change_role", "POST"): MANAGES,
    ("people.reset", "POST"): MANAGES,
    ("people.sign_out", "POST"): MANAGES,
    ("people.deactivate", "POST"): MANAGES,
    ("people.reactivate", "POST"): MANAGES,
    ("staff.show", "GET"): STAFF,
    ("staff.sign_out", "POST"): STAFF,
    ("staff.show_presence", "GET"): STAFF,
    ("staff.stay", "POST"): STAFF,
    ("staff.note_presence", "PUT"): STAFF,
    ("staff.listen", "GET"): STAFF,
    ("staff.poll", "GET"): STAFF,
    ("news.listen", "GET"): MANAGES,
    ("news.poll", "GET"): MANAGES,
    ("console.list_registrations", "GET"): STAFF,
    ("console.listen", "GET"): STAFF,
    ("console.poll", "GET"): STAFF,
    ("console_tables.export_csv", "GET"): STAFF,
    ("console_tables.export_workbook", "GET"): STAFF,
    ("fairness.show", "GET"): STAFF,
    ("exports.show", "GET"): STAFF,
    ("exports.show_printed", "GET"): STAFF,
    ("exports.show_running_sheet", "GET"): STAFF,
    ("archive.download", "GET"): READS_LETTERS,
    ("archive.show_progress", "GET"): READS_LETTERS,
    ("exports.show_without_server", "GET"): STAFF,
    ("kept_lists.download", "GET"): STAFF,
    ("exports.download_record", "GET"): READS_LETTERS,
    ("console_letters.show", "GET"): READS_LETTERS,
    ("console_letters.show_next", "GET"): READS_LETTERS,
    ("console_letters.listen", "GET"): READS_LETTERS,
    ("console_letters.poll", "GET"): READS_LETTERS,
    ("console_letters.download_document", "GET"): READS_LETTERS,
    ("console_letters.inspect", "POST"): READS_LETTERS,
    ("console_letters.take_back", "POST"): READS_LETTERS,
    ("console_deadlines.show", "GET"): READS_LETTERS,
    ("console_deadlines.extend", "POST"): READS_LETTERS,
    ("console_deadlines.strike", "POST"): READS_LETTERS,
    ("console_letters.download", "GET"): READS_LETTERS,
    ("console_letters.show_page", "GET"): READS_LETTERS,
    ("console_letters.accept", "POST"): READS_LETTERS,
    ("console_letters.give_back", "POST"): READS_LETTERS,
    ("journal.show", "GET"): READS_LETTERS,
    ("journal.verify", "POST"): READS_LETTERS,
    ("journal.export", "GET"): READS_LETTERS,
    ("console_journal.show_debate", "GET"): READS_LETTERS,
    ("console_journal.export_debate", "GET"): READS_LETTERS,
    ("console_journal.listen", "GET"): READS_LETTERS,
    ("console_journal.poll", "GET"): READS_LETTERS,
    ("console_order.show", "GET"): MOVES_PLACES,
    ("console_order.listen", "GET"): MOVES_PLACES,
    ("console_order.poll", "GET"): MOVES_PLACES,
    ("console_order.take_back", "POST"): MOVES_PLACES,
    ("console_sheets.choose", "GET"): MOVES_PLACES,
    ("console_sheets.preview", "POST"): MOVES_PLACES,
    ("console_sheets.apply", "POST"): MOVES_PLACES,
    ("console_sheets.take_back", "POST"): MOVES_PLACES,
    ("console_council.show", "GET"): MOVES_PLACES,
    ("console_council.enter", "POST"): MOVES_PLACES,
    ("console_council.draw", "POST"): MOVES_PLACES,
    ("console_council.adjust", "POST"): MOVES_PLACES,
    ("council_speakers.edit", "GET"): MOVES_PLACES,
    ("council_speakers.save", "POST"): MOVES_PLACES,
    ("console_council.add", "POST"): MOVES_PLACES,
    ("console_council.remove", "POST"): MOVES_PLACES,
    ("console_council.move_up", "POST"): MOVES_PLACES,
    ("console_swaps.list_swaps", "GET"): MOVES_PLACES,
    ("console_swaps.approve", "POST"): MOVES_PLACES,
    ("console_swaps.refuse", "POST"): MOVES_PLACES,
    ("console_reinstatements.show", "GET"): MOVES_PLACES,
    ("console_reinstatements.reinstate", "POST"): MOVES_PLACES,
    ("console_on_behalf.choose", "GET"): MOVES_PLACES,
    ("console_on_behalf.listen", "GET"): MOVES_PLACES,
    ("console_on_behalf.poll", "GET"): MOVES_PLACES,
    ("console_on_behalf.show", "GET"): MOVES_PLACES,
    ("console_on_behalf.enter", "POST"): MOVES_PLACES,
    ("dossier.show", "GET"): STAFF,
    ("dossier.listen", "GET"): STAFF,
    ("dossier.poll", "GET"): STAFF,
    ("dossier.write", "POST"): READS_LETTERS,
    ("dossier.confirm_removal", "GET"): READS_LETTERS,
    ("dossier.remove", "POST"): READS_LETTERS,
    ("dossier.edit_speaker", "GET"): READS_LETTERS,
    ("dossier.save_speaker", "POST"): READS_LETTERS,
    ("dossier.new_message", "GET"): SENDS_MESSAGES,
    ("dossier.send", "POST"): SENDS_MESSAGES,
    ("dossier.show_letter", "GET"): READS_LETTERS,
    ("dossier.put_letter", "POST"): READS_LETTERS,
    ("dossier.confirm_withdrawal", "GET"): MOVES_PLACES,
    ("dossier.give_up", "POST"): MOVES_PLACES,
    ("console_levels.show", "GET"): MANAGES,
    ("console_levels.save", "POST"): MANAGES,
    ("console_levels.take_back", "POST"): MANAGES,
    ("new_debates.show", "GET"): MANAGES,
    ("new_debates.create", "POST"): MANAGES,
    ("console_debates.show", "GET"): MANAGES,
    ("console_debates.edit", "GET"): MANAGES,
    ("console_debates.save", "POST"): MANAGES,
    ("console_debates.council.edit", "GET"): MANAGES,
    ("console_debates.council.save", "POST"): MANAGES,
    ("console_debates.notices.edit", "GET"): MANAGES,
    ("console_debates.notices.save", "POST"): MANAGES,
    ("console_debates.concept_note.download", "GET"): MANAGES,
    ("console_debates.concept_note.keep", "POST"): MANAGES,
    ("console_debates.concept_note.remove", "POST"): MANAGES,
    ("console_debates.status.show", "GET"): MANAGES,
    ("console_debates.status.open_list", "POST"): MANAGES,
    ("console_debates.status.close_list", "POST"): MANAGES,
    ("console_debates.status.put_off", "POST"): MANAGES,
    ("console_debates.status.call_off", "POST"): MANAGES,
    ("console_debates.status.go_on", "POST"): MANAGES,
    ("console_debates.status.put_away", "POST"): MANAGES,
    ("console_debates.rehearsals.start", "POST"): MANAGES,
    ("console_debates.rehearsals.pretend", "POST"): MANAGES,
    ("console_debates.rehearsals.confirm_deletion", "GET"): MANAGES,
    ("console_debates.rehearsals.delete", "POST"): MANAGES,
    ("console_messages.show", "GET"): SENDS_MESSAGES,
    ("console_messages.send", "POST"): SENDS_MESSAGES,
    ("console_messages.withdraw", "POST"): SENDS_MESSAGES,
    ("retention.show", "GET"): MANAGES,
    ("retention.purge", "POST"): MANAGES,
    ("retention.delete", "POST"): MANAGES,
    ("console_places.show", "GET"): MOVES_PLACES,
    ("console_places.move", "POST"): MOVES_PLACES,
    ("console_delegations.list_all", "GET"): MANAGES,
    ("console_delegations.new_delegation", "GET"): MANAGES,
    ("console_delegations.add", "POST"): MANAGES,
    ("console_delegations.export", "GET"): MANAGES,
    ("console_delegations.choose_table", "GET"): MANAGES,
    ("console_delegations.preview_table", "POST"): MANAGES,
    ("console_delegations.apply", "POST"): MANAGES,
    ("console_delegations.edit", "GET"): MANAGES,
    ("console_delegations.save", "POST"): MANAGES,
    ("console_invitations.list_invitations", "GET"): MANAGES,
    ("console_invitations.listen", "GET"): MANAGES,
    ("console_invitations.poll", "GET"): MANAGES,
    ("console_invitations.new_invitations", "GET"): MANAGES,
    ("console_invitations.issue", "POST"): MANAGES,
    ("console_invitations.show", "GET"): MANAGES,
    ("console_invitations.renew", "POST"): MANAGES,
    ("console_invitations.revoke", "POST"): MANAGES,
    ("console_shares.end", "POST"): MANAGES,
    ("console_invitations.export", "GET"): MANAGES,
    ("console_invitations.print_cards", "GET"): MANAGES,
}

WORKS, NOT_FOUND, FORBIDDEN, SIGN_IN = "works", "404", "403", "to the sign-in"

ROLES = (
    "stranger",
    "other delegation",
    "own delegation",
    "revoked",
    "chair",
    "verifier",
    "admin",
    "gone",
)
"""Asking for the addresses of Kenya; `gone` is staff who signed out, with the old cookie."""


def _of_staff(chair: str, verifier: str) -> dict[str, str]:
    """What each gets of the console; an admin may do everything."""
    told = {"chair": chair, "verifier": verifier, "admin": WORKS}
    return dict.fromkeys(ROLES, SIGN_IN) | told


EXPECTED = {
    PUBLIC: dict.fromkeys(ROLES, WORKS),
    DELEGATION: dict.fromkeys(ROLES, NOT_FOUND) | {"own delegation": WORKS},
    STAFF: _of_staff(WORKS, WORKS),
    READS_LETTERS: _of_staff(FORBIDDEN, WORKS),
    MOVES_PLACES: _of_staff(FORBIDDEN, WORKS),
    MANAGES: _of_staff(FORBIDDEN, FORBIDDEN),
    SENDS_MESSAGES: _of_staff(FORBIDDEN, WORKS),
    HALF: dict.fromkeys(ROLES, SIGN_IN),
    HAS_LINK: dict.fromkeys(ROLES, WORKS) | {"revoked": NOT_FOUND},
}

LACKS_FIELDS = (
    "trials.press",
    "speakers.save",
    "letters.upload",
    "letters.remove",
    "letters.move_up",
    "staff.sign_in",
    "home.follow_link",
    "console_letters.give_back",
    "console_letters.take_back",
    "console_deadlines.extend",
    "console_deadlines.strike",
    "console_places.move",
    "console_order.take_back",
    "console_sheets.preview",
    "console_sheets.apply",
    "console_sheets.take_back",
    "tellings.save",
    "later.choose",
    "later.go",
    "changes.take_back",
    "registrations.give_up",
    "swaps.ask",
    "swaps.accept",
    "swaps.decline",
    "console_council.enter",
    "console_council.draw",
    "console_council.adjust",
    "console_council.add",
    "console_council.remove",
    "console_council.move_up",
    "console_swaps.approve",
    "console_swaps.refuse",
    "console_reinstatements.show",
    "console_reinstatements.reinstate",
    "console_on_behalf.show",
    "console_on_behalf.enter",
    "dossier.write",
    "dossier.confirm_removal",
    "dossier.remove",
    "dossier.save_speaker",
    "dossier.send",
    "dossier.put_letter",
    "dossier.give_up",
    "console_levels.save",
    "console_levels.take_back",
    "new_debates.create",
    "console_debates.save",
    "console_debates.council.save",
    "console_debates.concept_note.keep",
    "console_debates.status.open_list",
    "console_debates.status.close_list",
    "console_debates.status.put_off",
    "console_debates.status.call_off",
    "console_debates.status.go_on",
    "console_debates.rehearsals.start",
    "console_debates.rehearsals.pretend",
    "console_debates.rehearsals.confirm_deletion",
    "console_debates.rehearsals.delete",
    "console_messages.send",
    "console_delegations.add",
    "console_delegations.save",
    "console_delegations.preview_table",
    "console_delegations.apply",
    "console_invitations.issue",
    "console_invitations.renew",
    "console_invitations.revoke",
    "retention.purge",
    "retention.delete",
    "staff_links.use",
    "account.change_password",
    "authenticator.set_up",
    "authenticator.renew_codes",
    "authenticator.remove",
    "addresses.keep",
    "people.add",
    "people.change_role",
    "people.deactivate",
    "people.reactivate",
)
"""Requests without any field, or after their hour: let in, and then told what is missing."""


class Scene(NamedTuple):
    """Kenya and Brazil registered; Kenya's letter is still to be read, and each asks the other to
    swap."""

    app: Flask
    db: Database
    debate: Debate
    letter_id: int


LINK = "a-link-that-nobody-guesses"


@pytest.fixture
def scene(app: Flask, db: Database, debate: Debate, opened: FakeClock) -> Scene:
    kenya, brazil = (take_place(app, db, debate, code) for code in ("KEN", "BRA"))
    for one, other in ((brazil, kenya), (kenya, brazil)):
        ask_swap(
            db, opened.now(), ROSTRUM, debate, delegation_id=one.delegation_id, asked_id=other.id
        )
    letter = kenya.letter
    pictures = app.extensions["rostrum"].files.pages_folder(letter.stored_name)
    pictures.mkdir()
    (pictures / "1.webp").write_bytes(b"RIFF")
    keep_concept_note(app, db, debate)
    lists = ListFiles(app.extensions["rostrum"].config.lists)
    lists.write(debate.slug, opened.now(), {"en": b"list", "fr": b"liste"})
    show_to_everybody(db, debate)
    for code in ("KEN", "BRA"):
        share(db, debate, code)
    vera, who = Actor("staff", "vera"), kenya.delegation_id
    write_note(db, opened.now(), vera, debate, delegation_id=who, text="Called.")
    send_message(db, opened.now(), vera, debate, wanted=Wanted("Hello."))
    made, until = opened.now(), opened.now() + LINK_LASTS
    insert_link(
        db, staff_id=1, hash_=link_hash(LINK), made_at=made, expires_at=until, resets_totp=False
    )
    return Scene(app, db, debate, letter.id)


def routes(app: Flask) -> set[tuple[str, str]]:
    return {
        (rule.endpoint, method)
        for rule in app.url_map.iter_rules()
        for method in rule.methods - {"HEAD", "OPTIONS"}
    }


def test_every_route_is_placed(app: Flask) -> None:
    assert routes(app) == set(WHO_MAY)


def test_every_path_that_names_a_delegation_is_for_delegations(app: Flask) -> None:
    for rule in app.url_map.iter_rules():
        for method in rule.methods - {"HEAD", "OPTIONS"}:
            is_theirs = WHO_MAY[rule.endpoint, method] == DELEGATION
            assert ("<code>" in rule.rule) == is_theirs, rule


def path_of(scene: Scene, endpoint: str) -> str:
    """Kenya's address of an endpoint."""
    values = {
        "slug": scene.debate.slug,
        "code": "KEN",
        "letter_id": scene.letter_id,
        "registration_id": 1,
        "invitation_id": 1,
        "delegation_id": 1,
        "page": 1,
        "position": 1,
        "member_code": "FRA" if endpoint.startswith("council_speakers") else "KEN",
        "place": 2,
        "swap_id": 2 if endpoint == "swaps.take_back" else 1,
        "share_id": 2 if endpoint == "console_shares.end" else 1,
        "note_id": 1,
        "message_id": 1,
        "share_token": share_token(scene.app, scene.db, scene.debate),
        "language": "en",
        "staff_id": 1,
        "watched": "settings",
        "debate_id": 1,
        "seen": 0,
        "link_token": LINK,
        "receipt": receipt_code(scene.app.secret_key, 1),
        "name": "upload",
        "kept_list": file_name(OPENS_AT, "en"),
        "filename": "css/page.css",
        "token": link(scene.app, scene.db, scene.debate, "KEN").rpartition("/")[2],
    }
    with scene.app.test_request_context():
        rules = scene.app.url_map.iter_rules(endpoint)
        needed = {name for rule in rules for name in rule.arguments}
        chosen = {name: value for name, value in values.items() if name in needed}
        return scene.app.url_for(endpoint, **chosen).removeprefix("http://localhost")


def browser_of(scene: Scene, role: str) -> Browser:
    app, db, debate = scene.app, scene.db, scene.debate
    if role == "stranger":
        return Browser(app)
    if role == "other delegation":
        return sign_in(app, db, debate, "BRA")
    if role in ("own delegation", "revoked"):
        return sign_in(app, db, debate, "KEN")
    if role != "gone":
        return sign_in_member(app, {"chair": "carl", "verifier": "vera", "admin": "anna"}[role])
    browser = sign_in_member(app, "vera")
    cookies = browser.cookies
    browser.submit("form.sign-out")
    browser.hold(cookies)
    return browser


def ask(browser: Browser, method: str, path: str) -> Answer:
    """Exactly one request, with a token that is right for this browser."""
    if method == "GET":
        return browser._ask("GET", path)
    browser.get("/staff/sign-in")
    return browser._ask(method, path, *_body(browser.token()))


def _body(token: str) -> tuple[bytes, str]:
    return f"csrf_token={token}".encode(), "application/x-www-form-urlencoded"


def outcome(answer: Answer, endpoint: str, has_changed: bool) -> str:
    """How an address answered; an answer that fits none of the four is its bare status.

    Signing out leads to the sign-in page too: there only the ended session tells.
    """
    if answer.status in (404, 403):
        return str(answer.status)
    is_sign_in = answer.status == 303 and answer.location.startswith("/staff/sign-in")
    if is_sign_in and not (endpoint == "staff.sign_out" and has_changed):
        return SIGN_IN
    works = (200, 204, 303, 409, 422) if endpoint in LACKS_FIELDS else (200, 204, 303)
    return WORKS if answer.status in works else f"status {answer.status}"


LAST = (
    "console_invitations.renew",
    "console_invitations.revoke",
    "console_debates.status.put_away",
    "console_debates.concept_note.remove",
    "registrations.give_up",
    "staff.sign_out",
    "console_letters.accept",
)
"""Asked last, because what they end the others need."""


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("audience", EXPECTED)
def test_an_address_opens_for_its_audience_and_nobody_else(
    scene: Scene, audience: str, role: str
) -> None:
    expected = EXPECTED[audience][role]
    browser = browser_of(scene, role)
    if role == "revoked":
        revoke(scene.db, scene.debate, "KEN")
    placed = sorted(route for route, who in WHO_MAY.items() if who == audience)
    for endpoint, method in sorted(placed, key=lambda route: route[0] in LAST):
        if role == "revoked" and endpoint.startswith("invitations"):
            continue  # its link is dead too: test_invitations.py
        before = snapshot(scene.db)
        answer = ask(browser, method, path_of(scene, endpoint))
        has_changed = snapshot(scene.db) != before
        told = outcome(answer, endpoint, has_changed)
        assert told == expected, f"{role}, {endpoint}: {answer.status}"
        assert told == WORKS or not has_changed, f"{role} changed something by {endpoint}"


@pytest.mark.parametrize("role", ["other delegation", "own delegation", "stranger"])
def test_a_stream_is_opened_for_nobody_else(scene: Scene, role: str) -> None:
    browser = browser_of(scene, role)
    for path in (f"{home(scene.debate)}/stream", f"{home(scene.debate)}/list/stream"):
        response = browser.stream(path)
        is_stream = response.mimetype == "text/event-stream"
        response.close()
        assert is_stream == (role == "own delegation")


LIVE = [endpoint for endpoint, _ in WHO_MAY if endpoint.endswith(".listen")]
WHO_HEARS = {DELEGATION: "own delegation", PUBLIC: "stranger", HAS_LINK: "stranger"}


@pytest.mark.parametrize("endpoint", LIVE)
def test_a_live_page_is_pushed_what_it_is_given_when_it_asks(scene: Scene, endpoint: str) -> None:
    browser = browser_of(scene, WHO_HEARS.get(WHO_MAY[endpoint, "GET"], "admin"))
    given = browser.get(path_of(scene, endpoint.replace(".listen", ".poll"))).body.decode()
    with listening(browser, path_of(scene, endpoint)) as messages:
        pushed = html_of(next_news(messages)).split("\n")
    assert pushed == [line for line in given.splitlines() if line.strip()]
    assert "<hx-partial " in pushed[0]


def test_a_session_of_another_debate_opens_nothing_here(scene: Scene) -> None:
    other = make_debate(scene.db, slug="another-debate")
    make_invitations(scene.db, other, "KEN")
    elsewhere = sign_in(scene.app, scene.db, other, "KEN")
    elsewhere.get(home(other))
    for tail in ("", "/list", "/stream", "/state", "/list/list.csv", "/letter/original"):
        elsewhere.get(home(scene.debate) + tail, status=404)


def test_a_letter_is_not_found_under_another_debate(scene: Scene, vera: Browser) -> None:
    other = make_debate(scene.db, slug="another-debate")
    for tail in ("", "/original", "/pages/1"):
        vera.get(f"{console(other)}/letters/{scene.letter_id}{tail}", status=404)


def test_what_does_not_exist_is_not_found_by_staff_either(vera: Browser, debate: Debate) -> None:
    vera.get("/staff/debates/nowhere", status=404)
    for tail in ("99", "99/original", "99/pages/1", "x", "0", "9" * 30, "1/pages/" + "9" * 300):
        vera.get(f"{console(debate)}/letters/{tail}", status=404)


def test_a_delegation_without_an_invitation_is_not_found(debate: Debate, kenya: Browser) -> None:
    for path in (home(debate, "ITA"), home(debate, "XXX"), "/debates/nowhere/delegations/KEN"):
        kenya.get(path, status=404)
