"""Keeps the tokens of links out of every log, whoever writes it."""

from __future__ import annotations

import logging
import re

_TOKEN = re.compile(
    r"(/(?:invitations|staff/+links|shared)/+)\s*(?!\[token\])[^\s?\"'\]]+", re.IGNORECASE
)
"""What was blanked already is left: a logger may be handed to several applications."""


class _Redaction(logging.Filter):
    def filter(self, record: logging.LogRecord) -> bool:
        message = record.getMessage()
        if _TOKEN.search(message):
            record.msg, record.args = _TOKEN.sub(r"\1[token]", message), ()
        return True


def redact_logs(*loggers: logging.Logger) -> None:
    """Blanks the tokens of all links in every message of these loggers."""
    for logger in loggers:
        logger.addFilter(_Redaction())
