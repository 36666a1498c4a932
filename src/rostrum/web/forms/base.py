"""Forms used by several pages. They check only the shape; the rules are in the domain.

Every message is one sentence, which says what to do.
"""

from __future__ import annotations

import re
import secrets
from collections.abc import Iterable, Mapping

from flask_wtf import FlaskForm
from wtforms import (
    HiddenField,
    PasswordField,
    SelectMultipleField,
    StringField,
)
from wtforms.validators import (
    DataRequired,
)

from rostrum.domain.letters.checklist import ReturnReason
from rostrum.domain.order.places import GROUND_LABELS, Ground
from rostrum.domain.registrations.registration import Draft, Registration
from rostrum.domain.seen import Seen
from rostrum.domain.speakers import LEVEL_LABELS, SPEAKER_FIELDS, STATEMENT_LANGUAGE_LABELS, Speaker
from rostrum.web.forms.fields import (
    MAX_LINE,
    MAX_NAME,
    MAX_REASON,
    NEVER_SHOWN,
    SAMPLE_EMAIL,
    SAMPLE_PHONE,
    Fits,
    choice_field,
    choice_or_words_field,
    email_field,
    line_field,
    moment_field,
    phone_field,
    place_field,
    reason_field,
    tidy,
)
from rostrum.web.language.catalogs import get_locale, gettext, lazy_gettext

SUGGESTED_TITLES = {
    "en": ("H.E. Mr.", "H.E. Ms.", "Mr.", "Ms.", "Dr."),
    "fr": ("S. E. M.", "S. E. Mme", "M.", "Mme"),
    "es": ("Excmo. Sr.", "Excma. Sra.", "Sr.", "Sra."),
    "ru": ("Е.П. г-н", "Е.П. г-жа", "г-н", "г-жа"),
    "ar": ("سعادة السيد", "سعادة السيدة", "السيد", "السيدة"),
}
"""By language of the page; drafts of letters know them. Chinese sets its title behind a name and
has the English ones."""


class SpeakerForm(FlaskForm):
    """The speaker, and whom the mission may call."""

    @property
    def suggested_titles(self) -> tuple[str, ...]:
        """Forms of address as the reader's language has them."""
        return SUGGESTED_TITLES.get(get_locale().language, SUGGESTED_TITLES["en"])

    title = line_field(
        lazy_gettext("Form of address"),
        None,
        40,
        autocomplete="section-speaker honorific-prefix",
        list="titles",
    )
    name = line_field(
        lazy_gettext("Full name"), lazy_gettext("Give the speaker’s full name."),
        autocomplete="section-speaker name",
    )  # fmt: skip
    functional_title = line_field(
        lazy_gettext("Functional title"),
        lazy_gettext("Give the functional title, for example Minister for Foreign Affairs."),
        MAX_LINE,
        autocomplete="section-speaker organization-title",
    )
    level = choice_field(
        lazy_gettext("Level"),
        LEVEL_LABELS,
        lazy_gettext("Choose the speaker’s level."),
        none=lazy_gettext("Choose"),
    )
    language = choice_field(
        lazy_gettext("Language of the statement"),
        STATEMENT_LANGUAGE_LABELS,
        lazy_gettext("Choose the language of the statement."),
        none=lazy_gettext("Choose"),
    )
    on_behalf_of = line_field(
        lazy_gettext("On behalf of a group"), None, MAX_LINE, autocomplete="off"
    )
    contact_email = email_field(
        lazy_gettext("Contact e-mail"),
        lazy_gettext("Give an e-mail address, for example %(sample)s.", sample=SAMPLE_EMAIL),
        autocomplete="section-contact email",
    )
    contact_phone = phone_field(
        lazy_gettext("Contact phone"),
        lazy_gettext("Give a telephone number, for example %(sample)s.", sample=SAMPLE_PHONE),
        autocomplete="section-contact tel",
    )
    page = HiddenField(filters=[lambda text: re.sub("[^0-9a-f]", "", text or "")[:16]])
    seen = HiddenField()
    """The marks of the fields as the page showed them."""

    @classmethod
    def of(cls, details: Draft | Registration) -> SpeakerForm:
        """The form filled with the speaker, and with what is being typed; under a random name of
        its own."""
        typed = details.typed if isinstance(details, Draft) else {}
        values = details.speaker.as_dict() | typed
        form = cls(formdata=None, data=values | {"page": secrets.token_hex(3)})
        form.told = {name: form._problem(name) for name in typed if form._problem(name)}
        form.show(form.texts, form.told)
        return form

    told: Mapping[str, str] = {}
    """The problems of fields that were typed earlier and cannot stand on the list, by name."""

    def _problem(self, name: str) -> str:
        return "" if self[name].validate(self) else str(self[name].errors[0])

    @property
    def texts(self) -> dict[str, str]:
        """The fields as typed, tidied."""
        return {name: self[name].data or "" for name in SPEAKER_FIELDS}

    @property
    def marks(self) -> Seen | None:
        """The marks that the page carried; None from a page without."""
        return Seen.read(self.seen.data or "", SPEAKER_FIELDS)

    def take_over(self, details: Draft | Registration) -> None:
        """Fills each field that the page did not touch with its present value."""
        seen, typed = self.marks, details.typed if isinstance(details, Draft) else {}
        if seen is None:
            return
        present = {
            name: here
            for name, here in details.speaker.as_dict().items()
            if here and seen.shows(name, self.texts[name]) and typed.get(name) != self.texts[name]
        }
        for name, here in present.items():
            self[name].data, self[name].raw_data = here, [here]
        self.seen.data = seen.with_shown(present).written()

    def show(self, texts: Mapping[str, str], told: Iterable[str]) -> None:
        """Notes what the page that is sent now shows in its fields."""
        self.seen.data = Seen.of(texts, frozenset(told)).written()

    def speaker(self) -> Speaker:
        """The speaker as typed, after `validate`."""
        return Speaker(**{name: self[name].data for name in SPEAKER_FIELDS})


