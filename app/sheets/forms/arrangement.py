"""How is 附件3《考务安排表》 filled in for a batch?"""

from collections import Counter
from collections.abc import Sequence
from datetime import date

from app.sheets.composing.compose import compose
from app.sheets.composing.grid import Sheet
from app.sheets.composing.layout import Layout
from app.sheets.forms.content import ArrangementForm, ArrangementRow
from app.sheets.forms.values import contact, filled_date, row_values

_FORM_LEVELS = "54321"


def arrangement_sheet(form: ArrangementForm, layout: Layout) -> Sheet:
    """Return the sheet: a line per session, sorted by `in_order`, and totals per level.

    Layout values: body_name, contact (with telephone), filled_on, level_5 … level_1, other_levels,
    total, exception.
    """
    values = {
        "body_name": form.body_name,
        "contact": contact(form.contact, form.contact_phone),
        "filled_on": filled_date(form.filled_on),
        "exception": form.exception,
        **_totals(form.rows),
    }
    return compose(layout, values, [row_values(row) for row in in_order(form.rows)])


def in_order(rows: Sequence[ArrangementRow]) -> list[ArrangementRow]:
    """Sort by day; within a day group by site, the site that starts earliest first.

    Sessions of a site at the same time keep their order; those without a day come last.
    """
    sites: dict[tuple[date, str], str] = {}
    for row in rows:
        site = (row.held_on or date.max, row.site_contact)
        sites[site] = min(_begins(row), sites.get(site, _begins(row)))
    ranks = {site: rank for rank, site in enumerate(sites)}

    def place(row: ArrangementRow) -> tuple[date, str, int, str]:
        site = (row.held_on or date.max, row.site_contact)
        return site[0], sites[site], ranks[site], _begins(row)

    return sorted(rows, key=place)


def _begins(row: ArrangementRow) -> str:
    return min((time for time in (row.theory_time, row.practical_time) if time), default="")


def _totals(rows: tuple[ArrangementRow, ...]) -> dict[str, str | int]:
    """Return totals per level; levels not on the form are listed too, so that the sum is right."""
    counts: Counter[str] = Counter()
    others: Counter[str] = Counter()
    for row in rows:
        known = row.level_digit in tuple(_FORM_LEVELS)
        (counts if known else others)[row.level_digit if known else row.level] += row.head_count
    named = "".join(f"，{level}：{count} 人" for level, count in sorted(others.items()) if count)
    return {
        **{f"level_{digit}": counts[digit] for digit in _FORM_LEVELS},
        "other_levels": named,
        "total": counts.total() + others.total(),
    }
