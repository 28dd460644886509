"""How does a user subscribe to the deadlines of their batches by a secret address?"""

from __future__ import annotations

from typing import Any

from flask import abort, flash, redirect, request, url_for
from flask_appbuilder import BaseView, expose, has_access, permission_name
from flask_login import current_user

from app.core.database import db
from app.core.security import once
from app.core.views.addresses import view_of
from app.core.views.downloads import sends_file, shown
from app.core.views.lists.condition_names import check_names
from app.models import Batch
from app.roles import EVERYONE
from app.services.filing import feed

#: The address is a secret and is shown on one page only.
SHOWN_ONCE = "日历地址已经更换，只在当时的页面显示一次；没有看到的，请再更换一次"


class FeedView(BaseView):
    """期限日历: read by programs that cannot sign in; the secret in the address authenticates."""

    route_base = "/calendar"
    default_view = "feed"

    @expose("/<word>.ics")
    @sends_file
    def feed(self, word: str) -> Any:
        """Send the deadlines in the scope of the address's user, or 404 for an unknown address."""
        actor = feed.reader_of(db.session, word)
        if actor is None:
            abort(404)
        check_names(request.args, ())
        content = feed.calendar_of(db.session, actor, _link)
        return shown(content, "text/calendar", "deadlines.ics")


def _link(batch: Batch) -> str:
    view = view_of(Batch)
    return url_for(f"{view.endpoint}.show", pk=batch.id, _external=True) if view else ""


TITLE = "期限日历"


class FeedPageView(BaseView):
    """期限日历: the user's address, how to subscribe to it and how to revoke it."""

    route_base = "/profile/calendar"
    class_permission_name = "Profile"
    open_to = EVERYONE
    default_view = "page"

    @expose("/")
    @has_access
    @permission_name("show")
    def page(self) -> str:
        """Show whether the user's calendar is open, and since when."""
        return self._page()

    @expose("/renew", methods=["POST"])
    @has_access
    @permission_name("show")
    def renew(self) -> str:
        """Renew the address of the user's calendar; only this response shows it."""
        word = feed.renew(db.session, current_user.id)
        once.keep_back(SHOWN_ONCE, url_for("FeedPageView.page"))
        return self._page(url_for("FeedView.feed", word=word, _external=True))

    @expose("/revoke", methods=["POST"])
    @has_access
    @permission_name("show")
    def revoke(self) -> Any:
        """Revoke the address of the user's calendar."""
        feed.revoke(db.session, current_user.id)
        flash("期限日历已停用，原来的地址不能再读取", "success")
        return redirect(url_for("FeedPageView.page"))

    def _page(self, address: str = "") -> str:
        known = feed.feed_of(db.session, current_user.id)
        return self.render_template(
            "calendar/feed.html",
            title=TITLE,
            breadcrumbs=[("我的帐号", url_for("ProfileView.show")), (TITLE, None)],
            address=address,
            since=f"{known.made_at:%Y-%m-%d %H:%M}" if known is not None else "",
            buttons=_buttons(opened=known is not None),
        )


def _buttons(*, opened: bool) -> list[dict[str, Any]]:
    make = {
        "label": "更换地址" if opened else "生成订阅地址",
        "url": url_for("FeedPageView.renew"),
        "method": "post",
        "primary": not opened,
    }
    if not opened:
        return [make]
    end = {
        "label": "停用",
        "url": url_for("FeedPageView.revoke"),
        "method": "post",
        "danger": True,
        "confirm": "停用期限日历？已经订阅的日历程序将读不到任何内容。",
    }
    ask = "更换后原来的地址立即失效，已订阅的日历程序须重新订阅。确定更换？"
    return [make | {"confirm": ask}, end]
