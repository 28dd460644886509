"""Which screens do the tables have, and which other pages are there?

Views declare what cannot be derived from the models: columns, tabs and actions. A plain table
needs a dozen lines. Views contain no business rules.
"""

from __future__ import annotations

from typing import Any


def screens() -> tuple[type[Any], ...]:
    """Return the screen of every table."""
    from app import views
    from app.core.views.screens import screens_in

    return screens_in(views)


def pages() -> tuple[type[Any], ...]:
    """Return the pages that are not screens of a table."""
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
