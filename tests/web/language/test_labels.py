"""Every value of every enumeration is shown by its own name, on every page that shows it.

A walk through the pages brings each value before each template; what the filters are asked and
what they answer is noted on the way. A new enumeration, a new table of labels and a new place
that uses one fail until they are placed here.
"""

from __future__ import annotations

import ast
import csv
import io
import json
import re
import sys
from collections import defaultdict
from collections.abc import Callable, Collection, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from flask import Flask

from rostrum.actions.journal import Event, record
from rostrum.actions.letters.decisions import accept_letter, return_letter
from rostrum.actions.order.council import add_further_statement
from rostrum.domain.actors import Actor
from rostrum.domain.debates.debate import Debate, OrderPolicy, Visibility
from rostrum.domain.debates.way import Step
from rostrum.domain.delegations.delegation import Basis
from rostrum.domain.delegations.invitations import InvitationState
from rostrum.domain.journal.kinds import KIND_LABELS
from rostrum.domain.letters.letter import LetterState
from rostrum.domain.order.speaking_order import Section
from rostrum.domain.registrations.messages import PARTS, Message
from rostrum.domain.registrations.registration import Channel
from rostrum.domain.registrations.roll import Shown
from rostrum.domain.retention.purge import TEXT_LABELS
from rostrum.domain.speakers import Level, Speaker, StatementLanguage
from rostrum.domain.staff.accounts import Role
from rostrum.store.council import list_council_members, replace_council_speaker
from rostrum.store.database import Database, writing
from rostrum.store.debates import update_debate
from rostrum.store.delegations import list_delegations
from rostrum.store.invitations import list_invitations
from rostrum.store.journal import get_end
from rostrum.store.letters import list_letters_by_id
from rostrum.store.messages import insert_message
from rostrum.store.registrations import list_registrations
from rostrum.web.language import labels
from rostrum.web.language.catalogs import LANGUAGES, gettext, speaking
from tests.expected_labels import WORDS
from tests.factories import FakeClock, delegation, make_invitations, pdf_bytes
from tests.web.client import Browser
from tests.web.factories import (
    SPEAKER,
    console,
    home,
    keep_letter,
    parts_of,
    revoke,
    sign_in,
    take_place,
)
from tests.web.request_bodies import File

SOURCE = Path(__file__).parents[3] / "src/rostrum"
TEMPLATES = Path(__file__).parents[3] / "templates"
VERA = Actor("staff", "vera")
OLGA = Actor("staff", "olga")
BY_PRESS, ENTERED = ("KEN", "BRA", "JPN", "PSE", "EU", "IND"), ("EGY", "MEX", "IRL")
Seen = dict[tuple[str, str], dict[str, str]]
"""By template and filter: what each value was called."""

