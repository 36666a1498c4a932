"""Deleting letters and contacts whose time is over, by a timer."""

from __future__ import annotations

import click

from rostrum.actions.retention import Disk, purge_due
from rostrum.clock import utc_clock
from rostrum.commands.database import open_database
from rostrum.domain.actors import COMMAND_LINE
from rostrum.domain.retention.purge import TEXT_LABELS
from rostrum.letters.files import LetterFiles


@click.group("retention")
def retention_group() -> None:
    """Letters and contacts whose retention period is over."""


@retention_group.command("run")
@click.option("--dry-run", is_flag=True, help="Only print what would go.")
def run_retention_command(dry_run: bool) -> None:
    """Delete letters and contacts of every debate whose retention period is over. For cron."""
    unfinished, is_due = [], False
    with open_database() as (config, db):
        disk = Disk(LetterFiles(config.letters), config.database)
        for debate, gone in purge_due(db, utc_clock.now(), COMMAND_LINE, disk, dry_run=dry_run):
            is_due = True
            for file in gone.remains.everything_on_disk:
                click.echo(f"{debate.slug}\t{file.name}\t{file.size}")
            for kind, count in gone.remains.texts.items():
                click.echo(f"{debate.slug}\t{TEXT_LABELS[kind]}\t{count}")
            unfinished += [] if gone.is_finished else [debate.slug]
    if dry_run and not is_due:
        click.echo("Nothing is due.")
    if unfinished:
        raise click.ClickException(
            f"Traces are left of: {', '.join(unfinished)}. Another program keeps on reading the "
            "database (a replication such as Litestream, an open sqlite3): stop it and run this "
            "again."
        )
