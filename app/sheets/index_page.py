"""What does the index page of a package say, readable without the product?"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape
from urllib.parse import quote

_STYLE = (
    "body{font:14px/1.6 'Noto Sans CJK SC','Microsoft YaHei',sans-serif;max-width:960px;"
    "margin:24px auto;padding:0 16px}table{border-collapse:collapse;width:100%}"
    "th,td{border:1px solid #999;padding:4px 8px;text-align:left}td.n{text-align:right}"
    "code{font-size:11px;word-break:break-all}h2{margin-top:28px}"
    "li.error{color:#b3261e}li.warning{color:#9a4d06}"
)


@dataclass(frozen=True)
class Listed:
    """A file of the package: its path, title, size in bytes and SHA-256 digest."""

    path: str
    title: str
    size: int
    digest: str


@dataclass(frozen=True)
class Remark:
    """A finding of the check: ``error`` or ``warning``, its message and clause of the notice."""

    severity: str
    message: str
    clause: str = ""


def index_page(
    title: str,
    facts: Sequence[tuple[str, str]],
    files: Iterable[Listed],
    left_out: Sequence[tuple[str, str]],
    checked: str,
    remarks: Sequence[Remark],
) -> bytes:
    """Return the page as HTML; texts are escaped, files linked relative to the page."""
    rows = "".join(_row(number, one) for number, one in enumerate(files, start=1))
    facts_html = "".join(
        f"<tr><th>{escape(name)}</th><td>{escape(text)}</td></tr>" for name, text in facts
    )
    absent = "".join(f"<li>{escape(name)}：{escape(why)}</li>" for name, why in left_out)
    if absent:
        absent = f"<h2>没有放入的表格</h2><ul>{absent}</ul>"
    found = "".join(_remark(one) for one in remarks) or "<li>没有发现问题。</li>"
    page = (
        '<!doctype html>\n<html lang="zh-CN"><head><meta charset="utf-8">'
        f"<title>{escape(title)}</title><style>{_STYLE}</style></head><body>"
        f"<h1>{escape(title)}</h1><table>{facts_html}</table>"
        f"<h2>文件</h2><table><tr><th>序号</th><th>文件</th><th>内容</th><th>字节</th>"
        f"<th>SHA-256</th></tr>{rows}</table>{absent}"
        f"<h2>{escape(checked)}</h2><ul>{found}</ul></body></html>\n"
    )
    return page.encode()


def _row(number: int, one: Listed) -> str:
    link = f'<a href="{quote(one.path)}">{escape(one.path)}</a>'
    return (
        f'<tr><td class="n">{number}</td><td>{link}</td><td>{escape(one.title)}</td>'
        f'<td class="n">{one.size}</td><td><code>{one.digest}</code></td></tr>'
    )


def _remark(one: Remark) -> str:
    word = "错误" if one.severity == "error" else "提醒"
    clause = f"（{escape(one.clause)}）" if one.clause else ""
    return f'<li class="{escape(one.severity)}">{word}：{escape(one.message)}{clause}</li>'
