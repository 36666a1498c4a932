"""The screen stays on while a delegate waits: a switch, only where the browser can do it."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, expect

from tests.browser.people import Person
from tests.browser.served_debate import ServedDebate

pytestmark = pytest.mark.browser

NOTE_LOCKS = """(() => {
    window.locks = [];
    const { wakeLock } = navigator, request = wakeLock.request.bind(wakeLock);
    const held = () => locks.filter((lock) => !lock.released).length;
    const note = () => { document.body.dataset.held = held(); };
    wakeLock.request = async (type) => {
        const lock = await request(type);
        lock.addEventListener("release", note);
        locks.push(lock);
        note();
        return lock;
    };
})()"""


def switch(kenya: Person) -> Locator:
    return kenya.page.get_by_role("switch", name="Keep the screen on while I wait")


def test_the_screen_stays_on_until_the_delegation_is_registered(
    open_debate: ServedDebate, person: Callable[..., Person]
) -> None:
    open_debate.prepare("KEN")
    kenya = person()
    kenya.context.add_init_script(NOTE_LOCKS)
    kenya.follow_link(open_debate, "KEN").wait_until_live()
    word = kenya.page.locator("[data-awake] [role=status]")
    expect(switch(kenya)).not_to_be_checked()
    switch(kenya).check()
    expect(word).to_have_text("The screen stays on.")
    expect(kenya.page.locator("body")).to_have_attribute("data-held", "1")

    kenya.page.evaluate("locks[0].release()")  # as a phone does to save its battery
    expect(word).to_contain_text("The phone switched this off")
    expect(switch(kenya)).not_to_be_checked()

    switch(kenya).check()
    expect(word).to_have_text("The screen stays on.")
    open_debate.say("The meeting begins at 10.")  # the page is drawn anew around the switch
    expect(kenya.standing).to_contain_text("The meeting begins at 10.")
    expect(switch(kenya)).to_be_checked()
    expect(kenya.page.locator("body")).to_have_attribute("data-held", "1")
    kenya.button.click()
    expect(kenya.number).to_have_text("1")
    expect(kenya.page.locator("body")).to_have_attribute("data-held", "0")


def test_where_the_browser_cannot_do_it_there_is_no_switch(
    closed_debate: ServedDebate, person: Callable[..., Person]
) -> None:
    closed_debate.prepare("KEN")
    kenya = person()
    kenya.context.add_init_script("delete Navigator.prototype.wakeLock")
    kenya.follow_link(closed_debate, "KEN").wait_until_live()
    expect(switch(kenya)).to_be_hidden()
