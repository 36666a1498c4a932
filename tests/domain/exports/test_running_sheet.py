"""The words with which the President gives the floor."""

from __future__ import annotations

import pytest

from rostrum.domain.delegations.delegation import Basis, Delegation
from rostrum.domain.exports.running_sheet import read_aloud
from rostrum.domain.order.speaking_order import Section, Statement
from rostrum.domain.speakers import Speaker

GAMBIA = Delegation(1, "GMB", {"en": "Gambia", "fr": "Gambie"}, Basis.RULE_37)
UNION = Delegation(2, "EU", {"en": "European Union", "fr": "Union européenne"}, Basis.RULE_39)
MINISTER = Speaker("H.E. Mr.", "Mamadou Tangara", "Minister for Foreign Affairs")


@pytest.mark.parametrize(
    ("delegation", "speaker", "language", "aloud"),
    [
        (
            GAMBIA,
            MINISTER,
            "en",
            "His Excellency Mr. Mamadou Tangara, Minister for Foreign Affairs of the Gambia",
        ),
        (
            GAMBIA,
            Speaker("H.E. Ms.", "A. Ba", "Ambassador of The Gambia", on_behalf_of="the Group"),
            "en",
            "Her Excellency Ms. A. Ba, Ambassador of The Gambia, on behalf of the Group",
        ),
        (UNION, Speaker("Mr.", "S. L.", "Head"), "en", "Mr. S. L., Head (European Union)"),
        (
            GAMBIA,
            Speaker("S.E. Sr.", "J. Mulino", "Representante Permanente"),
            "en",
            "His Excellency Mr. J. Mulino, Permanent Representative of the Gambia",
        ),
        (
            GAMBIA,
            Speaker("先生", "B. Gafoor", "常驻代表"),
            "fr",
            "M. B. Gafoor, Représentant permanent (Gambie)",
        ),
        (
            GAMBIA,
            Speaker("Г-н", "K. Umarov", "Министр обороны", level="minister"),
            "en",
            "Mr. K. Umarov, Minister of the Gambia",
        ),
        (
            GAMBIA,
            Speaker("S. E. Mme", "A. Ba", "Représentante permanente"),
            "fr",
            "Son Excellence Mme A. Ba, Représentante permanente (Gambie)",
        ),
        (GAMBIA, None, "en", "the representative of the Gambia"),
        (GAMBIA, None, "fr", "la représentante ou le représentant (Gambie)"),
        (GAMBIA, Speaker(level="minister"), "en", "the representative of the Gambia"),
        (GAMBIA, Speaker("", "A. Ba"), "en", "A. Ba (Gambia)"),
        (
            GAMBIA,
            Speaker("S. E. M.", "A. Ba", "Ministre", on_behalf_of="Groupe"),
            "fr",
            "Son Excellence M. A. Ba, Ministre (Gambie), au nom de\u00a0: Groupe",
        ),
    ],
)
def test_a_speaker_is_read_with_title_function_and_state(
    delegation: Delegation, speaker: Speaker | None, language: str, aloud: str
) -> None:
    statement = Statement(Section.REGISTERED, delegation=delegation, speaker=speaker)
    assert read_aloud(statement, language) == aloud
