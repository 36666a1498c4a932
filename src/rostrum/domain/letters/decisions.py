"""What staff may decide about a letter, and when."""

from __future__ import annotations

from collections.abc import Iterable

from rostrum.domain.checks import check_said
from rostrum.domain.errors import Conflict, RuleBroken
from rostrum.domain.letters.letter import LETTER_LABELS, Letter, LetterState
from rostrum.domain.sentences import N_, Sentence
from rostrum.domain.times import to_micros


def check_decision(letter: Letter, *, is_current: bool) -> None:
    """Refuses a decision about a letter that was replaced, withdrawn or decided (Conflict).

    If two members of staff decide, the second reads who decided what, and when.
    """
    _check_is_current(is_current)
    if letter.state is not LetterState.PENDING:
        raise Conflict(
            N_(
                "%(staff)s decided first, on %(time)s. The letter is: %(decision)s. To decide "
                "again, undo that decision first."
            ),
            staff=letter.decided_by,
            time=letter.decided_at,
            decision=Sentence(LETTER_LABELS[letter.state]),
        )


def check_acceptance(reasons: Iterable[str]) -> None:
    """Refuses to accept a letter with a point marked as missing."""
    if tuple(reasons):
        raise RuleBroken(
            "reasons", N_("Something is marked as missing. Take the mark away to accept.")
        )


def check_return(reasons: Iterable[str], remark: str) -> str:
    """The remark, trimmed; refused if neither a reason nor a remark is given."""
    needed = N_("Mark what is missing, or say it here: the delegation reads this.")
    return check_said(remark, needed, field="remark", is_optional=bool(tuple(reasons)))


def decision_version(letter: Letter) -> str:
    """A fingerprint of the decision, so that a page takes back that decision and no other."""
    return str(to_micros(letter.decided_at)) if letter.decided_at else ""


def check_undo(letter: Letter, seen: str, *, is_current: bool) -> None:
    """Refuses to take back a decision that is not the one seen, or of a letter that no longer
    counts (Conflict)."""
    _check_is_current(is_current)
    if letter.state is LetterState.PENDING or decision_version(letter) != seen:
        raise Conflict(N_("This decision has since been undone or taken again."))


def _check_is_current(is_current: bool) -> None:
    if not is_current:
        raise Conflict(
            N_("This letter is no longer the current one: it was replaced or withdrawn.")
        )
