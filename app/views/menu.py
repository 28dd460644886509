"""Which entries does the side menu have, in the order of the procedure?"""

from __future__ import annotations

from app.core.views.menu import Entry, Menu, screens

MENU: Menu = (
    ("备案机构", screens("Body", "BodyScope", "BodyNumberRule", "Site", "Assessor", "Supervisor")),
    ("一 委托评价", screens("Enterprise", "Commission")),
    ("二 制定计划", screens("Plan", "PlanPassRule")),
    (
        "三 组织报名",
        (
            *screens("Batch", "Candidate", "WorkHistory", "Material"),
            Entry(label="报考条件查询", endpoint="EligibilityView.ask"),
        ),
    ),
    ("四 试卷命制", screens("ExamPaper", "PrintingAgreement")),
    ("五 实施备案", screens("ExamSession")),
    ("六 组织考评", screens("SpotCheckDraw", "Inspection", "Score")),
    (
        "七 结果确认",
        (
            Entry(label="结果统计", endpoint="ResultsView.list"),
            *screens(
                "Publicity", "Objection", "Complaint", "Certificate", "CertificateChange",
                "CertificateSegment",
            ),
        ),
    ),
    (
        "八 资料存档",
        (
            *screens("ArchiveFile"),
            Entry(label="到期可销毁", endpoint="ArchiveFileView.due"),
            *screens("Destruction"),
        ),
    ),
    (
        "基础数据",
        screens(
            "Centre", "Region", "Occupation", "WorkType", "Level", "EligibilityRoute",
            "MaterialRequirement", "StaffingRule", "CodeKind", "CodeItem", "WorkdayOverride",
            "CalendarYear", "CertificateCounter", "CertificatePlace",
        ),
    ),
)  # fmt: skip
