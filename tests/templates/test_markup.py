"""Do the templates keep what the content security policy and an intranet demand?"""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.templates.shell import APP, CORE, FRAMEWORK

FOLDERS = (CORE / "templates", APP / "templates")
TEMPLATES = sorted(path for folder in FOLDERS for path in folder.rglob("*.html"))
ASSETS = [path for path in sorted((CORE / "static").rglob("*")) if path.is_file()]


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(APP)))
class TestATemplate:
    def test_carries_no_script_and_no_style_of_its_own(self, path: Path) -> None:
        text = path.read_text(encoding="utf-8")
        # Data that a script reads is no script.
        scripts = [
            one for one in re.findall(r"<script\b[^>]*>", text) if "application/json" not in one
        ]
        assert all(" src=" in one and "nonce=" in one for one in scripts)
        assert not re.search(r"<style\b|\sstyle\s*=|\son[a-z]+\s*=\s*[\"']|javascript:", text)

    def test_names_no_other_host(self, path: Path) -> None:
        assert not re.search(r"(?:https?:)?//[a-z0-9]+\.", path.read_text(encoding="utf-8"))

    def test_posts_with_a_token_of_the_session(self, path: Path) -> None:
        text = path.read_text(encoding="utf-8")
        for form in re.findall(r"<form\b[^>]*method=\"post\".*?</form>", text, re.DOTALL):
            # What a busy server could not take is sent again as it was, its token with it.
            assert "csrf(" in form or "hidden_tag()" in form or "in filled_in" in form

    def test_gives_every_column_heading_its_scope(self, path: Path) -> None:
        headings = re.findall(r"<th\b[^>]*>", path.read_text(encoding="utf-8"))
        assert all("scope=" in one for one in headings)


@pytest.mark.parametrize("path", ASSETS, ids=lambda path: path.name)
def test_an_asset_loads_nothing_from_another_host(path: Path) -> None:
    text = path.read_text(encoding="utf-8").replace("http://www.w3.org/2000/svg", "")
    assert not re.search(r"(?:https?:)?//[a-z0-9]+\.[a-z]|@import", text)


def test_every_icon_that_a_template_names_is_drawn() -> None:
    drawn = set(re.findall(r'<symbol id="([a-z]+)"', (CORE / "static/icons.svg").read_text()))
    text = "".join(path.read_text(encoding="utf-8") for path in TEMPLATES)
    used = set(re.findall(r"icon\(\"([a-z]+)\"", text))
    assert used
    assert used <= drawn


def overridden() -> set[Path]:
    """Our pages, by the names under which the framework may look for them."""
    return {path.relative_to(FOLDERS[0]) for path in FOLDERS[0].rglob("*.html")}


def test_no_page_of_the_framework_is_overridden_that_it_no_longer_has() -> None:
    stock = {path.relative_to(FRAMEWORK / "templates") for path in FRAMEWORK.rglob("*.html")}
    ours = overridden()
    assert not {path for path in ours if path.parts[0] == "appbuilder"} - stock
