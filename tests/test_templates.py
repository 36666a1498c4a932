"""Templates can be read and compared line by line."""

from __future__ import annotations

from pathlib import Path

TEMPLATES = Path(__file__).parents[1] / "templates"
MOST_CHARACTERS = 120


def test_no_line_of_a_template_is_too_long() -> None:
    assert [
        f"{page.relative_to(TEMPLATES)}:{number}: {len(line)}"
        for page in sorted(TEMPLATES.rglob("*.html"))
        for number, line in enumerate(page.read_text(encoding="utf-8").splitlines(), start=1)
        if len(line) > MOST_CHARACTERS
    ] == []
