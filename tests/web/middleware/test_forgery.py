"""Forms: who may send one, each refusal with its true reason, and what the admin reads of it."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest
from flask import Flask

from rostrum.app import settle
from rostrum.config import Config
from rostrum.domain.debates.debate import Debate
from rostrum.store.database import Database
from rostrum.web.language.catalogs import LANGUAGES
from rostrum.web.middleware.admin_log import MOST
from tests.factories import FakeClock
from tests.web.client import Answer, Browser
from tests.web.factories import SPEAKER, home, link, make_ready, snapshot
from tests.web.request_bodies import File, multipart, urlencoded

OUTSIDE = "https://list.mission.example:8443"
ENDED = "This page belongs to a sign-in that has ended"
NO_TOKEN = "The mark by which we know our own pages is missing"
NO_COOKIES = "This browser keeps no cookies"
OTHER_SITE = "This was sent from a page of another site"
HIDDEN = "The browser hides the page that this was sent from"
INSECURE = f"Go on at {OUTSIDE} instead."
CUT_SHORT = "Not everything arrived."


@pytest.fixture
def public_app(assembled: Flask, config: Config, clock: FakeClock) -> Iterator[Flask]:
    """The application of a mission whose outside address is known, behind a proxy."""
    settle(assembled, replace(config, base_url=OUTSIDE), clock)
    yield assembled
    assembled.extensions["rostrum"].connections.close()


@pytest.fixture
def send(public_app: Flask, db: Database, debate: Debate) -> Callable[..., Answer]:
    """Presses Continue with these headers; `scheme` is what the proxy hands on."""

    def act(headers: dict[str, str], scheme: str = "https") -> Answer:
        host = headers.get("Host", "list.mission.example:8443")
        phone = Browser(public_app, f"{scheme}://{host}")
        path = link(public_app, db, debate, "KEN")
        phone.get(path)
        # Cookies that are Secure came over the proxy's TLS, whatever it says of it.
        token, held = phone.token(), "; ".join(f"{n}={v}" for n, v in phone.cookies.items())
        body, kind = urlencoded([("csrf_token", token)])
        response = public_app.test_client(use_cookies=False).post(
            path,
            data=body,
            content_type=kind,
            base_url=f"{scheme}://{host}",
            headers={"Cookie": held, **headers},
        )
        return Answer(response.status_code, response.headers, response.data)

    return act


TAKEN = {
    "no Referer, no Origin": {},
    "the outside address": {"Origin": OUTSIDE},
    "the proxy drops the port": {"Origin": OUTSIDE, "Host": "list.mission.example"},
    "the proxy hands on another port": {"Origin": OUTSIDE, "Host": "list.mission.example:80"},
    "the proxy hands on its back end": {"Origin": OUTSIDE, "Host": "127.0.0.1:8000"},
    "a Referer of another site": {"Origin": OUTSIDE, "Referer": "https://evil.example/"},
    "the address it was sent to": {"Origin": "https://10.0.0.5:8000", "Host": "10.0.0.5:8000"},
    "with the usual port": {"Origin": "https://localhost", "Host": "localhost:443"},
    "written in capitals": {"Origin": "https://localhost", "Host": "LOCALHOST"},
    "version 6": {"Origin": "http://[::1]:8000", "Host": "[::1]:8000"},
    "through a tunnel": {"Origin": "http://localhost:8000", "Host": "localhost:8000"},
    "what Apache hands on": {
        "Origin": "https://alias.example",
        "Host": "127.0.0.1:8000",
        "X-Forwarded-Host": "alias.example, list",
    },
    "the browser says it is ours": {"Origin": OUTSIDE, "Sec-Fetch-Site": "same-origin"},
    "the person says so": {"Origin": OUTSIDE, "Sec-Fetch-Site": "none"},
    "no Origin, ours": {"Sec-Fetch-Site": "same-origin"},
    "an unknown name, ours": {
        "Origin": "https://alias.example",
        "Host": "127.0.0.1:8000",
        "Sec-Fetch-Site": "same-origin",
    },
    "hidden by a referrer policy, ours": {"Origin": "null", "Sec-Fetch-Site": "same-origin"},
}
REFUSED = {
    "another site": ({"Origin": "https://evil.example"}, OTHER_SITE),
    "another port": ({"Origin": "https://list.mission.example:9999"}, OTHER_SITE),
    "a name that begins like ours": ({"Origin": f"{OUTSIDE}.evil.example"}, OTHER_SITE),
    "a name that ends like ours": ({"Origin": "https://x.list.mission.example:8443"}, OTHER_SITE),
    "no address at all": ({"Origin": "evil"}, OTHER_SITE),
    "an empty one": ({"Origin": ""}, OTHER_SITE),
    "hidden": ({"Origin": "null"}, HIDDEN),
    "hidden, by hand": ({"Origin": "null", "Sec-Fetch-Site": "none"}, HIDDEN),
    "hidden in a frame": ({"Origin": "null", "Sec-Fetch-Site": "cross-site"}, OTHER_SITE),
    "cross-site": ({"Sec-Fetch-Site": "cross-site"}, OTHER_SITE),
    "cross-site with our Origin": (
        {"Origin": OUTSIDE, "Sec-Fetch-Site": "cross-site"},
        OTHER_SITE,
    ),
    "a neighbour": (
        {"Origin": "https://www.mission.example", "Sec-Fetch-Site": "same-site"},
        OTHER_SITE,
    ),
    "without https": ({"Origin": "http://list.mission.example"}, INSECURE),
    "without https, the same port": ({"Origin": "http://list.mission.example:8443"}, INSECURE),
}


@pytest.mark.parametrize("scheme", ["https", "http"])
@pytest.mark.parametrize("name", TAKEN)
def test_a_form_of_ours_is_taken_whatever_a_proxy_hands_on(
    send: Callable[..., Answer], name: str, scheme: str
) -> None:
    assert send(TAKEN[name], scheme).status == 303


@pytest.mark.parametrize("name", REFUSED)
def test_a_form_of_another_page_is_refused_with_its_reason(
    send: Callable[..., Answer], db: Database, name: str
) -> None:
    headers, sentence = REFUSED[name]
    before = snapshot(db)
    answer = send(headers)
    assert answer.status == 400
    assert sentence in answer.text
    assert snapshot(db) == before


# --- Cookies and tokens -------------------------------------------------------------------------


def test_a_browser_without_cookies_is_told_so_and_what_to_do(
    app: Flask, db: Database, debate: Debate, browser: Browser
) -> None:
    browser.client = app.test_client(use_cookies=False)
    browser.get(link(app, db, debate, "KEN"))
    before = snapshot(db)
    browser.submit("main form", status=400)
    assert NO_COOKIES in browser.says("#problem")
    assert "open it in another browser" in browser.says("#problem")
    assert snapshot(db) == before


def test_a_browser_without_https_is_told_the_address(
    public_app: Flask, db: Database, debate: Debate
) -> None:
    """It takes no cookies that are for HTTPS alone: to speak of cookies would mislead."""
    phone = Browser(public_app, "http://10.0.0.5:8000")
    phone.client = public_app.test_client(use_cookies=False)
    phone.get(link(public_app, db, debate, "KEN"))
    phone.submit("main form", status=400)
    assert INSECURE in phone.says("#problem")


@pytest.mark.parametrize("htmx", [False, True], ids=["plain", "htmx"])
def test_a_press_after_the_cookies_were_deleted_is_told_so(
    app: Flask, db: Database, debate: Debate, opened: FakeClock, kenya: Browser, htmx: bool
) -> None:
    make_ready(app, db, debate)
    kenya.get(home(debate))
    for name in kenya.cookies:
        kenya.client.delete_cookie(name)
    kenya.submit("[data-register]", htmx=htmx, status=400)
    assert NO_COOKIES in kenya.says("#problem")
    assert snapshot(db)["registration"] == []


def forms(kenya: Browser) -> dict[str, tuple[list[tuple[str, str]], str]]:
    """What is wrong with a form, and what is said of it."""
    token = kenya.token()
    body, _, signature = token.partition(".")
    return {
        "none": ([("name", "x")], NO_TOKEN),
        "an empty one": ([("csrf_token", "")], NO_TOKEN),
        "made up": ([("csrf_token", "x")], ENDED),
        "changed": ([("csrf_token", f"x{body}.{signature}")], ENDED),
        "signed by nobody": ([("csrf_token", body)], ENDED),
        "strange": ([("csrf_token", "\u00ff\x00")], ENDED),
    }


def test_a_form_with_a_token_that_is_not_right_is_told_so(
    db: Database, kenya: Browser, subtests: pytest.Subtests
) -> None:
    before = snapshot(db)
    for name, (pairs, sentence) in forms(kenya).items():
        with subtests.test(name):
            answer = kenya._ask("POST", f"{kenya.path}/draft", *urlencoded(pairs))
            assert answer.status == 400
            assert sentence in answer.text
    assert snapshot(db) == before


def test_no_address_takes_a_form_without_its_token(
    app: Flask, db: Database, kenya: Browser
) -> None:
    before = snapshot(db)
    rules = [rule for rule in app.url_map.iter_rules() if "POST" in rule.methods]
    for rule in rules:
        _, path = rule.build(dict.fromkeys(rule.arguments, 1))
        assert NO_TOKEN in kenya._ask("POST", path, *urlencoded([("name", "x")])).text, path
        assert ENDED in kenya._ask("POST", path, *urlencoded([("csrf_token", "x")])).text, path
    assert len(rules) > 50
    assert snapshot(db) == before


def test_a_form_that_did_not_arrive_whole_is_told_so(kenya: Browser) -> None:
    body, kind = multipart([("csrf_token", kenya.token())], [("letter", File(b"%PDF-1.7"))])
    for cut in (body[:10], body[1:40]):
        answer = kenya._ask("POST", f"{kenya.path}/letter", cut, kind)
        assert answer.status == 400
        assert CUT_SHORT in answer.text


def test_a_token_of_a_session_that_ended_is_told_so(
    app: Flask, db: Database, debate: Debate, kenya: Browser
) -> None:
    old = kenya.token()
    for name in kenya.cookies:
        kenya.client.delete_cookie(name)
    kenya.get(link(app, db, debate, "KEN"))
    kenya.submit("main form")
    kenya.post(f"{home(debate)}/draft", SPEAKER | {"csrf_token": old}, status=400)
    assert ENDED in kenya.says("#problem")


def test_each_reason_is_said_in_every_language(public_app: Flask, db: Database) -> None:
    strange = {"Origin": "https://evil.example"}, {"Origin": "null"}, {"Origin": OUTSIDE}
    plain = {"Origin": "http://list.mission.example"}
    for headers in (*strange, plain):
        said = set()
        for language in LANGUAGES:
            guest = Browser(public_app)
            answer = guest._ask(
                "POST", f"/invitations/x?lang={language}", b"a=b", urlencoded([])[1], headers
            )
            assert answer.status == 400
            said.add(guest_says(answer))
        assert len(said) == len(LANGUAGES)


def guest_says(answer: Answer) -> str:
    return answer.text.partition('id="problem"')[2].partition("</div>")[0]


# --- Two at once --------------------------------------------------------------------------------


def opened_at_once(app: Flask, *paths: str) -> tuple[Browser, list[str]]:
    """Tabs of one browser that had no cookies when they asked; and the token of each."""
    tabs = [Browser(app) for _ in paths]
    one = Browser(app)
    for tab, path in zip(tabs, paths, strict=True):
        tab.get(path)
    for tab in tabs:
        one.hold(tab.cookies)
    return one, [tab.token() for tab in tabs]


def test_tabs_that_were_opened_at_once_all_continue(
    app: Flask, db: Database, debate: Debate
) -> None:
    path = link(app, db, debate, "KEN")
    phone, tokens = opened_at_once(app, path, path, "/staff/sign-in", "/")
    for token in tokens:
        phone.post(path, {"csrf_token": token}, status=303)
    phone.get(home(debate))
    assert len([name for name in phone.cookies if name.startswith("rostrum-form-")]) == len(tokens)


def test_without_the_other_tabs_secret_its_form_is_refused(
    app: Flask, db: Database, debate: Debate
) -> None:
    """The control: one secret for all tabs, as one cookie would hold it."""
    path = link(app, db, debate, "KEN")
    phone, tokens = opened_at_once(app, path, path)
    first = next(name for name in phone.cookies if name.startswith("rostrum-form-"))
    phone.client.delete_cookie(first)
    phone.post(path, {"csrf_token": tokens[0]}, status=400)
    phone.post(path, {"csrf_token": tokens[1]}, status=303)


def test_two_delegations_that_continue_at_once_are_both_signed_in(
    app: Flask, db: Database, debate: Debate
) -> None:
    paths = [link(app, db, debate, code) for code in ("KEN", "BRA")]
    phone, tokens = opened_at_once(app, *paths)
    before, answers = phone.cookies, []
    for path, token in zip(paths, tokens, strict=True):
        tab = Browser(app)
        tab.hold(before)
        tab.post(path, {"csrf_token": token}, status=303)
        answers.append({n: v for n, v in tab.cookies.items() if before.get(n) != v})
    for answer in answers:
        phone.hold(answer)
    for code in ("KEN", "BRA"):
        phone.get(home(debate, code))


def test_a_page_that_was_opened_before_another_sign_in_still_counts(
    app: Flask, db: Database, debate: Debate, opened: FakeClock, kenya: Browser
) -> None:
    make_ready(app, db, debate)
    kenya.get(home(debate))
    other = Browser(app)
    other.client = kenya.client
    other.get(f"{link(app, db, debate, 'BRA')}?lang=fr")
    other.submit("main form")
    kenya.submit("[data-register]")
    assert kenya.says(".number") == "1"


# --- The admin ----------------------------------------------------------------------------------

WRONG_HOST = f"Host is 127.0.0.1:8000, the outside address is {OUTSIDE}: the proxy must pass Host"


def test_the_log_tells_once_that_the_proxy_must_pass_the_host(
    send: Callable[..., Answer], caplog: pytest.LogCaptureFixture, clock: FakeClock
) -> None:
    for _ in range(3):
        assert send({"Origin": OUTSIDE, "Host": "127.0.0.1:8000"}).status == 303
    assert caplog.messages == [WRONG_HOST]
    clock.advance(hours=1)
    send({"Origin": OUTSIDE, "Host": "127.0.0.1:8000"})
    assert caplog.messages == [WRONG_HOST] * 2


def test_the_log_names_the_address_that_pages_are_opened_at(
    send: Callable[..., Answer], caplog: pytest.LogCaptureFixture
) -> None:
    ours = {"Origin": "https://alias.example", "Sec-Fetch-Site": "same-origin"}
    send({**ours, "Host": "127.0.0.1:8000"})
    assert caplog.messages == [f"{WRONG_HOST}; pages are opened at https://alias.example"]


@pytest.mark.parametrize("name", ["the outside address", "no Referer, no Origin"])
def test_the_log_is_silent_where_nothing_is_wrong(
    send: Callable[..., Answer], caplog: pytest.LogCaptureFixture, name: str
) -> None:
    send(TAKEN[name])
    assert caplog.messages == []


def test_the_log_tells_each_refusal_once_without_its_token(
    send: Callable[..., Answer], caplog: pytest.LogCaptureFixture
) -> None:
    for _ in range(3):
        send({"Origin": "https://evil.example"})
    assert caplog.messages == [
        "a form to /invitations/[token] was refused: it was sent from another site. "
        "Host is list.mission.example:8443, Origin is https://evil.example, "
        f"the outside address is {OUTSIDE}"
    ]


def test_nobody_can_flood_or_forge_the_log(
    app: Flask, browser: Browser, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.WARNING, logger="rostrum")
    for number in range(2 * MOST):
        strange = {"Origin": f"https://x{number}.example \u00e9\x1b[31m{'y' * 4_000}"}
        assert (
            browser._ask("POST", "/invitations/x", b"a=b", urlencoded([])[1], strange).status == 400
        )
    assert len(caplog.messages) == MOST
    assert all(len(line) < 400 and line.isprintable() for line in caplog.messages)
    assert all(line.isascii() for line in caplog.messages)
