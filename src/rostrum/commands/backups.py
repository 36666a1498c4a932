"""Backing an instance up, checking a backup, restoring it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click

from rostrum import __version__
from rostrum.actions.instance.backups import check_backup, make_backup
from rostrum.actions.instance.restoring import OpenList, check_is_free, restore_backup
from rostrum.actions.retention import Disk
from rostrum.clock import utc_clock
from rostrum.commands.database import locked, open_database, refusals
from rostrum.config import load_config
from rostrum.domain.actors import COMMAND_LINE
from rostrum.domain.instance.backups import MANIFEST, BackupFault, Manifest
from rostrum.domain.times import NEW_YORK, iso_millis
from rostrum.instance import checked_key
from rostrum.letters.files import LetterFiles

FOLDER = click.Path(file_okay=False, path_type=Path)


@click.command("backup")
@click.argument("dest", type=FOLDER)
@click.option("--verify", is_flag=True, help="Check the backup that DEST is, and make none.")
@click.option("--allow-lost", is_flag=True, help="Go on where letters are missing or damaged.")
def backup_command(dest: Path, verify: bool, allow_lost: bool) -> None:
    """Back up database, letters and key into a new folder inside DEST, while the server runs.

    The folder is named by its time (UTC). It holds the secret key and everything personal: keep
    it as safe as the instance. Earlier backups stay: delete them yourself.
    """
    with _faults("It cannot be relied on" if verify else "No backup was made"):
        if verify:
            click.echo(f"{dest} is whole: {_told(check_backup(_only(dest)))}")
            return
        with open_database() as (config, db), refusals():
            key = checked_key(config, db)
        if config.instance.resolve() in (dest.resolve(), *dest.resolve().parents):
            raise BackupFault(f"{dest} lies inside the instance. Name a folder outside.")
        disk = Disk(LetterFiles(config.letters), config.database)
        made, manifest = make_backup(
            disk=disk,
            key=key,
            dest=dest,
            now=utc_clock.now,
            program=__version__,
            allow_lost=allow_lost,
        )
    click.echo(f"{made}: {_told(manifest)}")


@click.command("restore")
@click.argument("source", type=FOLDER)
def restore_command(source: Path) -> None:
    """Restore the backup SOURCE into the folder ROSTRUM_INSTANCE, which must be new.

    Links, sign-ins and receipts then work as before. Anything newer than the backup
    is missing.
    """
    folder = load_config().instance
    with _faults("Nothing was restored"):
        check_is_free(folder)
        manifest = check_backup(_only(source))
        with locked(folder):
            lists = restore_backup(source, manifest, folder, utc_clock.now(), COMMAND_LINE)
    click.echo(f"{folder} is restored {_told(manifest)}")
    for each in lists:
        click.echo(_warning(each))


@contextmanager
def _faults(outcome: str) -> Iterator[None]:
    try:
        yield
    except BackupFault as fault:
        raise click.ClickException(f"{outcome}. {fault}") from fault
    except OSError as error:
        raise click.ClickException(f"{outcome}. {error}.") from error


def _only(source: Path) -> Path:
    """The backup's folder; for a folder that contains backups, the error names the latest."""
    if not (source / MANIFEST).exists():
        inside = sorted(path.parent for path in source.glob(f"rostrum-*Z/{MANIFEST}"))
        if inside:
            raise BackupFault(f"{source} holds backups. Name one of them; the latest: {inside[-1]}")
    return source


def _told(manifest: Manifest) -> str:
    at, is_of = iso_millis(manifest.taken_at.astimezone(NEW_YORK)), manifest.figures
    lost = f", letters missing or damaged: {len(manifest.lost)}" if manifest.lost else ""
    return (
        f"as of {at}, registrations: {is_of.registrations}, letters: {is_of.letters}{lost}, "
        f"journal entries: {is_of.entries}, hash of the last: {is_of.end}"
    )


def _warning(open_list: OpenList) -> str:
    """A warning for people to act on: somebody was told a number that the backup lacks."""
    last = open_list.last
    number = last.arrival_number if last else 0
    return (
        f"{open_list.debate.slug} was open then, with {number} as its last number. Who registered "
        f"later has to press again, and numbers from {number + 1} on may have been told to others "
        "before: tell the delegations so with a message in the console."
    )
