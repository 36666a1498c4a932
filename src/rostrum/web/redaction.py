"""Keeps the tokens of links out of every log, whoever writes it."""

from __future__ import annotations

import logging
import re

_TOKEN = re.compile(r"(/invitations/|/staff/links/)[^\s?\"'\]]+")


class _Redaction(logging.Filter):
    def filter(self, record: logging.LogRecord) -> bool:
        message = record.getMessage()
        if "/invitations/" in message or "/staff/links/" in message:
            record.msg, record.args = _TOKEN.sub(r"\1[token]", message), ()
        return True


def redact_logs(*loggers: logging.Logger) -> None:
    """Blanks tokens after `/invitations/` and `/staff/links/` in all messages of these loggers."""
    for logger in loggers:
        logger.addFilter(_Redaction())
