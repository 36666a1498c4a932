"""Usual functions of speakers as delegations write them, as the President reads them."""

from __future__ import annotations

import unicodedata

from rostrum.domain.letters.template_wording import bare
from rostrum.domain.speakers import Level, Speaker

_LANGUAGES = ("en", "fr")
_FUNCTIONS = [
    ("Permanent Representative", "Représentante permanente"),
    (
        *("Permanent Representative", "Représentant permanent"),
        *("Representante Permanente", "Постоянный представитель", "常驻代表"),
        *("الممثل الدائم", "المندوب الدائم"),
    ),
    (
        *("Deputy Permanent Representative", "Représentante permanente adjointe"),
        "Representante Permanente Adjunta",
    ),
    (
        *("Deputy Permanent Representative", "Représentant permanent adjoint"),
        *("Representante Permanente Adjunto", "Заместитель Постоянного представителя"),
        *("常驻副代表", "نائب الممثل الدائم"),
    ),
    ("Permanent Observer", "Observatrice permanente", "Observadora Permanente"),
    (
        *("Permanent Observer", "Observateur permanent", "Observador Permanente"),
        *("Постоянный наблюдатель", "常驻观察员", "المراقب الدائم"),
    ),
    (
        *("Minister for Foreign Affairs", "Ministre des affaires étrangères", "Foreign Minister"),
        *("Ministro de Relaciones Exteriores", "Ministra de Relaciones Exteriores"),
        *("Министр иностранных дел", "外交部长", "وزير الخارجية", "وزيرة الخارجية"),
    ),
    (
        *("Chargée d’affaires a.i.", "Chargée d’affaires par intérim"),
        "Encargada de Negocios a.i.",
    ),
    (
        *("Chargé d’affaires a.i.", "Chargé d’affaires par intérim"),
        *("Encargado de Negocios a.i.", "Временный поверенный в делах", "临时代办"),
        "القائم بالأعمال بالنيابة",
    ),
]
"""Each in English, in French, and as others write it; what is so for women and men counts last."""
_BY_TEXT = {
    bare(text): dict(zip(_LANGUAGES, texts, strict=False)) for texts in _FUNCTIONS for text in texts
}
_LEVELS = {
    Level.HEAD_OF_STATE: ("Head of State", "Chef de l’État"),
    Level.HEAD_OF_GOVERNMENT: ("Head of Government", "Chef du gouvernement"),
    Level.VICE_PRESIDENT: ("Vice-President", "Vice-Président"),
    Level.CROWN_PRINCE: ("Crown Prince", "Prince héritier"),
    Level.DEPUTY_PRIME_MINISTER: ("Deputy Prime Minister", "Vice-Premier ministre"),
    Level.MINISTER: ("Minister", "Ministre"),
    Level.DEPUTY_MINISTER: ("Deputy Minister", "Vice-Ministre"),
    Level.PERMANENT_REPRESENTATIVE: ("Permanent Representative", "Représentant permanent"),
}
"""What is read where a function stands in a script that the President does not read."""


def function_aloud(speaker: Speaker, language: str) -> str:
    """The speaker's function in English or French: a usual one in that language, one in another
    script by the speaker's level, any other as it was written."""
    written = speaker.functional_title
    if found := _BY_TEXT.get(bare(written)):
        return found[language]
    both = _LEVELS.get(speaker.level)
    if both and not _is_latin(written):
        return both[_LANGUAGES.index(language)]
    return written


def _is_latin(text: str) -> bool:
    return all("LATIN" in unicodedata.name(sign, "") for sign in text if sign.isalpha())
