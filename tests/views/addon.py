"""What does somebody write who knows Flask-AppBuilder and nothing of this product?"""

from __future__ import annotations

from typing import Any

from flask import flash, redirect, render_template_string
from flask_appbuilder import BaseView, ModelView, SimpleFormView, expose, has_access
from flask_appbuilder.actions import action
from flask_appbuilder.basemanager import BaseManager
from flask_appbuilder.charts.views import DirectByChartView, GroupByChartView
from flask_appbuilder.forms import DynamicForm
from flask_appbuilder.models.group import aggregate_count, aggregate_sum
from flask_appbuilder.models.sqla.interface import SQLAInterface
from flask_appbuilder.views import CompactCRUDMixin, MasterDetailView, MultipleView
from flask_appbuilder.widgets import FormHorizontalWidget, ListBlock, ShowBlockWidget
from flask_babel import lazy_gettext
from wtforms import StringField
from wtforms.validators import DataRequired

from app.models import Batch, Body, Candidate, Site
from app.roles import EVERYONE

PAGE = """
{% extends "appbuilder/base.html" %}
{% import "appbuilder/general/lib.html" as lib %}
{% block content %}
{{ lib.panel_begin(title) }}<p>食堂周五停业。</p>{{ lib.panel_end() }}
{% endblock %}
"""


class PlainSiteView(ModelView):
    """Nothing but the table, as the framework's tutorial begins; for everybody."""

    datamodel = SQLAInterface(Site)
    open_to = EVERYONE

    @action("close_down", "停用", "确定停用？")
    def close_down(self, items: Any) -> Any:
        for item in items if isinstance(items, list) else [items]:
            item.capacity = 0
            self.datamodel.edit(item)
        self.update_redirect()
        return redirect(self.get_redirect())


class PlainCandidateView(ModelView):
    """With columns, order and labels of its own."""

    datamodel = SQLAInterface(Candidate)
    open_to = EVERYONE
    list_title = "人员一览"
    list_columns = ["name", "id_number", "gender", "batch"]
    label_columns = {"name": "姓名全称"}
    base_order = ("name", "asc")


class PlainBodyView(ModelView):
    """With a list of related rows; no word about whom it is for."""

    datamodel = SQLAInterface(Body)
    list_columns = ["name", "code", "state"]
    show_columns = ["name", "code", "state", "kind"]
    edit_columns = ["name"]
    related_views = [PlainSiteView]


class NoticeView(BaseView):
    """A page of one's own, and one without any right."""

    default_view = "board"

    @expose("/board/")
    @has_access
    def board(self) -> str:
        return render_template_string(
            PAGE, title="通知栏", base_template=self.appbuilder.base_template
        )

    @expose("/loose/")
    def loose(self) -> str:
        return "没有写权限"


class OpinionForm(DynamicForm):
    """What a simple form asks."""

    opinion = StringField("意见", validators=[DataRequired("请填写意见")])


class OpinionView(SimpleFormView):
    """A simple form, for everybody."""

    form = OpinionForm
    form_title = "意见箱"
    open_to = EVERYONE

    def form_get(self, form: Any) -> None:
        form.opinion.description = "一句话即可"

    def form_post(self, form: Any) -> None:
        flash(f"收到：{form.opinion.data}", "info")


class SiteChart(GroupByChartView):
    """Sites by city and by name."""

    datamodel = SQLAInterface(Site)
    chart_title = "考点统计"
    open_to = EVERYONE
    definitions = [
        {"group": "contact", "series": [(aggregate_count, "name"), (aggregate_sum, "capacity")]},
        {"label": "按名称", "group": "name", "series": [(aggregate_sum, "capacity")]},
    ]


class BatchChart(GroupByChartView):
    """Batches by their state; nothing but that is said."""

    datamodel = SQLAInterface(Batch)
    open_to = EVERYONE
    definitions = [{"group": "state", "series": [(aggregate_count, "no")]}]


class SeatChart(DirectByChartView):
    """One bar a site."""

    datamodel = SQLAInterface(Site)
    open_to = EVERYONE
    definitions = [{"group": "name", "series": ["capacity"]}]


class TogetherView(MultipleView):
    """Two lists on one page."""

    views = [PlainSiteView, PlainCandidateView]
    open_to = EVERYONE


class MasterView(MasterDetailView):
    """Bodies with their sites beside them."""

    datamodel = SQLAInterface(Body)
    list_columns = ["name"]
    related_views = [PlainSiteView]
    open_to = EVERYONE


class CompactSiteView(CompactCRUDMixin, ModelView):
    """List and forms on one page."""

    datamodel = SQLAInterface(Site)
    open_to = EVERYONE


class CardSiteView(ModelView):
    """With other widgets of the framework, and related rows in a cascade."""

    datamodel = SQLAInterface(Site)
    list_widget = ListBlock
    show_widget = ShowBlockWidget
    edit_widget = add_widget = FormHorizontalWidget
    show_template = "appbuilder/general/model/show_cascade.html"
    edit_template = "appbuilder/general/model/edit_cascade.html"
    open_to = EVERYONE


class Addon(BaseManager):
    """The add-on as the framework wants it."""

    def register_views(self) -> None:
        add = self.appbuilder.add_view
        add(PlainSiteView, "Sites", label="考点（框架）", category="Extra", category_label="扩展")
        add(PlainCandidateView(), "People", label="人员（框架）", category="Extra")
        add(PlainBodyView, "Bodies", label="机构（框架）", category="Extra")
        add(OpinionView, "Opinion", label=lazy_gettext("意见箱"), category="Extra")
        add(SiteChart, "Site chart", label="考点统计", category="Extra")
        add(BatchChart, "Batch chart", label="批次统计", category="Extra")
        add(SeatChart, "Seats", label="座位", category="Extra")
        add(TogetherView, "Together", label="合并页", category="Extra")
        add(MasterView, "Master", label="机构与考点", category="Extra")
        add(CompactSiteView, "Compact", label="紧凑页", category="Extra")
        add(CardSiteView, "Cards", label="卡片页", category="Extra")
        self.appbuilder.add_separator("Extra")
        self.appbuilder.add_link("Home", href="HomeView.index", label="回首页", category="Extra")
        add(NoticeView, "Notice", label="通知栏")
        self.appbuilder.add_link("Intranet", href="http://intranet.example/", label="内网门户")
        add(NoticeView, "Hidden", label="看不见的", menu_cond=lambda: False)
