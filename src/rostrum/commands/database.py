"""The database of an instance, for one command."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click

from rostrum.config import Config, load_config
from rostrum.domain.errors import DomainError, NotFound
from rostrum.instance import check_fits
from rostrum.lock import CannotServe, lock_instance
from rostrum.store.database import Database, connect


@contextmanager
def open_database() -> Iterator[tuple[Config, Database]]:
    """The instance's database, migrated; a refusal becomes one line on the terminal."""
    config = load_config()
    with refusals():
        check_fits(config)
    db = connect(config.database)
    try:
        yield config, db
    except NotFound as error:
        raise click.ClickException("There is no such debate. See: rostrum debates list") from error
    except DomainError as error:
        said = error.sentence
        raise click.ClickException(said.text % said.values) from error
    finally:
        db.close()


@contextmanager
def locked(folder: Path) -> Iterator[None]:
    """The folder for this process alone; a refusal becomes one line on the terminal."""
    with refusals(), lock_instance(folder):
        yield


@contextmanager
def refusals() -> Iterator[None]:
    """Turns an error about the instance into one line on the terminal."""
    try:
        yield
    except CannotServe as reason:
        raise click.ClickException(str(reason)) from reason
