"""Who can log in to the demo centre?

These accounts exist only after ``seed --demo``. Their passwords are public and printed at every
start, so an installation with real data must not have them.
"""

from __future__ import annotations

from dataclasses import dataclass

PROVINCE = "130000"
TANGSHAN = "130200"
BAODING = "130600"


@dataclass(frozen=True)
class DemoAccount:
    """One login; it belongs either to the centre of a region or to a body."""

    username: str
    password: str
    name: str
    role: str
    place: str
    centre_region: str = ""
    body_code: str = ""


DEMO_ACCOUNTS: tuple[DemoAccount, ...] = (
    DemoAccount("admin", "Demo-2021-AD", "系统管理员", "system_admin", "全系统", PROVINCE),
    DemoAccount("sheng_admin", "Demo-2021-SA", "沈国栋", "province_admin", "省中心", PROVINCE),
    DemoAccount("sheng_clerk", "Demo-2021-SC", "盛雅琴", "province_clerk", "省中心", PROVINCE),
    DemoAccount("ts_admin", "Demo-2021-TA", "唐志远", "city_admin", "唐山市中心", TANGSHAN),
    DemoAccount("ts_clerk", "Demo-2021-TC", "田晓梅", "city_clerk", "唐山市中心", TANGSHAN),
    DemoAccount("bd_admin", "Demo-2021-BA", "包建华", "city_admin", "保定市中心", BAODING),
    DemoAccount("demo_clerk", "Demo-2021-DC", "邓秀兰", "body_clerk", "DEMO", body_code="DEMO"),
    DemoAccount("demo_clerk2", "Demo-2021-D2", "丁立新", "body_clerk", "DEMO", body_code="DEMO"),
    DemoAccount("other_clerk", "Demo-2021-OC", "欧阳静", "body_clerk", "HBYZ", body_code="HBYZ"),
    DemoAccount("auditor", "Demo-2021-AU", "严明", "auditor", "省中心", PROVINCE),
)
