"""How do people sign in and out?"""

from __future__ import annotations

from urllib.parse import urlsplit

from flask import current_app, flash, redirect, request, session, url_for
from flask_appbuilder import expose
from flask_appbuilder.security.views import AuthDBView
from flask_login import current_user, login_user, logout_user
from flask_wtf import FlaskForm
from werkzeug.wrappers import Response
from wtforms import PasswordField, StringField
from wtforms.validators import InputRequired, Length

from app.core.accounts.sign_in import REFUSAL

LONGEST = 256


class EntranceForm(FlaskForm):
    """User name and password."""

    username = StringField(
        "用户名", [InputRequired("请输入用户名"), Length(max=LONGEST, message="用户名太长")]
    )
    password = PasswordField(
        "密码", [InputRequired("请输入密码"), Length(max=LONGEST, message="密码太长")]
    )


class EntranceView(AuthDBView):
    """Signing in and out."""

    @expose("/login/", methods=["GET", "POST"])
    def login(self) -> Response | str:
        """Show the login page; on success, redirect to the page that the visitor wanted."""
        wanted = local_path(request.args.get("next", "")) or url_for("HomeView.index")
        if current_user.is_authenticated:
            return redirect(wanted)
        form = EntranceForm()
        if form.validate_on_submit():
            manager = current_app.extensions["appbuilder"].sm
            user = manager.auth_user_db(form.username.data, form.password.data)
            if user is not None:
                session.clear()
                login_user(user)
                session.permanent = True
                return redirect(wanted)
            flash(REFUSAL, "danger")
        return self.render_template(self.login_template, title="登录", form=form)

    @expose("/logout/", methods=["POST"])
    def logout(self) -> Response:
        """Sign out; only by POST, since any page can make a browser send a GET."""
        logout_user()
        session.clear()
        flash("已退出登录", "info")
        return redirect(self.appbuilder.get_url_for_login)


def local_path(address: str) -> str:
    """Return ``address`` as a path of this site; empty for other sites and the login pages."""
    # Browsers skip control characters and blanks, so that "java\nscript:" would still be an
    # address.
    if not address or address[0] not in "/h" or any(ord(sign) < 33 for sign in address):
        return ""
    parts = urlsplit(address)
    if parts.netloc and parts.netloc != request.host:
        return ""
    path = parts.path or "/"
    # To a browser "//host" and "/\\host" are other sites.
    if not path.startswith("/") or path.startswith("//") or "\\" in path:
        return ""
    # Signing in must not lead straight back out.
    if path.startswith(("/login", "/logout")):
        return ""
    query = parts.query.rstrip("?")
    return f"{path}?{query}" if query else path