class DecisionForm(FlaskForm):
    """The points missing in a letter, and what else the delegation should read."""

    reasons = SelectMultipleField(choices=[reason.value for reason in ReturnReason], default=())
    remark = reason_field(lazy_gettext("In your own words"), rows=2)
    until = moment_field(lazy_gettext("New deadline"))
    """Asked for once the time for letters is over; empty if no new letter may come."""

    @property
    def marked(self) -> tuple[str, ...]:
        """The points marked as missing."""
        return tuple(self.reasons.data or ())


class ExtensionForm(FlaskForm):
    """The new deadline for one delegation's letter."""

    until = moment_field(lazy_gettext("New deadline"), lazy_gettext("Give a day and a time."))


class StrikeForm(FlaskForm):
    """The reason for striking a place."""

    reason = reason_field(
        lazy_gettext("Reason the delegation reads"),
        lazy_gettext("Say why it is struck: the delegation reads this."),
    )


class MoveForm(FlaskForm):
    """The place to which staff move a delegation, and why."""

    place = place_field()
    ground = choice_or_words_field(
        lazy_gettext("Reason"),
        {each: text for each, text in GROUND_LABELS.items() if each is not Ground.LIST},
        lazy_gettext("Choose a reason."),
    )
    reason = reason_field(lazy_gettext("In your own words"))
    order = HiddenField()
    """The `written_order` of the list that the page shows."""

    def validate(self, **extra: object) -> bool:
        """Also refuses a move without any reason, at the field for staff's own words."""
        is_good = super().validate(**extra)
        if not self.ground.data and not self.reason.data:
            self.reason.errors = [
                gettext("Choose a reason, or say it here: the delegation reads this.")
            ]
            return False
        return is_good


class LinkForm(FlaskForm):
    """A personal link, or a text with one in it."""

    link = StringField(
        lazy_gettext("Your personal link"),
        [DataRequired(lazy_gettext("Paste your link here."))],
        # The text is read as it came, because composing it may take long.
        filters=[lambda text: NEVER_SHOWN.sub("\ufffd", text or "").strip()],
        render_kw={"inputmode": "url", "autocomplete": "off", "autocapitalize": "none"}
        | {"spellcheck": "false"},
    )


class SignInForm(FlaskForm):
    """A member of staff signs in."""

    name = StringField(
        lazy_gettext("Name"),
        [DataRequired(lazy_gettext("Give your name.")), Fits(max=MAX_NAME)],
        filters=[tidy],
        render_kw={"autocomplete": "username", "autocapitalize": "none"},
    )
    password = PasswordField(
        lazy_gettext("Password"),
        [DataRequired(lazy_gettext("Give your password.")), Fits(max=MAX_REASON)],
        render_kw={"autocomplete": "current-password"},
    )


def problems_of(form: FlaskForm) -> dict[str, str]:
    """The first message of each field with a problem, by field name, in the form's order."""
    return {field.name: str(field.errors[0]) for field in form if field.errors}
