"""Days and times of day in New York, in the form usual in each language.

Places and times use the digits 0 to 9 in all six languages, Arabic included: a number on a page
is the same as on the receipt. Hours run to 24, as in the Council's own programme.
"""

from __future__ import annotations

from datetime import UTC, date, datetime
from functools import lru_cache

from babel import Locale
from babel.dates import format_date
from babel.dates import format_datetime as babel_datetime

from rostrum.domain.times import BEIJING, GENEVA, NEW_YORK
from rostrum.web.language.catalogs import get_locale, gettext

MINUTES = {"fr": "H\u00a0'h'\u00a0mm"}
"""Hours and minutes: 9:30, in French 9 h 30. With seconds, every language uses colons."""
DAYS = {
    "en": "EEE d MMMM y",
    "fr": "EEE d MMMM y",
    "es": "EEE d 'de' MMMM 'de' y",
    "ru": "EEE, d MMMM y\u00a0'г'.",
    "zh": "y年M月d日EEE",
    "ar": "EEEE، d MMMM y",
}
SHORT_DAYS = {
    "en": "EEE d MMMM",
    "fr": "EEE d MMMM",
    "es": "EEE d 'de' MMMM",
    "ru": "EEE, d MMMM",
    "zh": "M月d日EEE",
    "ar": "EEEE، d MMMM",
}
_LEVANT = Locale.parse("ar_LB")


def time_of_day(instant: datetime) -> str:
    """Hours and minutes in New York, and the seconds unless they are zero."""
    if instant.second:
        return seconds_of_day(instant)
    return in_new_york(instant, minutes_pattern())


def minutes_pattern() -> str:
    """Babel's pattern of hours and minutes in the language of the page."""
    return MINUTES.get(get_locale().language, "H:mm")


def time_form() -> str:
    """Hours and minutes as a template for scripts: {hour}:{minute}."""
    form = minutes_pattern().replace("H", "{hour}").replace("mm", "{minute}")
    return form.replace("'", "")


def seconds_of_day(instant: datetime) -> str:
    """Hours, minutes and seconds in New York: 9:30:00."""
    return in_new_york(instant, "H:mm:ss")


def zones(instant: datetime) -> str:
    """The instant in the time zones of other readers: Geneva, Beijing, and UTC."""
    there = ((UTC, gettext("UTC")), (GENEVA, gettext("Geneva")), (BEIJING, gettext("Beijing")))
    pattern, locale = f"EEE d MMM {minutes_pattern()}", get_locale()
    times = (babel_datetime(instant, pattern, tzinfo=zone, locale=locale) for zone, _ in there)
    return " · ".join(f"{time} {name}" for time, (_, name) in zip(times, there, strict=True))


def day_of(instant: datetime, patterns: dict[str, str] = DAYS) -> str:
    """The day of an instant in New York."""
    local = instant.astimezone(NEW_YORK).date()
    return day_words(local, patterns)


def day_words(day: date, patterns: dict[str, str] = DAYS) -> str:
    """A day in the language of the page: Wed 19 March 2025, 2025年3月19日周三."""
    locale = get_locale()
    return _day(day, patterns[locale.language], locale)


def in_new_york(instant: datetime, pattern: str) -> str:
    """An instant in one of Babel's patterns, in the language of the page."""
    return _formatted(instant.replace(microsecond=0), pattern, get_locale())


@lru_cache(maxsize=4096)
def _formatted(second: datetime, pattern: str, locale: Locale) -> str:
    """Cached, because everybody who presses at the opening sees the same few seconds."""
    return babel_datetime(second, pattern, tzinfo=NEW_YORK, locale=locale)


@lru_cache(maxsize=1024)
def _day(day: date, pattern: str, locale: Locale) -> str:
    if locale.language == "fr" and day.day == 1:
        pattern = pattern.replace("d ", "d'er' ")
    if locale.language == "ar":
        # The United Nations name a month in both ways that readers know: آذار/مارس.
        # No line may break inside it.
        both = f"{_month(day, _LEVANT)}/\u2060{_month(day, locale)}".replace(" ", "\u00a0")
        pattern = pattern.replace("MMMM", f"'{both}'")
    return format_date(day, pattern, locale=locale)


def _month(day: date, locale: Locale) -> str:
    return format_date(day, "MMMM", locale=locale)
