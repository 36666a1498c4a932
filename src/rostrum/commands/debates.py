"""Debates, the links of their delegations, and their lists."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from rostrum.actions.debates import toml_file as debate_actions
from rostrum.actions.delegations.invitations import Invited, issue_invitations
from rostrum.actions.exports import read_list
from rostrum.actions.journal import read_fairness
from rostrum.clock import utc_clock
from rostrum.commands.addresses import LOCAL, address_of_links
from rostrum.commands.database import open_database, refusals
from rostrum.domain.actors import COMMAND_LINE
from rostrum.domain.csv_text import plain_csv
from rostrum.domain.debates.debate import Debate
from rostrum.domain.debates.settings import check_is_meant
from rostrum.domain.delegations.delegation import LANGUAGES
from rostrum.domain.delegations.invitations import invitation_link
from rostrum.domain.errors import RuleBroken
from rostrum.domain.exports.lists import staff_csv
from rostrum.domain.journal.fairness import SLOTS, Fairness, Stamped
from rostrum.domain.registrations.roll import View
from rostrum.domain.times import NEW_YORK, from_micros, iso_millis
from rostrum.instance import checked_key
from rostrum.store import debates
from rostrum.store.retention import list_deleted_debates


@click.group("debates")
def debates_group() -> None:
    """Debates and their lists."""


@debates_group.command("load")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--sure", is_flag=True, help="Also if its meeting is over, or a year away.")
def load_debate_command(file: Path, sure: bool) -> None:
    """Add the debate described in a TOML FILE.

    A meeting that is over or more than a year away is asked about: its year may be wrong.
    """
    try:
        text = file.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise click.ClickException(f"{file} is not UTF-8 text.") from error
    with open_database() as (_, db):
        debate, council = debate_actions.read_debate(text)
        if not sure:
            _check_is_meant(debate)
        added = debate_actions.load_debate(db, utc_clock.now(), COMMAND_LINE, debate, council)
    click.echo(f"{added.slug}: the list opens {_opening(added)}")


def _check_is_meant(debate: Debate) -> None:
    try:
        check_is_meant(debate, utc_clock.now())
    except RuleBroken as asked:
        said = asked.sentence
        question = f"{said.text % said.values} If that is right, add --sure."
        raise click.ClickException(question) from asked


@debates_group.command("list")
def list_debates_command() -> None:
    """Print the debates: slug, opening in New York, title."""
    with open_database() as (_, db):
        deleted = list_deleted_debates(db)
        for debate in (each for each in debates.list_debates(db) if each.id not in deleted):
            click.echo(f"{debate.slug}\t{_opening(debate)}\t{debate.notice.title}")


@click.group("invitations")
def invitations_group() -> None:
    """Personal links of delegations."""


@invitations_group.command("issue")
@click.argument("debate")
@click.option("--only", metavar="CODES", help="Only these, for example FRA,KEN.")
@click.option(
    "--language",
    type=click.Choice(LANGUAGES),
    help="What the links open in; without it the phone's own language.",
)
@LOCAL
def issue_command(debate: str, only: str | None, language: str | None, local: bool) -> None:
    """Print the links of a DEBATE as CSV (iso3,delegation,link), and make missing ones.

    The links are personal: anybody who has one can sign in as that delegation. A revoked invitation
    has none. Refused if only this computer could open the links.
    """
    codes = frozenset(code.strip().upper() for code in only.split(",")) if only else None
    with open_database() as (config, db):
        found = debates.get_debate(db, debate)
        base_url = address_of_links(config, db, local=local)
        with refusals():
            key = checked_key(config, db)
        invited = issue_invitations(db, utc_clock.now(), COMMAND_LINE, found, codes)
        rows = (
            (each.delegation.code, each.delegation.name(), _link(base_url, key, each, language))
            for each in invited
        )
        click.echo(plain_csv(("iso3", "delegation", "link"), rows), nl=False)


def _link(base_url: str, key: bytes, invited: Invited, language: str | None) -> str:
    if invited.invitation.revoked_at is not None:
        return ""
    return invitation_link(base_url, key, invited.invitation, language)


@click.command("export")
@click.argument("debate")
def export_command(debate: str) -> None:
    """Print the list of a DEBATE as CSV, contacts included."""
    with open_database() as (_, db):
        found = debates.get_debate(db, debate)
        text = staff_csv(*read_list(db, utc_clock.now(), found, View()))
    sys.stdout.buffer.write(text.encode())


@click.command("fairness")
@click.argument("debate")
def fairness_command(debate: str) -> None:
    """Print from the journal how the order of a DEBATE came about."""
    with open_database() as (_, db):
        found = debates.get_debate(db, debate)
        report = read_fairness(db, found)
    click.echo(f"list opened\t{_opening(found)}")
    click.echo(f"registrations\t{len(report.registrations)}")
    click.echo(f"largest inversion between stamp and number\t{report.largest_inversion} µs")
    click.echo(f"numbers left out\t{report.gaps}")
    click.echo(f"presses answered with the same receipt\t{report.repeats}")
    for slot, count in enumerate(report.rush):
        if count:
            click.echo(f"{slot / 10:.1f} s to {(slot + 1) / 10:.1f} s\t{count}")
    click.echo(f"after {SLOTS // 10} s\t{report.later}")
    click.echo(f"entered by the mission\t{len(report.entries)}")
    click.echo("number\tiso3\tstamp (UTC)")
    for each in report.registrations:
        stamp = from_micros(each.stamp).isoformat(timespec="microseconds")
        click.echo(f"{each.arrival_number}\t{each.code}\t{stamp}{_entry(report, each)}")


def _entry(report: Fairness, each: Stamped) -> str:
    """The note on a registration that the mission entered; nothing for a press."""
    if not each.is_entry:
        return ""
    came = from_micros(each.received_at).isoformat(timespec="microseconds")
    return f"\tentered by the mission, received {came}, before {report.passed(each)} of them"


def _opening(debate: Debate) -> str:
    """When the debate's list opens, in New York time."""
    return iso_millis(debate.opens_at.astimezone(NEW_YORK))
