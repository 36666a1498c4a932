"""The way in by a link that did not arrive clean: every kind leads to its page, or says why not."""

from __future__ import annotations

import logging
from urllib.parse import quote

import pytest
from flask import Flask

from rostrum.domain.debates.debate import Debate
from rostrum.domain.registrations.receipts import receipt_code
from rostrum.domain.staff.accounts import LINK_LASTS, link_hash
from rostrum.store.database import Database
from rostrum.store.staff import insert_link
from rostrum.web.middleware.redaction import redact_logs
from tests.factories import FakeClock, make_debate, make_invitations
from tests.web.client import Browser
from tests.web.factories import home, link, revoke, share, share_token, snapshot, take_place

NOT_WHOLE = "The link is not whole. Copy all of it."
STAFF_TOKEN = "s" * 20 + "_-" + "t" * 21
KINDS = ("invitations", "shared", "receipts", "staff/links")
BEHIND = (
    ".", ",", ";", ":", ">", ")", "]", "}", "'", '"', "*", "=", "+", "!", "|", "`", "”", "»", "。",
    "،",
    " ", "\n", "\r\n", "\t", "\u00a0", "\u200b", "\u200e", "\u2060", "\ufeff", "\u00ad", "\u3000",
    "=\n", "=0A", "=0D=0A", "&amp;x", "%20", "%250A", "/", "//", "/.", "?", "?.", "?x=1", "Please",
    "\ufffd", "\x00", ">.", ").\n", "%3Flang%3Dfr", "-", "_",
)  # fmt: skip
INSIDE = (" ", "\n", "=\n", "=", "=0A", "\u200b", "\u00ad", "\u00a0", "\u202c", "%20", ">", "\\")


@pytest.fixture
def links(app: Flask, db: Database, debate: Debate, opened: FakeClock) -> dict[str, str]:
    """A link of each kind that works."""
    held = take_place(app, db, debate, "BRA")
    share(db, debate)
    made, until = opened.now(), opened.now() + LINK_LASTS
    insert_link(
        db,
        staff_id=1,
        hash_=link_hash(STAFF_TOKEN),
        made_at=made,
        expires_at=until,
        resets_totp=False,
    )
    return {
        "invitations": link(app, db, debate, "KEN"),
        "shared": f"/shared/{share_token(app, db, debate)}",
        "receipts": f"/receipts/{receipt_code(app.secret_key, held.id)}",
        "staff/links": f"/staff/links/{STAFF_TOKEN}",
    }


def address(path: str) -> str:
    """As a browser sends it; what is a query stays one."""
    way, mark, query = path.partition("?")
    return quote(way, safe="/") + mark + quote(query, safe="=&%")


@pytest.mark.parametrize("kind", KINDS)
def test_a_link_with_something_behind_it_leads_to_the_clean_one(
    links: dict[str, str], browser: Browser, db: Database, kind: str, subtests: pytest.Subtests
) -> None:
    before = snapshot(db)
    for behind in BEHIND:
        with subtests.test(repr(behind)):
            browser.get(address(links[kind] + behind))
            assert browser.path.partition("?")[0] == links[kind]
            is_query = behind.startswith("?")
            assert len(browser.visited) == (1 if is_query else 2), "one way, and no further"
    assert snapshot(db) == before


@pytest.mark.parametrize("kind", KINDS)
def test_a_link_with_something_before_or_inside_leads_to_the_clean_one(
    links: dict[str, str], browser: Browser, kind: str, subtests: pytest.Subtests
) -> None:
    whole = links[kind]
    at, start = len(whole) - 9, whole.rindex("/") + 1
    written = [whole[:at] + inside + whole[at:] for inside in INSIDE]
    written += [
        whole[:start] + before + whole[start:] for before in (" ", "\u200b", "<", "\n", ":")
    ]
    written += [f"/{before}{whole[1:]}" for before in (" ", "\u200e", "(", "“")]
    written += [f"/<https://list.mission.example{whole}>", f"/{kind.upper()}{whole[start - 1 :]}"]
    written += [whole.replace("-", "\u2011")]
    for path in written:
        with subtests.test(repr(path)):
            browser.get(address(path))
            assert browser.path == whole


def test_a_link_leads_on_by_303_with_its_language_and_nothing_else(
    links: dict[str, str], browser: Browser
) -> None:
    whole = links["invitations"]
    for query in ("?lang=fr", "?lang=fr.", "?lang=fr%3E&utm_source=mail", "%3Flang=fr"):
        answer = browser.get(f"{whole}.{query}", status=303)
        assert answer.location == f"{whole}?lang=fr"
    assert browser.get(f"{whole}.?utm_source=mail", status=303).location == whole
    browser.get(f"{whole}?lang=fr.")
    assert browser.page.html["lang"] == "fr"


@pytest.mark.parametrize("kind", KINDS)
def test_a_cut_link_is_told_to_be_cut(links: dict[str, str], browser: Browser, kind: str) -> None:
    whole = links[kind]
    start = whole.rindex("/") + 1
    cut = [
        whole[:start],
        whole[: start - 1],
        *(whole[:end] for end in range(start + 1, len(whole))),
    ]
    for path in (*cut, f"{whole[:-1]}.", f"{whole[:-3]} ", f"{whole[: start + 4]}/"):
        browser.get(address(path), status=404)
        assert browser.says("#problem") == NOT_WHOLE, path


def test_a_link_that_does_not_open_says_so_and_is_not_sent_round(
    app: Flask, db: Database, debate: Debate, links: dict[str, str], browser: Browser
) -> None:
    revoke(db, debate)
    for behind in ("", ".", " ", "?lang=en"):
        browser.get(address(links["invitations"] + behind), status=404)
        assert browser.says("#problem").startswith("The Presidency has ended this invitation.")
        assert len(browser.visited) == 1


