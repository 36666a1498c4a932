"""The forms about accounts, passwords and codes."""

from __future__ import annotations

from flask_wtf import FlaskForm
from wtforms import PasswordField, StringField
from wtforms.validators import DataRequired

from rostrum.domain.staff.accounts import ROLE_LABELS, Role
from rostrum.web.forms.fields import MAX_NAME, MAX_REASON, Fits, Honest, choice_field, tidy
from rostrum.web.language.catalogs import lazy_gettext


def _password(label: str, needed: str, autocomplete: str) -> PasswordField:
    checks = [DataRequired(needed), Fits(max=MAX_REASON)]
    return PasswordField(label, checks, render_kw={"autocomplete": autocomplete})


class RoleForm(FlaskForm):
    """What somebody may do."""

    role = choice_field(
        lazy_gettext("Role"),
        ROLE_LABELS,
        lazy_gettext("Choose the role."),
        default=Role.VERIFIER.value,
    )


class PersonForm(RoleForm):
    """A new account."""

    name = StringField(
        lazy_gettext("Name"),
        [Honest(), DataRequired(lazy_gettext("Give the name.")), Fits(max=MAX_NAME)],
        filters=[tidy],
        render_kw={"autocomplete": "off", "autocapitalize": "none", "maxlength": MAX_NAME},
    )


class NewPasswordForm(FlaskForm):
    """A password, typed twice."""

    password = _password(
        lazy_gettext("New password"), lazy_gettext("Give a new password."), "new-password"
    )
    repeated = _password(
        lazy_gettext("The same again"), lazy_gettext("Type it again."), "new-password"
    )


class ChangePasswordForm(NewPasswordForm):
    """A new password in place of the old."""

    old = _password(
        lazy_gettext("Current password"),
        lazy_gettext("Enter your current password."),
        "current-password",
    )


class OldPasswordForm(FlaskForm):
    """The password again, before something that matters."""

    old = _password(
        lazy_gettext("Your password"), lazy_gettext("Give your password."), "current-password"
    )


class CodeForm(FlaskForm):
    """A code from the authenticator."""

    code = StringField(
        lazy_gettext("Code of six digits"),
        [DataRequired(lazy_gettext("Type the code that your authenticator shows."))],
        filters=[tidy],
        render_kw={"autocomplete": "one-time-code", "inputmode": "numeric", "maxlength": 10},
    )


class RecoveryForm(FlaskForm):
    """A recovery code."""

    recovery_code = StringField(
        lazy_gettext("Recovery code"),
        [DataRequired(lazy_gettext("Type one of your recovery codes.")), Fits(max=MAX_NAME)],
        filters=[tidy],
        render_kw={"autocomplete": "off", "autocapitalize": "none", "spellcheck": "false"},
    )
