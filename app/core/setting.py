"""What is a setting, and how is it read from the environment and checked?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from app.core.outside import whole


@dataclass(frozen=True)
class Setting:
    """An environment variable that the product reads: effect, default and values in Chinese."""

    name: str
    about: str
    unset: str
    takes: str


class Reader:
    """Reads settings from an environment and collects all problems for one refusal.

    Each is read together with a description for operators, so that all can be documented.
    """

    def __init__(self, environ: Mapping[str, str]) -> None:
        self.environ = environ
        self.problems: list[str] = []
        self.known: list[Setting] = []

    def refuse(self, name: str, what: str, remedy: str) -> None:
        """Add a problem: which setting, what is wrong and what to do."""
        self.problems.append(f"设置项 {name} {what}。{remedy}")

    def text(
        self, name: str, default: str, about: str, *, unset: str = "", takes: str = "文字"
    ) -> str:
        """Return the setting's trimmed text or ``default``; ``unset`` describes that default."""
        self.known.append(Setting(name, about, unset or default or "无", takes))
        return self.environ.get(name, "").strip() or default

    def number(self, name: str, default: int, low: int, high: int, about: str) -> int:
        """Return an integer between ``low`` and ``high``; adds a problem for anything else."""
        written = self.text(name, str(default), about, takes=f"{low} 到 {high} 的整数")
        number = whole(written, low, high)
        if number is not None:
            return number
        self.refuse(name, f"的值“{written}”不对", f"请填写 {low} 到 {high} 之间的整数。")
        return default

    def yes_no(self, name: str, about: str) -> bool:
        """Return whether a setting is switched on; off by default."""
        written = self.text(name, "0", about, takes="1（启用）或 0（停用）").lower()
        if written in {"1", "true", "yes", "on", "是"}:
            return True
        if written not in {"0", "false", "no", "off", "否"}:
            self.refuse(name, f"的值“{written}”不对", "请填写 1（启用）或 0（停用）。")
        return False
