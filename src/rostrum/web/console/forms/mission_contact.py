"""The shape of what staff type about the mission itself."""

from __future__ import annotations

from rostrum.domain.debates.mission_contact import PARTS, MissionContact
from rostrum.web.console.forms.merging import MergedForm
from rostrum.web.forms.fields import MAX_LINE, email_field, line_field, phone_field
from rostrum.web.language.catalogs import lazy_gettext


class MissionContactForm(MergedForm):
    """Who runs the debates, and how to reach the mission; all may be left empty."""

    name = line_field(
        lazy_gettext("Name of the mission"), None, MAX_LINE, autocomplete="organization"
    )
    phone = phone_field(lazy_gettext("Telephone"), autocomplete="off")
    email = email_field(lazy_gettext("E-mail"), autocomplete="off")
    duty_officer = line_field(
        lazy_gettext("Duty officer on the day"), None, MAX_LINE, autocomplete="off"
    )

    @classmethod
    def of(cls, contact: MissionContact) -> MissionContactForm:
        """The form filled with what is set."""
        return cls(formdata=None, data=vars(contact)).show()

    def contact(self) -> MissionContact:
        """What was typed, after `validate`."""
        return MissionContact(**{part: self[part].data or "" for part in PARTS})
