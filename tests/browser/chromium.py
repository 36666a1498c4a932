"""Where the browser is, and how it is started."""

from __future__ import annotations

import os
import shutil
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser, BrowserContext, Playwright

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


@dataclass(frozen=True)
class Launcher:
    """Starts the program that was found."""

    playwright: Playwright
    program: str

    def launch(self) -> Browser:
        return launch(self.playwright, self.program)

    def launch_remembering(self) -> Browser:
        """One that keeps pages it left in memory and shows them again at "Back", as phones do."""
        options = {"ignore_default_args": ["--disable-back-forward-cache"]}
        started = self.playwright.chromium
        return started.launch(executable_path=self.program, args=list(FLAGS), **options)

    def open_profile(self, folder: Path, **options: object) -> BrowserContext:
        """One whose cookies and open pages stay in the folder for its next start."""
        args = [*FLAGS, "--restore-last-session"]
        started = self.playwright.chromium
        return started.launch_persistent_context(
            folder, executable_path=self.program, args=args, **options
        )
