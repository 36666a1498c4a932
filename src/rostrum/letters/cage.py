"""What holds the child process while it reads a file, and what admins are told if a part does not.

The child itself says what holds (`sandbox/cage.py`); `cage_check` asks it.
"""

from dataclasses import dataclass
from enum import StrEnum

from rostrum.domain.sentences import S_, Sentence
from rostrum.letters.tasks import Landlock


class Lack(StrEnum):
    """What is not as it should be with the cage."""

    NOTHING_HOLDS = "nothing_holds"
    NO_LANDLOCK = "no_landlock"
    LANDLOCK_REFUSED = "landlock_refused"
    NO_SECCOMP = "no_seccomp"
    CHILD_KILLED = "child_killed"
    NO_CAGE = "no_cage"

    @property
    def message(self) -> str:
        """The English sentence for admins, and its msgid: what is wrong and what to do."""
        return _MESSAGES[self]

    @property
    def stops_letters(self) -> bool:
        """Whether no letter can be read."""
        return self in (Lack.CHILD_KILLED, Lack.NO_CAGE)


@dataclass(frozen=True)
class CageState:
    """What holds the child: the ABI is Landlock's version in this kernel, 0 if it does not hold.

    `lost` is why nothing was read at all, and `trouble` its reason in the system's words.
    """

    landlock: Landlock = Landlock.MISSING
    abi: int = 0
    seccomp: bool = False
    lost: Lack | None = None
    trouble: str = ""

    @property
    def lack(self) -> Lack | None:
        """What an admin must know; None if all holds."""
        if self.lost is not None:
            return self.lost
        if self.landlock is Landlock.REFUSED:
            return Lack.LANDLOCK_REFUSED
        if self.landlock is Landlock.MISSING:
            return Lack.NO_LANDLOCK if self.seccomp else Lack.NOTHING_HOLDS
        return None if self.seccomp else Lack.NO_SECCOMP

    @property
    def told(self) -> Sentence | None:
        """The sentence about it for admins, with its values; None if all holds."""
        if self.lack is None:
            return None
        values = {"trouble": self.trouble} if self.lack is Lack.NO_CAGE else {}
        return Sentence(self.lack.message, values)


_MESSAGES = {
    Lack.NOTHING_HOLDS: S_(
        "Letters are opened without protection: a harmful file could read all that Rostrum holds."
        " Run Rostrum on Linux 5.13 or newer, with Landlock and seccomp."
    ),
    Lack.NO_LANDLOCK: S_(
        "Letters are opened without full protection: a harmful file could read all that Rostrum"
        " holds. This kernel has no Landlock. Use Linux 5.13 or newer and turn Landlock on (lsm=)."
    ),
    Lack.LANDLOCK_REFUSED: S_(
        "Letters are opened without full protection: a harmful file could read all that Rostrum"
        " holds. A filter of the service refuses Landlock. Allow landlock_create_ruleset,"
        " landlock_add_rule and landlock_restrict_self in its unit (SystemCallFilter=)."
    ),
    Lack.NO_SECCOMP: S_(
        "Letters are opened without full protection: a harmful file could use the network."
        " This kernel has no seccomp filter for its kind of processor."
    ),
    Lack.CHILD_KILLED: S_(
        "Letters cannot be opened: a filter of the service ends the program that reads them."
        " Allow landlock_create_ruleset, landlock_add_rule and landlock_restrict_self in its unit"
        " (SystemCallFilter=)."
    ),
    Lack.NO_CAGE: S_("Letters cannot be opened, because their protection fails: %(trouble)s"),
}
