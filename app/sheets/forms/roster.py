"""How is 附件2《职业技能等级认定人员名册备案表》 filled in for a batch?"""

from app.sheets.composing.compose import compose
from app.sheets.composing.grid import Sheet
from app.sheets.composing.layout import Layout
from app.sheets.forms.content import RosterForm
from app.sheets.forms.values import contact, filled_date, row_values


def roster_sheet(form: RosterForm, layout: Layout) -> Sheet:
    """Return the sheet: a line per person, numbered from 1 in the given order.

    Layout values: body_name, enterprise_name, filler (with telephone), filled_on, exception.
    """
    values = {
        "body_name": form.body_name,
        "enterprise_name": form.enterprise_name,
        "filler": contact(form.filler, form.filler_phone),
        "filled_on": filled_date(form.filled_on),
        "exception": form.exception,
    }
    rows = [{"number": number, **row_values(row)} for number, row in enumerate(form.rows, start=1)]
    return compose(layout, values, rows)
