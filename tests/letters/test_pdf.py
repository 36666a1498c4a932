"""Letters for rehearsals: real PDFs, whole where they should be and lacking where they should."""

from __future__ import annotations

from pathlib import Path

import pypdfium2
import pytest

from rostrum.actions.debates.toml_file import read_debate
from rostrum.domain.delegations.delegation import Basis, Delegation
from rostrum.domain.letters.checklist import ReturnReason
from rostrum.domain.letters.pretend import Written, pretend_letter
from rostrum.domain.registrations.pretending import LACKS, pretend_speaker
from rostrum.domain.speakers import Speaker
from rostrum.domain.times import new_york_day
from rostrum.letters.inspection import inspect
from rostrum.letters.kinds import Kind
from rostrum.letters.pdf import write_letter
from tests.factories import BEFORE, SHIPPED

DEBATE = read_debate(SHIPPED.read_text(encoding="utf-8"))[0]
NAMES = {"en": "Côte d’Ivoire", "fr": "Côte d’Ivoire"}
SPEAKER = Speaker("H.E. Mr.", "Félix (Goran) Okoro", "Minister", "minister", "en")
OTHER = Speaker("H.E. Ms.", "Hana Ito", "Deputy Minister", "deputy_minister", "en")
FRENCH = "fr"
WHOLE = ("President of the Security Council", "rule 37", "Okoro", "24 March 2025", "adaptability")
_CHANGED = {
    ReturnReason.ADDRESSEE: ("President of the Security Council", "Secretary-General"),
    ReturnReason.RULE: ("rule 37", ""),
    ReturnReason.DEBATE: ("24 March 2025", "24 February 2025"),
    ReturnReason.SPEAKER: ("Okoro", "Hana Ito"),
}
"""What each lack leaves out, and what stands there instead."""


def letter(lacks: str = "", language: str = "en", basis: Basis = Basis.RULE_37) -> bytes:
    who = Delegation(1, "CIV", NAMES, basis, ())
    written = Written(on=new_york_day(BEFORE), signatory="Dalia Moreau", other=OTHER)
    speaker = Speaker(**vars(SPEAKER) | {"language": language})
    made = pretend_letter(DEBATE, delegation=who, speaker=speaker, written=written, lacks=lacks)
    return write_letter(made)


def text_of(content: bytes) -> str:
    with pypdfium2.PdfDocument(content) as document:
        assert len(document) == 1
        return " ".join(document[0].get_textpage().get_text_range().split())


def has_strokes(content: bytes) -> bool:
    return b" RG " in content


@pytest.mark.parametrize("basis", Basis)
@pytest.mark.parametrize("language", ["en", FRENCH])
def test_a_letter_is_read_by_our_own_inspection_and_has_no_gap(
    tmp_path: Path, language: str, basis: Basis
) -> None:
    content = letter(language=language, basis=basis)
    path = tmp_path / f"{'0' * 32}.pdf"
    path.write_bytes(content)
    found = inspect(path, Kind.PDF, tmp_path / "pages")
    assert (found.pages, found.marks) == (1, frozenset())
    said = text_of(content)
    assert not set("[]?") & set(said)
    assert "Côte d’Ivoire" in said
    assert "made by Rostrum for a rehearsal" in said


def test_a_whole_letter_has_all_that_staff_look_for() -> None:
    content = letter()
    said = text_of(content)
    for each in WHOLE:
        assert each in said
    assert has_strokes(content)


@pytest.mark.parametrize("lacks", LACKS)
def test_a_letter_lacks_one_thing_alone(lacks: ReturnReason) -> None:
    content = letter(lacks)
    said = text_of(content)
    gone, instead = _CHANGED.get(lacks, ("", ""))
    missing = {each for each in WHOLE if each not in said}
    assert missing == ({gone, "adaptability"} if lacks is ReturnReason.DEBATE else {gone} - {""})
    assert instead in said
    assert has_strokes(content) is (lacks is not ReturnReason.SIGNATURE)


def test_a_pretend_speaker_is_complete_and_always_the_same() -> None:
    who = Delegation(1, "CIV", NAMES, Basis.RULE_37, ())
    speaker = pretend_speaker(DEBATE, who)
    assert speaker.is_complete
    assert speaker == pretend_speaker(DEBATE, who)
    assert speaker.contact_email.endswith(".example")
