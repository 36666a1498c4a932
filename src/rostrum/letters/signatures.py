"""Who is said to have signed a file electronically. Nobody checks such a signature here."""

from rostrum.domain.texts import cleaned, find_deceptive

MOST = 5
"""Signatures that are told of one file."""
LONGEST = 80
"""Characters of a signer's name."""


def tidy_signer(name: str) -> str:
    """The name as pages show it; empty, as for a signer without a name, if it would deceive."""
    name = cleaned(name[: 4 * LONGEST])[:LONGEST].strip()
    return "" if find_deceptive(name) else name


def are_signers(names: object) -> bool:
    """Whether these are the signers of a file: few, and each name as `tidy_signer` leaves it."""
    if not isinstance(names, list) or len(names) > MOST:
        return False
    return all(isinstance(name, str) and name == tidy_signer(name) for name in names)
