"""A browser for tests: it submits forms as they were rendered and checks every page it is sent.

It works as a plain browser, or as one in which htmx acts; swapped fragments become part of the
page, so that the page is checked as a person would have it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from urllib.parse import urlsplit

from bs4 import BeautifulSoup, NavigableString, Tag
from flask import Flask
from werkzeug.datastructures import Headers
from werkzeug.test import TestResponse

from tests.web.html_checks import check_document, check_html, is_page, parse
from tests.web.request_bodies import NO_FILE, File, Pairs, multipart, urlencoded

NOT_SENT = {"submit", "button", "reset", "image", "file"}
Fields = Mapping[str, str | bytes | list[str]]
"""What is typed by field name; of checkboxes and radio buttons a list of those that are chosen."""
Files = Mapping[str, File]


@dataclass(frozen=True)
class Answer:
    """One answer of the server."""

    status: int
    headers: Headers
    body: bytes
    document: BeautifulSoup | None = None
    """The tree of its HTML, where checking it made one."""

    @property
    def text(self) -> str:
        return self.body.decode()

    @property
    def location(self) -> str:
        """Path and query of where a redirect leads; an address elsewhere stays whole."""
        parts = urlsplit(self.headers["Location"])
        is_ours = parts.hostname in (None, "localhost")
        return parts._replace(scheme="", netloc="").geturl() if is_ours else parts.geturl()


class Browser:
    """One browser with cookies of its own; `page` is what it shows, swaps included."""

    def __init__(self, app: Flask, base_url: str = "http://localhost") -> None:
        self.app = app
        self.client = app.test_client()
        self.base_url = base_url
        self.path = ""
        self._text = ""
        self._page: BeautifulSoup | None = None
        self.visited: list[str] = []

    # --- Asking ---------------------------------------------------------------------------

    def get(self, path: str, status: int = 200) -> Answer:
        """Opens an address as a person would, and follows redirects when a page is expected."""
        return self._settle(self._ask("GET", path), path, status)

    def follow(self, selector: str, status: int = 200) -> Answer:
        """Presses a link of the page."""
        return self.get(str(self._one(selector)["href"]), status)

    def post(self, path: str, fields: Fields | None = None, status: int = 200) -> Answer:
        """A form nobody rendered: whatever fields a stranger makes up."""
        body, kind = urlencoded(list((fields or {}).items()))
        return self._settle(self._ask("POST", path, body, kind), path, status)

    def submit(
        self,
        selector: str,
        fields: Fields | None = None,
        files: Files | None = None,
        *,
        htmx: bool = False,
        status: int = 200,
    ) -> Answer:
        """Sends a form of the page by the chosen button (or by its first one)."""
        chosen = self._one(selector)
        button = chosen.select_one("button[type=submit]") if chosen.name == "form" else chosen
        form = self._one(f"#{button['form']}") if button.get("form") else button.find_parent("form")
        pairs, chosen_files = self._entries(form, fields or {}, files or {})
        if button.get("name"):
            pairs.append((str(button["name"]), str(button.get("value", ""))))
        if htmx:
            return self._send_as_htmx(button, pairs, chosen_files, status)
        path = str(button.get("formaction") or form["action"])
        is_multipart = form.get("enctype") == "multipart/form-data"
        assert is_multipart or not files, "this form cannot send files"
        body, kind = multipart(pairs, chosen_files) if is_multipart else urlencoded(pairs)
        return self._settle(self._ask("POST", path, body, kind), path, status)

    def upload(self, file: File, status: int = 200) -> Answer:
        """Chooses a letter on a page that sends it at once, as static/js/uploads.js does."""
        field = self._one("input[data-upload]")
        hidden = field.find_parent("form").select("[name=csrf_token], [name=more]")
        pairs = [(str(tag["name"]), str(tag["value"])) for tag in hidden]
        body, kind = multipart(pairs, [("letter", file)])
        headers = {"HX-Request": "true", "HX-Target": "letter_box"}
        answer = self._ask("POST", str(field["data-upload"]), body, kind, headers)
        assert answer.status == status, answer.text
        self._swap(answer.text, None)
        return answer

    def keep(self, fields: Fields, *, are_left: bool = True, status: int = 200) -> Answer:
        """Types into the page's form, which sends its fields as htmx does when one is left, or at
        a pause."""
        part = self._one("[hx-put$='/fields']" if are_left else "[hx-put$='/typing']")
        pairs, _ = self._entries(part.find_parent("form"), fields, {})
        for name, value in fields.items():
            _type(self._one(f"[name={name}]"), str(value))
        body, kind = urlencoded(pairs)
        answer = self._ask("PUT", str(part["hx-put"]), body, kind, _htmx(""))
        assert answer.status == status, answer.text
        if status == 200:
            self._swap(answer.text, None)
        return answer

    def poll(self) -> Answer:
        """Asks for the live block, as a page does whose stream is down."""
        answer = self._ask("GET", str(self._one("#live")["data-state"]), headers=_htmx("div#live"))
        assert answer.status == 200, answer.text
        self._swap(answer.text, None)
        return answer

    def refresh(self) -> Answer:
        """Reads the page's body anew, as static/js/live.js does after greater changes."""
        path = str(self._one("#page_body")["data-refresh"])
        answer = self._ask("GET", path, headers=_htmx("div#page_body"))
        assert answer.status == 200, answer.text
        self._swap(answer.text, self._one("#page_body"))
        return answer

    def stream(self, path: str) -> TestResponse:
        """An event stream, open; the caller closes it."""
        return self.client.get(path, base_url=self.base_url)

    # --- Looking --------------------------------------------------------------------------

    @property
    def page(self) -> BeautifulSoup:
        """The page as it stands, parsed when somebody looks."""
        self._page = self._page or parse(self._text)
        return self._page

    @property
    def words(self) -> str:
        """Everything the page says, spaces tidied."""
        return words_of(self.page)

    def says(self, selector: str) -> str:
        """What one part of the page says."""
        return words_of(self._one(selector))

    def has(self, selector: str) -> bool:
        return self.page.select_one(selector) is not None

    def value(self, name: str) -> str:
        """What stands in a field of the page."""
        field = self._one(f"[name={name}]")
        if field.name == "textarea":
            return field.get_text().replace("\r\n", "\n").removeprefix("\n")
        if field.name == "select":
            chosen = field.select_one("option[selected]")
            return str(chosen["value"]) if chosen else ""
        return str(field.get("value", ""))

    def problem(self, name: str) -> str:
        """The one sentence at a field, which a screen reader finds from the field too."""
        found = self.page.select(f"input[name={name}], select[name={name}], textarea[name={name}]")
        fields = [field for field in found if field.get("type") != "hidden"]
        told = [field for field in fields if f"{name}_error" in _describing(field)]
        assert told or not fields, fields
        return self.says(f"#{name}_error")

    @property
    def cookies(self) -> dict[str, str]:
        """What the browser holds of the server."""
        return {each.key: each.value for each in self.client._cookies.values()}

    def hold(self, cookies: Mapping[str, str], host: str = "localhost") -> None:
        """Takes over what another browser holds, or this one of another name of the server."""
        for name, value in cookies.items():
            self.client.set_cookie(name, value, domain=host)

    def token(self) -> str:
        """The token of the page's forms."""
        return str(self._one("[name=csrf_token]")["value"])

    # --- The machine ----------------------------------------------------------------------

    def _one(self, selector: str) -> Tag:
        found = self.page.select_one(selector)
        assert found is not None, f"no {selector} on {self.path}: {self.words}"
        return found

    def _ask(
        self,
        method: str,
        path: str,
        body: bytes = b"",
        kind: str | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> Answer:
        # Without a Referer: some browsers and proxies send none.
        headers = {"Origin": self.base_url, **(headers or {})} if method != "GET" else headers
        response = self.client.open(
            path,
            method=method,
            data=body,
            content_type=kind,
            headers=headers,
            base_url=self.base_url,
        )
        is_stream = response.mimetype == "text/event-stream"
        answer = Answer(response.status_code, response.headers, b"" if is_stream else response.data)
        response.close()
        is_redirect = 300 <= answer.status < 400
        is_packed = bool(response.content_encoding)
        is_file = "attachment" in response.headers.get("Content-Disposition", "")
        is_shown = not (is_redirect or is_packed or is_file)
        if response.mimetype == "text/html" and answer.body and is_shown:
            return replace(answer, document=check_html(answer.text, self.app))
        return answer

    def _settle(self, answer: Answer, path: str, status: int) -> Answer:
        """Follows 303 as a browser does, unless a redirect is what was expected."""
        self.visited = [path]
        while answer.status == 303 and status != 303:
            self.visited.append(answer.location)
            answer = self._ask("GET", answer.location)
        assert answer.status == status, f"{answer.status} {_said(answer)}"
        if answer.body and is_page(answer.body.decode(errors="replace")):
            self.path, self._text = self.visited[-1], answer.text
            self._page = answer.document
        return answer

    def _entries(
        self, form: Tag, fields: Fields, files: Files
    ) -> tuple[Pairs, list[tuple[str, File]]]:
        names = {str(tag["name"]) for tag in form.select("[name]")}
        unknown = (set(fields) | set(files)) - names
        assert not unknown, f"the form has no {unknown}"
        pairs: Pairs = []
        chosen: list[tuple[str, File]] = []
        for tag in form.select("input[name], select[name], textarea[name]"):
            name, kind = str(tag["name"]), tag.get("type")
            if kind == "file":
                chosen.append((name, files.get(name, NO_FILE)))
            elif kind in ("checkbox", "radio"):
                value = str(tag.get("value", "on"))
                if value in fields[name] if name in fields else tag.has_attr("checked"):
                    pairs.append((name, value))
            elif kind not in NOT_SENT and not tag.has_attr("disabled"):
                pairs.append((name, fields[name] if name in fields else self.value(name)))
        return pairs, chosen

    def _send_as_htmx(
        self, button: Tag, pairs: Pairs, files: list[tuple[str, File]], status: int
    ) -> Answer:
        target = self._one(str(button["hx-target"]))
        assert button["hx-swap"] == "outerHTML", "fragments are swapped whole"
        is_multipart = button.get("hx-encoding") == "multipart/form-data"
        body, kind = multipart(pairs, files) if is_multipart else urlencoded(pairs)
        headers = _htmx(f"{target.name}#{target['id']}")
        answer = self._ask("POST", str(button["hx-post"]), body, kind, headers)
        assert answer.status == status, f"{answer.status} {_said(answer)}"
        if "HX-Retarget" in answer.headers:
            target = self._one(answer.headers["HX-Retarget"])
        self._swap(answer.text, target)
        return answer

    def _swap(self, text: str, target: Tag | None) -> None:
        """Puts a fragment into the page as htmx does, and checks the page that results."""
        fragment = parse(text)
        for part in fragment.find_all("hx-partial"):
            self._put(part.extract())
        if target is not None:
            self._replace(target, fragment)
        check_document(self.page, self.app)
        self._load_rest()

    def _load_rest(self) -> None:
        """Parts that the page asks for by itself within a second of being put in."""
        soon = "load", "load delay:1s"
        while late := self.page.find(attrs={"hx-get": True, "hx-trigger": soon}):
            headers = _htmx(f"{late.name}#{late['id']}")
            answer = self._ask("GET", str(late["hx-get"]), headers=headers)
            assert answer.status == 200, answer.text
            self._swap(answer.text, late)

    def _put(self, part: Tag) -> None:
        """A part as htmx puts it in; what nobody sees any more need not be there to be removed."""
        if part["hx-swap"] == "delete":
            for gone in self.page.select(str(part["hx-target"])):
                gone.decompose()
            return
        target = self._one(str(part["hx-target"]))
        if part["hx-swap"] == "beforebegin":
            target.insert_before(part)
            part.unwrap()
        else:
            self._replace(target, part)

    @staticmethod
    def _replace(target: Tag, fragment: Tag) -> None:
        roots = [child for child in fragment.children if isinstance(child, Tag)]
        assert [root.get("id") for root in roots] == [target["id"]], "a fragment has one root"
        target.replace_with(roots[0])


def _describing(field: Tag) -> list[str]:
    return str(field.get("aria-describedby", "")).split()


def _type(field: Tag, text: str) -> None:
    if field.name != "select":
        field["value"] = text
        return
    for option in field.select("option"):
        option.attrs.pop("selected", None)
        if option["value"] == text:
            option["selected"] = ""


def words_of(tag: Tag) -> str:
    """What a part of a page says to a person, spaces tidied; hidden parts say nothing."""
    said = (text for text in tag.strings if not _is_hidden(text))
    return " ".join("".join(said).split())


def _is_hidden(text: NavigableString) -> bool:
    return any(parent.name == "head" or parent.has_attr("hidden") for parent in text.parents)


def _htmx(target: str) -> dict[str, str]:
    return {"HX-Request": "true", "HX-Target": target, "HX-Source": "button", "Accept": "text/html"}


def _said(answer: Answer) -> str:
    text = answer.body.decode(errors="replace")
    return words_of(parse(text)) if "<" in text else text
