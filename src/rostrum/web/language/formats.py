"""How times, sizes and places read on a page, always through Babel and gettext."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any

from babel import Locale
from babel.numbers import format_decimal
from flask import Flask, current_app
from markupsafe import Markup

from rostrum.domain.actors import COMMAND_LINE, ROSTRUM
from rostrum.domain.debates.debate import Debate, Notice
from rostrum.domain.delegations.delegation import Delegation
from rostrum.domain.errors import DomainError
from rostrum.domain.journal.chain import canonical_json
from rostrum.domain.letters.checklist import ReturnReason, checklist
from rostrum.domain.letters.letter import Letter
from rostrum.domain.sentences import S_, Plural, Sentence
from rostrum.domain.times import (
    NEW_YORK,
    from_micros,
    iso_millis,
    new_york_day,
    to_micros,
)
from rostrum.letters.answers import told
from rostrum.letters.refusals import Refusal
from rostrum.letters.uploads import ByteCount
from rostrum.web.language.calendars import (
    SHORT_DAYS,
    day_of,
    day_words,
    seconds_of_day,
    time_form,
    time_of_day,
    zones,
)
from rostrum.web.language.catalogs import (
    LANGUAGES,
    apart,
    get_locale,
    gettext,
    ngettext,
    pgettext,
    untranslated,
)
from rostrum.web.language.names import joined

_FOR_THE_WRITER = (
    ReturnReason.ADDRESSEE,
    ReturnReason.RULE,
    ReturnReason.DEBATE,
    ReturnReason.SIGNATORY,
)


def clock_time(instant: datetime) -> str:
    """New York time of day with seconds: 9:30:00."""
    return seconds_of_day(instant)


def clock_millis(instant: datetime) -> str:
    """New York time of day with milliseconds, cut off and never rounded up: 9:30:00.412."""
    return f"{clock_time(instant)}.{instant.microsecond // 1000:03d}"


def clock_minutes(instant: datetime) -> str:
    """New York time of day: 9:30."""
    return time_of_day(instant)


def day(instant: datetime) -> str:
    """The day in New York: Wed 19 March 2025."""
    return day_of(instant)


_SOON = timedelta(days=120)
"""How far ahead a day of another year is known without it: in December, one in March."""


def short_day(instant: datetime, seen_from: datetime | None = None) -> str:
    """The day in New York without the year: Wed 19 March.

    With `seen_from`, the year is said where it is not plain from there, so that a wrong one is
    seen: Wed 19 March 2025.
    """
    if seen_from is None or _is_plain(instant, seen_from):
        return day_of(instant, SHORT_DAYS)
    return day_of(instant)


def _is_plain(instant: datetime, seen_from: datetime) -> bool:
    is_same_year = new_york_day(instant).year == new_york_day(seen_from).year
    return is_same_year or seen_from <= instant <= seen_from + _SOON


def moment(instant: datetime) -> str:
    """Day and time of day in New York, with the zone: Wed 19 March, 9:30 New York. A day that is
    neither of this year nor soon has its year."""
    named = short_day(instant, current_app.extensions["rostrum"].clock.now())
    return gettext("%(day)s, %(time)s New York", day=named, time=clock_minutes(instant))


def wall_time(instant: datetime, seen_from: datetime) -> str:
    """New York time of day: 11:40; if the day is not that of `seen_from`: Tue 25 March, 11:40."""
    return _after_day(clock_minutes(instant), instant, seen_from)


def clock_on_day(instant: datetime, seen_from: datetime) -> str:
    """New York time of day with seconds, after the day if that is not the day of `seen_from`."""
    return _after_day(clock_time(instant), instant, seen_from)


def millis_on_day(instant: datetime, seen_from: datetime) -> str:
    """As `clock_on_day`, with milliseconds."""
    return _after_day(clock_millis(instant), instant, seen_from)


def _after_day(time: str, instant: datetime, seen_from: datetime) -> str:
    if new_york_day(instant) == new_york_day(seen_from):
        return time
    return gettext("%(day)s, %(time)s", day=short_day(instant, seen_from), time=time)


def when(instant: datetime, seen_from: datetime) -> str:
    """A time of day within a sentence: at 9:30:00; on another day than `seen_from`: on Thu 20
    March, 9:30:00."""
    return _when(clock_time(instant), instant, seen_from)


def when_exactly(instant: datetime, seen_from: datetime) -> str:
    """As `when`, with milliseconds."""
    return _when(clock_millis(instant), instant, seen_from)


def _when(time: str, instant: datetime, seen_from: datetime) -> str:
    if new_york_day(instant) == new_york_day(seen_from):
        return gettext("at %(time)s", time=time)
    return gettext("on %(day)s, %(time)s", day=short_day(instant, seen_from), time=time)


def iso(instant: datetime) -> str:
    """ISO 8601 UTC with milliseconds, for <time datetime> and for scripts."""
    return iso_millis(instant).replace("+00:00", "Z")


def stamp(micros: int) -> str:
    """A stamp as ISO 8601 UTC to the microsecond."""
    return from_micros(micros).isoformat(timespec="microseconds").replace("+00:00", "Z")


def new_york_iso(instant: datetime) -> str:
    return iso_millis(instant.astimezone(NEW_YORK))


def unbroken(said: str) -> str:
    """Each number, or its mark `{s}` in a sentence for a script, on one line with its unit."""
    return re.sub(r"(?<=[\d}]) ", "\u00a0", said)


def file_size(size: int) -> str:
    """A size as phones show it: 820 kB, 14.2 MB, 3.2 GB (powers of ten)."""
    if size < 1_000_000:
        kilobytes = format_decimal(max(1, size // 1000), locale=get_locale())
        return unbroken(gettext("%(size)s kB", size=kilobytes))
    if size >= 1_000_000_000:
        gigabytes = format_decimal(size / 1e9, "0.#", locale=get_locale())
        return unbroken(gettext("%(size)s GB", size=gigabytes))
    megabytes = format_decimal(size / 1e6, "0.#", locale=get_locale())
    return unbroken(gettext("%(size)s MB", size=megabytes))


def early_by(micros: int) -> str:
    """How early a press was: "0.4 s", above a minute "3 min 12 s", above an hour "2 h 5 min"."""
    return unbroken(_duration(micros))


def _duration(micros: int) -> str:
    seconds = micros / 1_000_000
    if seconds < 60:
        amount = max(seconds, 0.001)
        pattern = "0.#" if amount >= 0.1 else "0.###"
        return gettext(
            "%(seconds)s s", seconds=format_decimal(amount, pattern, locale=get_locale())
        )
    minutes = int(seconds) // 60
    if minutes < 60:
        return gettext("%(minutes)s min %(seconds)s s", minutes=minutes, seconds=int(seconds) % 60)
    return gettext("%(hours)s h %(minutes)s min", hours=minutes // 60, minutes=minutes % 60)


def language_name(language: str) -> str:
    """A language in its own words: français, العربية."""
    return Locale.parse(language).get_display_name()


def said(notice: Notice, part: str) -> str:
    """A part of the notice in the page's language; else marked as English."""
    own = get_locale().language
    text, language = notice.said(part, own)
    words = text if isinstance(text, str) else "\n".join(text)
    return words if language == own else Markup('<bdi lang="{}">{}</bdi>').format(language, words)


