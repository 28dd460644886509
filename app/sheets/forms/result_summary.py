"""How is 附件4《职业技能等级认定结果备案表（一）》 filled in?"""

from app.sheets.composing.compose import compose
from app.sheets.composing.grid import Sheet
from app.sheets.composing.layout import Layout
from app.sheets.forms.content import ResultSummaryForm
from app.sheets.forms.values import boxes, contact, period, row_values, written_date


def result_summary_sheet(form: ResultSummaryForm, layout: Layout) -> Sheet:
    """Return the sheet: a line per occupation, work type and level, each 证书号段 on its own line.

    Layout values: body_name, body_number, place, contact (with telephone), targets, methods
    (check boxes), examined, opinion, signed_on. Raises ValueError if a chosen 评价对象 or 评价方式
    is not on the form.
    """
    chosen = {"targets": form.targets, "methods": form.methods}
    values = {
        "body_name": form.body_name,
        "body_number": form.body_number,
        "place": form.place,
        "contact": contact(form.contact, form.contact_phone),
        **{choices.name: boxes(choices, chosen[choices.name]) for choices in layout.choices},
        "examined": period(form.examined_from, form.examined_to),
        "opinion": form.opinion,
        "signed_on": written_date(form.signed_on),
    }
    rows = [{**row_values(row), "segments": "\n".join(row.segments)} for row in form.rows]
    return compose(layout, values, rows)
