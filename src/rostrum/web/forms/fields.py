"""Parts of forms: tidying and checking typed text, and kinds of fields.

Lines, texts, reasons, numbers, choices, New York wall times, time spans, hours.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime, time
from typing import Any

from flask_wtf import FlaskForm
from wtforms import HiddenField, SelectField, StringField, TextAreaField
from wtforms.fields import SelectChoice
from wtforms.validators import (
    DataRequired,
    Email,
    Length,
    Optional,
    Regexp,
    StopValidation,
    ValidationError,
)

from rostrum.domain.delegations.contacts import clean_phone, is_phone, one_address
from rostrum.domain.errors import RuleBroken
from rostrum.domain.texts import (
    LONGEST,
    character_name,
    cleaned,
    find_deceptive,
    whole_number,
)
from rostrum.domain.times import NEW_YORK, one_instant
from rostrum.web.language.catalogs import gettext, lazy_gettext, lazy_isolated, ngettext
from rostrum.web.language.formats import refusal

MAX_NAME, MAX_LINE, MAX_REASON = 120, 200, 1000
MAX_TEXT = LONGEST
SAMPLE_EMAIL = lazy_isolated("name@mission.example")
SAMPLE_PHONE = lazy_isolated("+1\u00a0212\u00a0555\u00a00100")
"""On one line, and from the left on every page."""
MAX_PHONE = 80
"""Room for two numbers, each with its extension."""
MAX_HOURS = 200
DAY = 24 * 60 * 60
_HOURS = re.compile(r"(\d{1,2}):(\d\d)\s*[-–]\s*(\d{1,2}):(\d\d)")
NEVER_SHOWN = re.compile(r"[\0-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufdd0-\ufdef\ufffe\uffff]")
"""Characters that HTML does not allow, not even escaped."""


def tidy(text: str | None) -> str:
    """One line of text, cleaned; characters that no page can show become U+FFFD."""
    return _shown(cleaned(text or ""))


def tidy_lines(text: str | None) -> str:
    """Several lines of text, cleaned; characters that no page can show become U+FFFD."""
    return _shown(cleaned(text or "", has_lines=True))


def _shown(text: str) -> str:
    return NEVER_SHOWN.sub("\ufffd", text)


class Honest:
    """Refuses a character that makes the text look like something else, and names it.

    It checks the text as sent, because the field's own data has lost what no page can show.
    """

    def __call__(self, _form: FlaskForm, field: StringField) -> None:
        sent = next(iter(field.raw_data or ()), field.data) or ""
        text = cleaned(sent, has_lines=isinstance(field, TextAreaField))
        if not text and field.flags.required:
            text = sent.strip()  # All of it may be invisible: then that is said.
        if bad := find_deceptive(text):
            raise StopValidation(
                gettext(
                    "%(field)s has a character that cannot be printed on the list (%(character)s). "
                    "Take it out.",
                    field=field.label.text,
                    character=character_name(bad),
                )
            )


class Fits(Length):
    """Refuses a text that is too long for the list, and says how long it is.

    The field itself takes any length, because a browser would cut off pasted text without a word.
    No later check sees a text that is too long.
    """

    def __init__(self, max: int) -> None:
        super().__init__(max=max)
        self.field_flags = {}

    def __call__(self, _form: FlaskForm, field: StringField) -> None:
        length = len(field.data or "")
        if length > self.max:
            raise StopValidation(
                ngettext(
                    "%(field)s has %(length)s character; there is room for %(max)s.",
                    "%(field)s has %(length)s characters; there is room for %(max)s.",
                    length,
                    field=field.label.text,
                    length=length,
                    max=self.max,
                )
            )


def wall_time(instant: datetime | None) -> str:
    """New York wall time as a field for day and time shows it; "" for None."""
    if instant is None:
        return ""
    local = instant.astimezone(NEW_YORK)
    return f"{local:%Y-%m-%dT%H:%M:%S}" if local.second else f"{local:%Y-%m-%dT%H:%M}"


class MomentField(StringField):
    """A day and a time in New York; `instant` is its value, None while it is empty."""

    instant: datetime | None = None

    def pre_validate(self, _form: FlaskForm) -> None:
        if not self.data:
            return
        try:
            typed = datetime.fromisoformat(self.data).replace(tzinfo=None)
            self.instant = one_instant(self.name, typed)
        except RuleBroken as refused:
            raise ValidationError(refusal(refused)) from None
        except (ValueError, OverflowError):
            example = gettext("Give a day and a time, for example 2025-03-21 18:00.")
            raise ValidationError(example) from None

    def kept(self, stored: datetime | None) -> datetime | None:
        """The stored instant if the field still shows it, since a field shows no fractions."""
        return stored if self.data == wall_time(stored) else self.instant


class MinutesField(StringField):
    """A time span in minutes, fractions allowed; `seconds` is its value."""

    seconds: int | None = None

    def pre_validate(self, _form: FlaskForm) -> None:
        if not self.data:
            return
        try:
            self.seconds = round(float(self.data.replace(",", ".")) * 60)
        except (ValueError, OverflowError):
            self.seconds = 0
        if not 0 < self.seconds <= DAY:
            raise ValidationError(gettext("Give a number of minutes, for example 3 or 2.5."))


class HoursField(StringField):
    """Hours of a day on one line, for example 10:00–13:00, 15:00–18:00."""

    hours: tuple[tuple[time, time], ...] = ()

    def pre_validate(self, _form: FlaskForm) -> None:
        text = (self.data or "")[:MAX_HOURS]
        found = [_HOURS.fullmatch(part.strip()) for part in text.split(",")]
        try:
            self.hours = tuple((time(int(m[1]), int(m[2])), time(int(m[3]), int(m[4])))
                               for m in found)  # fmt: skip
        except (ValueError, TypeError):
            example = gettext("Give hours from and to, for example 10:00–13:00, 15:00–18:00.")
            raise ValidationError(example) from None


class LinesField(TextAreaField):
    """One value per line; empty lines are ignored."""

    @property
    def lines(self) -> tuple[str, ...]:
        return tuple(line.strip() for line in (self.data or "").splitlines() if line.strip())


def seen_number(field: HiddenField) -> int:
    """The number that the page carried; -1, which never matches, for anything else."""
    number = whole_number(field.data)
    return -1 if number is None else number


def line_field(name: str, needed: str | None, length: int = MAX_NAME, **arguments) -> StringField:
    first = DataRequired(needed) if needed else Optional()
    checks = [Honest(), first, Fits(max=length), *arguments.pop("checks", [])]
    filters = arguments.pop("filters", [tidy])
    return StringField(name, checks, filters=filters, render_kw=arguments)


def email_field(label: str, needed: str | None = None, **arguments: str) -> StringField:
    """One e-mail address, taken out of what mail programs write around it."""
    wrong = lazy_gettext(
        "This is not an e-mail address. One looks like %(sample)s.", sample=SAMPLE_EMAIL
    )
    filters = [tidy, one_address]
    return line_field(
        label, needed, MAX_LINE, checks=[Email(wrong)], filters=filters, type="email", **arguments
    )


def phone_field(label: str, needed: str | None = None, **arguments: str) -> StringField:
    """A telephone number, with what people write beside it."""
    filters = [tidy, clean_phone]
    return line_field(
        label, needed, MAX_PHONE, checks=[_check_phone], filters=filters, type="tel", **arguments
    )


def _check_phone(_form: FlaskForm, field: StringField) -> None:
    if not is_phone(field.data):
        message = gettext(
            "This is not a telephone number. One looks like %(sample)s.", sample=SAMPLE_PHONE
        )
        raise ValidationError(message)


def text_field(
    label: str,
    needed: str | None = None,
    kind: type[TextAreaField] = TextAreaField,
    rows: int = 3,
    longest: int = MAX_TEXT,
) -> TextAreaField:
    """A text of several lines, or with `kind` a field with one value per line."""
    first = DataRequired(needed) if needed else Optional()
    checks = [Honest(), first, Fits(max=longest)]
    return kind(label, checks, filters=[tidy_lines], render_kw={"rows": rows})


def reason_field(label: str, needed: str | None = None, rows: int = 3) -> TextAreaField:
    """Words of staff; `needed` is the message if they are missing. Without it, they are optional or
    a rule decides."""
    return text_field(label, needed, rows=rows, longest=MAX_REASON)


def moment_field(label: str, needed: str | None = None, **arguments: object) -> MomentField:
    """A day and a time in New York."""
    first = DataRequired(needed) if needed else Optional()
    looks = {"type": "datetime-local"} | arguments
    return MomentField(label, [first], filters=[tidy], render_kw=looks)


def minutes_field(label: str, needed: str | None = None) -> MinutesField:
    """A time span in minutes."""
    first = DataRequired(needed) if needed else Optional()
    return MinutesField(label, [first], filters=[tidy], render_kw={"inputmode": "decimal"})


def count_field(label: str, sentence: str, needed: bool = True, **arguments: object) -> StringField:
    """A whole number; `sentence` says what to enter."""
    first = DataRequired(sentence) if needed else Optional()
    checks = [first, Regexp(r"^\d{1,4}$", message=sentence)]
    looks = {"inputmode": "numeric"} | arguments
    return StringField(label, checks, filters=[tidy], render_kw=looks)


def place_field() -> StringField:
    """The place in the list to which a delegation moves."""
    needed = lazy_gettext("Give the number of the new place.")
    return count_field(lazy_gettext("New place"), needed, type="number", min=1)


def select_field(label: str, labels: Mapping[str, str]) -> SelectField:
    """One of a few values with their labels; one is always chosen."""
    return SelectField(label, [DataRequired()], choices=_choices(labels))


def choice_field(
    label: str, labels: Mapping[str, str], wrong: str, none: str | None = None, default: str = ""
) -> SelectField:
    """One of a few values with their labels, else the message `wrong`. The label for none of them,
    `none`, comes first if there is one."""
    return _choice(
        label,
        checks=[DataRequired(wrong)],
        labels=labels,
        wrong=wrong,
        none=none,
        default=default,
    )


def choice_or_words_field(label: str, labels: Mapping[str, str], wrong: str) -> SelectField:
    """One of a few values with their labels, or none if own words take its place."""
    return optional_choice_field(label, labels, wrong, lazy_gettext("In your own words"))


def optional_choice_field(
    label: str, labels: Mapping[str, str], wrong: str, none: str
) -> SelectField:
    """One of a few values with their labels, or `none` of them."""
    checks = [Optional()]
    return _choice(label, checks=checks, labels=labels, wrong=wrong, none=none, default="")


def _choice(
    label: str,
    *,
    checks: list[Any],
    labels: Mapping[str, str],
    wrong: str,
    none: str | None,
    default: str,
) -> SelectField:
    def check_is_one(_form: FlaskForm, field: SelectField) -> None:
        if field.data not in labels:
            raise ValidationError(wrong)

    choices = ([SelectChoice("", none)] if none else []) + _choices(labels)
    checks = [*checks, check_is_one]
    return SelectField(label, checks, choices=choices, validate_choice=False, default=default)


def _choices(labels: Mapping[str, str]) -> list[SelectChoice]:
    return [SelectChoice(str(value), lazy_gettext(text)) for value, text in labels.items()]
