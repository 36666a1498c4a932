"""The words of a draft letter in English and French, as missions write to the Council.

The delegation chooses the letter's language, whatever the language of its pages: hence no
gettext. No sentence puts a delegation's name where the language needs an article before it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from rostrum.domain.delegations.delegation import Basis
from rostrum.domain.speakers import Speaker


@dataclass(frozen=True)
class Wording:
    """The sentences in one language; the mission fills in the text in brackets."""

    letterhead: str
    dateline: str
    addressee: tuple[str, ...]
    presidency: str
    seat: tuple[str, ...]
    subject: str
    salutation: str
    request: str
    request_for_person: str
    """Under rule 39, which invites persons: no delegation, and no word of a vote."""
    untranslated: str
    """Behind what stands in another language."""
    speaker: str
    group: str
    closing: str
    signature: tuple[str, ...]
    grounds: dict[Basis, str]
    parties: dict[Basis, str]
    signatories: dict[Basis, str]
    unknown_month: str
    unknown_name: str
    unknown_function: str
    titles: dict[str, str]
    """Usual titles from all languages, in this one, by their letters alone (`bare`)."""
    items: dict[str, str]
    """Usual items of the Council's agenda by their English name."""

    def full_name(self, speaker: Speaker) -> str:
        """The speaker's title, as this language has it, and name."""
        title = self.titles.get(bare(speaker.title), speaker.title)
        return f"{title} {speaker.name}".strip()


def bare(text: str) -> str:
    """A title or function by its letters: as people type it with dots, blanks or capitals."""
    return re.sub(r"[.\s]", "", text).casefold()


_EXCELLENCIES = {
    "H.E. Mr.": ("S. E. M.", "Excmo. Sr.", "S. E. Sr.", "Е.П. г-н", "先生阁下", "سعادة السيد"),
    "H.E. Ms.": ("S. E. Mme", "Excma. Sra.", "S. E. Sra.", "Е.П. г-жа", "女士阁下", "سعادة السيدة"),
    "Mr.": ("M.", "Sr.", "г-н", "先生", "السيد"),
    "Ms.": ("Mme", "Sra.", "г-жа", "女士", "السيدة"),
    "Dr.": ("Dr",),
}
"""Usual forms of address in English, and what people of other languages type for them."""
_IN_ENGLISH = {bare(typed): title for title, forms in _EXCELLENCIES.items() for typed in forms}
_IN_FRENCH = {
    "H.E. Mr.": "S. E. M.",
    "H.E. Ms.": "S. E. Mme",
    "H.E. Mrs.": "S. E. Mme",
    "H.E. Dr.": "S. E. [M. / Mme]",
    "Mr.": "M.",
    "Ms.": "Mme",
    "Mrs.": "Mme",
    "Dr.": "Dr",
}

ENGLISH = Wording(
    letterhead="[Letterhead]",
    dateline="New York, [date]",
    addressee=("H.E. [Mr. / Ms. name]",),
    presidency="President of the Security Council (%(presidency)s, %(month)s)",
    seat=("United Nations", "New York"),
    subject="%(delegation)s: request to participate in the open debate of %(date)s",
    salutation="Excellency,",
    request=(
        "I have the honour to request, %(ground)s, that %(party)s be invited to participate, "
        "without the right to vote, in the open debate of the Security Council on “%(title)s”, "
        "to be held on %(date)s under the agenda item “%(item)s”."
    ),
    request_for_person=(
        "I have the honour to request, %(ground)s, that %(name)s, %(function)s, be invited to "
        "participate in the open debate of the Security Council on “%(title)s”, to be held on "
        "%(date)s under the agenda item “%(item)s”."
    ),
    untranslated="",
    speaker="%(party)s will be represented by %(name)s, %(function)s.",
    group="The statement will be made on behalf of the following group: %(group)s.",
    closing="Please accept, Excellency, the assurances of my highest consideration.",
    signature=("[Signature and seal]", "[Name of the signatory]"),
    grounds={
        Basis.RULE_37: (
            "in accordance with rule 37 of the provisional rules of procedure of the Security "
            "Council"
        ),
        Basis.RULE_39: (
            "in accordance with rule 39 of the provisional rules of procedure of the Security "
            "Council"
        ),
        Basis.PREVIOUS_PRACTICE: (
            "in accordance with the provisional rules of procedure of the Security Council and "
            "the previous practice in this regard"
        ),
    },
    parties={
        Basis.RULE_37: "my delegation",
        Basis.PREVIOUS_PRACTICE: "my delegation",
    },
    signatories={
        Basis.RULE_37: "[Permanent Representative / Chargé d’affaires a.i.]",
        Basis.RULE_39: "[Permanent Observer / Head of Delegation / Chargé d’affaires a.i.]",
        Basis.PREVIOUS_PRACTICE: "[Permanent Observer / Chargé d’affaires a.i.]",
    },
    unknown_month="[month]",
    unknown_name="[title and name of the speaker]",
    unknown_function="[function of the speaker]",
    titles=_IN_ENGLISH,
    items={},
)

