"""`python -m rostrum` is the command line."""

from __future__ import annotations

from rostrum.cli import main

main()
