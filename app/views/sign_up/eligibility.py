"""How does the page 报考条件查询 judge one person's eligibility, without storing anything?"""

from __future__ import annotations

from typing import Any

from flask import request, url_for
from flask_appbuilder import BaseView, expose, has_access, permission_name

from app.core.database import db
from app.core.errors import NotFound
from app.core.views.interface import EntityInterface
from app.models import Candidate
from app.roles import EVERYONE
from app.rules.sign_up.eligibility_verdict import RouteVerdict, Verdict
from app.services.sign_up import eligibility
from app.services.sign_up.eligibility import TRAINER
from app.views.sign_up.eligibility_form import GROUPS, EligibilityForm, values_of

_MARKS = {"met": ("green", "符合"), "unmet": ("red", "不符合"), "unknown": ("orange", "待定")}
_ANSWERS = {
    "eligible": ("green", "可以申报"),
    "none": ("red", "不能申报"),
    "unknown": ("orange", "暂不能确定"),
}


class EligibilityView(BaseView):
    """报考条件查询: one person, every route, in words that the person can read."""

    route_base = "/eligibility"
    class_permission_name = "Eligibility"
    open_to = EVERYONE
    default_view = "ask"

    @expose("/", methods=["GET", "POST"])
    @has_access
    @permission_name("list")
    def ask(self) -> Any:
        """Show the form: empty, filled in from ``?candidate=``, or with the verdict."""
        given, title = self._given()
        form = EligibilityForm(data=given)
        verdict: Verdict | None = None
        if form.validate_on_submit() or (given and request.method == "GET"):
            if request.method == "GET":
                form.meant = given.get("meant")
            verdict = eligibility.answer(db.session, form.person(), form.level.data, form.meant)
        page = self.render_template(
            "eligibility/ask.html",
            title="报考条件查询",
            breadcrumbs=[("报考条件查询", None)],
            whom=title,
            form=form,
            form_groups=[
                {"title": name, "fields": [form[one] for one in fields]} for name, fields in GROUPS
            ],
            action=url_for("EligibilityView.ask"),
            answer=None if verdict is None else _answer(verdict, form.body_kind.data),
        )
        return page, 422 if form.errors else 200

    def _given(self) -> tuple[dict[str, Any], str]:
        """Return the facts of the candidate in the query. Raises NotFound, also out of scope."""
        key = request.args.get("candidate", "")
        if not key or request.method == "POST":
            return {}, ""
        person: Candidate | None = EntityInterface(Candidate).one(key)
        if person is None:
            raise NotFound("没有这名参评人员，或不在您的管辖范围内")
        facts = values_of(eligibility.person_of(db.session, person))
        applied = {
            "level": person.level.digit,
            "occupation": person.occupation.name,
            "body_kind": person.batch.body.kind,
            "meant": person.occupation,
        }
        return facts | applied, f"{person.batch.no} 第 {person.serial} 号 {person.name}"


def _answer(verdict: Verdict, body_kind: str | None) -> dict[str, Any]:
    colour, word = _ANSWERS[verdict.answer]
    by_years = verdict.route is not None and verdict.route.route.insurance
    return {
        "colour": colour,
        "word": word,
        "sentence": _summary(verdict),
        "edition": verdict.routes[0].route.edition if verdict.routes else "",
        "insurance": by_years and body_kind in (TRAINER, "", None),
        "routes": [_route(one) for one in verdict.routes],
    }


def _summary(verdict: Verdict) -> str:
    """Return a short verdict; the page lists below what is missing for each route."""
    ways = "、".join(one.route.name for one in verdict.open_routes)
    if verdict.answer != "unknown" or not ways:
        return verdict.sentence
    return f"可能符合{ways}。其中任一条所缺的材料补齐，就能确定可以申报{verdict.level}。"


def _route(one: RouteVerdict) -> dict[str, Any]:
    colour, word = _MARKS[one.answer]
    return {
        "name": one.route.name,
        "wording": one.route.wording,
        "colour": colour,
        "word": word,
        "conditions": [
            {"colour": _MARKS[each.answer][0], "word": _MARKS[each.answer][1], "text": each.text}
            for each in one.conditions
        ],
        "evidence": one.evidence if one.answer == "unknown" else (),
        "papers": one.route.evidence if one.answer == "met" else (),
    }
