"""The command line: `rostrum --help` tells it all."""

from __future__ import annotations

import csv
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click

from rostrum import __version__
from rostrum.actions import debates as debate_actions
from rostrum.actions.delegations import ship_delegations
from rostrum.actions.fairness import read_fairness
from rostrum.actions.invitations import Invited, issue_invitations
from rostrum.actions.journal import verify_journal
from rostrum.actions.retention import Disk, purge_due
from rostrum.actions.staff import add_staff, make_first_admin, reset_by_name
from rostrum.clock import utc_clock
from rostrum.config import Config, load_config
from rostrum.domain.debates import Debate
from rostrum.domain.delegations import LANGUAGES
from rostrum.domain.errors import DomainError, NotFound
from rostrum.domain.exports import staff_csv
from rostrum.domain.fairness import SLOTS, Fairness, Stamped
from rostrum.domain.invitations import invitation_link
from rostrum.domain.journal import COMMAND_LINE
from rostrum.domain.retention import TEXT_LABELS
from rostrum.domain.staff import Role
from rostrum.domain.times import NEW_YORK, from_micros, iso_millis
from rostrum.letters.files import LetterFiles
from rostrum.lock import CannotServe, lock_instance
from rostrum.store import debates, registrations
from rostrum.store.database import Database, connect
from rostrum.store.migrations import migrate, pending_migrations, unknown_migrations
from rostrum.store.retention import list_deleted_debates
from rostrum.store.staff import list_staff

HOST = click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
PORT = click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65535))


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, package_name="rostrum")
def main() -> None:
    """Rostrum runs the list of speakers of a Security Council open debate.

    State lies in the folder ROSTRUM_INSTANCE (default: instance/). ROSTRUM_BASE_URL is the
    address under which people reach the server; links are made with it.
    """


@main.command("migrate")
def migrate_command() -> None:
    """Make the database, or bring it up to date (after a copy beside it)."""
    config = load_config()
    with _locked(config.instance):
        config.secret_key()
        steps = migrate(config.database)
    click.echo("\n".join(f"applied {step}" for step in steps) or "nothing to do")


@main.command("init")
@click.option("--name", default="admin", show_default=True, help="What the first admin is called.")
def init_command(name: str) -> None:
    """Make everything, and print the link with which the first admin sets a password.

    It works once and for 24 hours. Refused when there is an admin who can sign in.
    """
    config = load_config()
    with _locked(config.instance):
        config.secret_key()
        migrate(config.database)
    with _database() as (_, db):
        token = make_first_admin(db, utc_clock.now(), COMMAND_LINE, name.strip())
        ship_delegations(db)
    click.echo(f"{config.base_url}/staff/links/{token}")


@main.command("serve")
@HOST
@PORT
def serve_command(host: str, port: int) -> None:
    """Serve the pages until stopped."""
    _patch()
    from rostrum.serve import serve

    config = load_config()
    with _locked(config.instance):
        serve(config, host, port)


@main.command("demo")
@HOST
@PORT
@click.option(
    "--opens-in", default=120, show_default=True, type=click.IntRange(0), metavar="SECONDS",
    help="Seconds until the list opens.",
)  # fmt: skip
def demo_command(host: str, port: int, opens_in: int) -> None:
    """Serve the debate of 24 March 2025 on a new database, its list opening soon.

    Only the folder `demo` inside the instance folder is made anew; nothing else is touched.
    """
    _patch()
    from rostrum.demo import prepare_demo
    from rostrum.serve import serve

    folder = load_config().instance / "demo"
    with _locked(folder):
        config = prepare_demo(folder, host, port, opens_in, click.echo)
        serve(config, host, port)


@contextmanager
def _locked(folder: Path) -> Iterator[None]:
    """The folder for this process alone; what stands in the way is one line on the terminal."""
    try:
        with lock_instance(folder):
            yield
    except CannotServe as reason:
        raise click.ClickException(str(reason)) from reason


def _patch() -> None:
    """gevent must replace sockets and threads before anything else uses them."""
    import gevent
    from gevent.monkey import patch_all

    # The loop that keeps requests in order: see `rostrum.worker`.
    gevent.config.loop = "libuv"

    patch_all()


@main.group("staff")
def staff_group() -> None:
    """Accounts of the mission's staff."""


@staff_group.command("add")
@click.argument("name")
@click.option("--role", required=True, type=click.Choice([role.value for role in Role]))
@click.option(
    "--password-file", type=click.File(encoding="utf-8"),
    help="Take the password from the first line of a file (- for standard input).",
)  # fmt: skip
def add_staff_command(name: str, role: str, password_file: click.utils.LazyFile | None) -> None:
    """Add the account NAME; the password is asked for."""
    if password_file:
        password = password_file.readline().rstrip("\r\n")
    else:
        password = click.prompt("Password", hide_input=True, confirmation_prompt=True)
    with _database() as (_, db):
        add_staff(db, utc_clock.now(), COMMAND_LINE, name.strip(), Role(role), password)
    click.echo(f"{name.strip()} can sign in.")


@staff_group.command("list")
def list_staff_command() -> None:
    """Print the accounts: name, role, state."""
    with _database() as (_, db):
        for each in list_staff(db):
            state = "closed" if not each.is_active else "" if each.can_sign_in else "no password"
            second = "authenticator" if each.has_totp else ""
            words = ", ".join(word for word in (state or "active", second) if word)
            click.echo(f"{each.name}\t{each.role}\t{words}")


