"""The forms that admins fill in about a debate; `forms` has what all forms share."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from flask_wtf import FlaskForm
from wtforms import BooleanField, HiddenField
from wtforms.validators import DataRequired

from rostrum.domain.debates.debate import Debate, Notice, OrderPolicy, Translation, Visibility
from rostrum.domain.debates.settings import ORDER_LABELS, VISIBILITY_LABELS
from rostrum.domain.registrations.pretending import COUNTS
from rostrum.domain.sentences import S_
from rostrum.web.console.forms.merging import MergedForm
from rostrum.web.forms.fields import (
    MAX_LINE,
    HoursField,
    LinesField,
    count_field,
    line_field,
    minutes_field,
    moment_field,
    reason_field,
    select_field,
    text_field,
    tidy,
    wall_time,
)
from rostrum.web.language.catalogs import lazy_gettext


class DebateForm(MergedForm):
    """A debate: when, what, by which rules."""

    asides = frozenset({"reason", "sure"})

    starts_at = moment_field(
        lazy_gettext("The meeting starts"), lazy_gettext("Say when the meeting starts.")
    )
    opens_at = moment_field(
        lazy_gettext("The list opens"), lazy_gettext("Say when the list opens.")
    )
    sure = BooleanField(lazy_gettext("Save it all the same"))
    """Shown once a time is asked about."""
    reason = reason_field(lazy_gettext("Reason the delegations read"), rows=2)
    closes_at = moment_field(lazy_gettext("The list closes"))
    letter_deadline = moment_field(lazy_gettext("Letters are due"))

    title = line_field(lazy_gettext("Title"), lazy_gettext("Give the debate’s title."), MAX_LINE)
    short_title = line_field(lazy_gettext("Short title"), lazy_gettext("Give a short title."), 60)
    item = line_field(lazy_gettext("Agenda item"), lazy_gettext("Give the agenda item."), MAX_LINE)
    venue = line_field(lazy_gettext("Venue"), lazy_gettext("Say where the meeting is."), MAX_LINE)
    presidency = line_field(
        lazy_gettext("Presidency"), lazy_gettext("Say which country presides."), MAX_LINE
    )
    chair = line_field(lazy_gettext("Chair"), lazy_gettext("Say who chairs."), MAX_LINE)
    briefers = text_field(lazy_gettext("Briefers"), None, LinesField)
    theme = text_field(lazy_gettext("What the debate is about"), rows=5)
    guiding_questions = text_field(lazy_gettext("Guiding questions"), None, LinesField, 6)
    slug = line_field(lazy_gettext("Address"), None, 80, autocapitalize="none", spellcheck="false")

    order_policy = select_field(lazy_gettext("Order of the list"), ORDER_LABELS)
    speaking_limit = minutes_field(
        lazy_gettext("Statement, minutes"), lazy_gettext("Say how long a statement may be.")
    )
    changeover = count_field(
        lazy_gettext("Change of speakers, seconds"), lazy_gettext("Give a number of seconds.")
    )
    briefer_limit = minutes_field(
        lazy_gettext("Briefing, minutes"), lazy_gettext("Say how long a briefing may be.")
    )
    member_limit = minutes_field(lazy_gettext("Statement of a Council member, minutes"))
    group_limit = minutes_field(lazy_gettext("Statement for a group, minutes"))
    meeting_hours = HoursField(
        lazy_gettext("Meeting hours"),
        [DataRequired(lazy_gettext("Say between which hours the Council meets."))],
        filters=[tidy],
    )
    visibility = select_field(lazy_gettext("Who sees the list"), VISIBILITY_LABELS)
    swaps_need_approval = BooleanField(lazy_gettext("Swaps need the Presidency’s approval"))
    retention_days = count_field(
        lazy_gettext("Keep letters and contacts, days"),
        lazy_gettext("Give a number of days."),
        needed=False,
    )

    @classmethod
    def of(cls, debate: Debate, *, is_copy: bool = False) -> DebateForm:
        """The form filled from a debate; a copy needs times and a slug of its own."""
        data = {name: getattr(debate.notice, name) for name in _WORDS}
        data |= {name: "\n".join(getattr(debate.notice, name)) for name in _LINES}
        data |= {name: wall_time(getattr(debate, name)) for name in _MOMENTS}
        data |= {name: _in_minutes(getattr(debate, name)) for name in _MINUTES}
        data |= {name: getattr(debate, name) for name in _SAME}
        hours = (f"{start:%H:%M}–{end:%H:%M}" for start, end in debate.meeting_hours)
        data |= {"meeting_hours": ", ".join(hours), "changeover": str(debate.changeover)}
        data["retention_days"] = "" if debate.retention_days is None else str(debate.retention_days)
        if is_copy:
            data |= dict.fromkeys(_MOMENTS, "") | {"slug": ""}
        form = cls(formdata=None, data=data)
        for name in () if is_copy else _MOMENTS:
            form[name].instant = getattr(debate, name)
        return form.show()

    def new_debate(self, source: Debate | None) -> Debate:
        """The debate as typed, after `validate`; the rest is as in `source`."""
        translations = source.notice.translations if source else ()
        moments = {name: self[name].instant for name in _MOMENTS}
        return Debate(id=0, notice=self._notice(translations), **moments, **self._settings())

    def applied_to(self, debate: Debate) -> Debate:
        """The debate with the typed values in place of its own, after `validate`."""
        values = self._settings() | {"notice": self._notice(debate.notice.translations)}
        values |= {name: self[name].kept(getattr(debate, name)) for name in _MOMENTS}
        values["slug"] = values["slug"] or debate.slug
        return replace(debate, **values)

    def _notice(self, translations: tuple[Translation, ...]) -> Notice:
        words = {name: self[name].data for name in _WORDS}
        lines = {name: self[name].lines for name in _LINES}
        return Notice(**words, **lines, translations=translations)

    def _settings(self) -> dict[str, Any]:
        days = self.retention_days.data
        minutes = {name: self[name].seconds for name in _MINUTES}
        return minutes | {
            "slug": self.slug.data,
            "order_policy": OrderPolicy(self.order_policy.data),
            "visibility": Visibility(self.visibility.data),
            "swaps_need_approval": self.swaps_need_approval.data,
            "changeover": int(self.changeover.data),
            "meeting_hours": self.meeting_hours.hours,
            "retention_days": int(days) if days else None,
        }


_WORDS = ("title", "short_title", "item", "venue", "presidency", "chair", "theme")
_TRANSLATED = ("title", "item", "chair", "theme")
_LINES = ("briefers", "guiding_questions")
_MOMENTS = ("starts_at", "opens_at", "closes_at", "letter_deadline")
_MINUTES = ("speaking_limit", "briefer_limit", "member_limit", "group_limit")
_SAME = ("slug", "order_policy", "visibility", "swaps_need_approval")


def _in_minutes(seconds: int | None) -> str:
    return "" if seconds is None else f"{seconds / 60:g}"


class TranslationForm(MergedForm):
    """The notice in another language; empty parts are shown in English."""

    title = line_field(lazy_gettext("Title"), None, MAX_LINE)
    item = line_field(lazy_gettext("Agenda item"), None, MAX_LINE)
    chair = line_field(lazy_gettext("Chair"), None, MAX_LINE)
    briefers = text_field(lazy_gettext("Briefers"), None, LinesField)
    theme = text_field(lazy_gettext("What the debate is about"), rows=5)
    guiding_questions = text_field(lazy_gettext("Guiding questions"), None, LinesField, 6)

    @classmethod
    def of(cls, words: Translation) -> TranslationForm:
        """The form filled with what is written in this language."""
        data = vars(words) | {name: "\n".join(getattr(words, name)) for name in _LINES}
        return cls(formdata=None, data=data).show()

    def write_in(self, language: str) -> None:
        """Marks the fields as being in this language; their labels stay in the page's."""
        way = {"lang": language, "dir": "rtl" if language == "ar" else "ltr"}
        for name in (*_TRANSLATED, *_LINES):
            self[name].render_kw = self[name].render_kw | way

    def translation(self, language: str) -> Translation:
        """The words as typed, after `validate`."""
        words = {name: self[name].data for name in _TRANSLATED}
        return Translation(language, **words, **{name: self[name].lines for name in _LINES})


