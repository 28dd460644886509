"""Which settings are there, what do they do, and what are their defaults?"""

from __future__ import annotations

from config import known_settings
from tools.document_permissions import table


def page(head: str) -> list[str]:
    """Return the lines of the page of settings, in the order in which they are read."""
    rows = [[f"`{one.name}`", one.about, one.unset, one.takes] for one in known_settings()]
    return [
        "# 设置",
        "",
        head,
        "",
        "设置都是环境变量，例如 `PORT=9000 make run`。",
        "有误或比通知宽松时不启动，并说明是哪一项、怎么改。",
        "改了期限、工作日的设置以后运行 `.venv/bin/flask --app run recompute-deadlines`。",
        "",
        *table(["设置", "作用", "不设时", "可填"], rows),
    ]
