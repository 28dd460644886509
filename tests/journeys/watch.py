"""Does any page reach beyond its host, complain in the console, speak English or look wrong?"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from playwright.sync_api import BrowserContext, ConsoleMessage, Page, Request

#: Words in Latin letters that Chinese offices use themselves, and the codes of the demo's bodies.
KNOWN = frozenset(
    {
        "Excel",
        "Word",
        "PDF",
        "RSW",
        "WPS",
        "Ctrl",
        "Shift",
        "Tab",
        "CSV",
        "MB",
        "DEMO",
        "HBYZ",
        "TSJX",
        "BDJX",
    }
)

#: What is data and no wording: a formula in a cell, numbers of records, names and kinds of files,
#: ids of rules.
_DATA = re.compile(
    r"=\w+\([^)]*\)|[\w.\-/]*\d[\w.\-/]*|\b[a-z]+(?:_[a-z]+)+\b|"
    r"[\w.\-]*\.?\b(?:xlsx|xls|csv|txt|pdf|zip|jpe?g|png|docx?)\b"
)
_WORD = re.compile(r"[A-Za-z]{2,}")

#: Everything that a visitor can read or hear, hints and placeholders included.
_WORDING = """() => {
  const said = [document.title, document.body.innerText];
  for (const node of document.querySelectorAll("[title], [placeholder], [aria-label], [alt]"))
    for (const name of ["title", "placeholder", "aria-label", "alt"])
      if (node.hasAttribute(name)) said.push(node.getAttribute(name));
  return said.join("\\n");
}"""

#: What looks wrong at the width of an office's screen, or speaks the browser's language.
_LOOKS = """() => {
  const found = [];
  const root = document.documentElement;
  if (root.scrollWidth > root.clientWidth) found.push("page wider than the screen");
  for (const head of document.querySelectorAll("main table:not(.paper-table) th"))
    if (head.offsetHeight > 48 && head.scope === "col") found.push(`head wraps: ${head.innerText}`);
  const dated = "input[type=date], input[type=datetime-local], input[type=time], input[type=month]";
  for (const input of document.querySelectorAll(dated))
    if (!("shown" in input.dataset)) found.push(`control in the browser's words: ${input.name}`);
  for (const input of document.querySelectorAll("input[type=file]"))
    if (!input.closest(".file")) found.push(`control in the browser's words: ${input.name}`);
  return found;
}"""


@dataclass
class Watch:
    """Keeps what the pages of all people should not have done.

    ``allowed`` are parts of console messages that are expected; pages below ``skipped`` show
    technical names and are not read for English words.
    """

    home: str
    complaints: list[str] = field(default_factory=list)
    allowed: set[str] = field(default_factory=set)
    skipped: set[str] = field(default_factory=set)

    def over(self, context: BrowserContext) -> None:
        """Look at everything that happens in one person's browser."""
        context.on("request", self._request)
        context.on("console", self._console)
        context.on("weberror", lambda error: self.complaints.append(str(error.error)))

    def look(self, page: Page) -> None:
        """Read the page that stands there now."""
        for fault in page.evaluate(_LOOKS):
            self._complain(f"{urlsplit(page.url).path}: {fault}")
        if any(page.url.startswith(self.home + path) for path in self.skipped):
            return
        for word in sorted(english(page.evaluate(_WORDING))):
            self._complain(f"{urlsplit(page.url).path}: English word {word!r}")

    def _request(self, request: Request) -> None:
        address = urlsplit(request.url)
        if address.scheme not in {"data", "blob"} and not request.url.startswith(self.home + "/"):
            self._complain(f"request beyond the host: {request.url}")

    def _console(self, message: ConsoleMessage) -> None:
        if message.type not in {"error", "warning"}:
            return
        if not any(part in message.text for part in self.allowed):
            self._complain(f"console: {message.text}")

    def _complain(self, text: str) -> None:
        if text not in self.complaints:
            self.complaints.append(text)


def english(text: str) -> set[str]:
    """The words in Latin letters that are neither data nor known."""
    return set(_WORD.findall(_DATA.sub(" ", text))) - KNOWN
