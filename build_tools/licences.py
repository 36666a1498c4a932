"""The page of third parties' licences: the table in docs/licences.md.

It is made of the lock files and of what each installed distribution declares; the text above it is
written by hand. `make licences` writes it, a test compares.
"""

from __future__ import annotations

from collections.abc import Iterator
from importlib.metadata import PackageMetadata, metadata

from build_tools.parts import ROOT, shipped_browser_parts, shipped_python_parts

PAGE = ROOT / "docs" / "licences.md"
MARK = "<!-- The table is made by `make licences`. -->\n"


def declared_licence(said: PackageMetadata) -> str:
    """What a distribution says of its licence: an expression, a short text, or classifiers."""
    expression = said.get("License-Expression")
    text = (said.get("License") or "").strip()
    classifiers = [line for line in said.get_all("Classifier") or [] if line.startswith("License")]
    if expression:
        return expression
    # Some put the whole licence there.
    if text and "\n" not in text:
        return text
    return ", ".join(line.rpartition(" :: ")[2] for line in classifiers)


def table() -> Iterator[str]:
    """The lines of the table, sorted by name."""
    yield "| part | from | licence, as declared |"
    yield "|---|---|---|"
    for name, package in sorted(shipped_browser_parts().items()):
        yield f"| {name} | npm | {package['license']} |"
    for name in sorted(shipped_python_parts()):
        yield f"| {name} | Python | {declared_licence(metadata(name))} |"


def page() -> str:
    """The page as it should be: the text that is there, and the table of today."""
    text, mark, _ = PAGE.read_text().partition(MARK)
    return text + mark + "\n" + "".join(f"{line}\n" for line in table())


if __name__ == "__main__":
    PAGE.write_text(page())
