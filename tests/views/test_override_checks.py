"""Does a wrong name in a screen's attributes stop the start, naming view, attribute and field?"""

from __future__ import annotations

from typing import Any

import pytest
from flask_appbuilder.models.sqla.filters import FilterEqual
from wtforms import StringField

from app.core.errors import BadConfig
from app.core.views import override_checks
from app.models import Batch, Candidate, Site
from app.views.bodies.bodies import BodyView, SiteView
from app.views.sign_up.candidates import ScoreView
from tests.views.conftest import Rebuild

WRONG: dict[str, tuple[dict[str, Any], str]] = {
    "list_columns": ({"list_columns": ["name", "seats"]}, "seats"),
    "show_columns": ({"show_columns": ["seats"]}, "seats"),
    "add_columns": ({"add_columns": ["seats"]}, "seats"),
    "edit_columns": ({"edit_columns": ["version"]}, "version"),
    "search_columns": ({"search_columns": ["seats"]}, "seats"),
    "export_columns": ({"export_columns": ["created_by_id"]}, "created_by_id"),
    "a column that is one text": ({"list_columns": "name"}, "list_columns"),
    "label_columns": ({"label_columns": {"seats": "座位数"}}, "seats"),
    "description_columns": ({"description_columns": {"seats": "座位数"}}, "seats"),
    "formatters_columns": ({"formatters_columns": {"seats": str}}, "seats"),
    "a formatter that is none": ({"formatters_columns": {"name": "大写"}}, "name"),
    "validators_columns": ({"validators_columns": {"seats": []}}, "seats"),
    "a validator that is none": ({"validators_columns": {"name": ["必填"]}}, "name"),
    "add_form_extra_fields": ({"add_form_extra_fields": {"floor": "楼层"}}, "floor"),
    "edit_form_extra_fields": ({"edit_form_extra_fields": {"floor": StringField}}, "floor"),
    "base_order": ({"base_order": ("seats", "asc")}, "seats"),
    "a direction that is none": ({"base_order": ("name", "up")}, "base_order"),
    "base_filters": ({"base_filters": [["seats", FilterEqual, 1]]}, "seats"),
    "a filter that is none": ({"base_filters": [["name", "=", 1]]}, "name"),
    "a filter without a value": ({"base_filters": [["name", FilterEqual]]}, "base_filters"),
    "page_size": ({"page_size": 5000}, "5000"),
    "related_views": ({"related_views": [ScoreView]}, "ScoreView"),
    "a related view that is none": ({"related_views": ["SiteView"]}, "SiteView"),
}


@pytest.mark.parametrize("name", WRONG)
def test_a_wrong_name_stops_the_start_and_is_named(rebuild: Rebuild, name: str) -> None:
    said, named = WRONG[name]
    with pytest.raises(BadConfig) as stopped:
        rebuild(SiteView, **said)
    assert "SiteView" in stopped.value.message
    assert next(iter(said)) in stopped.value.message
    assert named in stopped.value.message


def test_a_right_one_starts(rebuild: Rebuild) -> None:
    assert rebuild(BodyView, related_views=[SiteView], page_size=10, base_order=("code", "desc"))


@pytest.mark.parametrize("attribute", ["add_columns", "edit_columns"])
def test_a_state_is_never_filled_in(attribute: str) -> None:
    with pytest.raises(BadConfig, match="状态只随办理步骤改变"):
        override_checks.check("BatchView", Batch, {attribute: ["name", "state"]})


def test_a_state_is_not_given_a_control_by_hand() -> None:
    said = {"edit_form_extra_fields": {"state": StringField("状态")}}
    with pytest.raises(BadConfig, match="状态只随办理步骤改变"):
        override_checks.check("BatchView", Batch, said)


@pytest.mark.parametrize("attribute", override_checks.WITHOUT_EFFECT)
def test_what_would_do_nothing_stops_the_start_and_says_what_does(attribute: str) -> None:
    with pytest.raises(BadConfig, match=f"SiteView 的 {attribute} 在本系统不起作用"):
        override_checks.check("SiteView", Site, {attribute: ["name"]})


def test_columns_of_the_page_of_related_rows_may_be_conditions() -> None:
    override_checks.check("V", Candidate, {"base_filters": [["batch.no", FilterEqual, "1"]]})
    with pytest.raises(BadConfig, match=r"batch\.seats"):
        override_checks.check("V", Candidate, {"base_filters": [["batch.seats", FilterEqual, 1]]})
