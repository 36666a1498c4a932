"""The words with which the President gives the floor, in English and French: hence no gettext."""

from __future__ import annotations

from rostrum.domain.delegations.delegation import Basis, name_key
from rostrum.domain.exports.participation import name_in_sentence
from rostrum.domain.exports.usual_functions import function_aloud
from rostrum.domain.letters.template_wording import WORDINGS
from rostrum.domain.order.speaking_order import Statement
from rostrum.domain.speakers import Speaker

_IN_FULL = {
    "en": {
        "H.E. Mr.": "His Excellency Mr.",
        "H.E. Ms.": "Her Excellency Ms.",
        "H.E. Mrs.": "Her Excellency Mrs.",
    },
    "fr": {"S. E. M.": "Son Excellence M.", "S. E. Mme": "Son Excellence Mme"},
}
"""Forms of address that are written short and read in full."""
_REPRESENTATIVE = {
    "en": "the representative of {name}",
    "fr": "la représentante ou le représentant ({name})",
}
_FOR_A_GROUP = {"en": "{aloud}, on behalf of {group}", "fr": "{aloud}, au nom de\u00a0: {group}"}


def read_aloud(statement: Statement, language: str) -> str:
    """Form of address, name and functional title, as the President reads them.

    A State whose speaker is not known is its representative; a briefer is named as in the notice.
    """
    if statement.delegation is None:
        return statement.name
    speaker = statement.speaker
    if speaker is None or not speaker.name:
        name = name_in_sentence(statement.delegation, language)
        aloud = _REPRESENTATIVE[language].format(name=name)
    else:
        aloud = _full_name(speaker, language) + _title(statement, language)
    if not statement.is_for_a_group:
        return aloud
    return _FOR_A_GROUP[language].format(aloud=aloud, group=speaker.on_behalf_of)


def _full_name(speaker: Speaker, language: str) -> str:
    full = WORDINGS[language].full_name(speaker)
    for short, whole in _IN_FULL[language].items():
        if full.startswith(f"{short} "):
            return whole + full.removeprefix(short)
    return full


def _title(statement: Statement, language: str) -> str:
    """The functional title with its State, unless it names the State already.

    Organizations and French names stand in brackets: they need no article there.
    """
    title, delegation = function_aloud(statement.speaker, language), statement.delegation
    said = f", {title}" if title else ""
    if title and name_key(delegation.name(language)) in name_key(title):
        return said
    if not title or language != "en" or delegation.basis is Basis.RULE_39:
        return f"{said} ({delegation.name(language)})"
    return f"{said} of {name_in_sentence(delegation, language)}"