def gap() -> str:
    """The gap between two sentences: none in Chinese."""
    return "" if get_locale().language == "zh" else " "


def browser_words(browser: str) -> str:
    """A browser and its device: Safari on iPhone."""
    name, _, device = browser.partition("/")
    if name and device:
        return gettext("%(browser)s on %(device)s", browser=name, device=device)
    return name or device or gettext("unknown browser")


def speaking_limit(seconds: int) -> str:
    """A length of time: 3 minutes, or 90 seconds if it is not in whole minutes."""
    if seconds % 60 or not seconds:
        return ngettext("%(num)s second", "%(num)s seconds", seconds)
    return ngettext("%(num)s minute", "%(num)s minutes", seconds // 60)


def letter_rules(debate: Debate, delegation: Delegation) -> list[str]:
    """The requirements for this delegation's letter, for its author."""
    points = checklist(debate, delegation)
    return [sentence(point.wanted) for point in points if point.reason in _FOR_THE_WRITER]


def return_reasons(letter: Letter, debate: Debate, delegation: Delegation) -> list[str]:
    """Why a letter was returned: the ready-made sentences, then staff's own words."""
    missing = {point.reason: point.missing for point in checklist(debate, delegation)}
    said = [
        sentence(missing[code] if code in missing else told(Refusal(code)))
        for code in letter.reasons
    ]
    said = [each.replace("..", ".") for each in said]
    return [*said, letter.remark] if letter.remark else said


def unread_reasons(codes: Iterable[str]) -> list[str]:
    """Why a letter could not be read, by the codes of an inspection."""
    return [sentence(told(Refusal(code))) for code in codes]


def stamp_moment(micros: int) -> str:
    """A stamp as day and time of day in New York: Wed 19 March 2025, 9:30:00.412."""
    instant = from_micros(micros)
    return gettext("%(day)s, %(time)s", day=day(instant), time=clock_millis(instant))


def fact(value: Any) -> str:
    """A value of a journal entry on one line."""
    return value if isinstance(value, str) else canonical_json(value)


def delegation_name(delegation: Delegation) -> str:
    """The delegation's short name in the reader's language, kept as it is."""
    return untranslated(delegation.name(get_locale().language))


def actor_name(actor: str) -> str:
    """Who acted, as the journal stores it: the name alone of staff, the code of a delegation."""
    kind, _, name = actor.partition(":")
    return untranslated(name) if name else gettext(_WITHOUT_A_NAME.get(kind, kind))


def sentence(said: Sentence) -> str:
    """A sentence of the domain in the reader's language, with its values formatted."""
    values = {name: _value(name, value) for name, value in said.values.items()}
    if isinstance(said.text, Plural):
        number = said.values[said.text.by]
        return ngettext(said.text.one, str(said.text), number, **values)
    return gettext(said.text, **values)


def refusal(error: DomainError) -> str:
    """The sentence of a refusal, for the person who asked."""
    return sentence(error.sentence)


def _value(name: str, value: Any) -> str:
    return _BY_NAME[name](value) if name in _BY_NAME else _by_kind(name, value)


def _by_kind(name: str, value: Any) -> str:
    if isinstance(value, Sentence):
        return sentence(value)
    if isinstance(value, Delegation):
        return delegation_name(value)
    if isinstance(value, tuple):
        return joined(pgettext("between names", ", "), (_value("", each) for each in value))
    if isinstance(value, datetime):
        return moment(value)
    if isinstance(value, date):
        return day_words(value)
    if isinstance(value, ByteCount):
        return file_size(value)
    if isinstance(value, str):
        return apart(value) if name in _WORDS else untranslated(value)
    return str(value)


_BY_NAME = {
    "early_by": early_by,
    "from_second": clock_time,
    "language": lambda code: LANGUAGES.get(code, code),
}
"""Formats by name, for values whose kind does not tell how they are said."""
_WITHOUT_A_NAME = {str(ROSTRUM): S_("Rostrum"), str(COMMAND_LINE): S_("the command line")}
_WORDS = {"reason", "remark", "problem", "text", "value", "fault"}
"""Values that are somebody's words; all others that are text name something."""


def init_app(app: Flask) -> None:
    filters = (
        browser_words,
        clock_time,
        clock_on_day,
        clock_millis,
        millis_on_day,
        when,
        when_exactly,
        clock_minutes,
        day,
        short_day,
        moment,
        wall_time,
        iso,
        new_york_iso,
        stamp,
        file_size,
        unbroken,
        speaking_limit,
        language_name,
        said,
        zones,
        delegation_name,
        actor_name,
        stamp_moment,
        fact,
        sentence,
    )
    for function in filters:
        app.jinja_env.filters[function.__name__] = function
    app.jinja_env.filters |= {"micros": to_micros, "instant": from_micros}
    functions = (gap, letter_rules, return_reasons, time_form)
    app.jinja_env.globals |= {function.__name__: function for function in functions}
