"""Which rules are there? All of them, gathered from the modules that declare them."""

from __future__ import annotations

import importlib
import pkgutil
import sys
from collections.abc import Iterator
from dataclasses import dataclass

import app.rules
from app.core import accounts, workflow
from app.core.rule import Rule

_HEAD = """# 规则一览

本页由 `python -m app.rules.catalogue > docs/rules.md` 生成，请勿手工修改。
每条规则有固定编号（程序、导入结果、审核意见中都用它），由一个函数检查，并有测试。

来源一栏：“流程×”指冀职鉴字〔2021〕7号附件《企业委托开展职业技能等级认定工作流程》的条次；
“GB …”为国家标准；“中心自定”为本中心可以改动的约定；“推定”为通知未写明、按通行做法补足的内容。
级别：错误须改正后才能继续，提醒不阻止办理。

| 编号 | 规则 | 来源 | 级别 | 函数 |
|---|---|---|---|---|
"""


@dataclass(frozen=True)
class Entry:
    """A rule and the module that declares it, beside the function that checks it."""

    rule: Rule
    module: str

    @property
    def function(self) -> str:
        """The dotted name of the checking function."""
        return f"{self.module}.{self.rule.function}"


def all_rules() -> list[Entry]:
    """Every rule of the package, in the order of modules and then of declaration."""
    entries: list[Entry] = []
    for found in _modules():
        if found.name == __name__:
            continue
        module = importlib.import_module(found.name)
        entries += [
            Entry(value, found.name) for value in vars(module).values() if isinstance(value, Rule)
        ]
    return entries


def _modules() -> Iterator[pkgutil.ModuleInfo]:
    """The domain's rules, and those of the core's rooms that have some."""
    for package in (accounts, workflow, app.rules):
        yield from pkgutil.walk_packages(package.__path__, f"{package.__name__}.")


def rules_page() -> str:
    """The text of ``docs/rules.md``."""
    return _HEAD + "".join(_line(entry) for entry in all_rules())


def _line(entry: Entry) -> str:
    rule = entry.rule
    level = "错误" if rule.severity == "error" else "提醒"
    function = entry.function.removeprefix("app.").removeprefix("rules.")
    return f"| `{rule.code}` | {rule.sentence} | {rule.source} | {level} | `{function}` |\n"


if __name__ == "__main__":
    sys.stdout.write(rules_page())
