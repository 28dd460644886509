"""How does the administrator create, change and close accounts?"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import abort, flash, jsonify, redirect, request, url_for
from flask_appbuilder import BaseView, expose, has_access, permission_name
from flask_wtf import FlaskForm
from sqlalchemy import or_

from app.core.accounts import accounts, acting
from app.core.accounts.account_list import Wanted, page_of
from app.core.accounts.places import places, target_of
from app.core.database import db
from app.core.errors import RulesBroken
from app.core.outside import as_key
from app.core.roles import Power
from app.core.security import current_actor
from app.core.tables.user import BaseUser
from app.core.views.accounts import account_page
from app.core.views.accounts.account_forms import (
    AccountForm,
    ResetForm,
    account_form,
    put_problems,
)
from app.core.views.accounts.place_choices import (
    OFFERED,
    few_links,
    few_places,
    names_of,
    offer_places,
    order_of,
    text_of,
)
from app.core.views.interface import EntityInterface
from app.core.views.lists.condition_names import check_names
from app.core.views.lists.filters import asked

SIZE = 50


class AccountView(BaseView):
    """用户: visible only with ``Power.ACCOUNTS``."""

    route_base = "/account"
    class_permission_name = "Account"
    open_to = Power.ACCOUNTS

    @expose("/list/")
    @has_access
    def list(self) -> str:
        """Show all accounts, filtered by name, role, centre and state."""
        args = request.args
        offered = few_places()
        check_names(args, {"q", "role", "active", "page", *offered})
        found = page_of(db.session, current_actor(), _wanted(), as_key(args.get("page")) or 1, SIZE)
        base = url_for("AccountView.list")
        return self.render_template(
            "entity/list.html",
            title="用户",
            entity={"label": "用户"},
            breadcrumbs=[("用户", None)],
            buttons=[
                {
                    "label": "新增用户",
                    "url": url_for("AccountView.add"),
                    "primary": True,
                    "icon": "add",
                }
            ],
            columns=account_page.COLUMNS,
            rows=[account_page.row(user) for user in found.users],
            total=found.total,
            page=found.number,
            page_size=found.size,
            pages=account_page.pages(found, base),
            quick_search=args.get("q", ""),
            quick_search_hint="用户名、姓名",
            filters=account_page.filters(offered),
            reset_url=base if args else None,
        )

    @expose("/show/<pk>")
    @has_access
    def show(self, pk: str) -> str:
        """Show one account with the possible acts."""
        user = _user(pk)
        return self.render_template("entity/show.html", **account_page.page_of(user))

    @expose("/add", methods=["GET", "POST"])
    @has_access
    def add(self) -> Any:
        """Create an account."""
        form = account_form(new=True)()
        return self._answer(
            form,
            "新增用户",
            lambda: (
                accounts.add(db.session, current_actor(), form.account(), form["password"].data).id
            ),
            "帐号已建立，请把用户名和初始密码告知本人，并请本人登录后修改密码",
        )

    @expose("/edit/<pk>", methods=["GET", "POST"])
    @has_access
    def edit(self, pk: str) -> Any:
        """Change an account."""
        user = _user(pk)
        made = account_form(new=False)
        form = made(data=_filled(user)) if request.method == "GET" else made()
        return self._answer(
            form,
            f"修改用户 {user.username}",
            lambda: accounts.edit(db.session, current_actor(), user.id, form.account()).id,
            "帐号已保存",
        )

    @expose("/<pk>/password", methods=["GET", "POST"])
    @has_access
    @permission_name("edit")
    def password(self, pk: str) -> Any:
        """Set a new password for a user."""
        user = _user(pk)
        form = ResetForm()

        def keep() -> int:
            accounts.set_password(db.session, current_actor(), user.id, form.password.data)
            return user.id

        return self._answer(
            form, f"重置 {user.username} 的密码", keep, "密码已重置，该用户须重新登录"
        )

    @expose("/<pk>/close", methods=["POST"])
    @has_access
    @permission_name("edit")
    def close(self, pk: str) -> Any:
        """Close an account; its owner is signed out at the next request."""
        return self._set_active(pk, "帐号已停用", active=False)

    @expose("/<pk>/open", methods=["POST"])
    @has_access
    @permission_name("edit")
    def open(self, pk: str) -> Any:
        """Reopen an account."""
        return self._set_active(pk, "帐号已启用", active=True)

    @expose("/<pk>/unlock", methods=["POST"])
    @has_access
    @permission_name("edit")
    def unlock(self, pk: str) -> Any:
        """Remove a lock before it ends by itself."""
        user = _user(pk)
        accounts.unlock(db.session, current_actor(), user.id)
        flash("帐号已解锁", "success")
        return redirect(url_for("AccountView.show", pk=pk))

    @expose("/places/<link>")
    @has_access
    @permission_name("edit")
    def places(self, link: str) -> Any:
        """Return the places that the form offers, if there are too many to list."""
        wanted = next((one for one in places().links if one.many and one.name == link), None)
        if wanted is None:
            abort(404)
        check_names(request.args, {"q", "page"})
        words, model = asked(request.args, "q"), target_of(wanted)
        page = min(as_key(request.args.get("page")) or 1, 500)
        named = or_(*[column.icontains(words, autoescape=True) for column in names_of(model)])
        data = EntityInterface(model, db.session)
        start = (page - 1) * OFFERED
        keys = data.keys([named], order_of(model), limit=OFFERED + 1, offset=start)
        found = data.get_many(keys)
        results = [{"id": one.id, "text": text_of(one)} for one in found[:OFFERED]]
        return jsonify(results=results, more=len(found) > OFFERED)

    def _set_active(self, pk: str, said: str, *, active: bool) -> Any:
        user = _user(pk)
        accounts.set_active(db.session, current_actor(), user.id, active=active)
        flash(said, "success")
        return redirect(url_for("AccountView.show", pk=pk))

    def _answer(self, form: FlaskForm, title: str, keep: Callable[[], int], said: str) -> Any:
        """Save the input, or show the form again with each problem at its field."""
        left = []
        if form.validate_on_submit():
            try:
                kept = keep()
            except RulesBroken as refusal:
                left = put_problems(form, refusal.problems)
            else:
                flash(said, "success")
                return redirect(url_for("AccountView.show", pk=kept))
        if isinstance(form, AccountForm):
            offer_places(form)
        return self.render_template(
            "entity/form.html",
            title=title,
            breadcrumbs=[("用户", url_for("AccountView.list")), (title, None)],
            form=form,
            problems=left,
            cancel_url=url_for("AccountView.list"),
        )


def _wanted() -> Wanted:
    args = request.args
    return Wanted(
        words=asked(args, "q"),
        role=asked(args, "role"),
        places={link.name: as_key(args.get(link.name)) for link in few_links()},
        active={"1": True, "0": False}.get(args.get("active", "")),
    )


def _user(pk: str) -> BaseUser:
    user = acting.user_by_id(db.session, as_key(pk) or 0)
    if user is None:
        abort(404)
    return user


def _filled(user: BaseUser) -> dict[str, Any]:
    account = accounts.account_of(user)
    return {
        "username": account.username,
        "name": account.name,
        "role": account.role,
        "email": account.email,
        **account.places,
    }
