"""What does a page say, read as a person would: rows, numbers, visible words?"""

from __future__ import annotations

import re
from html import unescape
from html.parser import HTMLParser

HIDDEN = {"script", "style", "head", "svg"}
SPOKEN = ("title", "placeholder", "aria-label", "data-confirm", "data-label", "alt")


def keys(page: str) -> list[int]:
    """The keys of the rows of a list or of a tab, in their order."""
    return [int(key) for key in re.findall(r'data-href="/\w+/show/(\d+)"', page)]


def total(page: str) -> int:
    """How many rows a list says it has; 0 where it shows none."""
    found = re.search(r"共 <b>(\d+)</b>", page)
    return int(found[1]) if found else 0


class _Words(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self.depth = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.depth += tag in HIDDEN
        self.found.extend(value for name, value in attrs if name in SPOKEN and value)

    def handle_endtag(self, tag: str) -> None:
        self.depth -= tag in HIDDEN

    def handle_data(self, data: str) -> None:
        if not self.depth and data.strip():
            self.found.append(unescape(data.strip()))


def words(page: str) -> list[str]:
    """Everything on the page that is read or read out."""
    reader = _Words()
    reader.feed(page)
    return reader.found


def text(page: str) -> str:
    """The visible words in one line."""
    return " ".join(words(page))


def values(page: str) -> dict[str, str]:
    """What the form on the page would post if it were sent as it stands."""
    reader = _Form()
    reader.feed(page)
    return reader.values


class _Form(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.values: dict[str, str] = {}
        self.select = self.area = ""
        self.inside = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        one = dict(attrs)
        if tag == "form":
            self.inside = one.get("class") == "form"
        if not self.inside:
            return
        name = one.get("name") or ""
        if tag == "input" and one.get("type") not in ("submit", "file"):
            if one.get("type") != "checkbox" or "checked" in one:
                self.values[name] = one.get("value") or ""
        elif tag == "select":
            self.select = name
        elif tag == "option" and "selected" in one:
            self.values[self.select] = one.get("value") or ""
        elif tag == "textarea":
            self.area = name
            self.values[name] = ""

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea":
            self.area = ""

    def handle_data(self, data: str) -> None:
        if self.area:
            self.values[self.area] += data.lstrip("\r\n")
