"""Accounts of the mission's staff."""

from __future__ import annotations

import click

from rostrum.actions.staff.accounts import add_staff, reset_by_name
from rostrum.clock import utc_clock
from rostrum.commands.addresses import LOCAL, address_of_links
from rostrum.commands.database import open_database
from rostrum.domain.actors import COMMAND_LINE
from rostrum.domain.staff.accounts import Role
from rostrum.store.staff import list_staff


@click.group("staff")
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
    with open_database() as (_, db):
        add_staff(
            db, utc_clock.now(), COMMAND_LINE, name=name.strip(), role=Role(role), password=password
        )
    click.echo(f"{name.strip()} can sign in.")


@staff_group.command("list")
def list_staff_command() -> None:
    """Print the accounts: name, role, state."""
    with open_database() as (_, db):
        for each in list_staff(db):
            state = "closed" if not each.is_active else "" if each.can_sign_in else "no password"
            second = "authenticator" if each.has_totp else ""
            words = ", ".join(word for word in (state or "active", second) if word)
            click.echo(f"{each.name}\t{each.role}\t{words}")


@staff_group.command("reset")
@click.argument("name")
@LOCAL
def reset_staff_command(name: str, local: bool) -> None:
    """Print a one-time link that sets a new password for NAME and removes the authenticator.

    Refused if only this computer could open the link.
    """
    with open_database() as (config, db):
        base_url = address_of_links(config, db, local=local)
        token = reset_by_name(db, utc_clock.now(), COMMAND_LINE, name.strip())
        click.echo(f"{base_url}/staff/links/{token}")
