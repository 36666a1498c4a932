"""A phone with another engine: what somebody does on the pages, the same in each.

Every step waits until it can be done, because parts of a page are swapped at any time.
"""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from tests.browser.engines import Engine
from tests.browser.people import CHOICES, SPEAKER
from tests.browser.served_debate import ServedDebate
from tests.browser.webdriver import Refused

SECONDS = 30
"""In which everything is there that a page promises, on a slow machine that does other things."""
NOT_YET = ("element click intercepted", "element not interactable", "no such element")
SWAPPED = ("stale element reference",)
TEXT = """
    const part = document.querySelector(arguments[0]);
    return part && part.textContent.trim().replace(/\\s+/g, " ");
"""
CONTROL = "//*[self::a or self::button or self::summary][contains(normalize-space(), '{}')]"


class Phone:
    """Somebody with a phone, at one page."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self._expected: list[str] = []

    def expects(self, *patterns: str) -> None:
        """Complaints of the browser that this test provokes on purpose."""
        self._expected += patterns

    def unexpected(self) -> list[str]:
        """What the browser complained of that nobody meant to provoke."""
        return [
            complaint
            for complaint in self.engine.complaints()
            if not any(re.search(pattern, complaint) for pattern in self._expected)
        ]

    # --- What can be seen ----------------------------------------------------------------------

    def run(self, script: str, *arguments: object) -> Any:
        """What a script in the page returns."""
        return self.engine.run(script, *arguments)

    def text(self, css: str) -> str | None:
        """What stands in a part of the page; none when it is not there."""
        return self.run(TEXT, css)

    def wait_for(self, css: str, pattern: str) -> None:
        """Until the part says this."""
        self.wait_until(
            lambda: re.search(pattern, self.text(css) or ""), f"{css} says {pattern!r}", css
        )

    def wait_for_value(self, script: str, value: object) -> None:
        """Until the script returns this."""
        self.wait_until(lambda: self.run(f"return {script}") == value, f"{script} is {value!r}")

    def wait_until(self, is_so: Callable[[], object], what: str, css: str = "main") -> None:
        """Until it is so; asked again and again."""
        deadline = time.monotonic() + SECONDS
        while not is_so():
            if time.monotonic() > deadline:
                raise AssertionError(f"never: {what}; {css} says {self.text(css)!r}")
            time.sleep(0.05)

    # --- What can be done ----------------------------------------------------------------------

    def open(self, address: str) -> None:
        self.engine.line.send("WebDriver:Navigate", url=address)

    def back(self) -> None:
        self.engine.line.send("WebDriver:Back")

    def click(self, words: str) -> None:
        """On the link or button with these words."""
        self._act("ElementClick", CONTROL.format(words), "xpath")

    def click_on(self, css: str) -> None:
        self._act("ElementClick", css)

    def fill(self, name: str, text: str) -> None:
        """Types into the field of this name, which is emptied before."""
        self._act("ElementClear", f"[name={name}]")
        self._act("ElementSendKeys", f"[name={name}]", text=text)

    def choose(self, css: str, path: Path) -> None:
        """A file, as if it had been taken from the phone's own dialogue."""
        self._act("ElementSendKeys", css, text=str(path))

    def _act(self, name: str, where: str, how: str = "css selector", **values: object) -> None:
        send, deadline = self.engine.line.send, time.monotonic() + SECONDS
        while True:
            try:
                found = send("WebDriver:FindElement", using=how, value=where)
                send(f"WebDriver:{name}", id=next(iter(found.values())), **values)
                return
            except Refused as error:
                if error.code not in NOT_YET + SWAPPED or time.monotonic() > deadline:
                    raise
                time.sleep(0.05)

    # --- What a delegate does --------------------------------------------------------------------

    def follow_link(self, debate: ServedDebate, code: str = "KEN") -> Phone:
        """Opens the personal link and continues as the delegation."""
        self.open(debate.link(code))
        self.click_on("main form button")
        self.wait_for_value("location.href", debate.page(code))
        self.wait_for_value("document.readyState", "complete")
        return self

    def wait_until_live(self) -> Phone:
        self.wait_for("#live_word", "^Live$")
        return self

    def type_speaker(self, **changes: str) -> None:
        """Fills in every field of the speaker."""
        for name, value in (SPEAKER | changes).items():
            self.fill(name, value)
        for name, value in CHOICES.items():
            self.click_on(f"select[name={name}] option[value={value}]")
