"""Bad Wi-Fi: a press is tried again until it is answered, and nothing that was typed is lost."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Request, Route, expect

from rostrum.store.registrations import list_with_delegations
from tests.browser.cut_line import cut_line
from tests.browser.people import NO_CONNECTION, REFUSED, SPEAKER, Person
from tests.browser.served_debate import ServedDebate
from tests.browser.server import FarServer, Server

pytestmark = pytest.mark.browser

Delegate = Callable[..., Person]
MakePerson = Callable[..., Person]
TRYING = re.compile(r"^Not registered yet\. Trying again \(\d+\)…")
BAD_LINE = {
    "offline": False,
    "latency": 400,
    "downloadThroughput": 10_000,
    "uploadThroughput": 5_000,
}
PROXY = "<html><body><h1>502 Bad Gateway</h1><hr>nginx</body></html>"
PORTAL = "<html><body><h1>Welcome to our Wi-Fi</h1></body></html>"
STALLED = 15_000
"""Milliseconds within which a press no longer waits for a letter that does not move."""
ALL_SENT = """const { send } = XMLHttpRequest.prototype;
XMLHttpRequest.prototype.send = function (body) {
    send.call(this, body);
    setTimeout(() => this.upload.onprogress?.({ loaded: 1, total: 1 }));
};"""
"""Lets an upload that a test holds look as if it had been sent whole."""
NOTHING_SAVED = "nothing was saved. What you typed is still here."
NO_ANSWER = "take it as not saved. What you typed is still here."


def presses_of(kenya: Person) -> list[str]:
    """The idempotency key of each press that the page sends from now on."""
    keys: list[str] = []

    def note(request: Request) -> None:
        if request.method == "POST" and request.url.endswith("/registration"):
            keys.append(request.post_data.partition('"idempotency_key"')[2].split()[0])

    kenya.page.on("request", note)
    return keys


def said(kenya: Person) -> Locator:
    return kenya.page.locator("#press_said")


def count_rows(debate: ServedDebate) -> int:
    return len(list_with_delegations(debate.db, debate.stored.id))


def test_a_press_without_a_connection_is_tried_until_it_is_answered(
    open_debate: ServedDebate, delegate: Delegate
) -> None:
    open_debate.prepare("KEN")
    kenya = delegate(open_debate).wait_until_live()
    kenya.expects(NO_CONNECTION)
    keys = presses_of(kenya)
    line = kenya.context.new_cdp_session(kenya.page)
    line.send("Network.enable")
    line.send("Network.emulateNetworkConditions", BAD_LINE | {"offline": True})
    kenya.button.click()
    expect(said(kenya)).to_have_text("Not registered yet. Trying again (2)…")
    expect(kenya.page.get_by_role("button", name="Stop trying")).to_be_visible()
    line.send("Network.emulateNetworkConditions", BAD_LINE)
    expect(kenya.number).to_have_text("1")
    expect(kenya.head).to_be_focused()
    assert len(keys) >= 3
    assert len(set(keys)) == 1
    assert count_rows(open_debate) == 1


def test_when_the_answer_is_lost_the_same_place_is_told_at_the_next_try(
    server: Server, person: MakePerson
) -> None:
    with cut_line(server.address, b"/registration ") as line:
        debate = ServedDebate(FarServer(server, line.url), -3600)
        debate.prepare("KEN")
        kenya = person()
        kenya.expects(NO_CONNECTION)
        # Without its stream and state, which would tell it first.
        kenya.context.route("**/KEN/st*", lambda route: route.abort())
        kenya.follow_link(debate, "KEN")
        expect(kenya.button).to_have_attribute("data-htmx-powered", "true")
        keys = presses_of(kenya)
        line.to_lose = 1
        kenya.button.click()
        expect(kenya.number).to_have_text("1")
        expect(kenya.receipt).to_contain_text(debate.registration("KEN").reference)
        assert line.lost == 1
        assert len(keys) == 2
        assert len(set(keys)) == 1
        assert count_rows(debate) == 1
        kenya.close()  # before the line, whose end it would complain of


def test_when_a_letter_on_its_way_tells_the_place_first_the_head_of_the_page_has_the_focus(
    open_debate: ServedDebate, delegate: Delegate
) -> None:
    kenya = delegate(open_debate).wait_until_live()
    kenya.expects(NO_CONNECTION)
    kenya.type_speaker()
    letters: list[Route] = []

    def lose(route: Route) -> None:
        route.fetch()
        route.abort()

    kenya.page.route("**/letter", lambda route: letters.append(route))  # noqa: PLW0108
    kenya.page.route("**/registration", lose)
    kenya.choose_letter()
    expect(kenya.page.locator(".progress")).to_be_visible()
    kenya.button.click()
    expect(said(kenya)).to_have_text(TRYING, timeout=STALLED)
    letters[0].continue_()
    expect(kenya.number).to_have_text("1")
    expect(kenya.head).to_be_focused()
    assert count_rows(open_debate) == 1


def test_a_press_waits_for_the_letter_on_its_way_and_sends_it_no_second_time(
    open_debate: ServedDebate, delegate: Delegate
) -> None:
    kenya = delegate(open_debate)
    kenya.page.add_init_script(ALL_SENT)
    kenya.page.reload()
    kenya.wait_until_live().type_speaker()
    letters: list[Route] = []
    presses: list[Request] = []
    kenya.page.route("**/letter", lambda route: letters.append(route))  # noqa: PLW0108
    kenya.page.on(
        "request", lambda sent: sent.url.endswith("/registration") and presses.append(sent)
    )
    kenya.choose_letter()
    expect(kenya.page.locator(".progress")).to_be_visible()
    kenya.button.click()
    expect(said(kenya)).to_have_text("Registering as soon as the letter is here.")
    # The server reads it for longer than a line may stand still.
    kenya.page.wait_for_timeout(3000)
    assert presses == []
    letters[0].continue_()
    expect(kenya.number).to_have_text("1")
    assert len(presses) == 1
    assert b"%PDF" not in presses[0].post_data_buffer
    assert count_rows(open_debate) == 1


def test_a_press_that_waits_for_what_is_no_letter_is_told_so_at_the_button(
    open_debate: ServedDebate, delegate: Delegate
) -> None:
    kenya = delegate(open_debate).wait_until_live()
    kenya.expects(REFUSED)
    kenya.type_speaker()
    letters: list[Route] = []
    kenya.page.route("**/letter", lambda route: letters.append(route))  # noqa: PLW0108
    kenya.choose_letter(b"PK\x03\x04 a word processor's file", "letter.docx")
    kenya.button.click()
    expect(said(kenya)).to_have_text("Registering as soon as the letter is here.")
    letters[0].continue_()
    expect(kenya.page.locator("#letter_box .error")).to_contain_text("not a PDF or a photo")
    expect(said(kenya)).to_contain_text("not a PDF or a photo")
    assert count_rows(open_debate) == 0


def test_what_a_proxy_or_a_busy_server_says_is_no_answer(
    open_debate: ServedDebate, delegate: Delegate
) -> None:
    open_debate.prepare("KEN")
    kenya = delegate(open_debate).wait_until_live()
    kenya.expects(r"status of (502|429)")
    word = '<div id="problem" role="alert"><p>Many are asking.</p></div>'
    answers = [(502, PROXY), (429, word)]

    def answer(route: Route) -> None:
        if not answers:
            return route.continue_()
        status, body = answers.pop(0)
        return route.fulfill(status=status, body=body, content_type="text/html")

    kenya.page.route("**/registration", answer)
    kenya.page.evaluate(
        """() => {
            window.told = [];
            new MutationObserver(([change]) => told.push(change.target.textContent.trim()))
                .observe(document.getElementById("press_said"), { childList: true });
        }"""
    )
    kenya.button.click()
    expect(kenya.number).to_have_text("1")
    assert kenya.page.evaluate("told") == [
        "Sending…",
        "Not registered yet. Trying again (1)…",
        "Not registered yet. Trying again (2)… Many are asking.",
    ]
    assert "nginx" not in kenya.page.locator("body").inner_text()
    assert count_rows(open_debate) == 1


def test_a_press_whose_letter_a_proxy_refuses_is_told_so_and_not_tried_again(
    open_debate: ServedDebate, delegate: Delegate
) -> None:
    kenya = delegate(open_debate).wait_until_live()
    kenya.expects("status of 413", NO_CONNECTION)
    kenya.type_speaker()
    kenya.page.route("**/registration", lambda route: route.fulfill(status=413, body=PROXY))
    kenya.page.route("**/letter", lambda route: route.abort())
    kenya.choose_letter()
    kenya.button.click()
    expect(kenya.page.locator("#letter_said")).to_contain_text("too large for this connection")
    expect(said(kenya)).to_have_text("")
    expect(kenya.button).to_be_enabled()
    expect(kenya.page.locator("[name=name]")).to_have_value(SPEAKER["name"])


def test_trying_ends_when_the_delegate_says_so(
    open_debate: ServedDebate, delegate: Delegate
) -> None:
    open_debate.prepare("KEN")
    kenya = delegate(open_debate).wait_until_live()
    kenya.expects(NO_CONNECTION)
    kenya.context.set_offline(True)
    kenya.button.click()
    expect(said(kenya)).to_have_text(TRYING)
    kenya.page.get_by_role("button", name="Stop trying").click()
    expect(said(kenya)).to_have_text(re.compile("^We have stopped trying"))
    expect(said(kenya)).to_be_focused()
    keys = presses_of(kenya)
    kenya.context.set_offline(False)
    kenya.wait_until_live()
    expect(kenya.page.get_by_role("button", name="Stop trying")).to_be_hidden()
    assert keys == []
    assert count_rows(open_debate) == 0


def test_leaving_while_trying_is_asked_about_and_a_reload_offers_the_button_at_once(
    open_debate: ServedDebate, delegate: Delegate
) -> None:
    open_debate.prepare("KEN")
    kenya = delegate(open_debate).wait_until_live()
    kenya.expects(NO_CONNECTION)
    kenya.page.route("**/registration", lambda route: route.abort())
    kenya.button.click()
    expect(said(kenya)).to_have_text(TRYING)
    with kenya.page.expect_event("dialog") as asked:
        kenya.page.evaluate("setTimeout(() => location.reload())")
    assert asked.value.type == "beforeunload"
    asked.value.accept()
    kenya.page.unroute("**/registration")
    expect(said(kenya)).to_have_text("")
    expect(kenya.button).to_have_text("Register Kenya")
    expect(kenya.button).not_to_have_attribute("aria-disabled", "true")
    kenya.button.click()
    expect(kenya.number).to_have_text("1")


def test_a_draft_that_could_not_be_saved_stays_as_it_was_typed(
    closed_debate: ServedDebate, delegate: Delegate
) -> None:
    kenya = delegate(closed_debate).wait_until_live()
    kenya.expects(NO_CONNECTION)
    save = kenya.page.get_by_role("button", name="Save for the opening")
    kenya.type_speaker()
    kenya.context.set_offline(True)
    save.click()
    expect(kenya.page.get_by_role("alert")).to_contain_text(NO_ANSWER)
    expect(kenya.page.locator(".buttons + [role=alert]")).to_be_in_viewport()
    kenya.context.set_offline(False)
    kenya.page.route("**/draft", lambda route: route.fulfill(status=200, body=PORTAL))
    with kenya.page.expect_response("**/draft"):
        save.click()
    expect(kenya.page.get_by_role("alert")).to_contain_text(NO_ANSWER)
    expect(kenya.page.locator("[name=name]")).to_have_value(SPEAKER["name"])
    kenya.page.unroute("**/draft")
    save.click()
    expect(kenya.page.locator("#speaker")).to_contain_text(SPEAKER["name"])
    expect(kenya.page.get_by_role("alert")).to_have_count(0)


def test_a_form_of_the_browsers_own_is_not_lost_with_its_page(
    open_debate: ServedDebate, delegate: Delegate
) -> None:
    open_debate.register("KEN")
    kenya = delegate(open_debate)
    kenya.expects(NO_CONNECTION)
    kenya.page.get_by_role("link", name="Change the speaker").click()
    kenya.page.get_by_label("Full name").fill("Joseph Kiprop Bett")
    kenya.context.set_offline(True)
    kenya.page.get_by_role("button", name="Save").click()
    expect(kenya.page.get_by_role("alert")).to_contain_text(NOTHING_SAVED)
    expect(kenya.page.get_by_label("Full name")).to_have_value("Joseph Kiprop Bett")
    kenya.context.set_offline(False)
    kenya.page.get_by_role("button", name="Save").click()
    expect(kenya.page.locator("#page_body")).to_contain_text("Joseph Kiprop Bett")
