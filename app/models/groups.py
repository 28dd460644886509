"""Under which headings are fields grouped on forms and pages?"""

from __future__ import annotations

from app.core.declarations.groups import declare

declare(
    "公布内容", "实操", "实操考试", "实操考试与综合评审", "填报信息", "备案事项", "备案信息",
    "工作信息", "总成绩", "承诺与监督", "报名条件", "督导", "督导结论", "材料", "条件",
    "现有证书", "理论", "理论考试", "生效期间", "申报信息", "综合评审", "考试类型",
    "更正前", "更正后", "申请与审批", "编号组成", "证明材料",
    "考评与督导", "联系方式", "评价安排", "适用范围", "逾期报送", "企业承诺", "抽取办法",
    "位置（毫米）", "字体",
)  # fmt: skip