VALUES: dict[Callable[..., str], Collection[str]] = {
    labels.level_label: Level,
    labels.statement_language_label: StatementLanguage,
    labels.letter_label: LetterState,
    labels.basis_label: Basis,
    labels.invitation_label: InvitationState,
    labels.channel_label: Channel,
    labels.part_label: Shown,
    labels.step_label: Step,
    labels.section_label: Section,
    labels.order_label: OrderPolicy,
    labels.visibility_label: Visibility,
    labels.role_label: Role,
    labels.role_word: Role,
    labels.kind_label: KIND_LABELS,
    labels.text_label: TEXT_LABELS,
}
WRITTEN = {
    **{each.__name__: WORDS[of] for each, of in VALUES.items() if isinstance(of, type)},
    "role_word": {role: words.partition(":")[0] for role, words in WORDS[Role].items()},
    "kind_label": KIND_LABELS,
    "text_label": TEXT_LABELS,
}
"""The right words by filter."""
OF_DELEGATES = {
    ("delegates/speakers/_lines.html", "level_label"),
    ("delegates/speakers/_lines.html", "statement_language_label"),
    ("delegates/letters/_state.html", "letter_label"),
    ("delegates/page/_receipt_lines.html", "channel_label"),
}
OF_THE_CONSOLE = {
    ("console/registrations/_row.html", "level_label"),
    ("console/registrations/_letter.html", "letter_label"),
    ("console/registrations/_figures.html", "part_label"),
    ("console/order/show.html", "level_label"),
    ("console/council/_members.html", "level_label"),
    ("console/council/_members.html", "statement_language_label"),
    ("console/order/_letter_and_time.html", "letter_label"),
    ("console/letters/_facts.html", "level_label"),
    ("console/letters/_facts.html", "letter_label"),
    ("console/letters/_now.html", "letter_label"),
    ("console/deadlines/show.html", "letter_label"),
    ("console/dossier/_speaker.html", "level_label"),
    ("console/dossier/_speaker.html", "statement_language_label"),
    ("console/dossier/_letter.html", "letter_label"),
    ("console/dossier/_link.html", "invitation_label"),
    ("console/on_behalf/list.html", "basis_label"),
    ("console/exports/show.html", "statement_language_label"),
    ("console/exports/_rows.html", "level_label"),
    ("console/exports/_rows.html", "section_label"),
    ("console/exports/_letter_mark.html", "letter_label"),
    ("console/exports/_rows.html", "statement_language_label"),
    ("console/exports/running_sheet.html", "section_label"),
    ("console/exports/running_sheet.html", "statement_language_label"),
}
OF_MESSAGES = {("console/messages/_to_whom.html", "part_label")}
OF_SETTINGS = {
    ("console/delegations/list.html", "basis_label"),
    ("console/invitations/list.html", "invitation_label"),
    ("console/invitations/show.html", "invitation_label"),
    ("console/debates/_rules.html", "order_label"),
    ("console/debates/_rules.html", "visibility_label"),
    ("console/retention/_remains.html", "text_label"),
    ("console/account/show.html", "role_label"),
    ("console/people/list.html", "role_word"),
    ("console/debates/_way.html", "step_label"),
}
OF_THE_JOURNAL = {
    ("console/journal/list.html", "kind_label"),
    ("console/changes.html", "kind_label"),
}
"""Where each filter stands: by the walk that comes by."""
LEFT_OUT = {
    # Says "To read" and "Not read yet" of it; of one that is to be read there is no decision.
    ("console/registrations/_letter.html", "letter_label"): {"pending"},
    ("console/order/_letter_and_time.html", "letter_label"): {"pending"},
    ("console/deadlines/show.html", "letter_label"): {"pending"},
    ("console/letters/_now.html", "letter_label"): {"pending", "awaited"},
    ("console/letters/_facts.html", "letter_label"): {"awaited"},
    ("console/exports/_letter_mark.html", "letter_label"): {"accepted", "pending"},
    # A panel with the reasons.
    ("delegates/letters/_state.html", "letter_label"): {"returned"},
    # Parts to which no message is addressed; "To all delegations".
    ("console/messages/_to_whom.html", "part_label"): set(Shown) - set(PARTS) | {"all"},
    # The working languages, in which the President speaks.
    ("console/exports/show.html", "statement_language_label"): {"es", "ru", "zh", "ar", "other"},
}
"""Values that a template never shows, or says in other words."""

