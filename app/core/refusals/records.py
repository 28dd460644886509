"""Why can a record of any kind not be saved or deleted?"""

from __future__ import annotations

from app.core.refusals.refusal import Refusal

REQUIRED = Refusal("required", "必填", "“{label}”必须填写")
TOO_LONG = Refusal("too_long", "超长", "“{label}”超过 {most} 个字，请缩短")
BAD_CHARACTERS = Refusal("bad_characters", "字符无效", "“{label}”里有无法保存的字符，请重新输入")
MASKED = Refusal("masked", "号码被隐藏", "“{label}”被部分隐藏，请填写完整号码；不改动的空着")
DIGITS_LOST = Refusal(
    "digits_lost",
    "号码末位丢失",
    "“{label}”被存成了数字“{value}”，末几位已经丢失，请按文本重新录入完整号码",
)
TOO_MANY_DECIMALS = Refusal(
    "too_many_decimals", "小数位过多", "“{label}”最多保留 {places} 位小数，请改正"
)
NUMBER_TOO_LARGE = Refusal("number_too_large", "数值过大", "“{label}”的数值太大，请核对")
OUT_OF_RANGE = Refusal("out_of_range", "超出范围", "“{label}”{range}，请改正")
OUT_OF_ORDER = Refusal("out_of_order", "先后颠倒", "“{label}”不能早于“{earlier}”，请核对")
UNLISTED = Refusal("unlisted", "不在选项内", "“{label}”的值不在可选的范围内，请从列表中选择")
STATE_UNKNOWN = Refusal(
    "state_unknown",
    "状态不明",
    "“{label}”还没有登记，没有保存；请系统管理员运行 flask --app run doctor 后再办理",
)
YEAR_UNREAL = Refusal("year_unreal", "年份不实", "“{label}”的年份不对，请核对")

UNKNOWN_VALUE = Refusal(
    "{field}_unknown", "无法识别", "“{label}”写的是“{text}”，无法识别，请填{choices}之一"
)
UNKNOWN_RECORD = Refusal(
    "{field}_unknown",
    "无法识别",
    "“{label}”写的是“{text}”，没有这样的{what}，或不在您的管辖范围内，请填写已有的{how}",
)
AMBIGUOUS_RECORD = Refusal(
    "{field}_ambiguous",
    "所指不明",
    "“{label}”写的是“{text}”，有{count}条{what}都叫这个：{shown}，请改填唯一的编号或代码",
)
RETIRED_VALUE = Refusal("retired", "已停用", "“{label}”的“{value}”已停用，请改填在用的")
CODE_UNKNOWN = Refusal(
    "code_unknown", "代码不明", "“{label}”的值“{value}”不在代码表里，请从列表中选择"
)
CODE_RETIRED = Refusal("code_retired", "代码停用", "“{label}”选的值已停用，请改选在用的")

DUPLICATE = Refusal("duplicate", "重复", "已有相同“{named}”的{what}，请核对后修改")
CONFLICT = Refusal("conflict", "与他人冲突", "{what}没有保存：相关记录刚刚被别人改过，请刷新后再试")
IN_USE = Refusal("in_use", "使用中", "{what}已被其他记录引用，不能删除；不再使用的请停用")
CODE_IN_USE = Refusal("code_in_use", "代码使用中", "“{value}”已用在{uses}，{what}")
KIND_IN_USE = Refusal(
    "kind_in_use", "代码表使用中", "标识不能改：“{labels}”按它取用代码表；名称可以改"
)
PARENT_CHANGED = Refusal(
    "parent_changed", "所属已定", "“{label}”建立后不能更换；登记错了的请删除后重新登记"
)
FIELD_FIXED = Refusal("field_fixed", "登记后不改", "“{label}”登记后不能修改{remedy}")
FIELD_NOT_OPEN = Refusal(
    "field_not_open", "现不能改", "“{label}”只能在“{states}”时修改，现在是“{here}”{remedy}"
)
FIELD_BY_OTHERS = Refusal(
    "field_by_others", "由他人填写", "“{label}”由{who}填写，您的角色不能填写或修改，请转告他们办理"
)
PARENTS_APART = Refusal(
    "parents_apart", "所属不一", "{far} 与{near} 不属于同一{belonging}，请重新选择"
)
OUT_OF_SCOPE = Refusal(
    "out_of_scope",
    "超出管辖范围",
    "保存后这条记录将不在您的管辖范围内，请核对所属机构、中心或批次",
)
NOT_OWNED = Refusal("not_owned", "非本单位", "您只能登记归本机构或本中心的{what}，请核对所属")
