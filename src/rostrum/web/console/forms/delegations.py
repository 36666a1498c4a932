"""The forms that staff fill in about a delegation."""

from __future__ import annotations

from base64 import b64decode
from collections.abc import Iterable

from email_validator import EmailNotValidError, validate_email
from wtforms import StringField, TextAreaField
from wtforms.validators import ValidationError

from rostrum.domain.delegations.contacts import addresses_in
from rostrum.domain.delegations.delegation import BASIS_LABELS, LANGUAGES, Basis, Delegation
from rostrum.domain.delegations.table import Change
from rostrum.domain.sentences import N_, Sentence
from rostrum.web.console.forms.merging import MergedForm
from rostrum.web.forms.fields import (
    MAX_LINE,
    MAX_REASON,
    choice_field,
    line_field,
    text_field,
)
from rostrum.web.language.catalogs import gettext, lazy_gettext

MAX_CONTACTS = 10


def _name(label: str, needed: str | None = None) -> StringField:
    return line_field(label, needed, MAX_LINE, maxlength=MAX_LINE)


class DelegationForm(MergedForm):
    """Names in six languages, basis, and contacts."""

    code = _name(lazy_gettext("Code"))
    name_en = _name(lazy_gettext("Name in English"), lazy_gettext("Give the name in English."))
    name_fr = _name(lazy_gettext("Name in French"))
    name_es = _name(lazy_gettext("Name in Spanish"))
    name_ru = _name(lazy_gettext("Name in Russian"))
    name_zh = _name(lazy_gettext("Name in Chinese"))
    name_ar = _name(lazy_gettext("Name in Arabic"))
    basis = choice_field(
        lazy_gettext("Takes part under"),
        BASIS_LABELS,
        lazy_gettext("Choose the basis."),
        default=Basis.RULE_39.value,
    )
    contacts = text_field(lazy_gettext("E-mail addresses"), longest=MAX_REASON)

    def validate_contacts(self, _field: TextAreaField) -> None:
        lines = self.addresses
        if len(lines) > MAX_CONTACTS:
            raise ValidationError(gettext("Give %(max)s addresses at most.", max=MAX_CONTACTS))
        for line in lines:
            if not _is_address(line):
                raise ValidationError(
                    gettext("“%(line)s” is not an e-mail address. Give one a line.", line=line)
                )

    @property
    def addresses(self) -> tuple[str, ...]:
        """The addresses in what was typed."""
        return addresses_in(self.contacts.data or "")

    @classmethod
    def of(cls, delegation: Delegation) -> DelegationForm:
        """The form filled from the delegation."""
        known = {f"name_{each}": delegation.names.get(each, "") for each in LANGUAGES}
        known |= {"code": delegation.code, "basis": delegation.basis.value}
        known["contacts"] = "\n".join(delegation.contacts)
        return cls(formdata=None, data=known).show()

    def delegation(self, delegation_id: int = 0) -> Delegation:
        """The delegation as typed, after `validate`."""
        names = {each: self[f"name_{each}"].data for each in LANGUAGES}
        given = {language: name for language, name in names.items() if name}
        code = (self.code.data or "").upper()
        return Delegation(delegation_id, code, given, Basis(self.basis.data), self.addresses)


def check_addresses(changes: Iterable[Change]) -> tuple[tuple[int, Sentence], ...]:
    """The lines of a table that contain something other than an e-mail address."""
    wrong = N_("“%(address)s” is not an e-mail address.")
    return tuple(
        (change.line, Sentence(wrong, {"address": address}))
        for change in changes
        for address in change.delegation.contacts
        if not _is_address(address)
    )


def _is_address(text: str) -> bool:
    try:
        validate_email(text, check_deliverability=False)
    except EmailNotValidError:
        return False
    return True


def from_base64(text: str) -> bytes:
    """The file that a preview carried, in Base64 because forms change line ends; none if it is not
    one."""
    try:
        content = b64decode(text, validate=True)
        content.decode("utf-16" if content[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8")
    except ValueError:
        return b""
    return content
