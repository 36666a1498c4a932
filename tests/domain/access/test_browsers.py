"""Browsers in plain words."""

from __future__ import annotations

import pytest

from rostrum.domain.access.browsers import describe_browser

SAID = [
    ("Mozilla/5.0 (iPhone; CPU iPhone OS 18_3) Version/18.3 Safari/604.1", "Safari/iPhone"),
    ("Mozilla/5.0 (iPhone; CPU iPhone OS 18_3) CriOS/134.0 Safari/604.1", "Chrome/iPhone"),
    ("Mozilla/5.0 (Linux; Android 14) Chrome/134.0 Mobile Safari/537.36", "Chrome/Android"),
    ("Mozilla/5.0 (Linux; Android 14) SamsungBrowser/27.0 Chrome/125 Safari/537.36",
     "Samsung Internet/Android"),
    ("Mozilla/5.0 (Windows NT 10.0) Chrome/134 Safari/537.36 Edg/134.0", "Edge/Windows"),
    ("Mozilla/5.0 (Macintosh; Intel Mac OS X 14) Version/18 Safari/605", "Safari/Mac"),
    ("Mozilla/5.0 (X11; Linux x86_64; rv:136.0) Firefox/136.0", "Firefox/Linux"),
    ("something on Android", "/Android"),
    ("curl/8", ""),
    ("", ""),
]  # fmt: skip


@pytest.mark.parametrize(("user_agent", "name"), SAID)
def test_a_browser_is_named(user_agent: str, name: str) -> None:
    assert describe_browser(user_agent) == name