@staff_group.command("reset")
@click.argument("name")
def reset_staff_command(name: str) -> None:
    """Print a one-time link that sets a new password for NAME and takes the authenticator away."""
    with _database() as (config, db):
        token = reset_by_name(db, utc_clock.now(), COMMAND_LINE, name.strip())
    click.echo(f"{config.base_url}/staff/links/{token}")


@main.group("debates")
def debates_group() -> None:
    """Debates and their lists."""


@debates_group.command("load")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def load_debate_command(file: Path) -> None:
    """Add the debate described in a TOML FILE."""
    try:
        text = file.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise click.ClickException(f"{file} is not UTF-8 text.") from error
    with _database() as (_, db):
        debate, council = debate_actions.read_debate(text)
        added = debate_actions.load_debate(db, utc_clock.now(), COMMAND_LINE, debate, council)
    click.echo(f"{added.slug}: the list opens {_new_york(added)}")


@debates_group.command("list")
def list_debates_command() -> None:
    """Print the debates: slug, opening in New York, title."""
    with _database() as (_, db):
        deleted = list_deleted_debates(db)
        for debate in (each for each in debates.list_debates(db) if each.id not in deleted):
            click.echo(f"{debate.slug}\t{_new_york(debate)}\t{debate.notice.title}")


@main.group("invitations")
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
def issue_command(debate: str, only: str | None, language: str | None) -> None:
    """Print the links of a DEBATE as CSV (iso3,delegation,link), making those that are missing.

    The links are personal: whoever has one signs in as that delegation. A revoked invitation
    has none.
    """
    codes = frozenset(code.strip().upper() for code in only.split(",")) if only else None
    with _database() as (config, db):
        found = debates.get_debate(db, debate)
        invited = issue_invitations(db, utc_clock.now(), COMMAND_LINE, found, codes)
        writer = csv.writer(sys.stdout)
        writer.writerow(("iso3", "delegation", "link"))
        for each in invited:
            link = _link(config, each, language)
            writer.writerow((each.delegation.code, each.delegation.name(), link))


def _link(config: Config, invited: Invited, language: str | None) -> str:
    if invited.invitation.revoked_at is not None:
        return ""
    return invitation_link(config.base_url, config.secret_key(), invited.invitation, language)


@main.command("export")
@click.argument("debate")
def export_command(debate: str) -> None:
    """Print the list of a DEBATE as CSV, contacts included."""
    with _database() as (_, db):
        found = debates.get_debate(db, debate)
        text = staff_csv(registrations.list_with_delegations(db, found.id))
    sys.stdout.buffer.write(text.encode())


@main.command("fairness")
@click.argument("debate")
def fairness_command(debate: str) -> None:
    """Print from the journal how the order of a DEBATE came about."""
    with _database() as (_, db):
        found = debates.get_debate(db, debate)
        report = read_fairness(db, found)
    click.echo(f"list opened\t{_new_york(found)}")
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
    """What is to be known of a registration that the mission entered; nothing of a press."""
    if not each.is_entry:
        return ""
    came = from_micros(each.received_at).isoformat(timespec="microseconds")
    return f"\tentered by the mission, received {came}, before {report.passed(each)} of them"


@main.group("journal")
def journal_group() -> None:
    """The record of every change."""


@journal_group.command("verify")
def verify_command() -> None:
    """Check that nothing in the journal was changed."""
    with _database() as (_, db):
        fault = verify_journal(db)
    if fault:
        raise click.ClickException(f"The journal is broken: {fault}.")
    click.echo("The journal is whole.")


@main.group("retention")
def retention_group() -> None:
    """Letters and contacts whose time is over."""


@retention_group.command("run")
@click.option("--dry-run", is_flag=True, help="Only print what would go.")
def run_retention_command(dry_run: bool) -> None:
    """Delete letters and contacts of every debate that kept them for its days. For cron."""
    unfinished = []
    with _database() as (config, db):
        disk = Disk(LetterFiles(config.letters), config.database)
        for debate, gone in purge_due(db, utc_clock.now(), COMMAND_LINE, disk, dry_run=dry_run):
            for file in gone.remains.everything_on_disk:
                click.echo(f"{debate.slug}\t{file.name}\t{file.size}")
            for kind, count in gone.remains.texts.items():
                click.echo(f"{debate.slug}\t{TEXT_LABELS[kind]}\t{count}")
            unfinished += [] if gone.is_finished else [debate.slug]
    if unfinished:
        raise click.ClickException(f"The database is in use. Run this again for: {unfinished}.")


@contextmanager
def _database() -> Iterator[tuple[Config, Database]]:
    """The instance's database, migrated; refusals become one line on the terminal."""
    config = load_config()
    if not config.database.exists():
        raise click.ClickException("There is no database yet. Run: rostrum migrate")
    db = connect(config.database)
    try:
        if pending_migrations(db):
            raise click.ClickException(
                "The database is older than this program. Run: rostrum migrate"
            )
        if unknown_migrations(db):
            raise click.ClickException("The database belongs to a newer Rostrum. Use that one.")
        yield config, db
    except NotFound as error:
        raise click.ClickException("There is no such debate. See: rostrum debates list") from error
    except DomainError as error:
        said = error.sentence
        raise click.ClickException(said.text % said.values) from error
    finally:
        db.close()


def _new_york(debate: Debate) -> str:
    return iso_millis(debate.opens_at.astimezone(NEW_YORK))
