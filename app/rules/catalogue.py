"""Which rules are there, and in which modules are they declared?"""

from __future__ import annotations

import importlib
import pkgutil
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache

import app.rules
from app.core import accounts, workflow
from app.core.refusals.catalogue import all_refusals
from app.core.refusals.refusal import Refusal
from app.core.rule import Rule

_HEAD = """# 规则一览

本页由 `python -m app.rules.catalogue > docs/rules.md` 生成，请勿手工修改。
每条规则有固定编号，由一个函数检查，并有测试。页面、打印件和导入结果上写“规则 3-02”这样的编号：
前一位是通知流程的步骤（0 为通知没有写明步骤的），编号一经给出不再改变，新的规则接着往下编。
程序（接口和命令的 JSON）用标识一栏的英文标识。

来源一栏：“流程×”指冀职鉴字〔2021〕7号附件《企业委托开展职业技能等级认定工作流程》的条次；
“GB …”为国家标准；“中心自定”为本中心可以改动的约定；“推定”为通知未写明、按通行做法补足的内容。
级别：错误须改正后才能继续，提醒不阻止办理。

| 编号 | 标识 | 规则 | 来源 | 级别 | 函数 |
|---|---|---|---|---|---|
"""

_REFUSALS = """
## 技术性拒绝

不出自通知或中心、对任何数据都会有的拒绝：没有填、不认识、已停用、被别人改过之类。页面上写名称，程序用标识。
话中的花括号是办理时填入的内容，`{field}` 是字段名。

| 名称 | 标识 | 说的话 | 级别 |
|---|---|---|---|
"""
_LEVELS = {"error": "错误", "warning": "提醒", "caution": "须确认"}


@dataclass(frozen=True)
class Entry:
    """A rule and the module that declares it, where its checking function is defined."""

    rule: Rule
    module: str

    @property
    def function(self) -> str:
        """Dotted name of the checking function."""
        return f"{self.module}.{self.rule.function}"


def all_rules() -> list[Entry]:
    """Return every rule, in the order of modules and then of declaration."""
    entries: list[Entry] = []
    for found in _modules():
        if found.name == __name__:
            continue
        module = importlib.import_module(found.name)
        entries += [
            Entry(value, found.name) for value in vars(module).values() if isinstance(value, Rule)
        ]
    at_home = {entry.rule.code for entry in entries if _declared_in(entry)}
    # An imported rule is found in the importing module as well: skip it there.
    return [one for one in entries if _declared_in(one) or one.rule.code not in at_home]


def _declared_in(entry: Entry) -> bool:
    """Return whether the checking function is defined in the module, not imported."""
    function = getattr(sys.modules[entry.module], entry.rule.function.split(".")[0], None)
    return getattr(function, "__module__", "") == entry.module


def _modules() -> Iterator[pkgutil.ModuleInfo]:
    """Yield the modules of the domain's rules and of the core packages with rules."""
    for room in (accounts, workflow, app.rules):
        yield from pkgutil.walk_packages(room.__path__, f"{room.__name__}.")


@cache
def marks() -> Mapping[str, str]:
    """Map rule id → the number shown to users, such as 规则 3-02."""
    return {entry.rule.code: entry.rule.mark for entry in all_rules()}


def rules_page() -> str:
    """Return the text of ``docs/rules.md``."""
    rules, refusals = map(_line, all_rules()), map(_refusal_line, all_refusals())
    return _HEAD + "".join(rules) + _REFUSALS + "".join(refusals)


def _line(entry: Entry) -> str:
    rule = entry.rule
    level = _LEVELS[rule.severity]
    function = entry.function.removeprefix("app.").removeprefix("rules.")
    content = f"{rule.sentence} | {rule.source} | {level}"
    return f"| {rule.number} | `{rule.code}` | {content} | `{function}` |\n"


def _refusal_line(refusal: Refusal) -> str:
    level = _LEVELS[refusal.severity]
    return f"| {refusal.name} | `{refusal.code}` | {refusal.words} | {level} |\n"


if __name__ == "__main__":
    sys.stdout.write(rules_page())
