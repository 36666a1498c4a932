"""The journal at a terminal: whether it is whole, and where it ends."""

from __future__ import annotations

import re

import click

from rostrum.actions.journal import verify_journal
from rostrum.commands.database import open_database
from rostrum.domain.times import NEW_YORK, iso_millis
from rostrum.store.database import reading
from rostrum.store.journal import find_last_instant, find_number, get_end


class _Hash(click.ParamType):
    """A hash of an entry, typed or pasted."""

    name = "hash"

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """The hash in the form in which hashes are kept."""
        typed = value.strip().lower()
        if not re.fullmatch(r"[0-9a-f]{64}", typed):
            self.fail("a hash has 64 digits, 0 to 9 and a to f", param, ctx)
        return typed


@click.group("journal")
def journal_group() -> None:
    """The record of every change."""


@journal_group.command("verify")
@click.option(
    "--end", metavar="HASH", type=_Hash(),
    help="The hash of the last entry, as you noted it earlier: proves that none was cut off.",
)  # fmt: skip
def verify_command(end: str | None) -> None:
    """Check that nothing in the journal was changed, and print the hash of its last entry.

    A journal whose end was cut off also passes: note the hash of its last entry from time to time,
    here, in the console or in an export, and give it with --end.
    """
    with open_database() as (_, db), reading(db):
        fault = verify_journal(db)
        count, last = get_end(db)
        number = find_number(db, end) if end else None
        at = find_last_instant(db)
    if fault:
        raise click.ClickException(f"The journal is broken: {fault}.")
    if end and number is None:
        raise click.ClickException(
            f"The journal was cut off or is another one: no entry has the hash {end}."
        )
    click.echo("The journal is whole: nothing in it was changed.")
    click.echo(f"entries\t{count}")
    click.echo(f"time of the last\t{iso_millis(at.astimezone(NEW_YORK)) if at else '–'}")
    click.echo(f"hash of the last\t{last}")
    if number is not None:
        click.echo(f"entries after the hash given\t{count - number}")
