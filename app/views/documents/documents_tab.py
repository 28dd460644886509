"""Which documents of a batch can be previewed and downloaded, and in which formats?"""

from __future__ import annotations

from typing import Any

from flask import request, url_for

from app.core.errors import NotFound
from app.core.outside import as_key
from app.core.views.lists.condition_names import check_names
from app.services.documents import documents, package, package_stages, previews

Context = dict[str, Any]

#: Number of page links on either side of the current page.
AROUND = 3


def chosen() -> frozenset[int]:
    """Return the candidates' ids in the query; empty means all. Raises NotFound for a bad id."""
    check_names(request.args, {"candidate", "format", "page"})
    keys = [as_key(written) for written in request.args.getlist("candidate")]
    found = frozenset(key for key in keys if key is not None)
    if len(found) < len(keys) and None in keys:
        raise NotFound("没有这名参评人员")
    return found


def documents_context(view: Any, item: Any) -> list[Context]:
    """Return the documents by stage of the procedure, with URLs of preview and formats."""
    stages: dict[str, list[Context]] = {}
    later = documents.of_many(view.datamodel.session, item)
    for kind in documents.KINDS.values():
        stages.setdefault(kind.stage, []).append(_document(view, item, kind, later=later))
    return [{"title": title, "documents": of_stage} for title, of_stage in stages.items()]


def packages_context(view: Any, item: Any) -> list[Context]:
    """Return the batch's packages as buttons that start a job."""
    why = package.why_not(view.datamodel.actor)
    return [
        {
            "label": f"生成{stage.title}包",
            "url": url_for("DocumentJobView.package", batch_id=item.id, stage=stage.name),
            "method": "post",
            "icon": "file",
            "disabled": bool(why),
            "why": why,
        }
        for stage in package_stages.STAGES.values()
    ]


def _document(view: Any, item: Any, kind: documents.Kind, *, later: bool) -> Context:
    why = documents.why_not(view.datamodel.actor, kind)
    early = why or documents.not_yet(view.datamodel.session, item, kind)
    return {
        "title": kind.title,
        "why": early,
        "preview": _address(view, "preview", item, kind),
        "formats": [
            {
                "label": label,
                **_taken(view, item, kind, form, later=later and kind.each is not None),
            }
            for form, label in formats_of(kind)
        ],
    }


def _taken(view: Any, item: Any, kind: documents.Kind, form: str, *, later: bool) -> Context:
    """Return the link to a format: a download, or a job where it has a page for each of many."""
    if later or form == documents.APART:
        where = {"batch_id": item.id, "kind": kind.name, "form": form}
        return {"url": url_for("DocumentJobView.document", **where), "method": "post"}
    return {"url": _address(view, "form", item, kind, format=form)}


def _from_preview(
    view: Any, item: Any, kind: documents.Kind, form: str, people: list[tuple[str, str]]
) -> Context:
    """Return the link beside a preview, which may be restricted to chosen people."""
    if people:
        return {"url": _with(_address(view, "form", item, kind, format=form), people)}
    later = kind.each is not None and documents.of_many(view.datamodel.session, item)
    return _taken(view, item, kind, form, later=later)


def formats_of(kind: documents.Kind) -> list[tuple[str, str]]:
    """Return the document's formats as (name, label)."""
    return [(form, documents.FORMATS[form]) for form in kind.formats]


def _address(view: Any, route: str, item: Any, kind: documents.Kind, **more: Any) -> str:
    return url_for(f"{view.endpoint}.{route}", pk=item.id, kind=kind.name, **more)


def preview_context(view: Any, item: Any, name: str) -> Context:
    """Return the template context of a preview, which shows one page at a time."""
    found = previews.opened(view.datamodel.session, view.datamodel.actor, item, name, chosen())
    asked = as_key(request.args.get("page", "1")) or 1
    page = min(asked, found.pages)
    people = [("candidate", str(key)) for key in sorted(chosen())]
    here = _address(view, "preview", item, found.kind)
    image = url_for(f"{view.endpoint}.preview_page", pk=item.id, kind=name, page=page)
    return {
        "title": f"{found.kind.title} {item.no}",
        "breadcrumbs": [
            (view.list_title, view.list_url),
            (str(item), url_for(f"{view.endpoint}.show", pk=item.id, tab="forms")),
            (found.kind.title, None),
        ],
        "image": _with(image, people),
        "page": page,
        "pages": [
            {"number": number, "url": _with(here, [*people, ("page", str(number))])}
            for number in _shown(page, found.pages)
        ],
        "total": found.pages,
        "previous_url": page > 1 and _with(here, [*people, ("page", str(page - 1))]),
        "next_url": page < found.pages and _with(here, [*people, ("page", str(page + 1))]),
        "formats": [
            {
                "icon": "download",
                "label": label,
                **_from_preview(view, item, found.kind, form, people),
            }
            for form, label in formats_of(found.kind)
        ],
    }


def _with(address: str, more: list[tuple[str, str]]) -> str:
    if not more:
        return address
    query = "&".join(f"{name}={value}" for name, value in more)
    return f"{address}{'&' if '?' in address else '?'}{query}"


def _shown(page: int, pages: int) -> list[int]:
    near = range(page - AROUND, page + AROUND + 1)
    return sorted({1, pages, *(number for number in near if 1 <= number <= pages)})
