"""The command line; `rostrum --help` describes it."""

from __future__ import annotations

import click

from rostrum import __version__
from rostrum.actions.delegations.directory import ship_delegations
from rostrum.actions.instance.addresses import find_address, note_listening, set_address
from rostrum.actions.staff.accounts import make_first_admin
from rostrum.clock import utc_clock
from rostrum.commands.addresses import address_command, how_to_set, tell_who_wins
from rostrum.commands.backups import backup_command, restore_command
from rostrum.commands.database import locked, open_database, refusals
from rostrum.commands.debates import (
    debates_group,
    export_command,
    fairness_command,
    invitations_group,
)
from rostrum.commands.journal import journal_group
from rostrum.commands.keys import key_group
from rostrum.commands.retention import retention_group
from rostrum.commands.staff import staff_group
from rostrum.config import BadSetting, Config, load_config
from rostrum.domain.actors import COMMAND_LINE
from rostrum.domain.errors import RuleBroken
from rostrum.domain.instance.addresses import read_address
from rostrum.instance import check_is_there, prepare_instance
from rostrum.listening import listening_url

DEFAULT_HOST, DEFAULT_PORT = "127.0.0.1", 8000
PORTS = click.IntRange(1, 65535)
HOST = click.option("--host", default=DEFAULT_HOST, show_default=True, help="Address to listen on.")
PORT = click.option("--port", default=DEFAULT_PORT, show_default=True, type=PORTS)


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="rostrum")
def main() -> None:
    """Rostrum runs the list of speakers of a Security Council open debate.

    All data is in the folder ROSTRUM_INSTANCE (default: instance/ in the current folder). Links
    begin with the outside address: `rostrum address` sets it, ROSTRUM_BASE_URL overrides it.
    """
    try:
        load_config()
    except BadSetting as error:
        raise click.ClickException(str(error)) from error


for command in (
    address_command,
    staff_group,
    debates_group,
    invitations_group,
    export_command,
    fairness_command,
    journal_group,
    retention_group,
    key_group,
    backup_command,
    restore_command,
):
    main.add_command(command)


@main.command("migrate")
def migrate_command() -> None:
    """Make the database, or copy it and bring it up to date."""
    config = load_config()
    is_new = not config.database.exists()
    with locked(config.instance):
        steps = prepare_instance(config)
    click.echo("\n".join(f"applied {step}" for step in steps) or "nothing to do")
    if is_new:
        _tell_place(config)


@main.command("init")
@click.option("--name", default="admin", show_default=True, help="What the first admin is called.")
@click.option("--host", help=f"Where serve is to listen.  [default: {DEFAULT_HOST}]")
@click.option("--port", type=PORTS, help=f"Where serve is to listen.  [default: {DEFAULT_PORT}]")
@click.option("--base-url", metavar="URL", default="", help="The outside address, to be kept.")
def init_command(name: str, host: str | None, port: int | None, base_url: str) -> None:
    """Make an instance, and print the link with which the first admin sets a password.

    The link works once, within 24 hours. Refused if an admin can already sign in. Without an
    outside address, the link works on this computer, with `serve` on the same host and port.
    """
    config = load_config()
    is_new = not config.database.exists()
    _check_address(base_url)
    with locked(config.instance):
        prepare_instance(config)
    with open_database() as (_, db):
        token = make_first_admin(db, utc_clock.now(), COMMAND_LINE, name.strip())
        ship_delegations(db)
        if base_url:
            set_address(db, utc_clock.now(), COMMAND_LINE, base_url)
        if host or port:
            note_listening(db, listening_url(host or DEFAULT_HOST, port or DEFAULT_PORT))
        holds = find_address(db, config.base_url)
    click.echo(f"{holds.url}/staff/links/{token}")
    if is_new:
        _tell_place(config)
    if base_url:
        tell_who_wins(holds)
    if holds.is_local:
        click.echo(f"Only this computer opens this link. {how_to_set(holds)}", err=True)


def _tell_place(config: Config) -> None:
    """Says where a new instance was made, because it may be the wrong folder."""
    click.echo(f"This is a new Rostrum in {config.instance}.", err=True)


def _check_address(text: str) -> None:
    """Refuses a malformed address before anything is made."""
    try:
        if text:
            read_address(text)
    except RuleBroken as error:
        said = error.sentence.text % error.sentence.values
        raise click.ClickException(said) from error


@main.command("serve")
@HOST
@PORT
def serve_command(host: str, port: int) -> None:
    """Serve the pages until stopped."""
    _patch()
    from rostrum.serve import serve

    config = load_config()
    with refusals():
        # Before the lock, which makes the folder if there is none.
        check_is_there(config)
    with locked(config.instance):
        serve(config, host, port)


@main.command("demo")
@HOST
@PORT
@click.option(
    "--opens-in", default=120, show_default=True, type=click.IntRange(0), metavar="SECONDS",
    help="Seconds until the list opens.",
)  # fmt: skip
def demo_command(host: str, port: int, opens_in: int) -> None:
    """Serve the debate of 24 March 2025 on a new database; its list opens soon.

    Makes only the folder `demo` inside the instance folder anew; nothing else is touched.
    """
    _patch()
    from rostrum.demo import prepare_demo
    from rostrum.serve import serve

    folder = load_config().instance / "demo"
    with locked(folder):
        config = prepare_demo(folder, host, port, opens_in, click.echo)
        serve(config, host, port)


def _patch() -> None:
    """Lets gevent replace sockets and threads before anything else uses them."""
    import gevent
    from gevent.monkey import patch_all

    # The loop that keeps requests in order: see `rostrum.worker`.
    gevent.config.loop = "libuv"

    patch_all()
