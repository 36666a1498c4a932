"""Removes the indentation of templates from pages: people read templates, phones get pages."""

from __future__ import annotations

import re

from flask import Flask
from jinja2.ext import Extension

_INDENTATION = re.compile(r"(?<![%#]\})\n[ \t]+")
_AFTER_BLOCK = re.compile(r"([%#]\})\n[ \t]+")
_AFTER_LINES_OF_BLOCKS = re.compile(
    r"((?<![%#]\})\n(?:(?: ?\{([%#])(?!-)[^%#\n]*(?<!-)\2\})+\n)+) "
)


class Unindented(Extension):
    """Removes the blanks at the beginning of a template's line.

    After a block one stays: Jinja removes the line end there, and something must part two words.
    Where lines are blocks alone, the line end before them does.
    """

    def preprocess(self, source: str, name: str | None, filename: str | None = None) -> str:  # noqa: ARG002
        source = _AFTER_BLOCK.sub(r"\1\n ", _INDENTATION.sub("\n", source))
        return _AFTER_LINES_OF_BLOCKS.sub(r"\1", source)


def init_app(app: Flask) -> None:
    app.jinja_env.add_extension(Unindented)