SHOWN_BY_A_FILTER = {
    *("Level", "StatementLanguage", "LetterState", "Basis", "InvitationState", "Channel"),
    *("Section", "OrderPolicy", "Visibility", "Role", "EntryKind", "Step", "Shown"),
}
SHOWN_OTHERWISE = {
    "Reason",  # of a refused form: test_forgery
    "Source",  # of the outside address: tests/commands/test_addresses.py
    "Lack",  # of the letters' cage: tests/web/console/test_home.py
    *("Status", "Phase", "State", "Cause", "Ground", "ReturnReason", "Refusal", "Mark"),
    *("SwapState", "Note", "ChangeKind", "ChangeState", "DropReason"),
}
"""Those of tests/web/language/test_values_on_pages.py."""
NEVER_SHOWN = {
    "LinkKind": "the path of a link",
    "Page": "the path from which a page hears of changes",
    "Sender": "decides whether a form is taken; the log says it in words",
    "Kind": "a file's ending stands in its name; the record and the archive give the value",
    "Invitation": "names a sentence of the President’s; the sentence is shown",
    "Part": "decides how a paragraph of a draft is set",
    "Sorting": "a word of an address; the heading says it",
    "PretendState": "decides whether a press is still to come; the settings count",
    "Trial": "decides whether a trial press is offered; the page says it in words",
    "Task": "what the child process is asked to do",
    "Landlock": "what the child process says holds it",
}
TABLES = {
    *("LEVEL_LABELS", "STATEMENT_LANGUAGE_LABELS", "LETTER_LABELS", "BASIS_LABELS"),
    *("INVITATION_LABELS", "CHANNEL_LABELS", "SECTION_LABELS", "ORDER_LABELS"),
    *("VISIBILITY_LABELS", "ROLE_LABELS", "KIND_LABELS", "TEXT_LABELS"),
    *("STEP_LABELS", "SHOWN_LABELS"),
    # Of what changed, in the journal and on a delegation's phones.
    *("STATUS_LABELS", "GROUND_LABELS", "CHANGE_LABELS", "PART_LABELS"),
    # Of a decision that was not carried out.
    *("NOT_DONE_LABELS", "DROP_LABELS"),
    *("SETTING_LABELS", "NOTICE_LABELS", "SPEAKER_LABELS"),
}


# Nothing is forgotten, nothing is mixed


def syntax() -> Iterator[ast.AST]:
    for path in SOURCE.rglob("*.py"):
        yield from ast.walk(ast.parse(path.read_text(encoding="utf-8")))


def test_each_enumeration_has_its_place_here() -> None:
    found = {
        node.name
        for node in syntax()
        if isinstance(node, ast.ClassDef)
        and any(re.fullmatch(r"\w*(Enum|Flag)", ast.unparse(base)) for base in node.bases)
    }
    assert found == SHOWN_BY_A_FILTER | SHOWN_OTHERWISE | NEVER_SHOWN.keys()


def test_each_table_of_labels_has_its_place_here() -> None:
    found = {
        target.id
        for node in syntax()
        if isinstance(node, ast.Assign)
        for target in node.targets
        if isinstance(target, ast.Name) and target.id.endswith("LABELS")
    }
    assert found == TABLES


def merges(node: ast.AST) -> bool:
    """Whether it makes one table of labels of two."""
    match node:
        case ast.BinOp(op=ast.BitOr(), left=left, right=right):
            parts = [left, right]
        case ast.AugAssign(op=ast.BitOr(), target=target, value=value):
            parts = [target, value]
        case ast.Dict(keys=keys, values=values):
            parts = [value for key, value in zip(keys, values, strict=True) if key is None]
        case ast.Call(func=ast.Attribute(attr="update" | "ChainMap", value=value), args=args):
            parts = [value, *args]
        case ast.Call(func=ast.Name(id="ChainMap" | "dict"), args=args):
            parts = args
        case _:
            return False
    return any(ast.unparse(part).endswith("LABELS") for part in parts)


def test_no_two_tables_of_labels_are_merged() -> None:
    assert [ast.unparse(node) for node in syntax() if merges(node)] == []


@pytest.mark.parametrize(
    "text",
    [
        "X = LEVEL_LABELS | OTHERS",
        "LABELS |= CHANNEL_LABELS",
        "X = {**LEVEL_LABELS, **LETTER_LABELS}",
        "X.update(speakers.LEVEL_LABELS)",
        "X = ChainMap(LEVEL_LABELS, LETTER_LABELS)",
    ],
)
def test_a_merged_table_is_found(text: str) -> None:
    assert any(merges(node) for node in ast.walk(ast.parse(text)))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("called", VALUES)
def test_each_value_has_a_name_of_its_own(app: Flask, called: Callable, language: str) -> None:
    with app.app_context(), speaking(language):
        names = {value: called(value) for value in VALUES[called]}
    assert len(set(names.values())) == len(names)
    assert all(names.values())


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_other_level_and_the_other_language_are_not_taken_for_each_other(
    app: Flask, language: str
) -> None:
    with app.app_context(), speaking(language):
        assert labels.level_label("other") == gettext("Chargé d’affaires a.i. or other")
        assert labels.statement_language_label("other") == gettext(
            "Another language, with interpretation provided by the delegation"
        )


