"""Marks sentences for translation in code that does not know the reader's language."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any


def N_(text: str) -> str:  # noqa: N802  gettext's own name for "translate later"
    """The sentence itself; the extractor collects it, the web layer translates it."""
    return text


def S_(text: str) -> str:  # noqa: N802  as N_
    """The sentence itself, marked as read only by staff: fewer languages need it."""
    return text


class Plural(str):
    """A sentence whose words agree with a number; the extractor collects both its forms.

    As text it is the plural form, `one` is the singular; `by` names the number's placeholder.
    """

    one: str
    by: str

    def __new__(cls, one: str, many: str, by: str) -> Plural:
        both = super().__new__(cls, many)
        both.one, both.by = one, by
        return both


class StaffPlural(Plural):
    """A sentence that agrees with a number and that only staff read."""


@dataclass(frozen=True)
class Sentence:
    """A translatable sentence: a gettext msgid and the values of its placeholders.

    Values may be raw (datetimes, byte counts, delegations): the web layer puts them into the
    reader's form.
    """

    text: str
    values: dict[str, Any] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """TypeError if the value that chooses the form is not a number."""
        if isinstance(self.text, Plural) and not isinstance(self.values[self.text.by], int):
            raise TypeError(self.text.by)
