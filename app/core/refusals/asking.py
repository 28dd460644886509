"""Why is a query of a list, an export or the interface refused?"""

from __future__ import annotations

from app.core.refusals.refusal import Refusal

UNKNOWN_CONDITION = Refusal(
    "unknown_condition", "查询条件不明", "没有名为“{name}”的查询条件，{remedy}"
)
UNKNOWN_ORDER = Refusal("unknown_order", "排序不明", "不能按“{name}”排序，或一次排序的列太多")
UNKNOWN_FIELD = Refusal("unknown_field", "字段不明", "没有可以填写的字段“{name}”，字段名见接口文档")
UNREADABLE = Refusal("unreadable", "值不可读", "“{label}”的值不对，请按接口文档填写")
NOT_JSON = Refusal(
    "not_json", "不是 JSON", "请求的内容不是一个 JSON 对象，请检查格式和 Content-Type"
)
UNKNOWN_COLUMN = Refusal("unknown_column", "列名不明", "没有可以导出的列“{name}”，列名见接口文档")
UNKNOWN_FORMAT = Refusal("unknown_format", "格式不明", "format 请填写 xlsx 或 csv")
UNKNOWN_VALUES = Refusal("unknown_values", "取值不明", "values 请填写 labels 或 codes")

VIEW_NAME_MISSING = Refusal("view_name_missing", "视图无名称", "请写上视图的名称")
VIEW_NAME_LONG = Refusal("view_name_long", "视图名称超长", "视图名称最多 {most} 个字")
VIEW_QUERY_LONG = Refusal("view_query_long", "条件超长", "条件太长，存不进视图，请去掉一些")
VIEW_NAME_TAKEN = Refusal("view_name_taken", "视图重名", "您已有视图“{name}”，请换个名称")
VIEW_TOO_MANY = Refusal(
    "view_too_many", "视图已满", "一个列表最多保存 {most} 个视图，请先删除不用的"
)
