"""People with a phone or a laptop: a browser context each, and what they do on the pages.

Every page of theirs is listened to. A violation of the content policy, an error on the console
or in a script fails the test, unless the test said that it would come.
"""

from __future__ import annotations

import re
from contextlib import suppress

from playwright.sync_api import Browser, ConsoleMessage, Locator, Page, WebError, expect

from tests.browser.drawn_letters import a_letter
from tests.browser.served_debate import ServedDebate
from tests.browser.server import PASSWORD, STAFF_NAME

PHONE = {"width": 390, "height": 844}
LAPTOP = {"width": 1366, "height": 768}
NO_CONNECTION = r"net::ERR_|ERR_INTERNET_DISCONNECTED|Failed to fetch|network error"
"""What Chromium writes by itself when requests fail, on purpose, for want of a connection."""
REFUSED = r"status of 4(22|09)"
"""What it writes of an answer that says what is wrong with a form."""

SPEAKER = {
    "title": "H.E. Ms.",
    "name": "Amina Wanjiru Otieno",
    "functional_title": "Permanent Representative of Kenya",
    "contact_email": "pm@kenya.example",
    "contact_phone": "+1 212 555 0142",
}
CHOICES = {"level": "permanent_representative", "language": "en"}


class Person:
    """Somebody with one browser of their own, at one page."""

    def __init__(self, browser: Browser, **options: object) -> None:
        settings = {"viewport": PHONE, "locale": "en-GB", "timezone_id": "Africa/Nairobi"}
        self._size = (settings | options)["viewport"]
        self.context = browser.new_context(**settings | options)
        self.complaints: list[str] = []
        self._expected: list[str] = []
        self.context.on("console", self._hear)
        self.context.on("weberror", self._fail)
        self.page: Page = self.context.new_page()

    def _hear(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning") or "Content Security" in message.text:
            self.complaints.append(f"{message.type}: {message.text} ({message.page.url})")

    def _fail(self, error: WebError) -> None:
        self.complaints.append(f"script error: {error.error} ({error.page.url})")

    def expects(self, *patterns: str) -> None:
        """Complaints of the browser that this test provokes on purpose."""
        self._expected += patterns

    def unexpected(self) -> list[str]:
        """What the browser complained of that nobody meant to provoke."""
        return [
            complaint
            for complaint in self.complaints
            if not any(re.search(pattern, complaint) for pattern in self._expected)
        ]

    def forget(self) -> Person:
        """Is somebody new on the same phone, whose browser keeps nothing but cached files."""
        self.page.unroute_all()
        self.page.evaluate("localStorage.clear(), sessionStorage.clear()")
        self.context.clear_cookies()
        self.page.set_viewport_size(self._size)
        self.page.emulate_media(media="null", color_scheme="null")
        self.page.goto("about:blank")
        self.complaints.clear()
        self._expected.clear()
        return self

    def close(self) -> None:
        with suppress(Exception):
            self.context.close()

    # --- What is on the page -------------------------------------------------------------------

    @property
    def number(self) -> Locator:
        return self.page.locator("#standing .number")

    @property
    def standing(self) -> Locator:
        return self.page.locator("#standing")

    @property
    def why(self) -> Locator:
        return self.page.locator("#standing .why")

    @property
    def button(self) -> Locator:
        """The button that registers."""
        return self.page.locator("[data-register], button[formaction$='/registration']")

    @property
    def live(self) -> Locator:
        """The word that says whether the page is live."""
        return self.page.locator("#live_word")

    @property
    def head(self) -> Locator:
        """The head of the delegation's page: has the focus once something was sent."""
        return self.page.locator("h1.who")

    @property
    def receipt(self) -> Locator:
        return self.page.locator(".receipt")

    @property
    def held_letter(self) -> Locator:
        """The letter that counts now; the receipt tells the one that came with the press."""
        return self.page.get_by_role("region", name="Letter", exact=True)

    # --- What a delegate does ------------------------------------------------------------------

    def follow_link(self, debate: ServedDebate, code: str) -> Person:
        """Opens the personal link and continues as the delegation."""
        self.page.goto(debate.link(code))
        self.page.locator("main form button").click()
        expect(self.page).to_have_url(debate.page(code))
        return self

    def type_speaker(self, **changes: str) -> None:
        """Fills in every field of the speaker."""
        for name, value in (SPEAKER | changes).items():
            self.page.locator(f"[name={name}]").fill(value)
        for name, value in CHOICES.items():
            self.page.locator(f"select[name={name}]").select_option(value)

    def choose_letter(self, content: bytes | None = None, name: str = "letter.pdf") -> None:
        """A letter of Kenya's when no other is given; choosing it sends it where scripts run."""
        file = {"name": name, "mimeType": "application/octet-stream"}
        self.page.locator("#letter").set_input_files(file | {"buffer": content or a_letter()})

    def wait_until_live(self) -> Person:
        word = self.page.locator("#live").get_attribute("data-live")
        expect(self.live).to_have_text(word)
        return self

    # --- What staff do -------------------------------------------------------------------------

    @property
    def staff_cookie(self) -> str:
        """By which the server knows this browser of the staff."""
        held = {each["name"]: each["value"] for each in self.context.cookies()}
        return next(value for name, value in held.items() if name.endswith("staff"))

    def sign_in(self, debate: ServedDebate, name: str = STAFF_NAME) -> Person:
        """Signs in, as the verifier if nobody else is named, and opens the console.

        The password is slow on purpose: it is typed once a server, and a new browser then takes
        the session over as long as it holds.
        """
        held = debate.server.signed_in
        if name in held and not self.context.cookies():
            self.context.add_cookies(held[name])
        self.page.goto(debate.console())
        if self.page.url != debate.console():
            self.page.get_by_label("Name").fill(name)
            self.page.get_by_label("Password").fill(PASSWORD)
            self.page.get_by_role("button", name="Sign in").click()
            expect(self.page).to_have_url(debate.console())
            held[name] = self.context.cookies()
        return self

    def row(self, name: str) -> Locator:
        """The delegation's row on the console."""
        header = self.page.get_by_role("rowheader", name=name)
        return self.page.get_by_role("row").filter(has=header)
