"""What is a setting, how is it read out of an environment, and what is said of a bad one?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from app.core.outside import whole


@dataclass(frozen=True)
class Setting:
    """A name in the environment that the product reads: what it does, when unset, what it takes."""

    name: str
    about: str
    unset: str
    takes: str


class Reader:
    """Reads named values out of an environment and gathers every objection before one refusal.

    Each name is read with a sentence for operators: what was read is also what can be documented.
    """

    def __init__(self, environ: Mapping[str, str]) -> None:
        self.environ = environ
        self.problems: list[str] = []
        self.known: list[Setting] = []

    def refuse(self, name: str, what: str, remedy: str) -> None:
        """Gather an objection: which setting, what is wrong, what to do."""
        self.problems.append(f"设置项 {name} {what}。{remedy}")

    def text(
        self, name: str, default: str, about: str, *, unset: str = "", takes: str = "文字"
    ) -> str:
        """The trimmed text of a setting, or ``default``; ``unset`` says the default in words."""
        self.known.append(Setting(name, about, unset or default or "无", takes))
        return self.environ.get(name, "").strip() or default

    def number(self, name: str, default: int, low: int, high: int, about: str) -> int:
        """A whole number from ``low`` to ``high``; objects to anything else."""
        written = self.text(name, str(default), about, takes=f"{low} 到 {high} 的整数")
        number = whole(written, low, high)
        if number is not None:
            return number
        self.refuse(name, f"的值“{written}”不对", f"请填写 {low} 到 {high} 之间的整数。")
        return default

    def yes_no(self, name: str, about: str) -> bool:
        """Whether a setting is switched on; off by default."""
        written = self.text(name, "0", about, takes="1（启用）或 0（停用）").lower()
        if written in {"1", "true", "yes", "on", "是"}:
            return True
        if written not in {"0", "false", "no", "off", "否"}:
            self.refuse(name, f"的值“{written}”不对", "请填写 1（启用）或 0（停用）。")
        return False
