"""The bill of materials: all that an installed Rostrum consists of, as CycloneDX.

cyclonedx-py reads the Python parts in an environment that holds what locks/runtime.txt names and
nothing else; the browser's parts are added from package-lock.json. Run by the Python in
.venv/tools, where uv and cyclonedx-py are:

    python -m build_tools.sbom FOLDER
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
import tempfile
from base64 import b64decode
from importlib.metadata import distributions
from pathlib import Path
from urllib.parse import quote

from cyclonedx.schema import SchemaVersion
from cyclonedx.spdx import is_supported_id
from cyclonedx.validation.json import JsonStrictValidator

from build_tools.licences import declared_licence
from build_tools.parts import ROOT, shipped_browser_parts

BIN = Path(sys.executable).parent
LOCKED = ("--require-hashes", "--only-binary", ":all:", "--requirement", "locks/runtime.txt")
SCHEMA = SchemaVersion.V1_6


def python_parts() -> dict:
    """The document that cyclonedx-py makes of the locked environment."""
    with tempfile.TemporaryDirectory() as folder:
        environment, document = Path(folder, "venv"), Path(folder, "parts.json")
        python = environment / "bin" / "python"
        run("uv", "venv", "--quiet", "--python", sys.executable, environment)
        run("uv", "pip", "install", "--quiet", "--python", python, *LOCKED)
        run(
            *("cyclonedx-py", "environment", "--output-reproducible", "--short-PURLs"),
            *("--no-validate", "--spec-version", SCHEMA.to_version()),
            *("--pyproject", "pyproject.toml", "--output-file", document, python),
        )
        parts = json.loads(document.read_text())
        (installed,) = environment.glob("lib/python*/site-packages")
        for part in parts["components"]:
            # cyclonedx-py leaves out what it does not know by name.
            part.setdefault("licenses", [declared(licence_of(part["name"], installed))])
        return parts


def licence_of(name: str, installed: Path) -> str:
    """What a distribution in that folder declares."""
    (found,) = distributions(name=name, path=[str(installed)])
    return declared_licence(found.metadata)


def declared(licence: str) -> dict:
    """A licence as CycloneDX wants it: by its SPDX identifier, else by its name."""
    kind = "id" if is_supported_id(licence) else "name"
    return {"license": {kind: licence, "acknowledgement": "declared"}}


def run(program: str, *arguments: str | Path) -> None:
    """Runs a program of the tools; what it has to say is shown when it fails."""
    done = subprocess.run(
        [BIN / program, *arguments],
        cwd=ROOT,
        stdin=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        check=False,
    )
    if done.returncode:
        raise SystemExit(f"{program} failed:\n{done.stderr}")


def browser_component(name: str, package: dict) -> dict:
    """An npm package as a component; npm's integrity is the SHA-512 of its archive."""
    digest = package["integrity"].removeprefix("sha512-")
    address = f"pkg:npm/{quote(name)}@{package['version']}"
    return {
        "type": "library",
        "bom-ref": address,
        "name": name,
        "version": package["version"],
        "purl": address,
        "hashes": [{"alg": "SHA-512", "content": b64decode(digest).hex()}],
        "licenses": [declared(package["license"])],
    }


def bill() -> dict:
    """The whole document."""
    document = python_parts()
    main = document["metadata"]["component"]
    main["version"] = version()
    main["purl"] = f"pkg:pypi/{main['name']}@{main['version']}"
    added = [browser_component(*each) for each in sorted(shipped_browser_parts().items())]
    document["components"] += added
    (root,) = (each for each in document["dependencies"] if each["ref"] == main["bom-ref"])
    root["dependsOn"] += [each["bom-ref"] for each in added]
    document["dependencies"] += [{"ref": each["bom-ref"]} for each in added]
    # Chats, donations and trackers are no materials.
    for component in (main, *document["components"], *document["metadata"]["tools"]["components"]):
        component.pop("externalReferences", None)
    return document


def version() -> str:
    said = (ROOT / "src" / "rostrum" / "__init__.py").read_text()
    return re.search(r'^__version__ = "(.+)"$', said, re.MULTILINE)[1]


def main() -> None:
    """Writes the document into the folder, and its path to the terminal."""
    folder = Path(sys.argv[1])
    text = json.dumps(bill(), indent=1, ensure_ascii=False) + "\n"
    fault = JsonStrictValidator(SCHEMA).validate_str(text)
    if fault:
        raise SystemExit(f"This is no CycloneDX: {fault}")
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"rostrum_speakers-{version()}.cdx.json"
    path.write_text(text)
    print(path)


if __name__ == "__main__":
    main()
