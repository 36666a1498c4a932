"""The desk: one writer through which every registration passes, pressed or entered by staff.

A press is stamped in the same step that puts it into the queue, so the queue is in the order of
the stamps. The writer takes all waiting presses, gives consecutive numbers and commits them
together; nobody gets an answer before the commit is on disk.
"""

from __future__ import annotations

import threading
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field

from sqlite_utils import Database

from rostrum.actions.registrations.on_behalf import Entry, enter_on_behalf
from rostrum.actions.registrations.registering import Press, Registered, enter_registration
from rostrum.domain.errors import Busy, DomainError
from rostrum.store.database import Connections, writing

GATHER_SECONDS = 0.002
"""How long the writer waits for more presses before it commits.

Without it, the first press of a rush is committed alone, and so is each press that comes while the
disk is busy with the previous one: 600 presses then take 600 syncs of the disk. Waiting lets
every request that has arrived reach the queue, and the batch shares one sync.
"""

BATCH = 200
"""The most presses committed together: limits how long the first of them waits."""


@dataclass
class _Ticket:
    enter: Callable[[Database, int], Registered]
    """Writes the registration with the stamp it is given, or raises the refusal."""
    stamp: int
    answered: threading.Event = field(default_factory=threading.Event)
    outcome: Registered | BaseException | None = None


class Desk:
    """Takes presses from any thread or greenlet; one writer serves them in order of stamp."""

    def __init__(self, connections: Connections, stamp: Callable[[], int]) -> None:
        self._connections = connections
        self._stamp = stamp
        self._waiting: deque[_Ticket] = deque()
        self._entry = threading.Lock()
        self._arrived = threading.Event()
        self._writer: threading.Thread | None = None

    def open(self) -> None:
        """Starts the writer, so that the first press need not wait for it."""
        if self._writer is None:
            self._writer = threading.Thread(target=self._serve, name="desk", daemon=True)
            self._writer.start()

    def register(self, press: Press) -> Registered:
        """The delegation's place, new or already held, once it is on disk.

        Raises the domain's refusal (TooEarly, RuleBroken, Conflict) or Busy.
        """
        return self._wait_for(lambda db, stamp: enter_registration(db, press, stamp))

    def enter(self, entry: Entry) -> Registered:
        """The place of a delegation that the mission enters, once it is on disk; the same queue."""
        return self._wait_for(lambda db, stamp: enter_on_behalf(db, entry, stamp))

    def _wait_for(self, enter: Callable[[Database, int], Registered]) -> Registered:
        with self._entry:
            ticket = _Ticket(enter, self._stamp())
            self._waiting.append(ticket)
            self.open()
        self._arrived.set()
        ticket.answered.wait()
        if isinstance(ticket.outcome, BaseException):
            raise ticket.outcome
        return ticket.outcome

    def _serve(self) -> None:
        while True:
            self._arrived.wait()
            self._arrived.clear()
            time.sleep(GATHER_SECONDS)
            while batch := self._take():
                self._write(batch)

    def _take(self) -> list[_Ticket]:
        return [self._waiting.popleft() for _ in range(min(BATCH, len(self._waiting)))]

    def _write(self, batch: list[_Ticket]) -> None:
        """Commits the batch together or, if that fails, each press by itself.

        No error escapes: without the writer, every later press would wait for ever.
        """
        try:
            with self._connections.borrowed() as db:
                outcomes = _enter_all(db, batch)
        except Busy as error:
            outcomes = [error] * len(batch)
        except BaseException as error:
            if len(batch) > 1:
                for ticket in batch:
                    self._write([ticket])
                return
            outcomes = [error]
        for ticket, outcome in zip(batch, outcomes, strict=True):
            ticket.outcome = outcome
            ticket.answered.set()


def _enter_all(db: Database, batch: list[_Ticket]) -> list[Registered | BaseException]:
    """The answer to each press, after one commit for all of them."""
    outcomes: list[Registered | BaseException] = []
    with writing(db):
        for ticket in batch:
            try:
                outcomes.append(ticket.enter(db, ticket.stamp))
            except DomainError as refusal:
                outcomes.append(refusal)
    return outcomes
