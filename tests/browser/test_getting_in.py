"""Everybody gets in: through proxies, without a Referer, in two tabs, as an app; and who cannot is
told why, at the place where they look.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.chromium import Launcher
from tests.browser.people import NO_CONNECTION, PHONE, SPEAKER, Person
from tests.browser.proxy import Headers, Proxy, listening, proxy
from tests.browser.served_debate import ServedDebate
from tests.browser.server import FarServer, Server, running
from tests.browser.slow_line import slow_line

pytestmark = pytest.mark.browser

MakePerson = Callable[..., Person]
NO_COOKIES = "This browser keeps no cookies"
OF_A_REFUSAL = "status of 40[04]"


@pytest.fixture(scope="module")
def front(
    tmp_path_factory: pytest.TempPathFactory, empty_database: Path
) -> Iterator[tuple[Proxy, Server]]:
    """A server whose outside address is that of a proxy before it."""
    with listening() as listener:
        address = f"http://127.0.0.1:{listener.getsockname()[1]}"
        folder = tmp_path_factory.mktemp("behind") / "instance"
        with (
            running(folder, empty_database, base_url=address) as server,
            proxy(listener, server.address) as between,
        ):
            yield between, server


# --- Proxies ------------------------------------------------------------------------------------

TLS_ENDS_THERE = {"X-Forwarded-Proto": "https"}
WAYS: dict[str, tuple[Headers, Headers]] = {
    "as it came": ({}, {}),
    "no Referer": ({**TLS_ENDS_THERE, "Referer": None}, {}),
    "neither Referer nor Origin": ({**TLS_ENDS_THERE, "Referer": None, "Origin": None}, {}),
    "nothing but the token": ({"Referer": None, "Origin": None, "Sec-Fetch-Site": None}, {}),
    "without the port": ({**TLS_ENDS_THERE, "Host": "127.0.0.1"}, {}),
    "the back end's host": ({**TLS_ENDS_THERE, "Host": "backend.internal:9"}, {}),
    "the same, an older browser": (
        {**TLS_ENDS_THERE, "Host": "other.internal:9", "Sec-Fetch-Site": None},
        {},
    ),
    "a referrer policy of its own": (TLS_ENDS_THERE, {"Referrer-Policy": "no-referrer"}),
}


@pytest.mark.parametrize("name", WAYS)
def test_a_delegate_comes_in_saves_and_registers_through_any_proxy(
    front: tuple[Proxy, Server], person: MakePerson, name: str
) -> None:
    between, server = front
    between.start(*WAYS[name])
    debate, before = ServedDebate(FarServer(server, between.url), -3600), len(server.written())
    kenya = person()
    kenya.follow_link(debate, "KEN").wait_until_live()
    kenya.type_speaker()
    kenya.page.locator("#press button.save").click()
    expect(kenya.page.locator("#details")).to_contain_text(SPEAKER["name"])
    kenya.choose_letter(debate.letter_of("KEN"))
    expect(kenya.page.locator("#letter_box")).to_contain_text("letter.pdf")
    kenya.button.click()
    expect(kenya.number).to_have_text("1")
    sent = [head for head in between.heads if head.startswith(b"POST")]
    assert len(sent) == 4, "Continue, Save, the letter, the press"
    is_hidden = any(b"Origin: null" in head for head in sent)
    assert is_hidden == bool(between.answered), "this is what the policy does"
    host = between.asked.get("Host")
    line = f"Host is {host}, the outside address is {between.url}: the proxy must pass Host\n"
    assert server.written()[before:].count("the proxy must pass Host") == bool(host)
    assert host is None or line in server.written()


# --- Cookies ------------------------------------------------------------------------------------


@pytest.fixture
def without_cookies(launcher: Launcher, tmp_path: Path) -> Iterator[Page]:
    """A browser whose settings block all cookies."""
    settings = {"profile": {"default_content_setting_values": {"cookies": 2}}}
    (tmp_path / "profile" / "Default").mkdir(parents=True)
    (tmp_path / "profile" / "Default" / "Preferences").write_text(json.dumps(settings))
    context = launcher.open_profile(tmp_path / "profile", viewport=PHONE)
    yield context.new_page()
    context.close()


def test_a_browser_that_blocks_cookies_says_so_at_the_first_step(
    open_debate: ServedDebate, without_cookies: Page
) -> None:
    page = without_cookies
    for _ in range(2):
        page.goto(open_debate.link("KEN"))
        page.locator("main form button").click()
        expect(page.get_by_role("alert")).to_contain_text(NO_COOKIES)
        expect(page.get_by_role("alert")).to_contain_text("open it in another browser")
    page.goto(f"{open_debate.server.url}/")
    page.get_by_label("Your personal link").fill(open_debate.link("KEN"))
    page.get_by_role("button", name="Open the link").click()
    expect(page.get_by_role("alert")).to_contain_text(NO_COOKIES)


def test_a_press_whose_cookies_are_gone_is_told_so_at_the_button(
    open_debate: ServedDebate, delegate: Callable[..., Person]
) -> None:
    open_debate.prepare("KEN")
    kenya = delegate(open_debate).wait_until_live()
    kenya.expects(OF_A_REFUSAL)
    kenya.context.clear_cookies()
    kenya.button.click()
    for place in ("#press_said", "#problem"):
        expect(kenya.page.locator(place)).to_contain_text(NO_COOKIES)
    expect(kenya.page.locator("#press_said")).not_to_contain_text("Sending")
    expect(kenya.page.get_by_role("button", name="Stop trying")).to_be_hidden()
    expect(kenya.button).to_be_enabled()
    assert open_debate.registration("KEN") is None


def test_a_letter_whose_cookies_are_gone_is_told_so_where_it_was_chosen(
    open_debate: ServedDebate, delegate: Callable[..., Person]
) -> None:
    kenya = delegate(open_debate).wait_until_live()
    kenya.expects(OF_A_REFUSAL)
    kenya.context.clear_cookies()
    kenya.choose_letter()
    expect(kenya.page.locator(".progress [role=status]")).to_contain_text(NO_COOKIES)
    expect(kenya.page.locator("#problem")).to_contain_text(NO_COOKIES)


# --- Two at once --------------------------------------------------------------------------------


def open_at_once(someone: Person, *addresses: str) -> list[Page]:
    """A tab each: every one asks before the first is answered."""
    tabs = [someone.page, *(someone.context.new_page() for _ in addresses[1:])]
    for tab, address in zip(tabs, addresses, strict=True):
        tab.goto(address, wait_until="commit") if tab is tabs[-1] else tab.evaluate(
            "(address) => { setTimeout(() => location.assign(address)) }", address
        )
    for tab in tabs:
        expect(tab.locator("main form button")).to_be_visible()
    return tabs


@pytest.mark.parametrize("codes", [("KEN", "KEN", "KEN"), ("KEN", "BRA")])
def test_tabs_opened_at_once_all_come_in(
    server: Server, person: MakePerson, codes: tuple[str, ...]
) -> None:
    with slow_line(server.address, 0.3, 0.3) as url:
        debate = ServedDebate(FarServer(server, url), -3600)
        someone = person()
        someone.expects(NO_CONNECTION)
        tabs = open_at_once(someone, *(debate.link(code) for code in codes))
        secrets = [c for c in someone.context.cookies() if c["name"].startswith("rostrum-form-")]
        assert len(secrets) == len(codes), "none knew of another's"
        for tab in tabs:
            tab.evaluate("document.querySelector('main form').submit()")
        for tab, code in zip(tabs, codes, strict=True):
            expect(tab).to_have_url(debate.page(code), timeout=15_000)
        for tab, code in zip(tabs, codes, strict=True):
            tab.reload()
            expect(tab).to_have_url(debate.page(code))
            expect(tab.locator("#press, #details").first).to_be_visible()
        someone.close()


# --- The app on a phone -------------------------------------------------------------------------


@pytest.mark.parametrize("with_scripts", [True, False], ids=["scripts", "no scripts"])
def test_an_app_without_cookies_comes_in_by_a_link_that_is_pasted(
    open_debate: ServedDebate, person: MakePerson, with_scripts: bool
) -> None:
    kenya = person(java_script_enabled=with_scripts)
    kenya.expects("status of 422")
    kenya.page.goto(f"{open_debate.server.url}/")
    field = kenya.page.get_by_label("Your personal link")
    field.fill("Excellency, the list opens tomorrow.")
    kenya.page.get_by_role("button", name="Open the link").click()
    expect(kenya.page.get_by_role("alert")).to_contain_text("There is no personal link in this.")
    expect(field).to_have_value("Excellency, the list opens tomorrow.")

    field.fill(f"Excellency, your link: <{open_debate.link('KEN')}>. It opens tomorrow.")
    kenya.page.get_by_role("button", name="Open the link").click()
    expect(kenya.page).to_have_url(open_debate.link("KEN"))
    kenya.page.locator("main form button").click()
    expect(kenya.page).to_have_url(open_debate.page("KEN"))
    kenya.page.goto(f"{open_debate.server.url}/")
    expect(kenya.page).to_have_url(open_debate.page("KEN"))


def test_a_link_with_a_full_stop_opens_in_a_browser(
    open_debate: ServedDebate, person: MakePerson
) -> None:
    kenya = person()
    for behind_it in (".", ">", "\u200b", "%0A"):
        kenya.page.goto(open_debate.link("KEN") + behind_it)
        expect(kenya.page).to_have_url(open_debate.link("KEN"))
        expect(kenya.page.locator("main form button")).to_have_text("Continue as Kenya")
