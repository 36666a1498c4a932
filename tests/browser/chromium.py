"""Where the browser is, and how it is started."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

from playwright.sync_api import Browser, Playwright

NAMES = ("chromium", "chromium-browser", "google-chrome")
FLAGS = (
    "--no-sandbox",
    "--disable-background-networking",
    "--disable-component-update",
    "--no-first-run",
)
MISSING = "no browser: install chromium, or set ROSTRUM_CHROMIUM to one"


def find_chromium(playwright: Playwright) -> str | None:
    """The program: `ROSTRUM_CHROMIUM`, else one on the path, else Playwright's own."""
    for name in (os.environ.get("ROSTRUM_CHROMIUM"), *NAMES):
        if name and (found := shutil.which(name)):
            return found
    own = playwright.chromium.executable_path
    return own if Path(own).exists() else None


def launch(playwright: Playwright, program: str) -> Browser:
    return playwright.chromium.launch(executable_path=program, args=list(FLAGS))
