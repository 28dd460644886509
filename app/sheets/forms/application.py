"""How is 附件1《职业技能等级认定申报表》 filled in for a candidate?"""

from app.sheets.composing.compose import compose
from app.sheets.composing.grid import Sheet
from app.sheets.composing.layout import Layout
from app.sheets.forms.content import ApplicationForm
from app.sheets.forms.values import filled_date, row_values, written_date

_NOT_IN_A_SHEET_NAME = str.maketrans("", "", "[]:*?/\\'")
_LONGEST_SHEET_NAME = 31


def application_sheet(form: ApplicationForm, layout: Layout, name: str = "") -> Sheet:
    """Return one candidate's page, on a worksheet called ``name``.

    Layout values: the form's texts by field name, post (with years), signature (always blank),
    written-out dates, photo.
    """
    values = {
        **row_values(form),
        "post": _post(form),
        "certificate_date": filled_date(form.certificate_date),
        "promised_on": written_date(form.promised_on),
        "opinion_on": written_date(form.opinion_on),
        "result_on": written_date(form.result_on),
        "signature": "",
        "photo": form.photo,
    }
    return compose(layout, values, [row_values(row) for row in form.history], name)


def sheet_name(number: int, name: str) -> str:
    """Return a valid worksheet name such as 0012 王小燕."""
    person = name.translate(_NOT_IN_A_SHEET_NAME)
    clean = "".join(character for character in person if character.isprintable())
    return f"{number:04d} {clean}"[:_LONGEST_SHEET_NAME].strip()


def _post(form: ApplicationForm) -> str:
    return form.post if form.post_years is None else f"{form.post}（{form.post_years}年）"
