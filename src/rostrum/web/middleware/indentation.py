"""Removes the indentation of templates from pages: people read templates, phones get pages."""

from __future__ import annotations

import re

from flask import Flask
from jinja2.ext import Extension

_INDENTATION = re.compile(r"\n[ \t]+")


class Unindented(Extension):
    """Reduces the blanks at the beginning of a template's line to one.

    One may be needed between two attributes, because Jinja removes the line end after a block.
    """

    def preprocess(self, source: str, name: str | None, filename: str | None = None) -> str:  # noqa: ARG002
        return _INDENTATION.sub("\n ", source)


def init_app(app: Flask) -> None:
    app.jinja_env.add_extension(Unindented)
