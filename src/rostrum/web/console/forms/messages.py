"""The forms of messages: to a part of the list, or to one delegation."""

from __future__ import annotations

from flask_wtf import FlaskForm
from wtforms import BooleanField, Field, HiddenField, StringField

from rostrum.actions.debates.messages import Wanted
from rostrum.domain.registrations.messages import MAX_MESSAGE, PARTS, TRANSLATED
from rostrum.domain.registrations.roll import SHOWN_LABELS, Shown
from rostrum.web.forms.fields import choice_field, line_field, moment_field, seen_number
from rostrum.web.language.catalogs import LANGUAGES, gettext, lazy_gettext

_OFFERED = {part: SHOWN_LABELS[part] for part in PARTS}


def _translated(language: str) -> StringField:
    way = {"lang": language, "dir": "rtl" if language == "ar" else "ltr"}
    return line_field(LANGUAGES[language], None, MAX_MESSAGE, autocomplete="off", **way)


class SentenceForm(FlaskForm):
    """A sentence, in which languages, and until when it stands."""

    text = line_field(
        lazy_gettext("Sentence"),
        lazy_gettext("Write the sentence that delegations read."),
        MAX_MESSAGE,
        autocomplete="off",
    )
    text_fr = _translated("fr")
    text_es = _translated("es")
    text_ru = _translated("ru")
    text_zh = _translated("zh")
    text_ar = _translated("ar")
    ends_at = moment_field(lazy_gettext("Until"), list="moments")
    seen = HiddenField(default="0")

    @property
    def seen_changes(self) -> int:
        """How many messages were sent and withdrawn when the page was made."""
        return seen_number(self.seen)

    @property
    def translated(self) -> dict[str, Field]:
        """The fields for the other languages."""
        return {language: self[f"text_{language}"] for language in TRANSLATED}

    def translations(self) -> dict[str, str]:
        return {language: field.data or "" for language, field in self.translated.items()}

    def to_one(self, delegation_id: int) -> Wanted:
        """The message to one delegation, after `validate`."""
        return Wanted(
            self.text.data,
            delegation_id=delegation_id,
            ends_at=self.ends_at.instant,
            translations=self.translations(),
        )


class MessageForm(SentenceForm):
    """A message to all delegations or to a part of the list."""

    part = choice_field(
        lazy_gettext("To"), _OFFERED, lazy_gettext("Choose to whom it goes."), default=Shown.ALL
    )
    is_public = BooleanField(lazy_gettext("Show it on the public list too"))

    def offer(self, counts: dict[Shown, int]) -> MessageForm:
        """The same form, whose parts tell how many are in each; the empty ones are left out."""
        all_of_them = [(Shown.ALL, gettext("All delegations"))]
        chosen = self.part.data
        self.part.choices = all_of_them + [
            (part, f"{gettext(label)} ({counts[part]})")
            for part, label in _OFFERED.items()
            if part is not Shown.ALL and (counts[part] or part == chosen)
        ]
        return self

    def to_part(self) -> Wanted:
        """The message to the chosen part, after `validate`."""
        return Wanted(
            self.text.data,
            part=Shown(self.part.data),
            is_public=self.is_public.data,
            ends_at=self.ends_at.instant,
            translations=self.translations(),
        )
