"""README and docs/ say what is: settings, commands, targets, packages, links, names of files.

What stands at the top of the tree is what they show there.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import product
from pathlib import Path

import click
import pytest

from rostrum.cli import main
from tests.packaging.builds import tracked_files

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "src" / "rostrum"
DOCS = ROOT / "docs"
README = ROOT / "README.md"
PAGES = [README, *sorted(DOCS.glob("*.md"))]
MOST_LINES, MOST_WORDS, MOST_CHARACTERS = 120, 800, 100
OF_OURS = {"build_tools", "docs", "instance", "locks", "src", "static", "templates", "tests"}
ASKED_FOR_BY_TOOLS = {
    *(".ci", ".git-blame-ignore-revs", ".gitignore", "Makefile", "pyproject.toml"),
    *("CHANGELOG.md", "LICENSE", "README.md"),
}
"""Looked for at the top of a tree, by programs and by people."""

SETTING = re.compile(r"ROSTRUM_[A-Z]+(?:_[A-Z]+)*")
LINK = re.compile(r"\]\(([^)\s]+)\)")
FILE = re.compile(r"([\w./{},*-]+\.(?:py|html|js|css|scss|toml|md|png|po))(?:: ([\w.]+))?")
FOLDER = re.compile(r"\w[\w./-]*/")
PATTERNS = {"_x.html"}
"""What looks like the name of a file and stands for many."""


def text_of(page: Path) -> str:
    return page.read_text(encoding="utf-8")


def spans(text: str) -> list[str]:
    """What stands between backticks within a line, or from one line to the next."""
    prose = re.sub(r"^(```.*?^```| {4}.*?)$", "", text, flags=re.M | re.S)
    return [" ".join(span.split()) for span in re.findall(r"`([^`]+)`", prose)]


def code(text: str) -> list[str]:
    """The spans and the lines of the blocks that are typed as they stand."""
    return spans(text) + re.findall(r"^ {4}(\S.*)$", text, flags=re.M)


def anchors(text: str) -> set[str]:
    """The headings as links name them."""
    heads = re.findall(r"^#+ (.+)$", text, flags=re.M)
    return {re.sub(r"[^\w -]", "", head.lower()).replace(" ", "-") for head in heads}


def dead_links(page: Path, text: str) -> Iterator[str]:
    """Links within the tree that lead to no file, or to no heading of it."""
    for link in LINK.findall(text):
        where, _, anchor = link.partition("#")
        target = (page.parent / where) if where else page
        if link.startswith("https://"):
            continue
        if not target.exists() or (anchor and anchor not in anchors(text_of(target))):
            yield link


def lost_files(text: str) -> Iterator[str]:
    """Files, folders and what is said to be in a file that are not there."""
    for span in spans(text):
        if (named := FILE.fullmatch(span)) and span not in PATTERNS:
            found = [find(name) for name in spelled_out(named[1])]
            if not all(found) or not is_in(found[0], named[2]):
                yield span
        elif FOLDER.fullmatch(span) and not (find(span.rstrip("/")) or is_made(span)):
            yield span


def spelled_out(name: str) -> list[str]:
    """`a/{b,c}.py` is a/b.py and a/c.py."""
    parts = [part.split(",") for part in re.split(r"[{}]", name)]
    return ["".join(chosen) for chosen in product(*parts)]


def find(name: str) -> Path | None:
    """The file or folder, counted from the top of the tree or from src/rostrum/."""
    return next((path for top in (ROOT, PACKAGE) for path in top.glob(name)), None)


def is_in(path: Path, name: str | None) -> bool:
    """Whether a file of Python defines what is named behind it, such as `Desk.register`."""
    told = name.split(".") if name else []
    return all(re.search(rf"(def|class) {each}\b|^{each}\b", text_of(path), re.M) for each in told)


def is_made(folder: str) -> bool:
    """Whether git leaves it out, because a build or a run makes it."""
    return f"/{folder}" in text_of(ROOT / ".gitignore").splitlines()


def commands(group: click.Group, name: str) -> Iterator[str]:
    """Every command as it is typed."""
    for each, command in group.commands.items():
        if isinstance(command, click.Group):
            yield from commands(command, f"{name} {each}")
        else:
            yield f"{name} {each}"


def targets() -> set[str]:
    """What `make help` lists."""
    return set(re.findall(r"^([a-z0-9-]+):.*## ", text_of(ROOT / "Makefile"), re.M))


def settings(paths: Iterable[Path]) -> set[str]:
    return {name for path in paths for name in SETTING.findall(text_of(path))}


@pytest.fixture(params=PAGES, ids=lambda page: page.name)
def page(request: pytest.FixtureRequest) -> Path:
    return request.param


def test_readme_is_read_in_a_few_minutes() -> None:
    text = text_of(README)
    assert len(text.splitlines()) <= MOST_LINES
    assert len(text.split()) <= MOST_WORDS


def test_no_line_is_too_long(page: Path) -> None:
    assert [line for line in text_of(page).splitlines() if len(line) > MOST_CHARACTERS] == []


def test_every_link_leads_somewhere(page: Path) -> None:
    assert list(dead_links(page, text_of(page))) == []


def test_every_page_is_found_from_readme() -> None:
    linked = {link.partition("#")[0] for link in LINK.findall(text_of(README))}
    assert {f"docs/{page.name}" for page in PAGES[1:]} <= linked


def test_every_file_that_is_named_is_there(page: Path) -> None:
    assert list(lost_files(text_of(page))) == []


@pytest.mark.parametrize(
    "said",
    [
        *("web/nowhere.py", "letters/{photo,nothing}.py", "tests/nothing/", "docs/*.html"),
        *("web/access.py: nobody", "actions/registrations/desk.py: Desk.sleep"),
    ],
)
def test_a_file_that_is_not_there_is_found(said: str) -> None:
    assert list(lost_files(f"It is in `{said}`.")) == [said]


@pytest.mark.parametrize("link", ["docs/nowhere.md", "docs/staff.md#nothing", "#nothing"])
def test_a_link_that_leads_nowhere_is_found(link: str) -> None:
    assert list(dead_links(README, f"See [there]({link}).")) == [link]


def test_every_setting_is_told_to_who_needs_it() -> None:
    of_the_server = settings([PACKAGE / "config.py"])
    assert {f"`{name}`" for name in of_the_server} == set(
        re.findall(r"^\| (`ROSTRUM_\w+`) \|", text_of(DOCS / "operating.md"), re.M)
    )
    of_tools = settings([ROOT / "Makefile"])
    assert of_tools <= settings([DOCS / "developing.md"])
    assert settings(PAGES) == settings([*PACKAGE.rglob("*.py"), ROOT / "Makefile"])


def test_every_command_stands_in_operating() -> None:
    told = re.findall(r"^\| `(rostrum [a-z ]+)` \|", text_of(DOCS / "operating.md"), re.M)
    assert sorted(told) == sorted(commands(main, "rostrum"))


def test_no_page_names_a_command_that_is_not_there(page: Path) -> None:
    known = [*commands(main, "rostrum")]
    typed = re.compile(r"rostrum(?: [a-z]+)+")
    said = [typed.match(line)[0] for line in code(text_of(page)) if typed.match(line)]
    assert [each for each in said if not any(f"{each} ".startswith(f"{k} ") for k in known)] == []


def test_every_target_stands_in_developing() -> None:
    told = re.findall(r"^\| `make ([a-z0-9-]+)` \|", text_of(DOCS / "developing.md"), re.M)
    assert sorted(told) == sorted(targets())


def test_no_page_names_a_target_that_is_not_there(page: Path) -> None:
    said = {line.split()[1] for line in code(text_of(page)) if re.match(r"make [a-z]", line)}
    assert said <= targets()


def test_every_package_is_on_the_map_of_readme() -> None:
    folders = {path.name for path in PACKAGE.iterdir() if path.is_dir()} - {"__pycache__"}
    assert set(re.findall(r"^\| `(\w+)/` \|", text_of(README), re.M)) == folders


def test_every_module_at_the_top_is_on_the_code_map() -> None:
    modules = {path.name for path in PACKAGE.glob("*.py")} - {"__init__.py"}
    assert modules <= set(spans(text_of(DOCS / "architecture.md")))


def test_the_top_of_the_tree_holds_folders_and_what_tools_look_for_there() -> None:
    assert {path.partition("/")[0] for path in tracked_files()} == OF_OURS | ASKED_FOR_BY_TOOLS
    beside = text_of(DOCS / "architecture.md").partition("### Beside `src/`")[2].partition("\n#")[0]
    assert {*re.findall(r"^\| `(\w+)/` \|", beside, re.M)} == OF_OURS - {"src", "instance"}


def test_every_decision_says_why_what_and_what_follows() -> None:
    decisions = re.split(r"^### ", text_of(DOCS / "decisions.md"), flags=re.M)[1:]
    context = r"\*\*Context(?:\.\*\*|\*\* \(\d{4}-\d\d\)\.) "
    parts = rf"{context}|\*\*Decision\.\*\* |\*\*Consequence\.\*\* "
    counts = {
        text.splitlines()[0]: len(re.findall(f"^({parts})", text, re.M)) for text in decisions
    }
    assert {name for name, count in counts.items() if count != 3} == set()
