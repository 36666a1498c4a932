"""The outside address as views and templates need it, and the one that a browser is using."""

from __future__ import annotations

from rostrum.domain.addresses import Address
from rostrum.web.context import parts


def outside_address() -> Address:
    """What every link begins with, and browsers' own pages come from."""
    return parts().address.now
