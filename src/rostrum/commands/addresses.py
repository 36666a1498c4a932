"""The outside address at a terminal: printing it, setting it, and checking it before links."""

from __future__ import annotations

import click

from rostrum.actions.instance.addresses import find_address, set_address
from rostrum.clock import utc_clock
from rostrum.commands.database import open_database
from rostrum.config import Config
from rostrum.domain.actors import COMMAND_LINE
from rostrum.domain.instance.addresses import Address, Source
from rostrum.store.database import Database

SOURCES = {
    Source.ENVIRONMENT: "from ROSTRUM_BASE_URL",
    Source.KEPT: "kept in the instance",
    Source.LISTENING: "where the server listens; no outside address is known",
}
EXAMPLE = "rostrum address https://list.mission.example"

LOCAL = click.option(
    "--local", is_flag=True, help="Print links that only this computer can open, too."
)


@click.command("address")
@click.argument("url", required=False)
def address_command(url: str | None) -> None:
    """Print the address with which links begin, or set the outside address URL.

    It takes effect at once, even while the server runs. An empty URL ("") unsets it.
    """
    with open_database() as (config, db):
        if url is not None:
            set_address(db, utc_clock.now(), COMMAND_LINE, url)
        holds = find_address(db, config.base_url)
    click.echo(f"{holds.url}\t{SOURCES[holds.source]}")
    if url is not None:
        tell_who_wins(holds)


def address_of_links(config: Config, db: Database, *, local: bool) -> str:
    """The beginning of printed links; ClickException if only this computer could open them."""
    holds = find_address(db, config.base_url)
    if holds.is_local and not local:
        raise click.ClickException(
            f"Only this computer opens links that begin with {holds.url}. "
            f"{how_to_set(holds)} Or add --local."
        )
    return holds.url


def tell_who_wins(holds: Address) -> None:
    """After an address was set: says if another address overrides it."""
    if holds.source is Source.ENVIRONMENT:
        click.echo("ROSTRUM_BASE_URL wins over what is kept, as long as it is set.", err=True)


def how_to_set(holds: Address) -> str:
    """One sentence that says how to set another address."""
    if holds.source is Source.ENVIRONMENT:
        return "Set ROSTRUM_BASE_URL to the outside address."
    return f"Set the outside address: {EXAMPLE}."
