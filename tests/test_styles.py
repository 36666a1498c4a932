"""Our own style sheets keep to one language: see "One visual language" in docs/decisions.md."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

STYLES = Path(__file__).parents[1] / "static" / "css"
SHEETS = sorted(STYLES.rglob("*.css"))
TOKENS = (STYLES / "page" / "tokens.css").read_text()
SPACES = {4, 8, 12, 16, 24, 32, 48}
"""Pixels."""
SIZES = {"small", "body", "lead", "title", "headline", "display", "place"}
SPACING = re.compile(r"(margin|padding|gap|column-gap|row-gap)(-|$)")
PHYSICAL = re.compile(
    r"(margin|padding|border|scroll-margin|scroll-padding)-(left|right|top|bottom)"
    r"|left|right|top|bottom|(min-|max-)?(width|height)"
)
COLOUR = re.compile(r"#[0-9a-f]{3,8}\b|\b(rgba?|hsla?|oklch|white|black|red|grey|gray)\b", re.I)


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda sheet: str(sheet.relative_to(STYLES)))
def test_every_measure_and_colour_is_of_the_scale(sheet: Path) -> None:
    wrong = [f"{name}: {value}" for name, value in _declared(sheet) if _is_foreign(name, value)]
    assert wrong == []


def test_a_token_of_space_says_how_many_times_four_pixels_it_is() -> None:
    told = {int(n): int(pixels) for n, pixels in re.findall(r"--space-(\d+): (\d+)px", TOKENS)}
    assert told == {pixels // 4: pixels for pixels in SPACES}


@pytest.mark.parametrize(
    "declaration",
    [
        *("margin-left: 8px", "left: 50%", "width: 4rem", "float: right", "text-align: left"),
        *("color: #fff", "background: rgb(0 0 0)", "font-size: 15px", "font-size: var(--huge)"),
        *("padding: 8px 0", "gap: var(--space-5)", "margin-block: -4px 0", "border-radius: 6px"),
        "transition: color 200ms",
    ],
)
def test_what_is_foreign_to_the_scale_is_found(declaration: str) -> None:
    name, _, value = declaration.partition(": ")
    assert _is_foreign(name, value)


def _declared(sheet: Path) -> Iterator[tuple[str, str]]:
    """What is declared for screens; paper has measures of its own."""
    text = re.sub(r"/\*.*?\*/", "", sheet.read_text(), flags=re.S)
    for condition, body in _blocks(text):
        if condition.startswith("@page") or condition == "@media print":
            continue
        for rule in re.findall(r"{([^{}]*)}", body):
            for line in filter(str.strip, rule.split(";")):
                name, _, value = line.partition(":")
                yield name.strip(), value.strip()


def _blocks(text: str) -> Iterator[tuple[str, str]]:
    """Each outermost block with what stands before it."""
    depth = start = opened = 0
    for at, sign in enumerate(text):
        if sign == "{":
            opened = at if depth == 0 else opened
            depth += 1
        elif sign == "}":
            depth -= 1
            if depth == 0:
                yield text[start:opened].strip(), text[opened : at + 1]
                start = at + 1


def _is_foreign(name: str, value: str) -> bool:
    if name.startswith("--"):
        return False
    return bool(
        PHYSICAL.fullmatch(name)
        or COLOUR.search(value)
        or (name in ("float", "text-align", "clear") and re.search(r"\b(left|right)\b", value))
        or (name == "font-size" and not _is_size(value))
        or (SPACING.match(name) and not _is_spaced(value))
        or (name.startswith("border-") and "radius" in name and not _is_round(value))
        or any(int(found) > 180 for found in re.findall(r"\b(\d+)ms\b", value))
    )


def _is_size(value: str) -> bool:
    found = re.fullmatch(r"var\(--(\w+)\)", value)
    return value == "inherit" or bool(found and found[1] in SIZES)


def _is_spaced(value: str) -> bool:
    """Tokens, nothing at all, or the width of a line."""
    pixels, tokens = re.findall(r"([\d.]+)px", value), re.findall(r"--space-(\d+)", value)
    return all(each in ("0", "1") for each in pixels) and {4 * int(n) for n in tokens} <= SPACES


def _is_round(value: str) -> bool:
    return value in ("0", "50%", "var(--radius)", "var(--radius-inner)")
