"""The other engines: WebKit, which is in every iPhone, and Firefox, each as Debian packages it.

They are driven by the standard protocol and not by Playwright, which brings builds of its own.
"""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import time
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import Any, ClassVar

import httpx

from tests.browser.people import PHONE
from tests.browser.webdriver import HttpLine, Line, Marionette
from tests.load.server import HOST, free_port

START_SECONDS = 60
MINI_BROWSERS = "lib*/*/webkit2gtk-4*/MiniBrowser"
"""WebKit's own small browser, below /usr: no path leads to it."""
WANTED = {
    "firefox": {"firefox-esr": "firefox-esr"},
    "webkit": {"WebKitWebDriver": "webkit2gtk-driver", "Xvfb": "xvfb"},
}
"""The programs of each engine, and the packages that bring them."""
PREFERENCES = {
    "app.normandy.enabled": False,
    "browser.aboutwelcome.enabled": False,
    "browser.ml.enable": False,
    "browser.newtabpage.enabled": False,
    "browser.safebrowsing.malware.enabled": False,
    "browser.safebrowsing.phishing.enabled": False,
    "browser.startup.homepage_override.mstone": "ignore",
    "browser.startup.page": 0,
    "datareporting.policy.dataSubmissionEnabled": False,
    "dom.ipc.processPrelaunch.enabled": False,
    "extensions.enabledScopes": 0,
    "extensions.webextensions.remote": False,
    "fission.autostart": False,
    # Any free port; Firefox writes down which.
    "marionette.port": 0,
    "nimbus.rollouts.enabled": False,
    "places.history.enabled": False,
    "services.settings.server": "data:,",
}
"""Of Firefox: it asks nobody anything at its start, which then costs a third less."""
SHRINK = """
    const set = (name, size) => gBrowser.selectedBrowser.style.setProperty(name, `${size}px`);
    for (const name of ["min-width", "max-width", "width"]) set(name, arguments[0]);
    for (const name of ["min-height", "max-height", "height"]) set(name, arguments[1]);
"""
"""Firefox's windows are no narrower than 450 pixels; the page in them may be."""
CONSOLE = """
    return Services.console.getMessageArray()
        .filter((m) => m instanceof Ci.nsIScriptError && m.sourceName.startsWith("http"))
        .filter((m) => !(m.flags & m.warningFlag) || m.category.startsWith("CSP"))
        .map((m) => `${m.category}: ${m.errorMessage} (${m.sourceName}:${m.lineNumber})`);
"""
LISTEN = """
    if (!window.complain) {
        window.complain = (text) => {
            const all = JSON.parse(sessionStorage.getItem("complaints") ?? "[]");
            sessionStorage.setItem("complaints", JSON.stringify([...all, text]));
        };
        addEventListener("error", (e) => complain(`${e.message} (${e.filename}:${e.lineno})`));
        addEventListener("unhandledrejection", (e) => complain(`${e.reason}`));
        addEventListener("securitypolicyviolation", (e) => complain(e.violatedDirective));
    }
"""
"""WebKit tells its driver nothing of what it complains about; the page keeps it for the test."""
HEARD = "return JSON.parse(sessionStorage.getItem('complaints') ?? '[]')"


class Engine(ABC):
    """A browser that was started, with one window the size of a phone."""

    keeps_pages: ClassVar[bool]
    """Whether it shows a page again from memory that says "no-store"."""

    def __init__(self, line: Line) -> None:
        self.line = line

    def run(self, script: str, *arguments: object) -> Any:
        """What the script returns in the page."""
        return self.line.send("WebDriver:ExecuteScript", script=script, args=list(arguments))

    @abstractmethod
    def resize(self, width: int, height: int) -> None:
        """Gives the page this size, in pixels."""

    @abstractmethod
    def complaints(self) -> list[str]:
        """Errors of scripts and breaches of the content policy since the last `forget`."""

    @abstractmethod
    def forget(self) -> None:
        """Is a new phone: without cookies and without anything kept."""

    def _clear(self) -> None:
        self.line.send("WebDriver:DeleteAllCookies")
        self.run("localStorage.clear(); sessionStorage.clear()")
        self.line.send("WebDriver:Navigate", url="about:blank")
        self.resize(PHONE["width"], PHONE["height"])


