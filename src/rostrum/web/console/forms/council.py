"""The form for the speaker of a Council member: any part may be missing until it is known."""

from __future__ import annotations

from rostrum.domain.order.council import SPEAKER_PARTS, Member, speaker_parts
from rostrum.domain.speakers import LEVEL_LABELS, STATEMENT_LANGUAGE_LABELS, Speaker
from rostrum.web.console.forms.merging import MergedForm
from rostrum.web.forms.base import SUGGESTED_TITLES
from rostrum.web.forms.fields import MAX_LINE, line_field, optional_choice_field
from rostrum.web.language.catalogs import get_locale, lazy_gettext

NOT_KNOWN = lazy_gettext("Not known yet")


class CouncilSpeakerForm(MergedForm):
    """The speaker of one member."""

    title = line_field(lazy_gettext("Form of address"), None, 40, autocomplete="off", list="titles")
    name = line_field(lazy_gettext("Full name"), None, autocomplete="off")
    functional_title = line_field(
        lazy_gettext("Functional title"), None, MAX_LINE, autocomplete="off"
    )
    level = optional_choice_field(
        lazy_gettext("Level"), LEVEL_LABELS, lazy_gettext("Choose the speaker’s level."), NOT_KNOWN
    )
    language = optional_choice_field(
        lazy_gettext("Language of the statement"),
        STATEMENT_LANGUAGE_LABELS,
        lazy_gettext("Choose the language of the statement."),
        NOT_KNOWN,
    )
    on_behalf_of = line_field(
        lazy_gettext("On behalf of a group"), None, MAX_LINE, autocomplete="off"
    )

    @classmethod
    def of(cls, member: Member) -> CouncilSpeakerForm:
        """The form filled with what is known."""
        return cls(formdata=None, data=speaker_parts(member.speaker)).show()

    @property
    def suggested_titles(self) -> tuple[str, ...]:
        """Forms of address as the reader's language has them."""
        return SUGGESTED_TITLES.get(get_locale().language, SUGGESTED_TITLES["en"])

    def speaker(self) -> Speaker:
        """The speaker as typed, after `validate`."""
        return Speaker(**{name: self[name].data or "" for name in SPEAKER_PARTS})
