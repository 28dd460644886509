"""Which account am I using, and how do I change my password?"""

from __future__ import annotations

from typing import Any

from flask import current_app, flash, redirect, url_for
from flask_appbuilder import BaseView, expose, has_access, permission_name
from flask_login import current_user

from app.core.accounts import accounts
from app.core.accounts.places import place_row
from app.core.database import db
from app.core.errors import RulesBroken
from app.core.roles import TITLES, Power
from app.core.security import current_actor
from app.core.security.visitor import seal_session
from app.core.views.accounts.account_forms import PasswordForm, put_problems
from app.core.views.addresses import page_url


class ProfileView(BaseView):
    """我的帐号: one's own data and password."""

    route_base = "/profile"
    class_permission_name = "Profile"
    open_to = Power.ENTER

    @expose("/")
    @has_access
    def show(self) -> str:
        """Show one's own account; only an administrator can change it."""
        user = current_user
        place = place_row(user)
        fields = (
            ("用户名", user.username),
            ("姓名", user.get_full_name()),
            ("角色", "、".join(TITLES[role.name] for role in user.roles if role.name in TITLES)),
            ("所属中心或机构", "" if place is None else str(place)),
            ("最近登录", user.last_login.strftime("%Y-%m-%d %H:%M") if user.last_login else ""),
        )
        change = {"label": "修改密码", "url": url_for("ProfileView.password"), "icon": "key"}
        more = [
            {"label": label, "url": page_url(endpoint), "icon": icon}
            for label, endpoint, icon in current_app.extensions["profile_links"]
            if page_url(endpoint)
        ]
        keys = {"label": "接口密钥", "url": url_for("KeyView.list")}
        return self.render_template(
            "entity/show.html",
            title="我的帐号",
            breadcrumbs=[("我的帐号", None)],
            head={"title": user.get_full_name(), "subtitle": "资料有误请联系系统管理员更正"},
            buttons=[change, *more, keys],
            groups=[{"fields": [{"label": label, "text": text} for label, text in fields]}],
        )

    @expose("/password", methods=["GET", "POST"])
    @has_access
    @permission_name("show")
    def password(self) -> Any:
        """Change one's own password; all other sessions of this user end."""
        form, left = PasswordForm(), []
        if form.validate_on_submit():
            try:
                accounts.change_password(
                    db.session, current_actor(), form.old.data, form.password.data
                )
            except RulesBroken as refusal:
                left = put_problems(form, refusal.problems)
            else:
                seal_session(current_user)
                flash("密码已修改，其他地方的登录已全部退出", "success")
                return redirect(url_for("ProfileView.show"))
        return self.render_template(
            "entity/form.html",
            title="修改密码",
            breadcrumbs=[("我的帐号", url_for("ProfileView.show")), ("修改密码", None)],
            form=form,
            problems=left,
            submit_label="修改密码",
            cancel_url=url_for("ProfileView.show"),
        )
