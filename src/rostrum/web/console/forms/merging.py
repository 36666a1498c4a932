"""Forms that several people fill in at once: nobody's change undoes another's.

The page carries a mark of each field as it showed it (`Seen`). A field that was not touched there
takes what others wrote meanwhile. One that both changed is shown with both texts and the name of
who wrote the other: sent again it stays as typed, unless the other text is chosen.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Self

from flask import request
from flask_wtf import FlaskForm
from wtforms import BooleanField, Field, HiddenField, SelectField

from rostrum.domain.errors import Conflict
from rostrum.domain.journal.chain import Entry
from rostrum.domain.seen import Seen
from rostrum.domain.times import from_micros
from rostrum.web.errors import STATUS
from rostrum.web.forms.fields import MomentField
from rostrum.web.language.catalogs import gettext
from rostrum.web.language.formats import actor_name, moment

FindAuthor = Callable[[str], Entry | None]
"""The entry of the journal that last changed a field of this name."""


@dataclass(frozen=True)
class Theirs:
    """What somebody else wrote into a field that this page changed too."""

    text: str
    who: str
    at: datetime | None


class MergedForm(FlaskForm):
    """A form whose fields are merged with what others saved since its page was made."""

    seen = HiddenField()
    """The marks of the fields as the page showed them."""
    asides: frozenset[str] = frozenset()
    """Fields that belong to the saving and not to what is saved."""
    is_contested = False
    """After `merge`: whether both changed a field."""

    def show(self) -> Self:
        """Notes that the page shows the fields as they are now."""
        self.seen.data = self._marks().written()
        return self

    def merge(self, present: Self, author: FindAuthor) -> None:
        """Before `validate`: takes over what is `present` and was not touched here."""
        names = self._names()
        seen = Seen.read(self.seen.data or "", names) or Seen.of(dict.fromkeys(names, ""))
        chosen = request.form.getlist("theirs")
        for name in names:
            mine, theirs = _text(self[name]), _text(present[name])
            if name in chosen or seen.shows(name, mine):
                self[name].data, self[name].raw_data = present[name].data, [theirs]
            elif mine != theirs and not seen.shows(name, theirs):
                self[name].theirs = _theirs(present[name], author(name))
                self.is_contested = True
        self.seen.data = present._marks().written()

    def validate(self, **extra: object) -> bool:
        """Also refuses what both changed, at its fields."""
        is_good = super().validate(**extra)
        for name in self._names():
            if theirs := getattr(self[name], "theirs", None):
                said = gettext(
                    "%(field)s: %(who)s has changed it meanwhile.",
                    field=self[name].label.text,
                    who=theirs.who,
                )
                self[name].errors = [*self[name].errors, said]
        return is_good and not self.is_contested

    @property
    def refused_status(self) -> int:
        """Of the page that shows what `validate` refused."""
        return STATUS[Conflict] if self.is_contested else 422

    def _names(self) -> list[str]:
        return [
            field.name
            for field in self
            if not isinstance(field, HiddenField) and field.name not in self.asides
        ]

    def _marks(self) -> Seen:
        return Seen.of({name: _text(self[name]) for name in self._names()})


def _text(field: Field) -> str:
    if isinstance(field, BooleanField):
        return "y" if field.data else ""
    return str(field.data or "").replace("\r\n", "\n")


def _theirs(field: Field, entry: Entry | None) -> Theirs:
    who = actor_name(entry.actor) if entry else gettext("Somebody else")
    return Theirs(_shown(field), who, from_micros(entry.at) if entry else None)


def _shown(field: Field) -> str:
    if isinstance(field, SelectField):
        return str({value: label for value, label, *_ in field.iter_choices()}[field.data])
    if isinstance(field, MomentField) and field.instant:
        return moment(field.instant)
    return field.data or gettext("Empty")
