"""The table of kinds: it is whole, and nothing else names a kind by what is stored."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path

import pytest

from rostrum.domain.journal.kinds import EntryKind, Row, kinds_shown_on
from rostrum.domain.journal.watched_pages import READERS, Page

SOURCE = Path(__file__).parents[3] / "src/rostrum"
MAY_NAME_THEM = ("domain/journal/kinds.py", "store/steps/")
"""The table, and migrations, which are never edited."""
NEEDED = ("stored", "label", "purged", "pages", "tell")


def named(path: Path, text: str) -> Iterator[str]:
    """Each place in a module that names a kind by what is stored."""
    tree = ast.parse(text)
    harmless = set(words_of_their_own(tree))
    for node in ast.walk(tree):
        if node not in harmless and is_of_a_kind(node):
            yield f"{path}:{node.lineno}: {ast.unparse(node)}"


def words_of_their_own(tree: ast.AST) -> Iterator[ast.AST]:
    """Where one word (`withdrawn`, `registered`, `invited`) is no kind: a key, another enum's."""
    for node in ast.walk(tree):
        match node:
            case ast.Dict(keys=keys):
                found = keys
            case ast.ClassDef(body=body):
                found = [each.value for each in body if isinstance(each, ast.Assign)]
            case _:
                continue
        yield from (each for each in found if " " not in str(getattr(each, "value", " ")))


def is_of_a_kind(node: ast.AST) -> bool:
    """Whether it is the stored text of a kind, or an f-string that can become one."""
    match node:
        case ast.Constant(value=str(text)):
            return text in set(EntryKind)
        case ast.JoinedStr(values=parts):
            fixed = [isinstance(each, ast.Constant) and re.escape(each.value) for each in parts]
            pattern = "".join(each or "[a-z ]+" for each in fixed)
            is_worded = any(re.search("[a-z]{2}", each) for each in fixed if each)
            return is_worded and any(re.fullmatch(pattern, kind) for kind in EntryKind)
    return False


def modules() -> Iterator[tuple[Path, str]]:
    for path in SOURCE.rglob("*.py"):
        inside = path.relative_to(SOURCE)
        if not inside.as_posix().startswith(MAY_NAME_THEM):
            yield inside, path.read_text(encoding="utf-8")


@pytest.mark.parametrize("left_out", NEEDED)
def test_a_kind_of_which_something_is_not_said_is_refused(left_out: str) -> None:
    kind = EntryKind.PLACE_MOVED
    said = {name: getattr(kind, name) for name in NEEDED if name != "stored"} | {"stored": "new"}
    assert Row(**said).is_written
    del said[left_out]
    with pytest.raises(TypeError, match=left_out):
        Row(**said)
    assert {each.name for each in fields(Row)} == {*NEEDED, "is_written"}


@pytest.mark.parametrize("kind", EntryKind)
def test_each_kind_is_whole(kind: EntryKind) -> None:
    assert kind == kind.name.lower().replace("_", " "), "whoever reads one finds the other"
    assert kind.label
    assert callable(kind.tell)
    assert len(set(kind.purged)) == len(kind.purged)
    assert all(name.isidentifier() for name in kind.purged)
    assert set(kind.pages) <= set(Page)


def test_each_page_hears_of_the_kinds_that_name_it() -> None:
    assert READERS.keys() == set(Page)
    for page, roles in READERS.items():
        shown = kinds_shown_on(page)
        assert set(shown) == {kind for kind in EntryKind if page in kind.pages}
        assert shown
        assert roles
    assert set(kinds_shown_on(Page.JOURNAL)) == set(EntryKind)


def test_nothing_but_the_table_names_a_kind_by_what_is_stored() -> None:
    found = [place for path, text in modules() for place in named(path, text)]
    assert found == []


@pytest.mark.parametrize(
    ("text", "is_found"),
    [
        ('Event("place moved")', True),
        ('record(f"swap {state}")', True),
        ('record(f"{what} deleted")', True),
        ('Event("withdrawn")', True),
        ('kind = "registered" if now else "withdrawn"', True),
        ('entry.kind in ("invited", "other")', True),
        ('{"place moved": 1}', True),
        ('class Told:\n    MOVED = "place moved"', True),
        ('{"withdrawn": 1}', False),
        ('class State:\n    WITHDRAWN = "withdrawn"', False),
        ('f"{place} {moved}"', False),
        ('f"letter {number}.pdf"', False),
        ('"the place moved"', False),
    ],
)
def test_a_kind_named_elsewhere_is_found(text: str, is_found: bool) -> None:
    assert bool(list(named(Path("some.py"), text))) is is_found


def test_what_no_action_records_any_more_is_marked() -> None:
    recorded = {
        node.attr
        for path in (SOURCE / "actions").rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Attribute) and ast.unparse(node.value) == EntryKind.__name__
    }
    assert recorded == {kind.name for kind in EntryKind if kind.is_written}
