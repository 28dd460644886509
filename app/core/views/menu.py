"""Where does everything stand? The side menu, in the order of the procedure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask import current_app, request

from app.core.declarations.base import entity_named
from app.core.declarations.field import describe
from app.core.scope import actor_of
from app.core.views.addresses import page_url, view_of
from app.core.views.home import waiting_counts


@dataclass(frozen=True)
class Entry:
    """A line of the menu: a screen of an entity, or any other page by its endpoint."""

    entity: str = ""
    label: str = ""
    endpoint: str = ""


def _screens(*names: str) -> tuple[Entry, ...]:
    return tuple(Entry(entity=name) for name in names)


MENU: tuple[tuple[str, tuple[Entry, ...]], ...] = (
    ("备案机构", _screens("Body", "BodyScope", "BodyNumberRule", "Site", "Assessor", "Supervisor")),
    ("一 委托评价", _screens("Enterprise", "Commission")),
    ("二 制定计划", _screens("Plan", "PlanPassRule")),
    (
        "三 组织报名",
        (
            *_screens("Batch", "Candidate", "WorkHistory", "Material"),
            Entry(label="报考条件查询", endpoint="EligibilityView.ask"),
        ),
    ),
    ("四 试卷命制", _screens("ExamPaper", "PrintingAgreement")),
    ("五 实施备案", _screens("ExamSession")),
    ("六 组织考评", _screens("SpotCheckDraw", "Inspection", "Score")),
    (
        "七 结果确认",
        (
            Entry(label="结果统计", endpoint="ResultsView.list"),
            *_screens(
                "Publicity", "Objection", "Complaint", "Certificate", "CertificateChange",
                "CertificateSegment",
            ),
        ),
    ),
    (
        "八 资料存档",
        (
            *_screens("ArchiveFile"),
            Entry(label="到期可销毁", endpoint="ArchiveFileView.due"),
            *_screens("Destruction"),
        ),
    ),
    (
        "基础数据",
        _screens(
            "Centre", "Region", "Occupation", "WorkType", "Level", "EligibilityRoute",
            "MaterialRequirement", "StaffingRule", "CodeKind", "CodeItem", "WorkdayOverride",
            "CalendarYear", "CertificateCounter", "CertificatePlace",
        ),
    ),
    (
        "系统管理",
        (
            Entry(label="用户", endpoint="AccountView.list"),
            Entry(label="角色", endpoint="RoleMatrixView.matrix"),
            Entry(label="变更记录", endpoint="ChangeView.list"),
        ),
    ),
)  # fmt: skip


def menu_groups() -> list[dict[str, Any]]:
    """The groups of the menu that the user of this request has, with what waits in each."""
    counts = waiting_counts(actor_of(current_app.appbuilder.session))
    groups = []
    for title, entries in MENU:
        items = [item for entry in entries if (item := _item(entry, counts)) is not None]
        if items:
            groups.append({"title": title, "items": items})
    return groups


def _item(entry: Entry, counts: dict[str, int]) -> dict[str, Any] | None:
    endpoint = entry.endpoint
    view = view_of(entity_named(entry.entity)) if entry.entity else None
    if view is not None:
        endpoint = f"{view.endpoint}.list"
    url = page_url(endpoint)
    if not url:
        return None
    return {
        "label": entry.label or describe(entity_named(entry.entity)).label,
        "url": url,
        "count": counts.get(entry.entity),
        "active": request.blueprint == endpoint.partition(".")[0],
    }
