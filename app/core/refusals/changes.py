"""Why can these rows not be changed, undone or restored now?"""

from __future__ import annotations

from app.core.refusals.refusal import Refusal

NOT_FOUND = Refusal("not_found", "找不到", "“{title}”已不存在，或不在您的管辖范围内")
NOT_PERMITTED = Refusal("not_permitted", "无权办理", "这项办理不归您的角色")
WRONG_STATE = Refusal("wrong_state", "状态不符", "记录现在的状态不能这样办理")
STALE = Refusal("stale", "已被他人修改", "记录刚刚被别人改过，请刷新后核对")
REFUSED = Refusal("refused", "未办理", "“{title}”：{reason}")
LOCKED = Refusal("locked", "不可修改", "这一列不能修改")
CLOSED = Refusal("closed", "已关闭", "“{title}”：{reason}")
ROW_TWICE = Refusal("row_twice", "一行两次", "同一条记录在本次提交里出现了两次，请只保留一行")
GONE = Refusal(
    "gone",
    "已被删除",
    "这条记录已被删除，或已不在您的管辖范围内，您的修改没有保存。"
    "您填写的内容还在下面，可以复制；确实需要的，核对后另存为新记录",
)

CHANGED_SINCE = Refusal("changed_since", "其后有改动", "“{title}”其后又被改过")
UNDONE = Refusal("undone", "已经撤销", "这次操作已经撤销")
STEP = Refusal("step", "办理步骤", "办理步骤不能撤销，请按程序办理退回或更正")
PARENT_GONE = Refusal(
    "parent_gone",
    "引用已删除",
    "“{title}”的“{label}”已被删除，请先恢复后者，再恢复这条{what}",
)
NOTHING_WRITTEN = Refusal(
    "nothing_written", "无可撤回", "“{filename}”没有可以撤回的内容：没有写入数据，或已经撤回"
)
IN_USE_SINCE = Refusal("in_use", "使用中", "“{title}”已被{uses}使用")

TOO_MANY_JOBS = Refusal(
    "too_many_jobs",
    "任务已满",
    "您已有{count}项正在生成，请等其中一项完成或取消一项后再生成",
)
PASSWORD_WRONG = Refusal("password_wrong", "密码不对", "原密码不对，请重新输入")
KEY_NAME = Refusal("key_name", "密钥用途", "请写明密钥的用途，最多{most}个字")
