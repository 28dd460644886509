"""What does the framework ask about users and rights, and what is the answer?"""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

from flask import current_app, flash, g, jsonify, redirect, request, session
from flask_appbuilder.security.sqla.manager import SecurityManager
from flask_login import LoginManager, current_user
from werkzeug.wrappers import Response

from app.core.accounts import sign_in
from app.core.accounts.accounts import Account
from app.core.database import db
from app.core.errors import NotPermitted
from app.core.outside import as_key
from app.core.security import commands, keys, rights, visitor
from app.core.security.entrance import EntranceView, local_path
from app.core.tables.user import BaseUser, user_class

NO_KEY = "没有接口密钥，或密钥已失效：请在请求头写明 Authorization: Bearer 密钥"
#: Calendar feeds are read by programs; the secret in their address is checked there.
OPEN_ENDPOINTS = frozenset({"static", "appbuilder.static", "EntranceView.login", "FeedView.feed"})


class AppSecurityManager(SecurityManager):
    """The framework's security manager without its screens, API, public role and defaults."""

    authdbview = EntranceView
    userstatschartview = None

    def __init__(self, appbuilder: Any) -> None:
        # The framework reads the class of users from the manager, and the product defines it.
        self.user_model = user_class()
        super().__init__(appbuilder)

    def register_views(self) -> None:
        """Register only the login page; users and roles have screens of our own."""
        self.auth_view = self.authdbview()
        self.appbuilder.add_view_no_menu(self.auth_view)
        if current_app.config["AUTH_RATE_LIMITED"]:
            limit = self.limiter.limit(self.auth_rate_limit, methods=["POST"])
            limit(self.auth_view.blueprint)

    def lay_down_rights(self) -> None:
        """Make the roles and permissions in the database those of the code; may be repeated."""
        rights.lay_down(self.session, self.appbuilder.baseviews)

    # The following are called by the framework's commands, see ``app.core.security.commands``.

    def add_user(
        self,
        username: str,
        first_name: str,
        last_name: str,
        email: str,
        role: Any,
        password: str = "",
        hashed_password: str = "",
        groups: Any = None,
        commit: bool = True,
    ) -> BaseUser:
        """Create an account as the account page does; raises RulesBroken or NotPermitted."""
        if hashed_password:
            raise NotPermitted(commands.DIGEST_ALONE)
        name = commands.full_name(first_name, last_name)
        account = Account(username, name, commands.one_role(role), email=email)
        made: BaseUser = commands.add_user(self.session, account, password)
        return made

    def reset_password(self, userid: int, password: str) -> None:
        """Replace a user's password as the account page does; raises RulesBroken."""
        commands.set_password(self.session, userid, password)

    def find_role(self, name: str) -> Any:
        """Return the role of that name; raises NotFound, which lists the known ones."""
        found = super().find_role(name)
        if found is None:
            raise commands.no_such_role(name)
        return found

    def add_role(self, name: str, permissions: Any = None, commit: bool = True) -> None:
        """Raise NotPermitted: roles come from the code."""
        raise NotPermitted(commands.ROLES_FROM_CODE)

    def import_roles(self, path: str) -> None:
        """Raise NotPermitted: roles come from the code."""
        raise NotPermitted(commands.ROLES_FROM_CODE)

    def auth_user_db(self, username: str, password: str) -> BaseUser | None:
        """Return the user with this name and password; counts failures and locks the account."""
        return sign_in.sign_in(self.session, username, password)

    def create_login_manager(self, app: Any) -> LoginManager:
        """Return the framework's login manager, extended by the holders of API keys."""
        manager: LoginManager = super().create_login_manager(app)
        manager.request_loader(lambda _request: keys.holder() if visitor.by_key() else None)
        return manager

    def load_user(self, pk: str) -> BaseUser | None:
        """Return the user of this session, unless closed or with a new password since."""
        return visitor.load(key) if (key := as_key(pk)) is not None else None

    def is_item_public(self, permission_name: str, view_name: str) -> bool:
        """Return False: nothing is public."""
        return False

    def has_access(self, permission_name: str, view_name: str) -> bool:
        """Return whether the visitor's roles have the permission; one statement per request."""
        return (permission_name, view_name) in _held_rights()

    def get_user_roles(self, user: Any) -> list[Any]:
        """Return the user's own roles; there are no groups and no public role."""
        return list(user.roles) if user.is_authenticated else []

    @staticmethod
    def before_request() -> Response | tuple[Response, int] | None:
        """Make the session act for the visitor; send others to the login page."""
        g.user = current_user
        if request.endpoint in {"static", "appbuilder.static"}:
            return None
        visitor.bind()
        if request.endpoint is None or request.endpoint in OPEN_ENDPOINTS:
            return None
        return None if visitor.current_visitor() is not None else _to_entrance()


def _to_entrance() -> Response | tuple[Response, int]:
    if visitor.by_key():
        return jsonify(code=401, message=NO_KEY), 401
    if request.accept_mimetypes.best == "application/json":
        return jsonify(message="登录已失效，请重新登录"), 401
    if request.path != "/" and not session.get("_flashes"):
        flash("请先登录", "info")
    wanted = _path_of_request() if request.method == "GET" else ""
    address = current_app.extensions["appbuilder"].get_url_for_login_with(wanted or None)
    return redirect(address)


def _path_of_request() -> str:
    query = request.query_string.decode("ascii", "replace")
    return local_path(quote(request.path) + (f"?{query}" if query else ""))


def _held_rights() -> frozenset[tuple[str, str]]:
    found = visitor.current_visitor()
    if found is None:
        return frozenset()
    if "rights" not in g:
        rows = db.session.execute(rights.held_by(found.role_ids))
        g.rights = frozenset((permission, view) for permission, view in rows)
    held: frozenset[tuple[str, str]] = g.rights
    return held
