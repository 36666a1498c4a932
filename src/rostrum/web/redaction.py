"""Keeps invitation tokens out of every log, whoever writes it."""

from __future__ import annotations

import logging
import re

_TOKEN = re.compile(r"(/invitations/)[^\s?\"'\]]+")


class _Redaction(logging.Filter):
    def filter(self, record: logging.LogRecord) -> bool:
        message = record.getMessage()
        if "/invitations/" in message:
            record.msg, record.args = _TOKEN.sub(r"\1[token]", message), ()
        return True


def redact_logs(*loggers: logging.Logger) -> None:
    """Every message of these loggers has `/invitations/<token>` blanked before it is written."""
    for logger in loggers:
        logger.addFilter(_Redaction())
