"""Which programs act for me, by my own API keys?"""

from __future__ import annotations

from typing import Any

from flask import flash, redirect, url_for
from flask_appbuilder import BaseView, expose, has_access, permission_name
from flask_login import current_user
from flask_wtf import FlaskForm
from wtforms import StringField
from wtforms.validators import InputRequired, Length

from app.core.accounts.key_rules import LONGEST_DAYS, LONGEST_NAME, USUAL_DAYS
from app.core.errors import RulesBroken
from app.core.roles import Power
from app.core.security import keys, once
from app.core.views.accounts.account_forms import MISSING, put_problems
from app.core.views.forms.number_fields import WholeField

TRAIL = "接口密钥"
SHOWN_ONCE = "密钥已经建立，只在当时的页面显示一次；没有看到的，请停用后另建一个"


class KeyForm(FlaskForm):
    """A new key: its purpose and validity."""

    name = StringField(
        "用途",
        [InputRequired(MISSING), Length(max=LONGEST_NAME, message="用途太长")],
        description="哪个程序使用，如“考试系统取名册”",
    )
    days = WholeField(
        "有效天数",
        [InputRequired("请填写整数天数")],
        default=USUAL_DAYS,
        description=f"1 到 {LONGEST_DAYS} 天，到期后另建",
    )


class KeyView(BaseView):
    """接口密钥: keys for programs that use the interface with my rights."""

    route_base = "/profile/keys"
    class_permission_name = "Profile"
    open_to = Power.ENTER

    @expose("/")
    @has_access
    @permission_name("show")
    def list(self) -> str:
        """Show my valid keys."""
        return self._page()

    @expose("/new", methods=["GET", "POST"])
    @has_access
    @permission_name("show")
    def new(self) -> Any:
        """Create a key; only this answer ever shows it."""
        form, left = KeyForm(), []
        if form.validate_on_submit():
            try:
                made = keys.issue(current_user, form.name.data or "", form.days.data or 0)
            except RulesBroken as refusal:
                left = put_problems(form, refusal.problems)
            else:
                once.keep_back(SHOWN_ONCE, url_for("KeyView.list"))
                return self._page(made)
        return self.render_template(
            "entity/form.html",
            title="新建接口密钥",
            breadcrumbs=[*_trail(), ("新建", None)],
            form=form,
            problems=left,
            submit_label="新建",
            cancel_url=url_for("KeyView.list"),
        )

    @expose("/<uuid>/revoke", methods=["POST"])
    @has_access
    @permission_name("show")
    def revoke(self, uuid: str) -> Any:
        """Revoke one of my keys."""
        keys.revoke(current_user, uuid)
        flash("密钥已停用，使用它的程序不能再访问", "success")
        return redirect(url_for("KeyView.list"))

    def _page(self, made: str = "") -> str:
        notice = f"新密钥（只显示这一次，请立即复制保存）：{made}"
        return self.render_template(
            "entity/show.html",
            title=TRAIL,
            breadcrumbs=[("我的帐号", url_for("ProfileView.show")), (TRAIL, None)],
            head={
                "title": TRAIL,
                "subtitle": "程序凭密钥以您的权限读写数据，接口说明见 /api/v1/openapi.json",
            },
            notices=[{"colour": "green", "text": notice}] if made else [],
            buttons=[{"label": "新建密钥", "url": url_for("KeyView.new"), "icon": "add"}],
            tabs=[{"key": "keys", "label": "有效的密钥", "table": _table()}],
        )


def _trail() -> list[tuple[str, str | None]]:
    return [("我的帐号", url_for("ProfileView.show")), (TRAIL, url_for("KeyView.list"))]


def _table() -> dict[str, Any]:
    labels = ("用途", "建立时间", "有效期至", "最近使用")
    return {
        "columns": [{"name": label, "label": label} for label in labels],
        "rows": [_row(one) for one in keys.of(current_user.id)],
        "empty": {"title": "还没有接口密钥"},
    }


def _row(key: Any) -> dict[str, Any]:
    moments = (key.created_on, key.expires_on, key.last_used_on)
    texts = [key.name, *(f"{at:%Y-%m-%d %H:%M}" if at else "" for at in moments)]
    revoke = {
        "label": "停用",
        "url": url_for("KeyView.revoke", uuid=key.uuid),
        "method": "post",
        "danger": True,
        "confirm": f"停用“{key.name}”的密钥？使用它的程序将不能再访问。",
    }
    return {"pk": key.id, "cells": [{"text": text} for text in texts], "actions": [revoke]}
