"""Which pages are there beside the screens of the tables?"""

from __future__ import annotations

from typing import Any

from flask import Flask

from app.views import shell
from app.views.accounts import AccountView
from app.views.calendar_import import CalendarImportView
from app.views.eligibility import EligibilityView
from app.views.feed import FeedPageView, FeedView
from app.views.jobs import JobView
from app.views.keys import KeyView
from app.views.profile import ProfileView
from app.views.publicity_print import PublicityPrintView
from app.views.results import ResultsView, RetakeView
from app.views.role_matrix import RoleMatrixView

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
