"""Why can a cell or a row of a sheet not be accepted?"""

from __future__ import annotations

from app.core.refusals.refusal import Refusal

CELL_ERROR = Refusal(
    "cell_error",
    "单元格错误值",
    "“{label}”显示错误值（如 #N/A、#REF!）。请改正公式，或直接填写内容。",
)
FORMULA = Refusal(
    "formula", "公式", "“{label}”是公式，不能读取。请复制后“选择性粘贴→数值”，或直接填写内容。"
)
FORMULA_UNCOMPUTED = Refusal(
    "formula",
    "公式",
    "“{label}”的公式没有计算结果。请用 Excel 或 WPS 打开并保存后再上传，或直接填写内容。",
)
DIGITS_LOST_IN_CELL = Refusal(
    "digits_lost",
    "号码末位丢失",
    "“{label}”被存成了数字，末几位已经丢失、无法恢复。请把该列设为“文本”格式，再重新录入完整号码。",
)
NOT_A_NAME = Refusal("not_a_name", "不是姓名", "“{label}”写的是“{text}”，不是姓名，请按证件填写。")
NOT_A_NUMBER_STRING = Refusal(
    "not_a_number_string",
    "不是号码",
    "“{label}”写的是“{text}”，不是号码。请把该列设为“文本”格式后重新录入。",
)
NOT_NUMBER = Refusal(
    "not_number", "不是数字", "“{label}”写的是“{text}”，应为数字，例如 85 或 85.5。"
)
NOT_INTEGER = Refusal("not_integer", "不是整数", "“{label}”写的是“{text}”，应为整数，例如 12。")
BAD_DATE = Refusal(
    "bad_date",
    "日期无效",
    "“{label}”写的是“{text}”，不是完整有效的日期。请写成 2021-04-24 这样的年-月-日。",
)
BAD_MOMENT = Refusal(
    "bad_moment",
    "时间无效",
    "“{label}”写的是“{text}”，不是完整的日期和时间。请写成 2021-04-24 09:00 的样子。",
)
BAD_TIME_RANGE = Refusal(
    "bad_time_range",
    "起止时间无效",
    "“{label}”写的是“{text}”，看不出同一天的起止时间。"
    "请写成 2021-04-24 09:00-10:30，且结束晚于开始。",
)
BAD_NAMES = Refusal(
    "bad_names", "不是姓名", "“{label}”写的是“{text}”，不是姓名。多个姓名请用顿号隔开。"
)

OTHER_PARENT = Refusal(
    "other_parent",
    "属于别处",
    "这次只导入“{label}”为“{parent}”的数据，这一行写的是“{value}”，请核对",
)
ROW_REPEATED = Refusal(
    "row_repeated", "行重复", "与第{earlier}行是同一条（{what}相同），请只保留一行"
)
NUMBER_UNKNOWN = Refusal(
    "number_unknown",
    "编号不存在",
    "没有“{label}”为“{number}”的{what}，或不在您的管辖范围内；新增的{what}请空着，编号由系统产生",
)
ROW_AMBIGUOUS = Refusal(
    "row_ambiguous",
    "所指不明",
    "已有 {count} 条{what}都相同的记录，分不清是哪一条，{remedy}",
)
COLUMN_MISSING = Refusal(
    "column_missing", "缺列", "表中没有找到“{label}”这一列，请指定是哪一列，或补上后重新上传"
)
OTHER_SHEETS = Refusal(
    "other_sheets",
    "另有工作表",
    "只读取了工作表“{sheet}”；{names}里也有同样的表，需要时请另存后再导入",
    "warning",
)
ROWS_SKIPPED = Refusal(
    "rows_skipped", "未读取的行", "第{rows}没有作为数据读取：{reason}", "warning"
)
