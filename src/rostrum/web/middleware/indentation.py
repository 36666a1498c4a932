"""Leaves out of pages what indents templates: people read those, phones are sent these."""

from __future__ import annotations

import re

from flask import Flask
from jinja2.ext import Extension

_INDENTATION = re.compile(r"\n[ \t]+")


class Unindented(Extension):
    """Leaves one blank of those with which a line of a template begins.

    It may be what parts two attributes: Jinja takes away the end of a line after a block.
    """

    def preprocess(self, source: str, name: str | None, filename: str | None = None) -> str:  # noqa: ARG002
        return _INDENTATION.sub("\n ", source)


def init_app(app: Flask) -> None:
    app.jinja_env.add_extension(Unindented)
