"""Pages without the white space that indents their templates."""

from __future__ import annotations

import re

import pytest
from flask import Flask

from rostrum.domain.debates.debate import Debate
from tests.web.client import Browser
from tests.web.factories import home


def test_no_line_of_a_page_begins_with_more_than_a_blank(kenya: Browser, debate: Debate) -> None:
    text = kenya.get(home(debate)).text
    assert re.findall(r"^[ \t]{2,}\S.*", text, re.MULTILINE) == []
    assert re.search(r"^<meta", text, re.MULTILINE)


@pytest.mark.parametrize(
    ("source", "sent"),
    [
        ("<p>\n  a\n</p>", "<p>\na\n</p>"),
        ("<a{% if 1 %} b{% endif %}\n   c>", "<a b c>"),
        ("<a\n  {# why #}\n  c>", "<a\nc>"),
        ("{{ 1 }}\n  {{ 2 }}", "1\n2"),
        ("a\n  {% if 1 %}\n    b\n  {% endif %}\n  c", "a\nb\nc"),
        ("a{% if 1 %}\n  {% if 1 %}\n  b{% endif %}{% endif %}\n  c", "a b c"),
        ("a\n{%- if 1 %}\n  b\n{%- endif %}\n  c", "a b c"),
        ("{% for i in (1, 2) %}\n  {{ i }}\n{% endfor %}\n  c", " 1\n 2\nc"),
    ],
)
def test_words_stay_apart_without_their_indentation(app: Flask, source: str, sent: str) -> None:
    assert app.jinja_env.from_string(source).render() == sent
