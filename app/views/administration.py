"""Which pages are there beside the screens of the tables?"""

from __future__ import annotations

from typing import Any

from flask import Flask

from app.core.views import shell
from app.core.views.accounts.accounts import AccountView
from app.core.views.accounts.keys import KeyView
from app.core.views.accounts.profile import ProfileView
from app.core.views.accounts.role_matrix import RoleMatrixView
from app.core.views.history.jobs import JobView
from app.views.filing.feed import FeedPageView, FeedView
from app.views.reference.calendar_import import CalendarImportView
from app.views.results.publicity_print import PublicityPrintView
from app.views.results.results import ResultsView, RetakeView
from app.views.sign_up.eligibility import EligibilityView

PAGES = (
    AccountView,
    RoleMatrixView,
    ProfileView,
    KeyView,
    JobView,
    PublicityPrintView,
    CalendarImportView,
    FeedPageView,
    EligibilityView,
    ResultsView,
    RetakeView,
)


def register(app: Flask, builder: Any) -> None:
    """Add them to the framework, and the frame around every page."""
    for page in PAGES:
        builder.add_view_no_menu(page)
    feed = builder.add_view_no_menu(FeedView)
    builder.sm.limiter.limit(app.config["FEED_RATE"])(feed.blueprint)
    shell.install(app)
