"""Days, times, sizes and spans in the form of each language."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from flask import Flask

from rostrum.domain.words import Sentence
from rostrum.web import formats
from rostrum.web.words import LANGUAGES, ngettext, speaking
from tests.factories import OPENS_AT

FIRST = datetime(2025, 4, 1, 18, 5, 7, 412_900, tzinfo=UTC)
"""The first day of a month, in the afternoon of New York, with seconds and less."""

TOLD = [
    (
        formats.day,
        OPENS_AT,
        {
            "en": "Wed 19 March 2025",
            "fr": "mer. 19 mars 2025",
            "es": "mié 19 de marzo de 2025",
            "ru": "ср, 19 марта 2025 г.",
            "zh": "2025年3月19日周三",
            "ar": "الأربعاء، 19 آذار/مارس 2025",
        },
    ),
    (
        formats.short_day,
        FIRST,
        {
            "en": "Tue 1 April",
            "fr": "mar. 1er avril",
            "es": "mar 1 de abril",
            "ru": "вт, 1 апреля",
            "zh": "4月1日周二",
            "ar": "الثلاثاء، 1 نيسان/أبريل",
        },
    ),
    (
        formats.moment,
        OPENS_AT,
        {
            "en": "Wed 19 March, 9:30 New York",
            "fr": "mer. 19 mars, 9\u00a0h\u00a030, New York",
            "es": "mié 19 de marzo, 9:30, Nueva York",
            "ru": "ср, 19 марта, 9:30 (Нью-Йорк)",
            "zh": "纽约时间3月19日周三 9:30",
            "ar": "الأربعاء، 19 آذار/مارس، 9:30 بتوقيت نيويورك",
        },
    ),
    (formats.clock_millis, FIRST, dict.fromkeys(LANGUAGES, "14:05:07.412")),
    (formats.clock_minutes, FIRST, dict.fromkeys(LANGUAGES, "14:05:07")),
    (
        formats.file_size,
        14_230_000,
        {
            "en": "14.2 MB",
            "fr": "14,2 Mo",
            "es": "14,2 MB",
            "ru": "14,2 МБ",
            "zh": "14.2 MB",
            "ar": "14.2 ميغابايت",
        },
    ),
    (
        formats.early_by,
        400_000,
        {
            "en": "0.4 s",
            "fr": "0,4 s",
            "es": "0,4 s",
            "ru": "0,4 с",
            "zh": "0.4秒",
            "ar": "0.4 ث",
        },
    ),
    (
        formats.early_by,
        192_000_000,
        {
            "en": "3 min 12 s",
            "fr": "3 min 12 s",
            "es": "3 min 12 s",
            "ru": "3 мин 12 с",
            "zh": "3分12秒",
            "ar": "3 د 12 ث",
        },
    ),
    (
        formats.speaking_limit,
        180,
        {
            "en": "3 minutes",
            "fr": "3 minutes",
            "es": "3 minutos",
            "ru": "3 минуты",
            "zh": "3分钟",
            "ar": "3 دقائق",
        },
    ),
    (
        formats.sentence,
        Sentence("%(day)s, %(time)s", {"day": OPENS_AT.date(), "time": "9:30"}),
        {
            "en": "Wed 19 March 2025, 9:30",
            "fr": "mer. 19 mars 2025, 9:30",
            "es": "mié 19 de marzo de 2025, 9:30",
            "ru": "ср, 19 марта 2025 г., 9:30",
            "zh": "2025年3月19日周三 9:30",
            "ar": "الأربعاء، 19 آذار/مارس 2025، 9:30",
        },
    ),
]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("filter_", "value", "told"), TOLD)
def test_a_value_has_the_form_of_its_language(
    app: Flask, language: str, filter_: Callable, value: object, told: dict[str, str]
) -> None:
    with app.app_context(), speaking(language):
        assert filter_(value) == told[language]


@pytest.mark.parametrize(
    ("language", "number", "told"),
    [
        ("fr", 0, "0 minute"),
        ("fr", 2, "2 minutes"),
        ("es", 0, "0 minutos"),
        ("ru", 1, "1 минута"),
        ("ru", 3, "3 минуты"),
        ("ru", 11, "11 минут"),
        ("ru", 21, "21 минута"),
        ("zh", 1, "1分钟"),
        ("ar", 1, "دقيقة واحدة"),
        ("ar", 2, "دقيقتان"),
        ("ar", 5, "5 دقائق"),
        ("ar", 11, "11 دقيقة"),
    ],
)
def test_a_number_has_the_grammatical_form_of_its_language(
    app: Flask, language: str, number: int, told: str
) -> None:
    with app.app_context(), speaking(language):
        assert ngettext("%(num)s minute", "%(num)s minutes", number) == told


def test_what_is_said_in_another_language_ends_with_its_part(app: Flask) -> None:
    with app.app_context(), speaking("fr"):
        with speaking("ru"):
            assert formats.file_size(2_000_000) == "2 МБ"
        assert formats.file_size(2_000_000) == "2 Mo"
