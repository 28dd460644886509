"""Which screens does the application have, table by table, and which pages beside them?

What stands here is what the derived pages cannot know: which columns, which tabs, which acts. A
plain table needs a dozen lines; no view asks a business question.
"""

from __future__ import annotations

from typing import Any


def screens() -> tuple[type[Any], ...]:
    """The screen of every table."""
    from app import views
    from app.core.views.screens import screens_in

    return screens_in(views)


def pages() -> tuple[type[Any], ...]:
    """The pages beside the screens of the tables."""
    from app.views.documents.document_jobs import DocumentJobView
    from app.views.filing.batch_import import ImportView
    from app.views.filing.feed import FeedPageView, FeedView
    from app.views.reference.calendar_import import CalendarImportView
    from app.views.results.publicity_print import PublicityPrintView
    from app.views.results.results import ResultsView, RetakeView
    from app.views.sign_up.eligibility import EligibilityView

    return (
        DocumentJobView,
        ImportView,
        PublicityPrintView,
        CalendarImportView,
        FeedPageView,
        FeedView,
        EligibilityView,
        ResultsView,
        RetakeView,
    )
