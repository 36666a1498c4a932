"""Pages without the white space that indents their templates."""

from __future__ import annotations

import re

from rostrum.domain.debates.debate import Debate
from tests.web.client import Browser
from tests.web.factories import home


def test_no_line_of_a_page_begins_with_more_than_a_blank(kenya: Browser, debate: Debate) -> None:
    text = kenya.get(home(debate)).text
    assert re.search(r"^ \S", text, re.MULTILINE)
    assert re.findall(r"^[ \t]{2,}\S.*", text, re.MULTILINE) == []
