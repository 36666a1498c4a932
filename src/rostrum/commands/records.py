"""What the journal and the time of keeping ask for: verifying, deleting."""

from __future__ import annotations

import click

from rostrum.actions.journal import verify_journal
from rostrum.actions.retention import Disk, purge_due
from rostrum.clock import utc_clock
from rostrum.commands.database import open_database
from rostrum.domain.journal import COMMAND_LINE
from rostrum.domain.retention import TEXT_LABELS
from rostrum.letters.files import LetterFiles


@click.group("journal")
def journal_group() -> None:
    """The record of every change."""


@journal_group.command("verify")
def verify_command() -> None:
    """Check that nothing in the journal was changed."""
    with open_database() as (_, db):
        fault = verify_journal(db)
    if fault:
        raise click.ClickException(f"The journal is broken: {fault}.")
    click.echo("The journal is whole.")


@click.group("retention")
def retention_group() -> None:
    """Letters and contacts whose time is over."""


@retention_group.command("run")
@click.option("--dry-run", is_flag=True, help="Only print what would go.")
def run_retention_command(dry_run: bool) -> None:
    """Delete letters and contacts of every debate that kept them for its days. For cron."""
    unfinished = []
    with open_database() as (config, db):
        disk = Disk(LetterFiles(config.letters), config.database)
        for debate, gone in purge_due(db, utc_clock.now(), COMMAND_LINE, disk, dry_run=dry_run):
            for file in gone.remains.everything_on_disk:
                click.echo(f"{debate.slug}\t{file.name}\t{file.size}")
            for kind, count in gone.remains.texts.items():
                click.echo(f"{debate.slug}\t{TEXT_LABELS[kind]}\t{count}")
            unfinished += [] if gone.is_finished else [debate.slug]
    if unfinished:
        raise click.ClickException(f"The database is in use. Run this again for: {unfinished}.")
