"""Days, times, sizes and spans in the form of each language."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from flask import Flask

from rostrum.domain.sentences import Plural, Sentence
from rostrum.web.language import formats
from rostrum.web.language.catalogs import LANGUAGES, ngettext, speaking
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
            "ru": "ср, 19 марта 2025\u00a0г.",
            "zh": "2025年3月19日周三",
            "ar": "الأربعاء، 19 آذار/\u2060مارس 2025",
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
            "ar": "الثلاثاء، 1 نيسان/\u2060أبريل",
        },
    ),
    (
        formats.moment,
        OPENS_AT,
        {
            "en": "Wed 19 March, 9:30 New York",
            "fr": "mer. 19 mars à 9\u00a0h\u00a030 (New York)",
            "es": "mié 19 de marzo, 9:30 (Nueva York)",
            "ru": "ср, 19 марта, 9:30 (Нью-Йорк)",
            "zh": "纽约时间3月19日周三 9:30",
            "ar": "الأربعاء، 19 آذار/\u2060مارس، 9:30 بتوقيت نيويورك",
        },
    ),
    (
        formats.moment,
        OPENS_AT.replace(year=2026),
        {
            "en": "Thu 19 March 2026, 9:30 New York",
            "fr": "jeu. 19 mars 2026 à 9\u00a0h\u00a030 (New York)",
            "es": "jue 19 de marzo de 2026, 9:30 (Nueva York)",
            "ru": "чт, 19 марта 2026\u00a0г., 9:30 (Нью-Йорк)",
            "zh": "纽约时间2026年3月19日周四 9:30",
            "ar": "الخميس، 19 آذار/\u2060مارس 2026، 9:30 بتوقيت نيويورك",
        },
    ),
    (formats.clock_millis, FIRST, dict.fromkeys(LANGUAGES, "14:05:07.412")),
    (formats.clock_minutes, FIRST, dict.fromkeys(LANGUAGES, "14:05:07")),
    (
        formats.file_size,
        14_230_000,
        {
            "en": "14.2\u00a0MB",
            "fr": "14,2\u00a0Mo",
            "es": "14,2\u00a0MB",
            "ru": "14,2\u00a0МБ",
            "zh": "14.2\u00a0MB",
            "ar": "14.2\u00a0ميغابايت",
        },
    ),
    (
        formats.file_size,
        3_210_000_000,
        {
            "en": "3.2\u00a0GB",
            "fr": "3,2\u00a0Go",
            "es": "3,2\u00a0GB",
            "ru": "3,2\u00a0ГБ",
            "zh": "3.2\u00a0GB",
            "ar": "3.2\u00a0غيغابايت",
        },
    ),
    (
        formats.early_by,
        400_000,
        {
            "en": "0.4\u00a0s",
            "fr": "0,4\u00a0s",
            "es": "0,4\u00a0s",
            "ru": "0,4\u00a0с",
            "zh": "0.4秒",
            "ar": "0.4\u00a0ث",
        },
    ),
    (
        formats.early_by,
        192_000_000,
        {
            "en": "3\u00a0min 12\u00a0s",
            "fr": "3\u00a0min 12\u00a0s",
            "es": "3\u00a0min 12\u00a0s",
            "ru": "3\u00a0мин 12\u00a0с",
            "zh": "3分12秒",
            "ar": "3\u00a0د 12\u00a0ث",
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
            "ru": "ср, 19 марта 2025\u00a0г., 9:30",
            "zh": "2025年3月19日周三 9:30",
            "ar": "الأربعاء، 19 آذار/\u2060مارس 2025، 9:30",
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
    ("seen_from", "told"),
    [
        (datetime(2025, 12, 31, 12, tzinfo=UTC), "Tue 1 April"),
        (datetime(2024, 12, 15, 12, tzinfo=UTC), "Tue 1 April"),
        (datetime(2024, 11, 15, 12, tzinfo=UTC), "Tue 1 April 2025"),
        (datetime(2026, 1, 2, 12, tzinfo=UTC), "Tue 1 April 2025"),
    ],
)
def test_a_year_is_said_where_it_is_not_plain(app: Flask, seen_from: datetime, told: str) -> None:
    with app.test_request_context(), speaking("en"):
        assert formats.short_day(FIRST, seen_from) == told


@pytest.mark.parametrize(
    ("language", "form", "told"),
    [
        ("en", "{hour}:{minute}", "Wed 19 Mar 14:30 Geneva"),
        ("fr", "{hour}\u00a0h\u00a0{minute}", "mer. 19 mars 14\u00a0h\u00a030 Genève"),
    ],
)
def test_scripts_tell_hours_and_minutes_as_the_page_does(
    app: Flask, language: str, form: str, told: str
) -> None:
    with app.app_context(), speaking(language):
        assert formats.time_form() == form
        assert told in formats.zones(OPENS_AT).split(" · ")


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


PAGES = Plural(
    "This letter has more than %(limit)s page. Send it without its annexes.",
    "This letter has more than %(limit)s pages. Send it without its annexes.",
    "limit",
)


@pytest.mark.parametrize(
    ("language", "limit", "told"),
    [
        ("en", 1, "more than 1 page."),
        ("en", 10, "more than 10 pages."),
        ("fr", 1, "plus de 1 page."),
        ("ru", 10, "больше 10 страниц."),
        ("ru", 21, "больше 21 страницы."),
        ("ar", 2, "تتجاوز هذه الرسالة صفحتين."),
        ("ar", 10, "تتجاوز هذه الرسالة 10 صفحات."),
    ],
)
def test_a_sentence_of_the_domain_agrees_with_its_number(
    app: Flask, language: str, limit: int, told: str
) -> None:
    with app.app_context(), speaking(language):
        assert told in formats.sentence(Sentence(PAGES, {"limit": limit}))


def test_a_plural_without_a_number_is_refused() -> None:
    with pytest.raises(TypeError):
        Sentence(PAGES, {"limit": "ten"})


@pytest.mark.parametrize(
    ("language", "told"), [("en", "a, b"), ("zh", "a、b"), ("ar", "\u2068a\u2069، \u2068b\u2069")]
)
def test_names_are_parted_as_their_language_does(app: Flask, language: str, told: str) -> None:
    with app.app_context(), speaking(language):
        assert formats.sentence(Sentence("%(names)s", {"names": ("a", "b")})) == told


def test_a_language_is_called_by_its_own_name(app: Flask) -> None:
    with app.app_context(), speaking("fr"):
        label = Sentence("Name (%(language)s)", {"language": "ar"})
        assert formats.sentence(label) == "Nom (العربية)"


def test_no_time_is_no_minutes(app: Flask) -> None:
    with app.app_context():
        assert [formats.speaking_limit(n) for n in (0, 1, 60, 90)] == [
            "0 seconds", "1 second", "1 minute", "90 seconds",
        ]  # fmt: skip


def test_what_is_said_in_another_language_ends_with_its_part(app: Flask) -> None:
    with app.app_context(), speaking("fr"):
        with speaking("ru"):
            assert formats.file_size(2_000_000) == "2\u00a0МБ"
        assert formats.file_size(2_000_000) == "2\u00a0Mo"
