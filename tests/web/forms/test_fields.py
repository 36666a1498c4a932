"""Kinds of fields: what is typed is read in one way, wherever it is typed."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from flask import Flask
from flask_wtf import FlaskForm
from wtforms.fields.core import UnboundField

from rostrum.web.forms.fields import MomentField


def fields_of(form: type = FlaskForm) -> Iterator[UnboundField[Any]]:
    """The fields of every form of ours."""
    for below in form.__subclasses__():
        yield from (each for each in vars(below).values() if isinstance(each, UnboundField))
        yield from fields_of(below)


def test_each_day_and_time_is_read_where_hours_that_are_none_or_two_are_refused(
    app: Flask,
) -> None:
    typed = [
        each
        for each in fields_of()
        if (each.kwargs.get("render_kw") or {}).get("type") == "datetime-local"
    ]
    assert len(typed) > 5
    assert {each.field_class for each in typed} == {MomentField}
