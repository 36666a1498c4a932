"""The shape of what staff type about the mission itself."""

from __future__ import annotations

from flask_wtf import FlaskForm
from wtforms.validators import Email, Optional

from rostrum.domain.debates.mission_contact import PARTS, MissionContact
from rostrum.domain.delegations.contacts import clean_phone, one_address
from rostrum.web.forms.base import MAX_PHONE
from rostrum.web.forms.fields import MAX_LINE, line_field, tidy
from rostrum.web.language.catalogs import lazy_gettext


class MissionContactForm(FlaskForm):
    """Who runs the debates, and how to reach the mission; all may be left empty."""

    name = line_field(
        lazy_gettext("Name of the mission"), None, MAX_LINE, autocomplete="organization"
    )
    phone = line_field(
        lazy_gettext("Telephone"), None, MAX_PHONE, filters=[tidy, clean_phone], type="tel",
        autocomplete="off",
    )  # fmt: skip
    email = line_field(
        lazy_gettext("E-mail"), None, MAX_LINE, filters=[tidy, one_address], type="email",
        autocomplete="off",
        checks=[
            Optional(),
            Email(
                lazy_gettext("This is not an e-mail address. One looks like name@mission.example.")
            ),
        ],
    )  # fmt: skip
    duty_officer = line_field(
        lazy_gettext("Duty officer on the day"), None, MAX_LINE, autocomplete="off"
    )

    @classmethod
    def of(cls, contact: MissionContact) -> MissionContactForm:
        """The form filled with what is set."""
        return cls(formdata=None, data=vars(contact))

    def contact(self) -> MissionContact:
        """What was typed, after `validate`."""
        return MissionContact(**{part: self[part].data or "" for part in PARTS})
