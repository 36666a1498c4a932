"""Asks a running child what holds it. This never guesses from the server's own process: a filter or
a kernel may treat the two differently.
"""

import json
import logging
from pathlib import Path

from rostrum.domain.sentences import Sentence
from rostrum.letters.cage import CageState, Lack
from rostrum.letters.limits import LIMITS
from rostrum.letters.process import ChildKilled, InspectionFailed, ask_child
from rostrum.letters.refusals import LetterRefused
from rostrum.letters.tasks import Landlock, Task

_log = logging.getLogger(__name__)


def ask_cage(letters: Path) -> CageState:
    """What holds a child that works in this folder of letters and reads none.

    Takes as long as a child needs to start, and waits for no turn. Raises nothing for what is
    wrong: the answer says it.
    """
    try:
        letters.mkdir(mode=0o700, parents=True, exist_ok=True)
        return _read(ask_child(Task.CHECK, [], letters, LIMITS))
    except ChildKilled as killed:
        return CageState(lost=Lack.CHILD_KILLED, trouble=str(killed))
    except (
        InspectionFailed,
        LetterRefused,
        OSError,
        LookupError,
        TypeError,
        ValueError,
    ) as trouble:
        return CageState(lost=Lack.NO_CAGE, trouble=str(trouble))


def _read(line: bytes) -> CageState:
    """LookupError, TypeError or ValueError for what is no answer."""
    said = json.loads(line)
    return CageState(Landlock(said["landlock"]), said["abi"], said["seccomp"])


class CageReport:
    """What holds the children of a running server, for the console; None until a child was asked.

    Whatever is wrong is logged in one line, each time that it changes.
    """

    def __init__(self, letters: Path) -> None:
        self._letters = letters
        self.state: CageState | None = None

    @property
    def told(self) -> Sentence | None:
        """What admins must know; None if all holds, or nobody was asked yet."""
        return self.state and self.state.told

    def ask(self) -> CageState:
        """Asks a child; the caller asks again if it said that no letter can be read."""
        before, self.state = self.state, ask_cage(self._letters)
        if self.state != before and self.state.told:
            _log.warning("%s", self.state.told.text % self.state.told.values)
        return self.state
