"""What does the framework ask about users and rights, and what do we answer?"""

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
#: Calendars are read by programs: the word in their address is the key.
OPEN_ENDPOINTS = frozenset({"static", "appbuilder.static", "EntranceView.login", "FeedView.feed"})


class AppSecurityManager(SecurityManager):
    """The framework's manager without its screens, its API, its public role and its defaults."""

    authdbview = EntranceView
    userstatschartview = None

    def __init__(self, appbuilder: Any) -> None:
        # Which class that is the product says; the framework reads it off the manager.
        self.user_model = user_class()
        super().__init__(appbuilder)

    def register_views(self) -> None:
        """Register the entrance alone; users and roles have screens of our own."""
        self.auth_view = self.authdbview()
        self.appbuilder.add_view_no_menu(self.auth_view)
        if current_app.config["AUTH_RATE_LIMITED"]:
            limit = self.limiter.limit(self.auth_rate_limit, methods=["POST"])
            limit(self.auth_view.blueprint)

    def lay_down_rights(self) -> None:
        """Make roles and permissions in the database what the code declares; idempotent."""
        rights.lay_down(self.session, self.appbuilder.baseviews)

    # What the framework's commands end in, see ``app.core.security.commands``.

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
        """Open an account as the page of accounts does; raises RulesBroken."""
        if hashed_password:
            raise NotPermitted(commands.DIGEST_ALONE)
        name = commands.full_name(first_name, last_name)
        account = Account(username, name, commands.one_role(role), email=email)
        made: BaseUser = commands.add_user(self.session, account, password)
        return made

    def reset_password(self, userid: int, password: str) -> None:
        """Give a user a new password as the page of accounts does; raises RulesBroken."""
        commands.set_password(self.session, userid, password)

    def find_role(self, name: str) -> Any:
        """The role of that name; raises NotFound, naming those that there are."""
        found = super().find_role(name)
        if found is None:
            raise commands.no_such_role(name)
        return found

    def add_role(self, name: str, permissions: Any = None, commit: bool = True) -> None:
        """Refused: roles come from the code."""
        raise NotPermitted(commands.ROLES_FROM_CODE)

    def import_roles(self, path: str) -> None:
        """Refused: roles come from the code."""
        raise NotPermitted(commands.ROLES_FROM_CODE)

    def auth_user_db(self, username: str, password: str) -> BaseUser | None:
        """The user with this name and password, if the account is open; counts and locks."""
        return sign_in.sign_in(self.session, username, password)

    def create_login_manager(self, app: Any) -> LoginManager:
        """The framework's, which also knows the holder of a key."""
        manager: LoginManager = super().create_login_manager(app)
        manager.request_loader(lambda _request: keys.holder() if visitor.by_key() else None)
        return manager

    def load_user(self, pk: str) -> BaseUser | None:
        """The user of this session, unless closed or with another password since."""
        return visitor.load(key) if (key := as_key(pk)) is not None else None

    def is_item_public(self, permission_name: str, view_name: str) -> bool:
        """Nothing is public."""
        return False

    def has_access(self, permission_name: str, view_name: str) -> bool:
        """Whether the visitor's roles carry the permission; one statement per request."""
        return (permission_name, view_name) in _held_rights()

    def get_user_roles(self, user: Any) -> list[Any]:
        """The user's own roles; there are no groups and no public role."""
        return list(user.roles) if user.is_authenticated else []

    @staticmethod
    def before_request() -> Response | tuple[Response, int] | None:
        """Bind the session to the visitor, and let nobody but visitors past the entrance."""
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
