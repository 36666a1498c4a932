"""The letter to start from: what it says by the delegation's basis and in its language."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from rostrum.actions.debates.toml_file import read_debate
from rostrum.actions.delegations.directory import shipped_rows
from rostrum.domain.debates.debate import Translation
from rostrum.domain.delegations.delegation import LANGUAGES, Basis, Delegation
from rostrum.domain.letters.template import LETTER_LANGUAGES, Part, draft_letter
from rostrum.domain.speakers import Speaker
from tests.factories import SHIPPED, make_speaker

DEBATE, _ = read_debate(SHIPPED.read_text(encoding="utf-8"))
KENYA = Delegation(1, "KEN", {"en": "Kenya", "fr": "Kenya"}, Basis.RULE_37)
HOLY_SEE = Delegation(
    2, "VAT", {"en": "Holy See", "fr": "Saint-Siège"}, Basis.PREVIOUS_PRACTICE
)  # fmt: skip
UNION = Delegation(3, "AU", {"en": "African Union", "fr": "Union africaine"}, Basis.RULE_39)
DENMARK = Delegation(4, "DNK", {"en": "Denmark", "fr": "Danemark"}, Basis.RULE_37)

DIALLO = make_speaker(title="H.E. Ms.", name="Amina Diallo", functional_title="Head of Delegation")
BY_CODE = {each.code: each for each in (KENYA, HOLY_SEE, UNION)}

REQUESTS = {
    ("KEN", "en"): (
        "I have the honour to request, in accordance with rule 37 of the provisional rules of "
        "procedure of the Security Council, that my delegation be invited to participate, without "
        "the right to vote, in the open debate of the Security Council on “Advancing adaptability "
        "in UN peace operations: responding to new realities”, to be held on 24 March 2025 under "
        "the agenda item “Maintenance of international peace and security”."
    ),
    ("KEN", "fr"): (
        "J’ai l’honneur de demander, conformément à l’article 37 du Règlement intérieur provisoire "
        "du Conseil de sécurité, que ma délégation soit invitée à participer, sans droit de vote, "
        "au débat public que le Conseil de sécurité tiendra le 24 mars 2025 sur le thème intitulé "
        "«\u00a0Advancing adaptability in UN peace operations: responding to new realities\u00a0» "
        "[à traduire], au titre du point de l’ordre du jour intitulé «\u00a0Maintien de la paix et "
        "de la sécurité internationales\u00a0»."
    ),
    ("AU", "en"): (
        "I have the honour to request, in accordance with rule 39 of the provisional rules of "
        "procedure of the Security Council, that H.E. Ms. Amina Diallo, Head of Delegation, be "
        "invited to participate in the open debate of the Security Council on “Advancing "
        "adaptability in UN peace operations: responding to new realities”, to be held on 24 March "
        "2025 under the agenda item “Maintenance of international peace and security”."
    ),
    ("AU", "fr"): (
        "J’ai l’honneur de demander, conformément à l’article 39 du Règlement intérieur provisoire "
        "du Conseil de sécurité, que S. E. Mme Amina Diallo, Head of Delegation, soit [invité / "
        "invitée] à participer au débat public que le Conseil de sécurité tiendra le 24 mars 2025 "
        "sur le thème intitulé «\u00a0Advancing adaptability in UN peace operations: responding to "
        "new realities\u00a0» [à traduire], au titre du point de l’ordre du jour intitulé "
        "«\u00a0Maintien de la paix et de la sécurité internationales\u00a0»."
    ),
}
GROUNDS = {
    ("VAT", "en"): "the provisional rules of procedure of the Security Council and the previous "
    "practice in this regard, that my delegation be invited",
    ("VAT", "fr"): "conformément au Règlement intérieur provisoire du Conseil de sécurité et à "
    "la pratique antérieure en la matière, que ma délégation soit invitée",
}


def lines_of(
    part: Part,
    delegation: Delegation = KENYA,
    speaker: Speaker | None = None,
    language: str = "en",
    **changes: object,
) -> list[tuple[str, ...]]:
    """The lines of each paragraph of this part."""
    debate = replace(DEBATE, **changes)
    letter = draft_letter(debate, delegation, speaker or make_speaker(), language, DENMARK)
    assert letter.language == language
    return [each.lines for each in letter.paragraphs if each.part is part]


def texts_of(*arguments: object, **changes: object) -> list[str]:
    return [line for [line] in lines_of(Part.TEXT, *arguments, **changes)]


@pytest.mark.parametrize(("code", "language"), REQUESTS)
def test_the_request_reads_as_missions_write_it(code: str, language: str) -> None:
    assert texts_of(BY_CODE[code], DIALLO, language)[1] == REQUESTS[code, language]


@pytest.mark.parametrize(("code", "language"), GROUNDS)
def test_observer_states_cite_their_own_ground(code: str, language: str) -> None:
    request = texts_of(BY_CODE[code], language=language)[1]
    assert GROUNDS[code, language] in request
    assert "37" not in request


def test_the_letter_goes_to_the_president_of_the_month() -> None:
    assert lines_of(Part.ADDRESS) == [
        (
            "H.E. [Mr. / Ms. name]",
            "President of the Security Council (Denmark, March 2025)",
            "United Nations",
            "New York",
        )
    ]
    assert lines_of(Part.ADDRESS, language="fr") == [
        (
            "Son Excellence [Monsieur / Madame prénom nom]",
            "[Président / Présidente] du Conseil de sécurité (Danemark, mars 2025)",
            "Organisation des Nations Unies",
            "New York",
        )
    ]


def test_a_presidency_that_is_no_delegation_stands_as_the_notice_has_it() -> None:
    notice = replace(DEBATE.notice, presidency="the United Kingdom")
    letter = draft_letter(replace(DEBATE, notice=notice), KENYA, make_speaker(), "fr")
    [address] = [each.lines for each in letter.paragraphs if each.part is Part.ADDRESS]
    assert (
        "[Président / Présidente] du Conseil de sécurité (the United Kingdom, mars 2025)" in address
    )


def test_the_speaker_stands_with_title_and_function() -> None:
    speaker = make_speaker(title="H.E. Ms.", name="Amina Diallo", functional_title="Minister")
    assert texts_of(KENYA, speaker)[2] == (
        "My delegation will be represented by H.E. Ms. Amina Diallo, Minister."
    )
    assert texts_of(KENYA, speaker, "fr")[2] == (
        "Ma délégation sera représentée par S. E. Mme Amina Diallo, Minister."
    )


def test_under_rule_39_the_person_is_invited_without_a_word_of_votes() -> None:
    for language, closing in (("en", "Please accept"), ("fr", "Je vous prie")):
        _, request, after = texts_of(UNION, DIALLO, language)
        assert "vote" not in request
        assert after.startswith(closing)
    assert (
        "[title and name of the speaker], [function of the speaker], be invited"
        in (texts_of(UNION, Speaker())[1])
    )


def test_the_french_letter_has_the_title_and_item_that_staff_entered() -> None:
    french = Translation("fr", title="L’adaptabilité des opérations de paix", item="Le point")
    notice = replace(DEBATE.notice, translations=(french,))
    request = texts_of(language="fr", notice=notice)[1]
    assert (
        "sur le thème intitulé «\u00a0L’adaptabilité des opérations de paix\u00a0», au" in request
    )
    assert "intitulé «\u00a0Le point\u00a0»." in request
    assert "Advancing" in texts_of(language="en", notice=notice)[1]


@pytest.mark.parametrize(
    ("typed", "language", "written"),
    [
        ("H.E. Mr.", "en", "H.E. Mr. Lee,"),
        ("H.E. Mr.", "fr", "S. E. M. Lee,"),
        ("S.E. M.", "fr", "S. E. M. Lee,"),
        ("Mrs.", "fr", "Mme Lee,"),
        ("S.E. Mme", "en", "H.E. Ms. Lee,"),
        ("S. E. Mme", "en", "H.E. Ms. Lee,"),
        ("Excma. Sra.", "en", "H.E. Ms. Lee,"),
        ("سعادة السيد", "fr", "S. E. M. Lee,"),
        ("г-жа", "fr", "Mme Lee,"),
        ("Dr.", "fr", "Dr Lee,"),
        ("H.E. Dr.", "fr", "S. E. [M. / Mme] Lee,"),
        ("", "fr", "par Lee,"),
    ],
)
def test_a_usual_title_is_written_in_the_letters_language(
    typed: str, language: str, written: str
) -> None:
    assert written in texts_of(KENYA, make_speaker(title=typed, name="Lee"), language)[2]


def test_what_is_not_filled_in_yet_stands_in_brackets() -> None:
    assert texts_of(KENYA, Speaker())[2] == (
        "My delegation will be represented by [title and name of the speaker], "
        "[function of the speaker]."
    )
    assert texts_of(KENYA, Speaker(title="H.E. Mr."), "fr")[2] == (
        "Ma délégation sera représentée par [titre et nom de l’orateur ou de l’oratrice], "
        "[fonction de l’orateur ou de l’oratrice]."
    )


def test_a_group_is_named_only_by_those_who_speak_for_one() -> None:
    group = make_speaker(on_behalf_of="African Group")
    assert "The statement will be made on behalf of the following group: African Group." in (
        texts_of(KENYA, group)
    )
    assert "La déclaration sera prononcée au nom du groupe suivant\u00a0: African Group." in (
        texts_of(KENYA, group, "fr")
    )
    assert len(texts_of(KENYA, group)) == len(texts_of(KENYA)) + 1
    assert "group" not in " ".join(texts_of(KENYA))


@pytest.mark.parametrize(
    ("delegation", "language", "signatory"),
    [
        (KENYA, "en", "[Permanent Representative / Chargé d’affaires a.i.]"),
        (
            KENYA,
            "fr",
            "[Représentant permanent / Représentante permanente / Chargé ou chargée d’affaires par "
            "intérim]",
        ),
        (HOLY_SEE, "en", "[Permanent Observer / Chargé d’affaires a.i.]"),
        (UNION, "en", "[Permanent Observer / Head of Delegation / Chargé d’affaires a.i.]"),
    ],
)
def test_who_signs_is_left_to_the_mission(
    delegation: Delegation, language: str, signatory: str
) -> None:
    [signature] = lines_of(Part.SIGNATURE, delegation, language=language)
    assert signature[2:] == (signatory, delegation.name(language))
    assert all(line.startswith("[") for line in signature[:3])
    [[letterhead]], [[dateline]] = (
        lines_of(part, delegation, language=language) for part in (Part.LETTERHEAD, Part.DATELINE)
    )
    assert letterhead.startswith("[")
    assert dateline.endswith("[date]")


@pytest.mark.parametrize(
    ("starts_at", "english", "french"),
    [
        (datetime(2025, 3, 24, 14, 0, tzinfo=UTC), "24 March 2025", "24 mars 2025"),
        (datetime(2025, 8, 1, 14, 0, tzinfo=UTC), "1 August 2025", "1er août 2025"),
        (datetime(2025, 12, 11, 2, 0, tzinfo=UTC), "10 December 2025", "10 décembre 2025"),
    ],
)
def test_the_date_is_new_yorks_in_the_letters_language(
    starts_at: datetime, english: str, french: str
) -> None:
    for language, day in (("en", english), ("fr", french)):
        assert f" {day} " in texts_of(KENYA, language=language, starts_at=starts_at)[1]
        [[subject]] = lines_of(Part.SUBJECT, KENYA, language=language, starts_at=starts_at)
        assert subject.endswith(day)


def test_an_unusual_item_stays_as_the_notice_has_it() -> None:
    notice = replace(DEBATE.notice, item="Cyberspace 100%(day)s")
    assert (
        "«\u00a0Cyberspace 100%(day)s\u00a0» [à traduire]"
        in texts_of(language="fr", notice=notice)[1]
    )


@pytest.mark.parametrize("language", LETTER_LANGUAGES)
def test_every_shipped_delegation_gets_a_letter_with_its_own_name(language: str) -> None:
    for row in shipped_rows():
        names = {each: row[f"name_{each}"] for each in LANGUAGES}
        delegation = Delegation(1, row["iso3"], names, Basis.RULE_37)
        [[subject]] = lines_of(Part.SUBJECT, delegation, language=language)
        assert subject.startswith((f"{names[language]}: ", f"{names[language]}\u00a0: "))
        [signature] = lines_of(Part.SIGNATURE, delegation, language=language)
        assert signature[-1] == names[language]


@pytest.mark.parametrize(("language", "month"), [("en", "[month]"), ("fr", "[mois]")])
def test_what_is_not_known_of_a_postponed_debate_is_in_brackets(language: str, month: str) -> None:
    postponed = replace(DEBATE, dates_are_open=True)
    letter = draft_letter(postponed, KENYA, DIALLO, language)
    said = " ".join(line for part in letter.paragraphs for line in part.lines)
    assert month in said
    assert said.count("[date]") == 3
    assert "2025" not in said
