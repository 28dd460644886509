"""How is a row added, changed and deleted by hand, without losing the input?"""

from __future__ import annotations

from contextlib import suppress
from typing import Any

from flask import flash, redirect, request, url_for
from flask_appbuilder import expose, has_access
from werkzeug.datastructures import CombinedMultiDict

from app.core.declarations.field import describe
from app.core.errors import AppError, NotFound, Problem, RulesBroken, Stale, WrongState
from app.core.history import history
from app.core.outside import whole
from app.core.records import belonging, editable, guarded, record
from app.core.records.own_place import own_place
from app.core.refusals.changes import GONE, REFUSED
from app.core.transaction import abandon
from app.core.views.addresses import address, may, view_of
from app.core.views.columns import filled_in, relations_among, target_of
from app.core.views.forms import conflicts, forms, hooks
from app.core.views.forms.forms import EntityForm
from app.core.views.forms.record_page import MISSING

Context = dict[str, Any]


class FormPages:
    """The routes of an entity view for adding, editing and deleting."""

    datamodel: Any
    route_base: str
    label: str
    list_title: str
    list_url: str
    add_title: str
    edit_title: str
    form_class: type[EntityForm]
    adding_form_class: type[EntityForm]

    @expose("/add", methods=["GET", "POST"])
    @has_access
    def add(self) -> Any:
        parents = self._parents_asked()
        model = self.datamodel.obj
        asked = [field.name for field in filled_in(model, adding=True) if field.relation]
        given = {**own_place(self.datamodel.session, model, asked), **parents}
        form = self.adding_form_class(data=self._prefilled(given))
        for name in given:
            form[name].stored = None
        form.shut = belonging.shut(self.datamodel.actor, model)
        form.know(given)
        item = self.datamodel.obj()
        if request.method == "POST":
            problems = self._save(form, item, hooks.add)
            if problems is None:
                flash(f"已新增{self.label}“{item}”", "success")
                return redirect(self._after_adding(item, parents))
        else:
            problems = []
        context = self._form_context(form, self.add_title, problems)
        context["notices"] = self._closed(parents)
        context["extra_submit"] = [{"name": "again", "value": "1", "label": "保存并继续新增"}]
        context["breadcrumbs"] = [*self._trail(parents), (self.add_title, None)]
        context["cancel_url"] = self._back_to(parents) or self.list_url
        return self.render_template("entity/form.html", **context)

    @expose("/edit/<pk>", methods=["GET", "POST"])
    @has_access
    def edit(self, pk: str) -> Any:
        relations = relations_among(filled_in(self.datamodel.obj))
        item = self.datamodel.one(pk, relations)
        if item is None:
            if request.method == "GET":
                raise NotFound(MISSING)
            return self._edit_of_nothing()
        page = url_for(f"{self.endpoint}.show", pk=item.id)
        why = guarded.why_no_edit(self.datamodel.session, self.datamodel.actor, item)
        # On a POST the input is shown again with the reason: nothing that was typed may be lost.
        if why and request.method == "GET":
            flash(why, "danger")
            return redirect(page)
        form = self._edit_form(item)
        problems: list[Problem] | None = []
        clash: Context = {}
        if why:
            form.offer(self)
            problems = [REFUSED.saying(f"{why}。您填写的内容没有保存，还在下面，可以复制")]
        elif request.method == "POST":
            problems, clash = self._save_later(form, item)
            if problems is None:
                flash(f"已保存{self.label}“{item}”", "success")
                return redirect(page)
        context = self._form_context(form, f"{self.edit_title} {item}", problems or [])
        context["breadcrumbs"] = [
            (self.list_title, self.list_url), (str(item), page), ("编辑", None),
        ]  # fmt: skip
        context["cancel_url"] = page
        context["clash"] = clash
        return self.render_template("entity/form.html", **context)

    def _prefilled(self, rows: dict[str, Any]) -> dict[str, Any]:
        by_hand = self.adding_form_class.by_hand
        return {name: row if name in by_hand else row.id for name, row in rows.items()}

    def _edit_form(self, item: Any) -> EntityForm:
        """Return a row's form with the input, or with the other person's value where chosen."""
        model = self.datamodel.obj
        formdata: Any = None
        if request.method == "POST":
            now, chosen = conflicts.stored(model, item), conflicts.taken(request.form)
            typed: list[Any] = [request.files, conflicts.merged(request.form, now, chosen)]
            formdata = CombinedMultiDict(typed)
        form = self.form_class(formdata=formdata, data=forms.stored(self.form_class, item))
        form._id = item.id  # noqa: SLF001 - the framework's Unique excludes the row by it
        form.shut = belonging.shut(self.datamodel.actor, model, item)
        form.know({name: getattr(item, name) for name in relations_among(filled_in(model))})
        return form

    def _edit_of_nothing(self) -> Any:
        """Show the input again for a record that has been deleted, to be saved as a new one."""
        model = self.datamodel.obj
        opened = conflicts.read(request.form.get("opened"))
        # Disabled controls posted nothing.
        unsent = belonging.settled(model) | {one.name for one in guarded.fields_of(model)}
        unsent -= set(request.form)
        form = self.form_class(formdata=conflicts.merged(request.form, opened, unsent))
        # What was opened is gone, so there is nothing left to compare with.
        form.version.data = form.opened.data = ""
        context = self._form_context(form, self.edit_title, [GONE.of()])
        context["breadcrumbs"] = [(self.list_title, self.list_url), ("编辑", None)]
        context["cancel_url"] = self.list_url
        may_add = may("can_add", self) and editable.may_add(self.datamodel.actor, model)
        context["form_action"] = f"{self.route_base}/add" if may_add else ""
        context["submit_label"] = "另存为新记录" if may_add else ""
        context["no_submit"] = not may_add
        return self.render_template("entity/form.html", **context), 404

    @expose("/delete/<pk>", methods=["POST"])
    @has_access
    def delete(self, pk: str) -> Any:
        item = self.wanted(pk)
        title, page = str(item), url_for(f"{self.endpoint}.show", pk=item.id)
        try:
            hooks.remove(self, item)
        except AppError as refusal:
            flash(refusal.message, "danger")
            return redirect(page)
        flash(f"已删除{self.label}“{title}”", "success")
        return redirect(self.list_url)

    def fill(self, form: EntityForm, item: Any) -> None:
        """Put the input into the row; screens with further controls extend this."""
        form.fill(item)

    def _save(self, form: EntityForm, item: Any, keep: Any) -> list[Problem] | None:
        """Save and return None, or return the problems without a field; others are on the form."""
        session = self.datamodel.session
        form.offer(self)
        if not form.validate():
            return []
        try:
            with record.filling(session):
                self.fill(form, item)
            keep(self, item)
        except AppError as refusal:
            # The page with the error queries the database, which must not flush the input.
            abandon(session)
            if isinstance(refusal, RulesBroken):
                return form.put(refusal.problems)
            if isinstance(refusal, WrongState):
                return [REFUSED.saying(refusal.message)]
            raise
        return None

    def _save_later(
        self, form: EntityForm, item: Any
    ) -> tuple[list[Problem] | None, dict[str, Any]]:
        """Do what ``_save`` does, but show conflicts by field if somebody else saved meanwhile."""
        if form.version.data == str(item.version):
            # Saved between this look and the write: shown as a clash, like an earlier one.
            with suppress(Stale):
                return self._save(form, item, hooks.edit), {}
        form.offer(self)
        return [], self._clash(form, item)

    def _clash(self, form: EntityForm, item: Any) -> Context:
        """Return both people's values of the fields changed meanwhile; nothing is saved."""
        since = item.version - (whole(form.version.data) or item.version - 1)
        events = history.timeline(self.datamodel.session, item, limit=max(1, min(since, 5)))
        return {"events": events, "rows": conflicts.meet(form, item, request.form)}

    def _form_context(self, form: EntityForm, title: str, problems: list[Problem]) -> Context:
        form.offer(self)
        return {
            "title": title,
            "form": form,
            "form_groups": form.groups(),
            "problems": problems,
        }

    def _parents_asked(self) -> dict[str, Any]:
        """Return the related rows in the address that a new row is to belong to, if in scope."""
        found = {}
        for field in filled_in(self.datamodel.obj, adding=True):
            if field.relation and field.name in request.args:
                related = self.datamodel.get_related_interface(field.name)
                row = related.one(request.args[field.name])
                if row is not None:
                    found[field.name] = row
        return found

    def _closed(self, parents: dict[str, Any]) -> list[Context]:
        """Return a notice if nothing can be added to these parents, for the top of the form."""
        if not parents:
            return []
        why = editable.frozen_reason(self.datamodel.obj(**parents))
        return [{"colour": "orange", "text": why}] if why else []

    def _parent_view(self, parents: dict[str, Any]) -> tuple[Any, Any]:
        for name, row in parents.items():
            view = view_of(target_of(self.datamodel.obj, describe(self.datamodel.obj).field(name)))
            if view is not None and type(self) in view.related_views:
                return view, row
        return None, None

    def _back_to(self, parents: dict[str, Any]) -> str:
        """Return the tab of the parent's page with this table's rows; empty if there is none."""
        view, row = self._parent_view(parents)
        if view is None:
            return ""
        page = url_for(f"{view.endpoint}.show", pk=row.id)
        return address(page, {"tab": self.datamodel.obj.__tablename__})

    def _after_adding(self, item: Any, parents: dict[str, Any]) -> str:
        if request.form.get("again"):
            return address(f"{self.route_base}/add", request.args)
        return self._back_to(parents) or url_for(f"{self.endpoint}.show", pk=item.id)

    def _trail(self, parents: dict[str, Any]) -> list[tuple[str, str | None]]:
        view, row = self._parent_view(parents)
        if view is None:
            return [(self.list_title, self.list_url)]
        return [(view.list_title, view.list_url), (str(row), self._back_to(parents))]
