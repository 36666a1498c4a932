"""The form of an outside address, and which addresses only their own computer can open."""

from __future__ import annotations

import pytest

from rostrum.domain.errors import RuleBroken
from rostrum.domain.instance.addresses import Address, Source, read_address


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("https://list.mission.example", "https://list.mission.example"),
        ("https://list.mission.example/", "https://list.mission.example"),
        ("https://list.mission.example//", "https://list.mission.example"),
        ("  https://list.mission.example \n", "https://list.mission.example"),
        ("HTTPS://List.Mission.Example", "https://list.mission.example"),
        ("https://list.mission.example:443", "https://list.mission.example"),
        ("http://list.mission.example:80/", "http://list.mission.example"),
        ("http://list.mission.example:443", "http://list.mission.example:443"),
        ("https://list.mission.example:08443", "https://list.mission.example:8443"),
        ("http://localhost:8000", "http://localhost:8000"),
        ("http://192.0.2.7:8114", "http://192.0.2.7:8114"),
        ("http://[2001:DB8:0::1]:8114/", "http://[2001:db8::1]:8114"),
        ("https://représentation.example", "https://xn--reprsentation-ehb.example"),
        ("http://rostrum", "http://rostrum"),
    ],
)
def test_an_address_is_kept_as_browsers_write_it(text: str, kept: str) -> None:
    assert read_address(text) == kept
    assert read_address(kept) == kept


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("list.mission.example", "Begin the address with"),
        ("//list.mission.example", "Begin the address with"),
        ("ftp://list.mission.example", "Begin the address with"),
        ("javascript:alert(1)", "Begin the address with"),
        ("https:/list.mission.example", "Begin the address with"),
        ("https://", "Give the host too"),
        ("https:///", "Give the host too"),
        ("https://:8000", "Give the host too"),
        ("https://anna@list.mission.example", "Take the user name out"),
        ("https://anna:secret@list.mission.example", "Take the user name out"),
        ("https://list.mission.example/rostrum", "End the address after"),
        ("https://list.mission.example/?lang=fr", "End the address after"),
        ("https://list.mission.example?", "End the address after"),
        ("https://list.mission.example#top", "End the address after"),
        ("https://list.mission.example\\x", "End the address after"),
        ("https://list.mission.example:0", "Give the port as a number"),
        ("https://list.mission.example:65536", "Give the port as a number"),
        ("https://list.mission.example:", "Give the port as a number"),
        ("https://list.mission.example:80a", "Give the port as a number"),
        ("https://list.mission.example:٨٠", "Give the port as a number"),
        ("https://list.mission.example:" + "9" * 5000, "Give the port as a number"),
        ("https://list mission.example", "There can be no host"),
        ("https://list.mission.example\n.evil", "There can be no host"),
        ("https://list..example", "There can be no host"),
        ("https://-list.example", "There can be no host"),
        ("https://list.example.", "There can be no host"),
        ("https://<b>.example", "There can be no host"),
        ("https://192.0.2", "There can be no host"),
        ("https://192.0.2.300", "There can be no host"),
        ("https://2130706433", "There can be no host"),
        ("https://0x7f.1", "There can be no host"),
        ("https://[2001:db8::1", "There can be no host"),
        ("https://[192.0.2.7]", "There can be no host"),
        ("https://[fe80::1%eth0]", "There can be no host"),
        ("https://" + "a" * 64 + ".example", "There can be no host"),
        ("https://" + "a." * 130 + "example", "There can be no host"),
    ],
)
def test_what_no_link_can_begin_with_is_refused(text: str, words: str) -> None:
    with pytest.raises(RuleBroken, match=words) as refused:
        read_address(text)
    assert refused.value.field == "base_url"


@pytest.mark.parametrize(
    ("url", "is_local"),
    [
        ("http://127.0.0.1:8000", True),
        ("http://127.8.0.9", True),
        ("http://localhost", True),
        ("https://localhost:8443", True),
        ("http://rostrum.localhost:8000", True),
        ("http://0.0.0.0:8000", True),
        ("http://[::1]:8000", True),
        ("http://[::]", True),
        ("http://[::ffff:127.0.0.1]", True),
        ("http://192.168.1.7:8000", False),
        ("http://[2001:db8::1]:8000", False),
        ("http://localhost.mission.example", False),
        ("https://list.mission.example", False),
        ("http://128.0.0.1", False),
    ],
)
def test_a_local_address_is_known_as_one(url: str, is_local: bool) -> None:
    assert Address(url, Source.KEPT).is_local is is_local


@pytest.mark.parametrize(
    ("url", "is_secure"),
    [("https://list.mission.example", True), ("http://127.0.0.1:8000", False)],
)
def test_only_https_is_secure(url: str, is_secure: bool) -> None:
    assert Address(url, Source.ENVIRONMENT).is_secure is is_secure
