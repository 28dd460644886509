"""What do the forms of an account ask for, and where are problems shown?"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from flask_wtf import FlaskForm
from wtforms import PasswordField, SelectField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import Email, InputRequired, Length, Optional, ValidationError

from app.core.accounts.account_rules import LONGEST_PASSWORD, SHORTEST_PASSWORD
from app.core.accounts.accounts import Account
from app.core.accounts.places import places
from app.core.errors import Problem
from app.core.outside import as_key
from app.core.roles import TITLES
from app.core.views.forms.fields import Tidy

MISSING = "请填写此项"
COMPLEXITY = f"不少于 {SHORTEST_PASSWORD} 个字符，同时含有字母和数字，不含用户名"


def _roles() -> list[SelectChoice]:
    known = [SelectChoice(value=role, label=title) for role, title in TITLES.items()]
    return [SelectChoice(value="", label="请选择"), *known]


def _longest(length: int) -> Length:
    return Length(max=length, message=f"不能超过 {length} 个字符")


class AccountForm(FlaskForm):
    """The fields of every account; the product's further ones are added by ``account_form``."""

    username = StringField("用户名", [InputRequired(MISSING), _longest(64)])
    name = StringField("姓名", [InputRequired(MISSING), _longest(64)], filters=[Tidy()])
    role = SelectField("角色", [InputRequired("请选择角色")], choices=_roles)

    def account(self) -> Account:
        """Return what was filled in."""
        return Account(
            username=(self.username.data or "").strip(),
            name=(self.name.data or "").strip(),
            role=self.role.data or "",
            email=(self["email"].data or "").strip(),
            places={link.name: self[link.name].data for link in places().links},
        )


def _new_password(label: str) -> PasswordField:
    return PasswordField(
        label,
        [InputRequired(MISSING), _longest(LONGEST_PASSWORD)],
        description=COMPLEXITY,
        render_kw={"autocomplete": "new-password"},
    )


def account_form(*, new: bool) -> type[AccountForm]:
    """Return the form class with a select for each link to a place.

    The form of a new account also asks for its first password.
    """
    fields: dict[str, Any] = {
        link.name: SelectField(
            link.label, coerce=as_key, validate_choice=False, description=link.help
        )
        for link in reversed(places().links)
    }
    fields["email"] = StringField(
        "电子邮箱", [Optional(), _longest(200), Email("电子邮箱的格式不对")], description="可以不填"
    )
    if new:
        fields["password"] = _new_password("初始密码")
    return type("AccountForm", (AccountForm,), fields)


class ResetForm(FlaskForm):
    """A new password, set by the administrator."""

    password = _new_password("新密码")


class PasswordForm(FlaskForm):
    """One's own password: the old one, and the new one twice."""

    old = PasswordField(
        "原密码", [InputRequired(MISSING)], render_kw={"autocomplete": "current-password"}
    )
    password = _new_password("新密码")
    again = PasswordField(
        "再次输入新密码", [InputRequired(MISSING)], render_kw={"autocomplete": "new-password"}
    )

    def validate_again(self, field: PasswordField) -> None:
        """Require the same password twice, since what is typed cannot be seen."""
        if field.data != self.password.data:
            raise ValidationError("两次输入的新密码不一致")


def put_problems(form: FlaskForm, problems: Iterable[Problem]) -> list[Problem]:
    """Put each problem on its field; return those without a field in this form."""
    left = []
    for problem in problems:
        if problem.field in form:
            form[problem.field].errors = [*form[problem.field].errors, problem.message]
        else:
            left.append(problem)
    return left
