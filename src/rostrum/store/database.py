"""Connections, transactions and the few helpers every query goes through.

A busy timeout would wait inside SQLite's C code and freeze every greenlet of the process, so
the timeout is 0 and the waiting is done here, with a sleep that lets others work.
"""

from __future__ import annotations

import sqlite3
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from sqlite_utils import Database

from rostrum.domain.errors import Busy

BUSY_PAUSE = 0.01
"""Seconds between two tries to begin a write while another program is writing."""
BUSY_TRIES = 1_000
"""Tries to begin a write: after ten seconds it is given up with Busy."""


def connect(path: Path) -> Database:
    """A connection to the database file, made if missing: WAL, full sync, foreign keys on."""
    connection = sqlite3.connect(path, timeout=0, isolation_level=None, check_same_thread=False)
    db = Database(connection, execute_plugins=False)
    retry_while_locked(lambda: connection.execute("pragma journal_mode = wal"))
    connection.execute("pragma synchronous = full")
    connection.execute("pragma foreign_keys = on")
    return db


@contextmanager
def opened(path: Path) -> Iterator[Database]:
    """A connection for one block, closed at its end."""
    db = connect(path)
    try:
        yield db
    finally:
        db.close()


def fold_log(path: Path) -> None:
    """Moves everything committed into the database file, and removes its log and index.

    SQLite does so when the last connection is closed. If another program has the database open,
    that program does it later. If it cannot be done, the log stays, and nothing is lost.
    """
    if path.exists():
        with suppress(sqlite3.Error, Busy), opened(path):
            pass


class Connections:
    """A pool: a request borrows a connection and gives it back; connections stay open.

    Closing the last connection would checkpoint the WAL (extra fsyncs), so none is closed
    before the pool is.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._idle: list[Database] = []
        self._asking: Database | None = None
        self._guard = threading.Lock()

    def borrow(self) -> Database:
        with self._guard:
            if self._idle:
                return self._idle.pop()
        return connect(self.path)

    def give_back(self, db: Database) -> None:
        if db.conn.in_transaction:
            db.rollback()
        with self._guard:
            self._idle.append(db)

    @contextmanager
    def borrowed(self) -> Iterator[Database]:
        db = self.borrow()
        try:
            yield db
        finally:
            self.give_back(db)

    def version(self) -> int:
        """A number that changes with every commit, asked on a connection that never commits."""
        with self._guard:
            self._asking = self._asking or connect(self.path)
            return data_version(self._asking)

    def close(self) -> None:
        with self._guard:
            for db in filter(None, (*self._idle, self._asking)):
                db.close()
            self._idle.clear()
            self._asking = None


@contextmanager
def writing(db: Database) -> Iterator[Database]:
    """A write transaction: begun IMMEDIATE, committed at the end, rolled back on an error.

    Inside another one it is a part of it: on an error, that part alone is undone. Raises Busy when
    another program held the write lock for ten seconds.
    """
    if db.conn.in_transaction:
        with _part(db):
            yield db
        return
    retry_while_locked(lambda: db.conn.execute("begin immediate"))
    try:
        yield db
    except BaseException:
        db.rollback()
        raise
    db.conn.execute("commit")


@contextmanager
def _part(db: Database) -> Iterator[None]:
    db.conn.execute("savepoint part")
    try:
        yield
    except BaseException:
        db.conn.execute("rollback to part")
        raise
    finally:
        db.conn.execute("release part")


@contextmanager
def reading(db: Database) -> Iterator[Database]:
    """Several reads of the same state, whatever others commit meanwhile."""
    if db.conn.in_transaction:
        yield db
        return
    db.conn.execute("begin")
    try:
        yield db
    finally:
        db.rollback()


def retry_while_locked(statement: Any) -> None:
    """Runs `statement` as soon as nobody else is writing; raises Busy after ten seconds."""
    for _ in range(BUSY_TRIES):
        try:
            statement()
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode & 0xFF not in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
                raise
            # Looked up at each call: the command line imports this before gevent patches it.
            time.sleep(BUSY_PAUSE)
        else:
            return
    raise Busy


def all_rows(db: Database, sql: str, **values: Any) -> list[dict[str, Any]]:
    """Every row of a query, as dicts."""
    cursor = db.execute(sql, values)
    names = [column[0] for column in cursor.description]
    return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


def first_row(db: Database, sql: str, **values: Any) -> dict[str, Any] | None:
    """The first row of a query, or None."""
    cursor = db.execute(sql, values)
    row = cursor.fetchone()
    cursor.close()
    return row and dict(zip([column[0] for column in cursor.description], row, strict=True))


def one_value(db: Database, sql: str, **values: Any) -> Any:
    """The single value of a query that always has one row (a count, an `exists`)."""
    return db.execute(sql, values).fetchone()[0]


def data_version(db: Database) -> int:
    """A number that changes when another connection has committed (PRAGMA data_version)."""
    return db.execute("pragma data_version").fetchone()[0]
