"""The forms that staff fill in about what a delegation asked them, or sent them."""

from __future__ import annotations

from flask_wtf import FlaskForm
from wtforms import BooleanField, HiddenField

from rostrum.domain.registrations.on_behalf import Request
from rostrum.domain.registrations.registration import CHANNEL_LABELS
from rostrum.domain.speakers import SPEAKER_FIELDS, Speaker
from rostrum.web.forms.base import SpeakerForm
from rostrum.web.forms.fields import choice_or_words_field, moment_field, reason_field
from rostrum.web.language.catalogs import gettext, lazy_gettext


class EntryForm(FlaskForm):
    """How and when the request came."""

    channel = choice_or_words_field(
        lazy_gettext("How the request came"),
        CHANNEL_LABELS,
        lazy_gettext("Choose how the request came."),
    )
    reason = reason_field(lazy_gettext("In your own words"))
    received_at = moment_field(lazy_gettext("When it came, New York"), step=1)
    letter_follows = BooleanField(lazy_gettext("The letter follows"))
    idempotency_key = HiddenField()
    """Which attempt of the delegation this is: a form sent twice gives one place."""

    def validate(self, **extra: object) -> bool:
        """Also refuses an entry without any reason, at the field for staff's own words."""
        is_good = super().validate(**extra)
        if not self.channel.data and not self.reason.data:
            self.reason.errors = [
                gettext("Choose how the request came, or say it here: the delegation reads this.")
            ]
            return False
        return is_good

    def request(self, speaker: Speaker | None) -> Request:
        """The request as typed, after `validate`."""
        return Request(self.channel.data, self.reason.data, self.received_at.instant, speaker)


class LetterForm(FlaskForm):
    """When the files came that staff put in; the files themselves are read from the request."""

    received_at = moment_field(lazy_gettext("When it came, New York"))


class WithdrawalForm(FlaskForm):
    """Who asked for the place to be given up, and how."""

    reason = reason_field(
        lazy_gettext("Who asked for it, and how"),
        lazy_gettext("Say who asked for it, and how: the delegation reads this."),
    )


def is_blank(form: SpeakerForm) -> bool:
    """Whether nothing was typed about the speaker."""
    return not any(form[name].data for name in SPEAKER_FIELDS)
