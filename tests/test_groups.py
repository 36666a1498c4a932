"""Tests that must not run beside each other, or that share what is dear, have a group."""

from __future__ import annotations

import pytest


@pytest.mark.xdist_group("together")
def test_a_group_is_known_to_who_deals_out_the_tests(request: pytest.FixtureRequest) -> None:
    """The name of the group in the name of the test is all that keeps it on one worker."""
    is_dealt = request.config.getoption("loadgroup", default=False)
    assert request.node.nodeid.endswith("@together") == is_dealt
