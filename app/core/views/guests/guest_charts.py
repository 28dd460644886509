"""How is a chart of the framework drawn without scripts from the internet, in our words?"""

from __future__ import annotations

from functools import partial
from typing import Any

from flask import abort, request

from app.core.declarations.base import Entity
from app.core.declarations.field import describe
from app.core.outside import whole
from app.core.views.cells import worded
from app.core.views.guests.guest_rows import far_field


class GuestChart:
    """A ``GroupByChartView`` or ``DirectByChartView``.

    Values on the axis are worded as on our pages: codes by name, identity numbers masked.
    """

    datamodel: Any
    definitions: list[dict[str, Any]]
    label_columns: dict[str, Any]
    chart_title: str

    def __init__(self, **given: Any) -> None:
        self.definitions = [dict(one) for one in type(self).definitions]
        super().__init__(**given)
        model = self.datamodel.obj
        fields = (
            {one.name: one for one in describe(model).fields} if issubclass(model, Entity) else {}
        )
        for one in self.definitions:
            far = far_field(model, one["group"])
            at, field = far or (model, fields.get(one["group"]))
            if field is not None and not field.relation:
                one.setdefault("formatter", partial(worded, at, field))
            for series in one["series"]:
                self._word(series, fields)

    def _word(self, series: Any, fields: dict[str, Any]) -> None:
        name = series[1] if isinstance(series, tuple) else series
        field = fields.get(name)
        if field is None:
            return
        if not isinstance(series, tuple):
            self.label_columns[name] = field.label
        elif hasattr(series[0], "_label"):
            # Name the column: the function's label alone would not say what it is applied to.
            self.label_columns[f"{series[0].__name__}{name}"] = (
                f"{field.label}（{series[0]._label}）"  # noqa: SLF001
            )

    def _init_titles(self) -> None:
        label = getattr(self.datamodel.obj, "__label__", "") or self.datamodel.obj.__name__
        if type(self).chart_title == "Chart":
            self.chart_title = f"{label}统计图"
        super()._init_titles()  # type: ignore[misc]

    def check_request(self) -> None:
        """Abort with 404 for a chart that does not exist."""
        super().check_request()  # type: ignore[misc]
        asked = (request.view_args or {}).get("group_by", "0")
        if whole(asked, 0, len(self.definitions) - 1) is None:
            abort(404)