FRENCH = Wording(
    letterhead="[Papier à en-tête de la mission]",
    dateline="New York, le [date]",
    addressee=("Son Excellence [Monsieur / Madame prénom nom]",),
    presidency="[Président / Présidente] du Conseil de sécurité (%(presidency)s, %(month)s)",
    seat=("Organisation des Nations Unies", "New York"),
    subject="%(delegation)s\u00a0: demande de participation au débat public du %(date)s",
    salutation="Excellence,",
    request=(
        "J’ai l’honneur de demander, %(ground)s, que %(party)s soit invitée à participer, sans "
        "droit de vote, au débat public que le Conseil de sécurité tiendra le %(date)s sur le "
        "thème intitulé «\u00a0%(title)s\u00a0»%(title_mark)s, au titre du point de l’ordre du "
        "jour intitulé «\u00a0%(item)s\u00a0»%(item_mark)s."
    ),
    request_for_person=(
        "J’ai l’honneur de demander, %(ground)s, que %(name)s, %(function)s, soit "
        "[invité / invitée] à participer au débat public que le Conseil de sécurité tiendra le "
        "%(date)s sur le thème intitulé «\u00a0%(title)s\u00a0»%(title_mark)s, au titre du point "
        "de l’ordre du jour intitulé «\u00a0%(item)s\u00a0»%(item_mark)s."
    ),
    untranslated=" [à traduire]",
    speaker="%(party)s sera représentée par %(name)s, %(function)s.",
    group="La déclaration sera prononcée au nom du groupe suivant\u00a0: %(group)s.",
    closing="Je vous prie d’agréer, Excellence, les assurances de ma très haute considération.",
    signature=("[Signature et sceau]", "[Nom du ou de la signataire]"),
    grounds={
        Basis.RULE_37: (
            "conformément à l’article 37 du Règlement intérieur provisoire du Conseil de sécurité"
        ),
        Basis.RULE_39: (
            "conformément à l’article 39 du Règlement intérieur provisoire du Conseil de sécurité"
        ),
        Basis.PREVIOUS_PRACTICE: (
            "conformément au Règlement intérieur provisoire du Conseil de sécurité et à la "
            "pratique antérieure en la matière"
        ),
    },
    parties={
        Basis.RULE_37: "ma délégation",
        Basis.PREVIOUS_PRACTICE: "ma délégation",
    },
    signatories={
        Basis.RULE_37: (
            "[Représentant permanent / Représentante permanente / Chargé ou chargée d’affaires par "
            "intérim]"
        ),
        Basis.RULE_39: (
            "[Observateur permanent / Observatrice permanente / Chef ou cheffe de délégation / "
            "Chargé ou chargée d’affaires par intérim]"
        ),
        Basis.PREVIOUS_PRACTICE: (
            "[Observateur permanent / Observatrice permanente / Chargé ou chargée d’affaires par "
            "intérim]"
        ),
    },
    unknown_month="[mois]",
    unknown_name="[titre et nom de l’orateur ou de l’oratrice]",
    unknown_function="[fonction de l’orateur ou de l’oratrice]",
    titles={bare(title): french for title, french in _IN_FRENCH.items()}
    | {typed: _IN_FRENCH[title] for typed, title in _IN_ENGLISH.items()},
    items={
        "Maintenance of international peace and security": (
            "Maintien de la paix et de la sécurité internationales"
        ),
        "Threats to international peace and security": (
            "Menaces contre la paix et la sécurité internationales"
        ),
        "Threats to international peace and security caused by terrorist acts": (
            "Menaces contre la paix et la sécurité internationales résultant d’actes de terrorisme"
        ),
        "United Nations peacekeeping operations": (
            "Opérations de maintien de la paix des Nations Unies"
        ),
        "Women and peace and security": "Les femmes et la paix et la sécurité",
        "Children and armed conflict": "Le sort des enfants en temps de conflit armé",
        "Protection of civilians in armed conflict": (
            "Protection des civils en période de conflit armé"
        ),
        "Peacebuilding and sustaining peace": "Consolidation et pérennisation de la paix",
        "Small arms": "Armes légères",
        "General issues relating to sanctions": "Questions générales relatives aux sanctions",
        "The situation in the Middle East, including the Palestinian question": (
            "La situation au Moyen-Orient, y compris la question palestinienne"
        ),
    },
)

WORDINGS = {"en": ENGLISH, "fr": FRENCH}
"""Wordings by the letter's language."""