# The walk


@pytest.fixture
def seen(app: Flask, monkeypatch: pytest.MonkeyPatch) -> Seen:
    """What templates ask the filters and are told, from now on."""
    noted: Seen = defaultdict(dict)

    def listening(called: Callable[[str], str]) -> Callable[[str], str]:
        def told(value: str) -> str:
            template = Path(sys._getframe(1).f_code.co_filename).relative_to(TEMPLATES)
            words = noted[template.as_posix(), called.__name__][value] = called(value)
            return words

        return told

    for called in labels.FILTERS:
        monkeypatch.setitem(app.jinja_env.filters, called.__name__, listening(called))
    return noted


@pytest.fixture
def furnished(app: Flask, db: Database, debate: Debate, opened: FakeClock, vera: Browser) -> Debate:
    """Nine places, each of another level, their languages, letters and channels all there are."""
    make_invitations(db, debate, *BY_PRESS, *ENTERED, "URY", "AU", "VAT")
    speakers = [
        {"level": level, "language": list(StatementLanguage)[number % len(StatementLanguage)]}
        for number, level in enumerate(Level)
    ]
    for code, speaker in zip(BY_PRESS, speakers, strict=False):
        take_place(app, db, debate, code, **speaker)
    for code, speaker, channel in zip(ENTERED, speakers[len(BY_PRESS) :], Channel, strict=True):
        vera.get(f"{console(debate)}/on-behalf/delegations/{code}")
        fields = SPEAKER | speaker | {"channel": channel}
        vera.submit("#entry", fields, {"letter": File(pdf_bytes())})
    vera.get(f"{console(debate)}/on-behalf/delegations/URY")
    vera.submit("#entry", SPEAKER | {"channel": Channel.EMAIL, "letter_follows": ["y"]})
    held = {each.delegation_id: each.letter.id for each in list_registrations(db, debate.id)}
    letters = {code: held[delegation(db, code).id] for code in BY_PRESS}
    for code in ("BRA", "PSE"):
        accept_letter(db, opened.now(), VERA, debate, letter_id=letters[code])
    for code in ("JPN", "KEN"):
        return_letter(
            db,
            opened.now(),
            VERA,
            debate,
            letter_id=letters[code],
            reasons=["not_signed"],
            remark="",
        )
    for code in ("KEN", "PSE"):
        keep_letter(app, db, debate, code, "second.pdf")
    with writing(db):
        for member, speaker in zip(list_council_members(db, debate.id), speakers, strict=False):
            replace_council_speaker(db, debate.id, member.delegation.id, Speaker(**speaker))
    add_further_statement(db, opened.now(), VERA, debate, "CHE")
    sign_in(app, db, debate, "KEN")
    revoke(db, debate, "AU")
    return debate


def check(seen: Seen, places: set[tuple[str, str]]) -> None:
    """That these places showed all their values, each by its name, and no others did any."""
    assert seen.keys() == places
    values = {called.__name__: set(of) for called, of in VALUES.items()}
    for (template, name), told in seen.items():
        wanted = values[name] - LEFT_OUT.get((template, name), set())
        assert set(told) == wanted, (template, name)
        assert told.items() <= WRITTEN[name].items(), (template, name)


def test_delegates_read_every_value_by_its_name(
    furnished: Debate, app: Flask, db: Database, seen: Seen
) -> None:
    for code in (*BY_PRESS, *ENTERED, "URY"):
        browser = sign_in(app, db, furnished, code)
        browser.get(home(furnished, code))
        if code in ("KEN", "BRA", "URY"):
            browser.get(f"{home(furnished, code)}/letter")
    check(seen, OF_DELEGATES)


def test_the_console_shows_every_value_by_its_name(
    furnished: Debate, db: Database, seen: Seen, vera: Browser
) -> None:
    listed = list_registrations(db, furnished.id)
    decided = [each.id for each in listed if each.letter.state != "pending"]
    pages = [
        "",
        "?show=late",
        "?show=not-registered",
        "/order",
        "/council",
        "/exports",
        "/exports/list",
        "/exports/running-sheet",
        "/on-behalf",
    ]
    pages += [f"/letters/{letter_id}" for letter_id in list_letters_by_id(db, furnished.id)]
    pages += [f"/registrations/{number}/letter" for number in decided]
    pages += [f"/delegations/{code}" for code in (*BY_PRESS, *ENTERED, "URY", "AU")]
    for page in pages:
        vera.get(console(furnished) + page)
    check(seen, OF_THE_CONSOLE)


