"""Reading letters: a child draws their pages, or says why it cannot.

The first letter of a delegation is taken as soon as it is stored whole, and read afterwards in the
background: however many wait to be read, nobody waits for that with a press. What a stop
interrupted is read after the next start.
"""

from __future__ import annotations

import logging
import sqlite3
import threading
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime

from rostrum.actions.letters.decisions import return_unreadable_letter
from rostrum.actions.letters.receiving import discard_unnamed, drop_files, note_inspection
from rostrum.domain.errors import DomainError, NotFound
from rostrum.domain.letters.files import Files
from rostrum.domain.letters.letter import Letter, LetterFile, Whose
from rostrum.letters.files import LetterFiles
from rostrum.letters.inspection import InspectionFailed, inspect
from rostrum.letters.kinds import Kind
from rostrum.letters.limits import limits_of
from rostrum.letters.refusals import LetterRefused
from rostrum.store.database import Connections, Database
from rostrum.store.debates import get_debate_by_id
from rostrum.store.letters import get_letter, list_unread

log = logging.getLogger("rostrum")


@dataclass(frozen=True)
class Unreadable:
    """Why a letter cannot be read, and which of its files it is."""

    refused: LetterRefused
    file: LetterFile
    is_one_of: int
    """How many files were sent together."""


class Reading:
    """Files of a letter, sent together, that are being read. Once that has ended, `unreadable` says
    what was wrong."""

    def __init__(self) -> None:
        self.ended = threading.Event()
        self.unreadable: Unreadable | None = None

    def wait(self, seconds: float | None = None) -> Unreadable | None:
        """What is wrong with the letter, as far as that is known after so long (None: ever)."""
        self.ended.wait(seconds)
        return self.unreadable


class LetterReader:
    """Reads letters that were taken unread, each delegation's in its turn (`letters/fairness`)."""

    def __init__(
        self, connections: Connections, files: LetterFiles, now: Callable[[], datetime]
    ) -> None:
        self._connections = connections
        self._files = files
        self._now = now
        self._guard = threading.Lock()
        self._readings: dict[str, Reading] = {}
        """By the stored name of each file that is being read."""

    def begin(self, letter: Letter) -> Reading:
        """Has a letter's unread files read, unless they are being read already. What two phones
        sent at once is one letter, and each part of it stays if the other cannot be read."""
        with self._guard:
            unread = [file for file in letter.files if file.pages is None]
            files = [file for file in unread if file.stored_name not in self._readings]
            if unread and not files:
                return self._readings[unread[0].stored_name]
            reading = Reading()
            self._readings |= {file.stored_name: reading for file in files}
        arguments = (letter, tuple(files), reading)
        threading.Thread(target=self._keep, args=arguments, daemon=True).start()
        return reading

    def resume(self) -> None:
        """Has the letters read that a stop left unread."""
        with self._connections.borrowed() as db:
            unread = list_unread(db)
        for letter in unread:
            self.begin(letter)

    def wait(self) -> None:
        """Returns when nothing is being read."""
        for reading in list(self._readings.values()):
            reading.wait()

    def _keep(self, letter: Letter, files: Files, reading: Reading) -> None:
        try:
            reading.unreadable = self._read(letter, files)
        except (DomainError, OSError, sqlite3.Error) as trouble:
            log.error("letter %d stays unread: %s", letter.id, trouble)
        except Exception:
            # Nothing is above this thread: whoever waits for it would wait for ever.
            log.exception("letter %d stays unread", letter.id)
        finally:
            for file in files:
                self._readings.pop(file.stored_name, None)
            reading.ended.set()

    def _read(self, letter: Letter, files: Files) -> Unreadable | None:
        """Notes what is found in each file. A letter that cannot be read is returned if it has a
        place, which stays; else the files go, as if they had never come."""
        for file in files:
            if not self._is_wanted(letter, file):
                continue
            try:
                found = read_file(self._files, file, letter.whose, is_one_of=len(letter.files))
            except LetterRefused as refused:
                if not self._is_wanted(letter, file):
                    continue
                unreadable = Unreadable(refused, file, len(files))
                self._give_back(letter, files, unreadable)
                return unreadable
            if found.pages is not None:
                with self._connections.borrowed() as db:
                    note_inspection(db, letter, found)
        return None

    def _is_wanted(self, letter: Letter, file: LetterFile) -> bool:
        """Whether the file is still unread, and nobody has replaced it meanwhile."""
        try:
            with self._connections.borrowed() as db:
                now = get_letter(db, letter.debate_id, letter.id)
        except NotFound:
            return False
        return any(
            each.stored_name == file.stored_name and each.pages is None for each in now.files
        )

    def _give_back(self, letter: Letter, files: Files, unreadable: Unreadable) -> None:
        with self._connections.borrowed() as db:
            give_back(db, self._now(), letter, files, unreadable)
            discard_unnamed(db, files, self._files.discard)


def give_back(
    db: Database, now: datetime, letter: Letter, files: Files, unreadable: Unreadable
) -> None:
    """Returns an unreadable letter to the delegation whose place it has; of any other, drops the
    files that were sent with what cannot be read."""
    debate = get_debate_by_id(db, letter.debate_id)
    refusal = unreadable.refused.reason
    remark = unreadable.file.original_name if unreadable.is_one_of > 1 else ""
    if not return_unreadable_letter(
        db, now, debate, letter_id=letter.id, refusal=refusal, remark=remark
    ):
        drop_files(db, now, debate, letter=letter, files=files, refusal=refusal, remark=remark)


def read_file(files: LetterFiles, file: LetterFile, whose: Whose, *, is_one_of: int) -> LetterFile:
    """The file with its pages and marks, its pictures drawn; unchanged if the fault is ours and
    staff must look for themselves. Waits for the turn of whose it is. Raises LetterRefused."""
    path, pages = files.path(file.stored_name), files.pages_folder(file.stored_name)
    try:
        found = inspect(path, Kind(file.kind), pages, limits_of(is_one_of), whose=whose)
    except InspectionFailed as trouble:
        log.error("%s could not be read: %s", file.stored_name, trouble)
        return file
    return replace(file, **vars(found))
