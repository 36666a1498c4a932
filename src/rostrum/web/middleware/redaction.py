"""Keeps the tokens of links out of every log."""

from __future__ import annotations

import logging
import re

_TOKEN = re.compile(
    r"(/(?:invitations|staff/+links|shared)/+)\s*(?!\[token\])[^\s?\"'\]]+", re.IGNORECASE
)
"""Ignores tokens that are already blanked: several applications may share a logger."""


class _Redaction(logging.Filter):
    def filter(self, record: logging.LogRecord) -> bool:
        message = record.getMessage()
        if _TOKEN.search(message):
            record.msg, record.args = _TOKEN.sub(r"\1[token]", message), ()
        return True


def redact_logs(*loggers: logging.Logger) -> None:
    """Replaces the tokens of all links in every message of these loggers."""
    for logger in loggers:
        logger.addFilter(_Redaction())
