"""Why can this file not be read in the expected form?"""

from __future__ import annotations

from app.core.errors import BadSheet, Problem
from app.core.refusals.refusal import Refusal

BAD_SHEET = Refusal("bad_sheet", "文件不可用", "文件不能使用")
NO_FILE = Refusal("no_file", "没有文件", "没有选择文件，请选择一个表格文件后再上传")
EMPTY_FILE = Refusal("empty_file", "空文件", "文件是空的（0 字节），请重新选择文件后上传。")
EMPTY = Refusal("empty", "没有内容", "文件里没有任何内容。请确认数据已经填写并保存后再上传。")
NO_ROWS = Refusal("no_rows", "没有数据行", "表里没有一行数据，请填写后再上传")
COLUMNS_MISSING = Refusal("columns_missing", "缺少列", "表中缺少必需的列")
NO_HEADER = Refusal("no_header", "没有表头", "没有找到表头，请核对文件")
OTHER_FORM = Refusal("other_form", "表格不对", "这个文件看起来是另一种表，请到它的导入处上传")
HIDDEN_SHEET = Refusal("hidden_sheet", "工作表隐藏", "要找的表在隐藏的工作表里，请取消隐藏")
YEAR_UNCLEAR = Refusal("year_unclear", "年度不明", "一张表只含一年，请指明导入哪一年")
NOT_WORKBOOK = Refusal("not_workbook", "不是表格", "这不是电子表格，请上传 .xlsx、.xls 或 .csv。")
HTML = Refusal("html", "实为网页", "这个文件实际上是网页（HTML/XML），不是工作簿。")
PASSWORD = Refusal("password", "有密码", "文件设有打开密码，无法读取。")
DAMAGED = Refusal("damaged", "已损坏", "文件已损坏，无法读取。")
WRONG_ENCODING = Refusal("wrong_encoding", "编码不明", "无法识别文件的文字编码。")
BAD_QUOTES = Refusal("bad_quotes", "引号不成对", "CSV 的双引号不成对，无法分清各列。")
TOO_LARGE = Refusal("too_large", "文件过大", "文件太大，未读取。")
TOO_MANY_ROWS = Refusal("too_many_rows", "行数过多", "工作表的行数超过上限。")
TOO_MANY_COLUMNS = Refusal("too_many_columns", "列数过多", "工作表的列数超过上限。")
TOO_MANY_CELLS = Refusal("too_many_cells", "单元格过多", "工作簿的单元格数超过上限。")
TOO_MANY_SHEETS = Refusal("too_many_sheets", "工作表过多", "工作簿的工作表数超过上限。")
ZIP_BOMB = Refusal("zip_bomb", "解压过大", "文件解压后过大或压缩异常，未读取。")

_KNOWN = {one.code: one for one in tuple(globals().values()) if isinstance(one, Refusal)}


def of_file(refusal: BadSheet, field: str = "") -> Problem:
    """Return the refusal of a whole file as a problem of the form field that it came from."""
    return _KNOWN[refusal.code].saying(refusal.message, field=field)
