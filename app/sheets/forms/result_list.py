"""How is 附件4《职业技能等级认定结果备案表(二)》 filled in?"""

from app.sheets.composing.compose import compose
from app.sheets.composing.grid import Sheet
from app.sheets.composing.layout import Layout
from app.sheets.forms.content import ResultListForm
from app.sheets.forms.values import contact, filled_date, row_values


def result_list_sheet(form: ResultListForm, layout: Layout) -> Sheet:
    """Return the sheet: a line per certificate in the given order; dates as 2021-05-18.

    Layout values: body_name, filler (with telephone), filled_on.
    """
    values = {
        "body_name": form.body_name,
        "filler": contact(form.filler, form.filler_phone),
        "filled_on": filled_date(form.filled_on),
    }
    return compose(layout, values, [row_values(row) for row in form.rows])
