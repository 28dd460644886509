"""How is an act performed that a screen declares by the framework's ``@action``?

It accepts only POST with the form's key, within the scope and the screen's ``base_filters``. The
framework itself would fetch rows by key alone and answer to GET.
"""

from __future__ import annotations

from typing import Any

from flask import abort, flash, g, redirect, request, url_for
from flask_appbuilder import expose, has_access, permission_name
from flask_appbuilder.actions import ActionItem

from app.core.errors import AppError, NotFound, NotPermitted, RulesBroken
from app.core.transaction import abandon
from app.core.views.acting import MOST
from app.core.views.addresses import address, may
from app.core.views.lists.listing import Listing
from app.core.views.selecting import asked_keys

Context = dict[str, Any]

#: The additional routes of a screen that declares an action.
ACTION_ROUTES = frozenset({"action_on_one", "action_on_many"})


def declares_actions(view: type[Any]) -> bool:
    """Return whether a screen declares such an action."""
    return any(hasattr(getattr(view, name, None), "_action") for name in dir(view))


class ActionRoutes:
    """The routes and buttons of the actions that a screen declares by ``@action``."""

    datamodel: Any
    route_base: str
    list_url: str
    actions: dict[str, ActionItem]

    @expose("/action/<name>/<pk>", methods=["POST"])
    @has_access
    @permission_name("show")
    def action_on_one(self, name: str, pk: str) -> Any:
        """Run an action from the page of a record."""
        item, action = self.wanted(pk), self._declared_action(name, single=True)
        return self._carry_out(action, item, url_for(f"{self.endpoint}.show", pk=item.id))

    @expose("/action", methods=["POST"])
    @has_access
    @permission_name("list")
    def action_on_many(self) -> Any:
        """Run an action from the list, on the ticked or selected rows."""
        action = self._declared_action(request.form.get("action", ""), single=False)
        back = address(self.list_url, request.args, selection=None)
        try:
            items = self._chosen_items()
        except AppError as refusal:
            flash(refusal.message, "danger")
            return redirect(back, 303)
        return self._carry_out(action, items, back)

    def _chosen_items(self) -> list[Any]:
        keys = asked_keys(self)
        if not keys:
            raise NotFound("没有选中任何记录，请先勾选再办理")
        if len(keys) > MOST:
            raise NotPermitted(f"一次最多办理 {MOST} 条，您选了 {len(keys)} 条；请加条件分几次办理")
        items: list[Any] = self.datamodel.get_many(keys)
        if len(items) < len(keys):
            gone = len(keys) - len(items)
            flash(f"所选 {len(keys)} 条中有 {gone} 条已不在您的管辖范围内，没有办理", "warning")
        if not items:
            raise NotFound("所选的记录都已不在，没有可以办理的")
        return items

    def _declared_action(self, name: str, *, single: bool) -> ActionItem:
        action = self.actions.get(name)
        if action is None or not (action.single if single else action.multiple):
            raise NotFound("没有这项操作")
        if not self._may(action):
            abort(403)
        return action

    def _may(self, action: ActionItem) -> bool:
        return may(self.get_action_permission_name(action.name), self)

    def _carry_out(self, action: ActionItem, subject: Any, back: str) -> Any:
        g.action_back = back
        try:
            answer = action.func(subject)
        except AppError as refusal:
            abandon(self.datamodel.session)
            problems = refusal.problems if isinstance(refusal, RulesBroken) else ()
            for message in [one.message for one in problems] or [refusal.message]:
                flash(message, "danger")
            answer = None
        return redirect(back, 303) if answer is None else answer

    def get_redirect(self) -> str:
        """Return the page from which the action was started, where the framework asks for it."""
        found: str = g.pop("action_back", "") or super().get_redirect()
        return found

    def bulk_buttons(self, listing: Listing) -> list[Context]:
        """Add the actions for several rows that this person may use."""
        buttons: list[Context] = super().bulk_buttons(listing)
        url = f"{self.route_base}/action"
        return buttons + [
            {
                "label": action.text,
                "url": url,
                "name": "action",
                "value": action.name,
                **_asking(action),
            }
            for action in self.actions.values()
            if action.multiple and self._may(action)
        ]

    def action_buttons(self, item: Any) -> list[Context]:
        """Return the actions for one row that this person may use."""
        base = f"{self.route_base}/action"
        return [
            {
                "label": action.text,
                "url": f"{base}/{action.name}/{item.id}",
                "method": "post",
                **_asking(action),
            }
            for action in self.actions.values()
            if action.single and self._may(action)
        ]


def _asking(action: ActionItem) -> Context:
    return {"confirm": str(action.confirmation) if action.confirmation else None}
