"""The secret key of the instance."""

from __future__ import annotations

import click

from rostrum.actions.instance.keys import renew_key
from rostrum.clock import utc_clock
from rostrum.commands.database import locked, open_database
from rostrum.config import load_config
from rostrum.domain.actors import COMMAND_LINE


@click.group("key")
def key_group() -> None:
    """The key with which links, receipts and authenticator secrets are made."""


@key_group.command("renew")
@click.confirmation_option(
    prompt="Every link, sign-in, receipt code and authenticator that was given out dies. Go on?"
)
def renew_key_command() -> None:
    """Make a new secret key, because the old one is lost or known to others.

    To print links again: rostrum invitations issue. For staff with an authenticator:
    rostrum staff reset.
    """
    with locked(load_config().instance), open_database() as (config, db):
        renew_key(db, utc_clock.now(), COMMAND_LINE, config.replace_key())
    click.echo(f"{config.key_file} is new. Back it up, and give out new links.")
