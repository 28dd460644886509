"""What can a program do with the rows of one table?"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from flask import request
from flask_appbuilder import permission_name
from flask_appbuilder.api import expose
from flask_appbuilder.security.decorators import protect
from sqlalchemy import inspect
from werkzeug.wrappers import Response

from app.core.api import values
from app.core.api.asking import check_asked, check_whole
from app.core.api.exporting import ExportRoute
from app.core.api.gate import KeyedApi
from app.core.database import db
from app.core.declarations.base import Entity
from app.core.declarations.behaviour import find_procedure
from app.core.declarations.field import Field, describe
from app.core.declarations.opening import is_issued
from app.core.errors import NotFound, RulesBroken, Stale
from app.core.jobs import exports
from app.core.outside import as_key
from app.core.records import record
from app.core.refusals.asking import NOT_JSON
from app.core.scope import owns
from app.core.views.columns import filled_in, relations_among, shown
from app.core.views.interface import EntityInterface
from app.core.views.lists.condition_names import check_names
from app.core.views.lists.listing import Listing
from app.core.workflow import moves

#: The default and the largest number of rows in one answer.
PAGE, LARGEST_PAGE = 50, 200


class EntityApi(ExportRoute, KeyedApi):
    """The resource of one table; created by :func:`resource_for`."""

    model: ClassVar[type[Entity]]

    @property
    def data(self) -> EntityInterface:
        """The rows that the holder of the key sees."""
        return EntityInterface(self.model, db.session)

    @expose("/", methods=["GET"])
    @protect()
    @permission_name("list")
    def many(self) -> Response:
        """Return one page of the rows that match the conditions in the address."""
        size = _number(request.args.get("size"), PAGE, LARGEST_PAGE)
        listing = Listing(self.data, request.args, size=size)
        check_asked(listing, request.args)
        fields = shown(self.model)
        keys = listing.keys(limit=size, offset=(listing.page - 1) * size)
        rows = self.data.get_many(keys, relations_among(fields))
        return self.response(
            200,
            count=listing.total,
            page=listing.page,
            pages=listing.last_page,
            result=self._sent(rows, fields),
        )

    @expose("/<int:pk>", methods=["GET"])
    @protect()
    @permission_name("show")
    def one(self, pk: int) -> Response:
        """Return one row."""
        check_names(request.args, {"whole"})
        fields = shown(self.model)
        return self.response(200, result=self._sent([self._wanted(pk, fields)], fields)[0])

    @expose("/", methods=["POST"])
    @protect()
    @permission_name("add")
    def add(self) -> Response:
        """Add a row and return it."""
        item = self.model()
        self._fill(item, _body(), adding=True)
        record.add(db.session, self.data.actor, item)
        return self._kept(item, 201)

    @expose("/<int:pk>", methods=["PATCH"])
    @protect()
    @permission_name("edit")
    def change(self, pk: int) -> Response:
        """Change the fields in the body; its ``version`` must be that of the row as read."""
        item, body = self._wanted(pk, filled_in(self.model)), dict(_body())
        # Required, not optional: a program that leaves it out would overwrite what people saved
        # meanwhile.
        if body.pop("version", None) != item.version:
            raise Stale("这条记录已被别人改过，或没有写明 version；请重新读取后再修改")
        self._fill(item, body)
        record.edit(db.session, self.data.actor, item)
        return self._kept(item, 200)

    @expose("/<int:pk>", methods=["DELETE"])
    @protect()
    @permission_name("delete")
    def remove(self, pk: int) -> Response:
        """Delete a row."""
        record.remove(db.session, self.data.actor, self._wanted(pk))
        return self.response(200, message="已删除")

    @expose("/<int:pk>/moves", methods=["GET"])
    @protect()
    @permission_name("show")
    def offers(self, pk: int) -> Response:
        """Return the moves that this user may make now, and why not the others."""
        offers = moves.offers(db.session, self.data.actor, self._wanted(pk))
        offered = [
            {"move": one.move.name, "label": one.move.label, "allowed": one.allowed, "why": one.why}
            for one in offers
        ]
        return self.response(200, result=offered)

    @expose("/<int:pk>/moves/<name>", methods=["POST"])
    @protect()
    @permission_name("move")
    def move(self, pk: int, name: str) -> Response:
        """Make a move; the body may contain a ``note``, and ids of cautions to ``acknowledge``."""
        table, item = moves.procedure_for(self.model), self._wanted(pk)
        if name not in {one.name for one in table.moves}:
            raise NotFound(f"“{table.label}”没有名为“{name}”的步骤")
        body = _body()
        note = str(body.get("note", "")).replace("\0", "")
        named = body.get("acknowledge")
        acknowledged = frozenset(map(str, named if isinstance(named, list) else ()))
        step = moves.act(db.session, self.data.actor, item, name, note, acknowledged)
        result = {"move": step.move, "from": step.source, "to": step.target}
        return self.response(200, result=result)

    def _wanted(self, pk: int, fields: list[Field] | None = None) -> Any:
        item = self.data.one(pk, relations_among(fields or []))
        if item is None:
            raise NotFound(f"没有这条{describe(self.model).label}，或不在您的管辖范围内")
        return item

    def _fill(self, item: Any, body: Mapping[str, Any], *, adding: bool = False) -> None:
        fields = {one.name: one for one in filled_in(self.model, adding=adding)}
        with record.filling(db.session):
            problems = values.put(item, fields, body, self.data)
        if problems:
            raise RulesBroken(problems)

    def _kept(self, item: Any, code: int) -> Response:
        fields = shown(self.model)
        # Read again within the scope: the answer shows what the holder of the key sees now.
        row = self.data.one(item.id, relations_among(fields))
        return self.response(code, result=self._sent([row], fields)[0])

    def _sent(self, rows: list[Any], fields: list[Field]) -> list[dict[str, Any]]:
        """Return the rows as JSON; unmasked numbers only on request, which is recorded."""
        whole = request.args.get("whole") == "1" and any(one.sensitive for one in fields)
        actor = self.data.actor
        if whole:
            check_whole(actor, self.model)
        answer = [values.sent(one, fields, whole=whole and owns(actor, one)) for one in rows]
        if whole:
            exports.note_sent(db.session, actor, self.model, len(rows))
        return answer


def resource_for(model: type[Entity]) -> type[EntityApi]:
    """Return the resource of ``model``, named after its table, with the rights of its screen."""
    return type(
        f"{model.__name__}Api",
        (EntityApi,),
        {
            "model": model,
            "resource_name": model.__tablename__,
            "class_permission_name": model.__name__,
            "exclude_route_methods": {"info", *_without_use(model)},
        },
    )


def _without_use(model: type[Entity]) -> set[str]:
    """Return the routes that the table cannot have: changes of issued rows, moves, uploads."""
    missing = set() if find_procedure(model.__name__) else {"offers", "move"}
    if is_issued(model):
        return missing | {"add", "change", "remove"}
    return missing | ({"add"} if _needs_more(model) else set())


def _needs_more(model: type[Entity]) -> bool:
    """Return whether a row needs more than its declared fields, as an attachment its file."""
    declared = {one.name for one in describe(model).fields}
    return any(
        not column.nullable and column.default is None and not column.primary_key
        for attribute in inspect(model).column_attrs
        if attribute.key not in declared and not (column := attribute.columns[0]).foreign_keys
    )


def _body() -> Mapping[str, Any]:
    body = request.get_json(silent=True) if request.get_data() else {}
    if not isinstance(body, dict):
        raise RulesBroken([NOT_JSON.of()])
    return body


def _number(written: str | None, otherwise: int, most: int) -> int:
    # Nine digits fit every integer type; more are certainly too many rows.
    asked = as_key((written or "")[:9]) or otherwise
    return min(asked, most)