def test_a_link_of_one_kind_opens_no_other(links: dict[str, str], browser: Browser) -> None:
    signed = [links[kind] for kind in KINDS[:3]]
    for whole in signed:
        for kind in KINDS[:3]:
            path = f"/{kind}/{whole.rpartition('/')[2]}"
            if path not in signed:
                browser.get(f"{path}.", status=404)


def test_only_pages_are_led_on(links: dict[str, str], browser: Browser) -> None:
    token = {"csrf_token": _token(browser)}
    browser.post(f"{links['invitations']}.", token, status=404)
    asked = {"HX-Request": "true"}
    assert browser._ask("GET", f"{links['shared']}.", headers=asked).status == 404
    for tail in ("/stream", "/state"):
        assert browser._ask("GET", f"{links['shared']}{tail}").status == 200
        assert browser._ask("GET", f"/shared/1-{'x' * 22}{tail}").status == 404


def _token(browser: Browser) -> str:
    browser.get("/staff/sign-in")
    return browser.token()


@pytest.mark.parametrize(
    "written", ["/Invitations/", "/invitations/ ", "/invitations//", "//SHARED/"]
)
def test_no_log_keeps_a_link_that_did_not_arrive_clean(
    caplog: pytest.LogCaptureFixture, written: str
) -> None:
    logger = logging.getLogger("test.links")
    redact_logs(logger)
    logger.error("Exception on %s [GET]", f"{written}{STAFF_TOKEN}.")
    assert STAFF_TOKEN not in caplog.text


def test_two_slashes_lead_on_without_naming_a_host(browser: Browser) -> None:
    """A proxy may have handed on a host that no browser can reach."""
    response = browser.client.get("/staff//sign-in", headers={"Host": "127.0.0.1:8000"})
    assert (response.status_code, response.headers["Location"]) == (308, "/staff/sign-in")


# --- The field ----------------------------------------------------------------------------------


PASTED = (
    "{link}",
    "https://list.mission.example{link}",
    "Excellency,\r\n\r\nplease open <https://list.mission.example{link}?lang=en>.\r\n\r\nYours",
    "https://eur02.safelinks.protection.outlook.com/?url=https%3A%2F%2Flist.mission.example{link}&data=0",
    "\u202b{link}\u202c",
    "{token}",
    "the code {token}.",
)


@pytest.mark.parametrize("text", PASTED)
def test_what_is_pasted_at_the_first_page_opens_its_link(
    links: dict[str, str], debate: Debate, browser: Browser, text: str
) -> None:
    whole = links["invitations"]
    browser.get("/")
    pasted = {"link": text.format(link=whole, token=whole.rpartition("/")[2])}
    answer = browser.submit("main form", pasted, status=303)
    assert answer.location.partition("?")[0] == whole
    browser.get(answer.location)
    browser.submit("main form")
    assert browser.path == home(debate)


@pytest.mark.parametrize("kind", KINDS)
def test_the_field_opens_every_kind_of_link(
    links: dict[str, str], browser: Browser, kind: str
) -> None:
    browser.get("/link")
    browser.submit("main form", {"link": f"Look: {links[kind]}."})
    assert browser.path == links[kind]


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "Paste your link here."),
        ("  ", "Paste your link here."),
        ("Excellency, the list opens tomorrow.", "There is no personal link in this."),
        ("https://list.mission.example/debates/x/list", "There is no personal link in this."),
        ("https://list.mission.example/invitations/1-dVzh", NOT_WHOLE),
        ("https://list.mission.example/invitations/", NOT_WHOLE),
        (
            "https://x.example/invitations/1-AAAAAAAAAAAAAAAAAAAAAA",
            "Ask the Presidency for a new one.",
        ),
        ("https://x.example/shared/1-AAAAAAAAAAAAAAAAAAAAAA", "Ask the delegation for a new one."),
        ("https://x.example/receipts/1-AAAAAAAAAAAAAAAAAAAAAA", "not a receipt of this server"),
        (f"https://x.example/staff/links/{'x' * 43}", "Ask an admin for a new one."),
        ("1-AAAAAAAAAAAAAAAAAAAAAA", "Ask the Presidency for a new one."),
        ("<script>alert(1)</script>\x00\x1b", "There is no personal link in this."),
    ],
)
def test_what_opens_nothing_is_told_at_the_field_and_kept(
    browser: Browser, text: str, sentence: str
) -> None:
    browser.get("/")
    browser.submit("main form", {"link": text}, status=422)
    assert sentence in browser.problem("link")
    assert browser.value("link").replace("\ufffd", "") == text.strip().strip("\x00\x1b")


def test_no_pasted_text_leads_elsewhere(links: dict[str, str], browser: Browser) -> None:
    for text in (
        "https://evil.example{}",
        "//evil.example{}",
        "javascript:{}",
        "\\\\evil{}\r\nX: y",
    ):
        browser.get("/link")
        pasted = {"link": text.format(links["invitations"])}
        assert browser.submit("main form", pasted, status=303).location == links["invitations"]


def test_who_is_signed_in_for_one_delegation_can_open_the_link_of_another_debate(
    app: Flask, db: Database, debate: Debate, kenya: Browser
) -> None:
    """As an app on a phone: its first page leads straight to the delegation's own."""
    later = make_debate(db, slug="later")
    make_invitations(db, later, "KEN")
    kenya.get("/")
    assert kenya.path == home(debate)
    kenya.follow("nav.more a[href='/link']")
    kenya.submit("main form", {"link": link(app, db, later, "KEN")})
    kenya.submit("main form")
    assert kenya.path == home(later)
    kenya.get("/")
    assert len(kenya.page.select(".invited a")) == 2
    assert kenya.has("main form [name=link]")