def test_tables_for_other_programs_have_every_value_as_its_code(
    furnished: Debate, vera: Browser
) -> None:
    text = vera.get(f"{console(furnished)}/list.csv").body.decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text, newline="")))
    record = json.loads(vera.get(f"{console(furnished)}/exports/record.json").text)
    spoken = [each["speaker"] for each in record["registrations"]]
    channels = {each["entered_through"] for each in record["registrations"]} - {""}
    for values, column, told in (
        (Level, "level", [each["level"] for each in spoken]),
        (StatementLanguage, "language", [each["language"] for each in spoken]),
        (LetterState, "letter", [each["state"] for each in record["letters"]]),
        (Basis, "basis", [each["basis"] for each in record["delegations"]]),
        (Channel, "entered_through", channels),
    ):
        assert {row[column] for row in rows} - {""} == set(values)
        assert set(told) == set(values)
    assert {each["section"] for each in record["list"]} == set(Section)


def test_messages_say_to_which_part_they_are_addressed(
    db: Database, debate: Debate, clock: FakeClock, seen: Seen, vera: Browser
) -> None:
    kenya = (delegation(db, "KEN").id,)
    for part in PARTS:
        to = () if part is Shown.ALL else kenya
        with writing(db):
            insert_message(
                db,
                Message(0, debate.id, "Hello.", clock.now(), "vera", part=part, recipients=to),
            )
    vera.get(f"{console(debate)}/messages")
    check(seen, OF_MESSAGES)


def test_settings_show_every_value_by_its_name(
    app: Flask,
    db: Database,
    debate: Debate,
    seen: Seen,
    vera: Browser,
    anna: Browser,
    carl: Browser,
) -> None:
    revoke(db, debate, "BRA")
    sign_in(app, db, debate, "KEN")
    assert {each.basis for each in list_delegations(db)} == set(Basis)
    for browser in (vera, anna, carl):
        browser.get("/staff/account")
    pages = ["/staff/delegations", "/staff/people", f"{console(debate)}/invitations"]
    pages += [
        f"{console(debate)}/invitations/{each.id}" for each in list_invitations(db, debate.id)
    ]
    for page in (*pages, f"{console(debate)}/retention"):
        anna.get(page)
    for number, visibility in enumerate(Visibility):
        policy = list(OrderPolicy)[number % len(OrderPolicy)]
        with writing(db):
            update_debate(db, replace(debate, visibility=visibility, order_policy=policy))
        anna.get(f"{console(debate)}/settings")
    check(seen, OF_SETTINGS)


def test_the_journal_shows_every_kind_by_its_name(
    app: Flask, clock: FakeClock, seen: Seen, vera: Browser
) -> None:
    """In its list, and in the line by which an open page is told that it is out of date."""
    with parts_of(app).connections.borrowed() as db:
        for kind in KIND_LABELS:
            before = get_end(db)[0]
            with writing(db):
                record(db, clock.now(), OLGA, Event(kind))
            vera.get(f"/staff/news/journal/0/{before}/state")
    vera.get("/staff/journal")
    vera.follow("a[href*='before=']")
    check(seen, OF_THE_JOURNAL)


def test_each_use_of_a_label_has_its_place_here() -> None:
    names = {each.__name__ for each in labels.FILTERS}
    assert names == {called.__name__ for called in VALUES}
    used = {
        (path.relative_to(TEMPLATES).as_posix(), name)
        for path in TEMPLATES.rglob("*.html")
        for name in re.findall(r"\|\s*(\w+)", path.read_text(encoding="utf-8"))
        if name in names
    }
    assert used == OF_DELEGATES | OF_THE_CONSOLE | OF_MESSAGES | OF_SETTINGS | OF_THE_JOURNAL
