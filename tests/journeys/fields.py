"""How does a person fill in a form, by the labels that stand there?"""

from __future__ import annotations

import re

from playwright.sync_api import Locator, Page, expect


class Fields:
    """The fields of the form on a page."""

    page: Page

    def fill_in(self, values: dict[str, str | bool | list[str]]) -> None:
        """Fill in a form by the labels of its fields."""
        for label, value in values.items():
            self._fill(self.field(label), value)

    def field(self, label: str) -> Locator:
        """The part of a form that this label heads."""
        own = self.page.locator("label").filter(
            has_text=re.compile(f"^\\s*{re.escape(label)}\\s*\\*?\\s*$")
        )
        return self.page.locator(".field").filter(has=own)

    def _fill(self, field: Locator, value: str | bool | list[str]) -> None:
        control = field.locator("input:not([type=hidden]), select, textarea").first
        if isinstance(value, bool):
            control.set_checked(value)
        elif "select2-hidden-accessible" in (control.get_attribute("class") or ""):
            for wanted in [value] if isinstance(value, str) else value:
                self._choose(field, wanted)
        elif control.evaluate("node => node.tagName") == "SELECT":
            control.select_option(label=str(value))
        else:
            control.fill(str(value))

    def _choose(self, field: Locator, text: str) -> None:
        """Find a row by typing a part of its name, and take it."""
        field.locator(".select2-selection").click()
        box = self.page.locator(".select2-container--open .select2-search__field").last
        box.fill(text)
        option = self.page.locator(".select2-results__option[aria-selected]").filter(has_text=text)
        option.first.click()
        expect(field.locator(".select2-selection")).to_contain_text(text)

    def value(self, label: str) -> str:
        """What stands in a field now."""
        return self.field(label).locator("input, textarea").first.input_value()

    def chosen(self, label: str) -> str:
        """What a field that chooses among records shows now."""
        return self.field(label).locator(".select2-selection__rendered").inner_text()
