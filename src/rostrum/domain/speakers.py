"""The person who will speak, as the delegation describes them, and the contact for staff."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from rostrum.domain.sentences import N_


class Level(StrEnum):
    """The speaker's rank, from the highest; the levels usual in United Nations lists."""

    HEAD_OF_STATE = "head_of_state"
    HEAD_OF_GOVERNMENT = "head_of_government"
    VICE_PRESIDENT = "vice_president"
    CROWN_PRINCE = "crown_prince"
    DEPUTY_PRIME_MINISTER = "deputy_prime_minister"
    MINISTER = "minister"
    DEPUTY_MINISTER = "deputy_minister"
    PERMANENT_REPRESENTATIVE = "permanent_representative"
    OTHER = "other"


LEVEL_LABELS = {
    Level.HEAD_OF_STATE: N_("Head of State"),
    Level.HEAD_OF_GOVERNMENT: N_("Head of Government"),
    Level.VICE_PRESIDENT: N_("Vice-President"),
    Level.CROWN_PRINCE: N_("Crown Prince or Princess"),
    Level.DEPUTY_PRIME_MINISTER: N_("Deputy Prime Minister"),
    Level.MINISTER: N_("Minister"),
    Level.DEPUTY_MINISTER: N_("Deputy Minister"),
    Level.PERMANENT_REPRESENTATIVE: N_("Permanent Representative"),
    Level.OTHER: N_("Chargé d’affaires a.i. or other"),
}


class StatementLanguage(StrEnum):
    """The language of the statement."""

    ENGLISH = "en"
    FRENCH = "fr"
    SPANISH = "es"
    RUSSIAN = "ru"
    CHINESE = "zh"
    ARABIC = "ar"
    OTHER = "other"


STATEMENT_LANGUAGE_LABELS = {
    StatementLanguage.ENGLISH: N_("English"),
    StatementLanguage.FRENCH: N_("French"),
    StatementLanguage.SPANISH: N_("Spanish"),
    StatementLanguage.RUSSIAN: N_("Russian"),
    StatementLanguage.CHINESE: N_("Chinese"),
    StatementLanguage.ARABIC: N_("Arabic"),
    StatementLanguage.OTHER: N_("Another language, with interpretation provided by the delegation"),
}


@dataclass(frozen=True)
class Speaker:
    """What a delegation entered about its speaker; "" for anything not entered yet."""

    title: str = ""
    name: str = ""
    functional_title: str = ""
    level: str = ""
    language: str = ""
    on_behalf_of: str = ""
    """Name of the group spoken for; empty in national capacity."""
    contact_email: str = ""
    contact_phone: str = ""

    @property
    def is_complete(self) -> bool:
        """Whether everything that a registration needs is there (title and group are optional)."""
        needed = (self.name, self.functional_title, self.level, self.language)
        return all(needed) and bool(self.contact_email) and bool(self.contact_phone)

    @property
    def full_name(self) -> str:
        return f"{self.title} {self.name}".strip()

    def as_dict(self) -> dict[str, str]:
        return dict(vars(self))


SPEAKER_FIELDS = tuple(Speaker().as_dict())