class Firefox(Engine):
    keeps_pages = False

    def resize(self, width: int, height: int) -> None:
        self._run_inside(SHRINK, width, height)

    def complaints(self) -> list[str]:
        return self._run_inside(CONSOLE)

    def forget(self) -> None:
        self._clear()
        self._run_inside("Services.console.reset()")

    def _run_inside(self, script: str, *arguments: object) -> Any:
        """What the script returns in the browser itself, outside the page."""
        self.line.send("Marionette:SetContext", value="chrome")
        try:
            return self.run(script, *arguments)
        finally:
            self.line.send("Marionette:SetContext", value="content")


class WebKit(Engine):
    keeps_pages = True

    def run(self, script: str, *arguments: object) -> Any:
        return super().run(LISTEN + script, *arguments)

    def resize(self, width: int, height: int) -> None:
        self.line.send("WebDriver:SetWindowRect", x=0, y=0, width=width, height=height)

    def complaints(self) -> list[str]:
        return self.run(HEARD)

    def forget(self) -> None:
        self._clear()


# --- Starting -----------------------------------------------------------------------------------


def missing(name: str) -> list[str]:
    """The packages of Debian that this engine wants and this machine lacks."""
    lacking = [package for program, package in WANTED[name].items() if not shutil.which(program)]
    if name == "webkit" and not _mini_browser():
        lacking.append("libwebkit2gtk-4.1-0")
    return lacking


@contextmanager
def started(name: str, folder: Path) -> Iterator[Engine]:
    """The engine; at the end it is killed with everything that it started."""
    with {"firefox": _firefox, "webkit": _webkit}[name](folder) as engine:
        engine.resize(PHONE["width"], PHONE["height"])
        yield engine


@contextmanager
def _firefox(folder: Path) -> Iterator[Engine]:
    lines = [f"user_pref({name!r}, {json.dumps(value)});\n" for name, value in PREFERENCES.items()]
    (folder / "user.js").write_text("".join(lines), encoding="utf-8")
    port = folder / "MarionetteActivePort"
    program = ("firefox-esr", "--headless", "--marionette", "--remote-allow-system-access")
    with _running([*program, "--no-remote", "--profile", str(folder)], folder):
        _wait_until(lambda: port.exists() and port.read_text(encoding="ascii"))
        with closing(Marionette(int(port.read_text(encoding="ascii")))) as line:
            yield Firefox(line)


@contextmanager
def _webkit(folder: Path) -> Iterator[Engine]:
    port = free_port()
    # Full screen: its window is then as small as is asked for, and has nothing around the page.
    options = {"binary": _mini_browser(), "args": ["--automation", "--full-screen"]}
    driver = ["WebKitWebDriver", f"--host={HOST}", f"--port={port}"]
    address = f"http://{HOST}:{port}"
    # Through shared memory: without a graphics card the other way costs three times as much.
    plain = {"WEBKIT_DISABLE_DMABUF_RENDERER": "1"}
    with _display(folder) as display, _running(driver, folder, DISPLAY=display, **plain):
        _wait_until(lambda: _answers(address))
        with closing(HttpLine(address, {"webkitgtk:browserOptions": options})) as line:
            yield WebKit(line)


@contextmanager
def _display(folder: Path) -> Iterator[str]:
    """A screen that nobody sees; it takes a number that is free and tells it."""
    end, told = os.pipe()
    command = ["Xvfb", "-displayfd", str(told), "-screen", "0", "1280x1024x24", "-nolisten", "tcp"]
    with os.fdopen(end, "rb") as number, _running(command, folder, told):
        os.close(told)
        yield f":{int(number.readline())}"


@contextmanager
def _running(
    command: Sequence[str], folder: Path, *descriptors: int, **environment: str
) -> Iterator[None]:
    """A process in a group of its own, which is killed as a whole."""
    with (folder / "written.log").open("ab") as written:
        process = subprocess.Popen(
            command,
            env=os.environ | environment,
            stdin=subprocess.DEVNULL,
            stdout=written,
            stderr=subprocess.STDOUT,
            pass_fds=descriptors,
            start_new_session=True,
        )
    try:
        yield
    finally:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def _mini_browser() -> str | None:
    found = sorted(Path("/usr").glob(MINI_BROWSERS))
    return str(found[-1]) if found else None


def _answers(address: str) -> bool:
    with suppress(httpx.TransportError):
        return httpx.get(f"{address}/status").is_success
    return False


def _wait_until(is_so: Callable[[], object]) -> None:
    deadline = time.monotonic() + START_SECONDS
    while not is_so():
        assert time.monotonic() < deadline, "the browser did not start"
        time.sleep(0.05)
