"""How functions of src/rostrum take and are handed their arguments."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parents[1] / "src" / "rostrum"
MOST_PARAMETERS = 5
COME_FIRST = ("self", "cls", "slug", "label", "db", "now", "actor", "press", "debate")
"""What a reader knows by its place, wherever it comes."""


def functions_of(code: str) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    for node in ast.walk(ast.parse(code)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def long_and_by_place(code: str) -> Iterator[str]:
    """Functions with more than five parameters of which some could be told by their place alone."""
    for function in functions_of(code):
        taken = function.args
        by_place = [each.arg for each in taken.posonlyargs + taken.args]
        count = len({*by_place} - {"self", "cls"}) + len(taken.kwonlyargs)
        if count > MOST_PARAMETERS and not {*by_place} <= {*COME_FIRST}:
            yield function.name


def spread_tuples(code: str) -> Iterator[str]:
    """Local tuples and lists, written out by the function itself, that one of its calls spreads."""
    for function in functions_of(code):
        nodes = list(ast.walk(function))
        made = {name for node in nodes for name in written_out(node)}
        spread = [
            each.value
            for node in nodes
            if isinstance(node, ast.Call)
            for each in node.args
            if isinstance(each, ast.Starred)
        ]
        for value in spread:
            if is_display(value) or (isinstance(value, ast.Name) and value.id in made):
                yield f"{function.name}: *{ast.unparse(value)}"


def written_out(node: ast.AST) -> Iterator[str]:
    """The names that a statement gives to tuples and lists of known length."""
    if isinstance(node, ast.Assign):
        pairs = [(target, node.value) for target in node.targets]
    elif isinstance(node, ast.AnnAssign | ast.AugAssign | ast.NamedExpr) and node.value:
        pairs = [(node.target, node.value)]
    else:
        return
    for target, value in pairs:
        if isinstance(target, ast.Name) and is_display(value):
            yield target.id
        elif isinstance(target, ast.Tuple) and isinstance(value, ast.Tuple):
            for name, part in zip(target.elts, value.elts, strict=False):
                if isinstance(name, ast.Name) and is_display(part):
                    yield name.id


def is_display(value: ast.expr) -> bool:
    """`(a, b)`, or the one or the other of such; not an empty list that is filled later."""
    if isinstance(value, ast.IfExp):
        return is_display(value.body) or is_display(value.orelse)
    return isinstance(value, ast.Tuple | ast.List) and bool(value.elts)


def all_of(rule) -> list[str]:
    return [
        f"{path.relative_to(PACKAGE)}: {found}"
        for path in sorted(PACKAGE.rglob("*.py"))
        for found in rule(path.read_text(encoding="utf-8"))
    ]


def test_functions_with_more_than_five_parameters_take_them_by_name() -> None:
    assert all_of(long_and_by_place) == []


def test_no_call_spreads_a_tuple_made_for_it() -> None:
    assert all_of(spread_tuples) == []


@pytest.mark.parametrize(
    ("code", "is_right"),
    [
        ("def act(db, now, actor, debate, reason): ...", True),
        ("def act(db, now, actor, debate, reason, dates): ...", False),
        ("def act(db, now, actor, debate, reason, *, dates): ...", False),
        ("def act(db, now, actor, debate, *, reason, dates): ...", True),
        ("def act(self, a, b, c, d, e): ...", True),
        ("async def act(a, b, c, d, e, f): ...", False),
        ("def act(a, b, c, d, e, /, *, f): ...", False),
        ("class Act:\n    def act(self, *, a, b, c, d, e, f): ...", True),
    ],
)
def test_a_long_list_of_parameters_is_seen(code: str, is_right: bool) -> None:
    assert list(long_and_by_place(code)) == ([] if is_right else ["act"])


@pytest.mark.parametrize(
    ("lines", "found"),
    [
        ("who = (a, b); f(*who)", "who"),
        ("who = [a, b]; f(db, *who, c)", "who"),
        ("now, who = 1, (a, b); f(*who)", "who"),
        ("who: tuple = (a, b); f(*who)", "who"),
        ("who = (a,) if a else (); f(*who)", "who"),
        ("who = (a, b); g(lambda: f(*who))", "who"),
        ("f(*(a, b))", "(a, b)"),
        ("f(*args)", None),
        ("ends = []; ends.append(a); f(*ends)", None),
        ("rows = load(a); zip(*rows)", None),
        ("who = (a, b); g(who)", None),
        ("page = {'a': a}; f(**page)", None),
    ],
)
def test_a_spread_tuple_is_seen(lines: str, found: str | None) -> None:
    code = f"def act(a, b, *args):\n    {lines}\n"
    assert list(spread_tuples(code)) == ([f"act: *{found}"] if found else [])
