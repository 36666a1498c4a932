"""What axe-core finds on a page: the rules of WCAG 2.2 AA that a program can check, and its advice.

Its source is evaluated by the browser's own debugger, which the content policy does not bind.
"""

from __future__ import annotations

from functools import cache

from playwright.sync_api import Page

from tests.npm.tools import INSTALLED

TAGS = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")
LOOKS = ("color-contrast", "target-size")
"""The rules about what is drawn, not about what is there."""
RUN = """(only) => axe.run({
    runOnly: only, resultTypes: ["violations"], preload: false,
}).then((found) => found.violations.flatMap((rule) => rule.nodes.map(
    (node) => [rule.id, node.any[0]?.message ?? rule.help, node.html.slice(0, 160)].join(" ")
)))"""


def violations(page: Page, *, looks: bool = False) -> list[str]:
    """One line for each element that breaks a rule; of a page that is only drawn in another way,
    the rules about its looks are enough."""
    only = {"type": "rule", "values": LOOKS} if looks else {"type": "tag", "values": TAGS}
    if not page.evaluate("'axe' in window"):
        page.evaluate(_source())
    return page.evaluate(RUN, only)


@cache
def _source() -> str:
    path = INSTALLED / "axe-core" / "node_modules" / "axe-core" / "axe.min.js"
    if not path.exists():
        raise LookupError("axe-core is missing: python -m tests.npm.tools axe-core")
    return path.read_text()
