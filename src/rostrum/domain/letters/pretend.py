"""A letter for a delegation that registers by itself in a rehearsal: the draft letter, filled in.

Some lack what staff look for, so that they practise returning letters.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta

from rostrum.domain.debates.debate import Debate
from rostrum.domain.delegations.delegation import Delegation
from rostrum.domain.letters.checklist import ReturnReason
from rostrum.domain.letters.template import Paragraph, Part, day_in_words, draft_letter
from rostrum.domain.letters.template_wording import WORDINGS
from rostrum.domain.speakers import Speaker, StatementLanguage

_GAP = re.compile(r"\s?\[([^\[\]]*)\]")
_ANOTHER_TITLE = "Women and peace and security"
_FOUR_WEEKS = timedelta(weeks=4)
_SOMEBODY_ELSE = ("The Secretary-General", "United Nations", "New York")


@dataclass(frozen=True)
class PretendLetter:
    """A letter of one page."""

    paragraphs: tuple[Paragraph, ...]
    is_signed: bool
    footer: str
    """Says whence it is, for whoever finds it on a printer."""


@dataclass(frozen=True)
class Written:
    """Who writes, and when."""

    on: date
    signatory: str
    other: Speaker
    """Whom a letter names that names the wrong speaker."""


def pretend_letter(
    debate: Debate,
    *,
    delegation: Delegation,
    speaker: Speaker,
    written: Written,
    lacks: str = "",
    presidency: Delegation | None = None,
) -> PretendLetter:
    """The letter that this speaker's mission would send; `lacks` is a `ReturnReason`, or empty."""
    language = "fr" if speaker.language == StatementLanguage.FRENCH else "en"
    named = written.other if lacks == ReturnReason.SPEAKER else speaker
    about = _another(debate) if lacks == ReturnReason.DEBATE else debate
    draft = draft_letter(about, delegation, named, language, presidency)
    said = _filling(language, delegation.name(language), written)
    ground = WORDINGS[language].grounds[delegation.basis]
    cut = f", {ground}," if lacks == ReturnReason.RULE else ""
    is_elsewhere = lacks == ReturnReason.ADDRESSEE
    return PretendLetter(
        tuple(_filled(draft.paragraphs, said, cut=cut, is_elsewhere=is_elsewhere)),
        is_signed=lacks != ReturnReason.SIGNATURE,
        footer=f"{debate.slug}: made by Rostrum for a rehearsal, sent by nobody",
    )


def _another(debate: Debate) -> Debate:
    """An earlier debate, for whose letter somebody took the wrong draft."""
    notice = replace(debate.notice, title=_ANOTHER_TITLE, translations=())
    return replace(debate, notice=notice, starts_at=debate.starts_at - _FOUR_WEEKS)


def _filling(language: str, name: str, written: Written) -> dict[str, str]:
    """What stands in the gaps of the draft; in others, the first of the words to choose from."""
    day = day_in_words(written.on, language)
    return {
        "Letterhead": f"Permanent Mission: {name}",
        "Papier à en-tête de la mission": f"Mission permanente : {name}",
        "date": day,
        "Mr. / Ms. name": "the Permanent Representative",
        "Monsieur / Madame prénom nom": "Monsieur le Représentant permanent",
        "Signature and seal": "",
        "Signature et sceau": "",
        "Name of the signatory": written.signatory,
        "Nom du ou de la signataire": written.signatory,
        "à traduire": "",
    }


def _filled(
    paragraphs: Iterable[Paragraph], said: dict[str, str], *, cut: str, is_elsewhere: bool
) -> Iterator[Paragraph]:
    def fill(gap: re.Match[str]) -> str:
        words = said.get(gap[1], gap[1].partition(" / ")[0])
        blank = gap[0][: gap[0].index("[")]
        return f"{blank}{words}" if words else ""

    for each in paragraphs:
        lines = _SOMEBODY_ELSE if is_elsewhere and each.part is Part.ADDRESS else each.lines
        lines = [line.replace(cut, "") if cut else line for line in lines]
        yield replace(each, lines=tuple(_GAP.sub(fill, line) for line in lines))
