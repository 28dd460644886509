"""Is every message that the framework can show worded in Chinese?"""

from __future__ import annotations

from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import read_mo
from babel.messages.pofile import read_po

from tests.templates.shell import APP, FRAMEWORK

OURS = APP.parent / "translations/zh/LC_MESSAGES"
METHODS = [("**.py", "python"), ("**/templates/**.html", "jinja2")]
KEYWORDS = {
    "_": None,
    "gettext": None,
    "lazy_gettext": None,
    "lazy_formatter_gettext": None,
}


def compiled(path: Path) -> Catalog:
    with path.open("rb") as file:
        return read_mo(file)


def messages_of_the_framework() -> set[str]:
    found = extract_from_dir(str(FRAMEWORK), METHODS, keywords=KEYWORDS)
    return {message for _, _, message, _, _ in found if isinstance(message, str) and message}


def test_the_two_catalogues_together_leave_no_message_in_english() -> None:
    theirs, ours = (
        compiled(folder / "messages.mo")
        for folder in (FRAMEWORK / "translations/zh/LC_MESSAGES", OURS)
    )
    messages = messages_of_the_framework()
    assert len(messages) > 100
    assert not [one for one in messages if not _worded(ours, one) and not _worded(theirs, one)]


def test_the_compiled_catalogue_says_what_its_source_says() -> None:
    with (OURS / "messages.po").open("rb") as file:
        source = read_po(file)
    built = compiled(OURS / "messages.mo")
    assert {one.id: one.string for one in source if one.id} == {
        one.id: one.string for one in built if one.id
    }


def test_no_message_is_worded_that_the_framework_no_longer_has() -> None:
    ours = {str(one.id) for one in compiled(OURS / "messages.mo") if one.id}
    assert not ours - messages_of_the_framework() - {"General Error"}


def _worded(catalogue: Catalog, message: str) -> bool:
    return message in catalogue and bool(catalogue[message].string)