class CouncilForm(FlaskForm):
    """Which delegations are Council members; the template makes the boxes."""

    seen = HiddenField()
    """The codes of those that were when the page was made, with blanks between."""

    def merged(self, marked: frozenset[str], present: frozenset[str]) -> frozenset[str]:
        """The present members, with whom the page marked and without whom it unmarked."""
        seen = frozenset((self.seen.data or "").split())
        return (present | marked - seen) - (seen - marked)


class StepForm(FlaskForm):
    """A step of a debate: why, and for some steps the new dates."""

    reason = reason_field(lazy_gettext("Reason the delegations read"), rows=2)
    starts_at = moment_field(lazy_gettext("The meeting starts"))
    opens_at = moment_field(lazy_gettext("The list opens"))
    sure = BooleanField(lazy_gettext("Save it all the same"))


_PRETEND = {str(count): str(count) for count in COUNTS}


class RehearsalForm(FlaskForm):
    """How soon the list of a rehearsal opens, and how many delegations register by themselves."""

    minutes = count_field(
        lazy_gettext("Minutes until its list opens"),
        lazy_gettext("Give the minutes until the list opens, 1 to 1440."),
    )
    pretend = select_field(
        lazy_gettext("Delegations that register by themselves"), {"0": S_("None")} | _PRETEND
    )


class PretendForm(FlaskForm):
    """How many delegations register by themselves in this rehearsal."""

    pretend = select_field(lazy_gettext("Delegations that register by themselves"), _PRETEND)
