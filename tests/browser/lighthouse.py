"""`make lighthouse`: the delegate's pages as Lighthouse's slow phone sees them.

Its default profile: a round trip of 150 ms, 1.6 Mbit/s, a processor slowed four times. Search
engines are no concern of ours: every page is noindex.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import sync_playwright

from rostrum.config import Config
from rostrum.domain.registrations.receipts import receipt_code
from rostrum.instance import prepare_instance
from tests.browser.chromium import FLAGS, MISSING, find_chromium, launch
from tests.browser.people import Person
from tests.browser.served_debate import ServedDebate
from tests.browser.server import running
from tests.npm.tools import program

LEAST = {"performance": 95, "accessibility": 100, "best-practices": 100}
INTERACTIVE = 2_000
"""Milliseconds."""
RUNS = 3
WAIT = 10_000
"""Milliseconds. The stream of a live page never lets its network rest."""
DELEGATIONS = ("BRA", "IRL", "JPN", "MEX", "KEN")


def main() -> None:
    """Prints the figures of each page; ends with 1 where one misses its mark."""
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        chromium = find_chromium(playwright)
        if chromium is None:
            sys.exit(MISSING)
        empty = Config(Path(folder, "empty"))
        prepare_instance(empty)
        with running(Path(folder, "instance"), empty.database) as server:
            waiting, registered = ServedDebate(server, 3600), ServedDebate(server, -3600)
            registered.register(*DELEGATIONS)
            held = registered.registration("KEN")
            receipt = receipt_code(server.config.secret_key(), held.id)
            browser = launch(playwright, chromium)
            cookies = {debate: _cookie(Person(browser), debate) for debate in (waiting, registered)}
            browser.close()
            pages = {
                "before the opening": (waiting, waiting.page("KEN")),
                "registered": (registered, registered.page("KEN")),
                "receipt": (registered, f"{server.url}/receipts/{receipt}"),
            }
            missed = [
                name
                for name, (debate, address) in pages.items()
                if not _is_good(name, _measure(chromium, address, cookies[debate], folder))
            ]
    sys.exit(1 if missed else 0)


def _cookie(someone: Person, debate: ServedDebate) -> str:
    """The session of Kenya's phone."""
    someone.follow_link(debate, "KEN")
    return "; ".join(f"{each['name']}={each['value']}" for each in someone.context.cookies())


def _measure(chromium: str, address: str, cookie: str, folder: str) -> dict:
    """Lighthouse's report of the median of some runs."""
    reports = [_run(chromium, address, cookie, folder) for _ in range(RUNS)]
    return sorted(reports, key=_performance)[RUNS // 2]


def _performance(report: dict) -> float:
    return report["categories"]["performance"]["score"]


def _run(chromium: str, address: str, cookie: str, folder: str) -> dict:
    report = Path(folder, "report.json")
    command = [
        *(*program("lighthouse"), address, "--quiet", f"--max-wait-for-load={WAIT}"),
        *("--output=json", f"--output-path={report}"),
        f"--only-categories={','.join(LEAST)}",
        f"--extra-headers={json.dumps({'Cookie': cookie})}",
        f"--chrome-flags=--headless=new {' '.join(FLAGS)}",
    ]
    environment = os.environ | {"CHROME_PATH": chromium}
    for is_last in (False, False, True):
        # Now and then Lighthouse loses its browser; that says nothing of the page.
        if subprocess.run(command, env=environment, check=is_last).returncode == 0:
            break
    return json.loads(report.read_text())


def _is_good(name: str, report: dict) -> bool:
    scores = {each: round(100 * report["categories"][each]["score"]) for each in LEAST}
    interactive = report["audits"]["interactive"]["numericValue"]
    said = ", ".join(f"{each} {score}" for each, score in scores.items())
    weight = report["audits"]["total-byte-weight"]["numericValue"] / 1000
    print(f"{name}: {said}, interactive in {interactive / 1000:.2f} s, {weight:.1f} kB")
    _print_faults(report)
    return interactive <= INTERACTIVE and all(scores[each] >= LEAST[each] for each in LEAST)


def _print_faults(report: dict) -> None:
    """What keeps a category from a hundred."""
    for category in report["categories"].values():
        for ref in category["auditRefs"]:
            audit = report["audits"][ref["id"]]
            if ref["weight"] and audit["score"] is not None and audit["score"] < 1:
                print(f"  {audit['title']}: {audit.get('displayValue', 'no')}")


if __name__ == "__main__":
    main()
