"""What must hold of every piece of HTML we send (style.md, rule 16)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import html5lib
from bs4 import BeautifulSoup, Tag
from flask import Flask
from werkzeug.exceptions import HTTPException

ADDRESSES = {
    "hx-get": "GET",
    "hx-post": "POST",
    "hx-put": "PUT",
    "hx-sse:connect": "GET",
    "href": "GET",
    "src": "GET",
    "data-state": "GET",
    "data-clock": "GET",
    "data-refresh": "GET",
    "data-next": "GET",
    "data-upload": "POST",
}
"""Attributes that hold an address, and the method it is asked by."""
REFERENCES = {"aria-describedby", "aria-labelledby", "list"}
FIELDS = {"input", "select", "textarea"}
NEEDS_NO_LABEL = {"hidden", "submit", "button"}
ONLY_TEXT = ["title", "option", "textarea"]
CODE = ("javascript:", "js:", "data:")

_TOKENS = re.compile(r'(name="csrf_token" value=|/invitations/)[^ >]+')
_WORDS = re.compile(r">[^<>&]*[^<>&\s][^<>&]*(?=<)")
_VALUES = re.compile(r'="[^"<>&]*"')
_CHOICES = re.compile(r"(<option[^>]*>x</option>\s*)+")
_found_good: set[str] = set()
_of_good_syntax: set[str] = set()
_that_lead_somewhere: set[tuple[str, str]] = set()


def check_html(text: str, app: Flask) -> BeautifulSoup | None:
    """Checks a page or fragment as it was sent; one that differs by its tokens alone once.

    The result is its tree, None where it was not read again.
    """
    key = _TOKENS.sub(r"\1", text)
    if key in _found_good:
        return None
    _check_syntax(text)
    document = parse(text)
    for tag in document.find_all(ONLY_TEXT):
        assert not re.search("(<|&lt;)bdi", str(tag)), f"a name marked where nothing is: {tag}"
    if is_page(text):
        check_document(document, app)
    else:
        tags = document.find_all(True)
        _check_ids(tags)
        _check_nothing_inline(tags)
    _found_good.add(key)
    return document


def parse(text: str) -> BeautifulSoup:
    """The HTML as a tree."""
    return BeautifulSoup(text, "html.parser")


def is_page(text: str) -> bool:
    """Whether this is a whole page rather than a fragment."""
    return text.lstrip().lower().startswith("<!doctype html>")


def check_document(document: BeautifulSoup, app: Flask) -> None:
    """Everything that can be wrong with a page as it stands in a browser, swaps included."""
    tags = document.find_all(True)
    ids = _check_ids(tags)
    _check_nothing_inline(tags)
    _check_references(tags, ids)
    _check_addresses(tags, app)
    _check_labels(tags)
    _check_tokens(tags)
    for tag in tags:
        if tag.has_attr("hx-target"):
            target = str(tag["hx-target"])
            found = target == "this" or (target.startswith("#") and target[1:] in ids)
            assert found, f"no such target: {tag}"


def _check_syntax(text: str) -> None:
    """By html5lib, which takes as long as all the rest: once for each sequence of tags."""
    skeleton = _CHOICES.sub("<option>", _VALUES.sub('=""', _WORDS.sub(">x", text)))
    if skeleton in _of_good_syntax:
        return
    parser = html5lib.HTMLParser(strict=True)
    if is_page(text):
        parser.parse(text)
    else:
        parser.parseFragment(text)
    _of_good_syntax.add(skeleton)


def _check_ids(tags: list[Tag]) -> set[str]:
    ids = [str(tag["id"]) for tag in tags if tag.has_attr("id")]
    twice = {name for name in ids if ids.count(name) > 1}
    assert not twice, f"ids used twice: {twice}"
    return set(ids)


def _check_nothing_inline(tags: list[Tag]) -> None:
    for tag in tags:
        assert tag.name != "style", "an inline style sheet"
        is_inline = tag.name == "script" and (not tag.get("src") or tag.get_text(strip=True))
        assert not is_inline, "an inline script"
        for name, value in tag.attrs.items():
            assert name != "style", f"a style attribute: {tag}"
            assert not name.startswith(("on", "hx-on")), f"a handler: {tag}"
            assert not str(value).strip().lower().startswith(CODE), f"code in {name}: {tag}"


def _check_references(tags: list[Tag], ids: set[str]) -> None:
    """Anchors within the page, and the ids that ARIA names."""
    for tag in tags:
        href = str(tag.get("href", ""))
        assert not href.startswith("#") or href[1:] in ids, f"a link to nowhere: {tag}"
        for name in REFERENCES & tag.attrs.keys():
            missing = set(str(tag[name]).split()) - ids
            assert not missing, f"{name} names {missing}: {tag}"


def _check_addresses(tags: list[Tag], app: Flask) -> None:
    for tag in tags:
        for address, method in _addresses(tag):
            parts = urlsplit(address)
            is_ours = parts.hostname in (None, "localhost")
            if is_ours and not address.startswith(("#", "tel:", "mailto:")):
                _check_address(app, parts.path, method)


def _addresses(tag: Tag) -> Iterator[tuple[str, str]]:
    for name in ADDRESSES.keys() & tag.attrs.keys():
        if tag[name]:
            yield str(tag[name]), ADDRESSES[name]
    if tag.has_attr("action"):
        yield str(tag["action"]), _method(tag)
    if tag.has_attr("formaction"):
        yield str(tag["formaction"]), str(tag.get("formmethod") or _method(_form_of(tag)))


def _form_of(button: Tag) -> Tag | None:
    """The form that a button sends: the one around it, else the one that it names; None in a part
    of a page whose form is not in it."""
    if not button.has_attr("form"):
        return button.find_parent("form")
    whole = list(button.parents)[-1]
    return whole.find(id=button["form"])


def _method(form: Tag | None) -> str:
    """Forms outside of a part are those that change something."""
    return str(form.get("method", "get")).upper() if form else "POST"


def _check_address(app: Flask, path: str, method: str) -> None:
    if (path, method) in _that_lead_somewhere:
        return
    try:
        endpoint, values = app.url_map.bind("localhost").match(path, method=method.upper())
    except HTTPException as error:
        raise AssertionError(f"{method} {path} leads nowhere: {error}") from error
    if endpoint == "static":
        assert (Path(app.static_folder) / values["filename"]).is_file(), f"no file {path}"
    _that_lead_somewhere.add((path, method))


def _check_labels(tags: list[Tag]) -> None:
    fields = [t for t in tags if t.name in FIELDS and t.get("type") not in NEEDS_NO_LABEL]
    labels = [tag for tag in tags if tag.name == "label"]
    ids, labelled = {field.get("id") for field in fields}, {label.get("for") for label in labels}
    for label in labels:
        assert label.get("for") in ids or label.find(FIELDS), f"a label without a field: {label}"
    for field in fields:
        has_name = field.get("id") in labelled or field.has_attr("aria-label")
        assert has_name or field.find_parent("label"), f"a field without a label: {field}"


def _check_tokens(tags: list[Tag]) -> None:
    for form in tags:
        if form.name == "form" and _method(form) == "POST":
            tokens = form.find_all("input", attrs={"name": "csrf_token"})
            assert len(tokens) == 1, f"a form with {len(tokens)} tokens"
            assert tokens[0].get("value"), "an empty token"
