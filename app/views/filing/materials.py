"""How are materials attached to a filing, and downloaded by those who may see it?"""

from __future__ import annotations

from collections import Counter
from typing import Any

from flask import current_app, request, url_for
from flask_appbuilder import expose, has_access, permission_name
from flask_wtf.file import FileField
from wtforms import StringField
from wtforms.validators import Length, ValidationError

from app.core.errors import AppError, NotFound
from app.core.history import file_versions
from app.core.views import attachments
from app.core.views.base import EntityView
from app.core.views.downloads import OPAQUE, sends_file, sent
from app.core.views.forms.fields import Tidy
from app.core.views.forms.forms import EntityForm
from app.core.views.interface import EntityInterface
from app.core.views.lists.listing import Listing
from app.models import Batch, Material
from app.services.sign_up import photos
from app.sheets.photo import photo_fault
from app.views.documents.printing import batch_named
from app.views.filing.former_files import files_tabs


class MaterialForm(EntityForm):
    """A material with its file, which may be omitted when a stored one is edited."""

    file = FileField(
        "文件",
        description=f"{attachments.KINDS}，不超过 {attachments.LARGEST_MB} MB",
        render_kw={"accept": ",".join(f".{kind}" for kind in attachments.BEGINNINGS)},
    )
    replaced_for = StringField(
        "更换理由",
        [Length(max=200, message="不能超过 200 个字")],
        filters=[Tidy()],
        description="报送审核过的资料更换文件时必填；原来的文件保留，审核人看得到",
    )
    attachment: attachments.Attachment | None = None

    def validate_file(self, control: Any) -> None:
        """Require a file if none is stored yet, and check that its content matches its name."""
        if not control.data:
            if not self.version.data:
                raise ValidationError("请选择要上传的文件")
            return
        self.attachment, why = attachments.read(control.data)
        if self.attachment is not None and "kind" in self and self.kind.data == photos.PHOTO:
            why = photo_fault(self.attachment.content)
        if why:
            raise ValidationError(why)

    def groups(self) -> list[dict[str, Any]]:
        """Return the groups with the file first; a new material requires it."""
        self.file.flags.required = not self.version.data
        fields = [self.file, self.replaced_for] if self.version.data else [self.file]
        return [{"title": "文件", "fields": fields}, *super().groups()]


class MaterialView(EntityView):
    """报名资料."""

    datamodel = EntityInterface(Material)

    form_base = MaterialForm

    def fill(self, form: EntityForm, item: Any) -> None:
        super().fill(form, item)
        item.replaced_for = form.replaced_for.data or ""
        attachments.keep(form.attachment, item)

    def list_buttons(self, listing: Listing) -> list[dict[str, Any]]:
        found, batch = super().list_buttons(listing), listing.parents.get("batch")
        if batch is None or not self._may_add():
            return found
        url = url_for(f"{self.endpoint}.photos", batch_id=batch.id)
        return [*found, {"label": "导入照片", "url": url, "icon": "upload", "in_tab": True}]

    @expose("/photos/<int:batch_id>", methods=["GET", "POST"])
    @has_access
    @permission_name("add")
    def photos(self, batch_id: int) -> Any:
        """Import photographs of a batch from an archive, matched by file name."""
        batch, results, refused = batch_named(batch_id), None, ""
        if request.method == "POST":
            data, file = self.datamodel, request.files.get("file")
            try:
                content = file.stream.read() if file else b""
                results = photos.accept(data.session, data.actor, batch, content)
            except AppError as refusal:
                refused = refusal.message
        return self.render_template(
            "batches/photos.html", **_photos_context(batch, results, refused)
        )

    def record_buttons(self, item: Any) -> list[dict[str, Any]]:
        if item.destroyed_on is not None:
            why = f"保管期满，内容已于 {item.destroyed_on} 按程序销毁"
            return [{"label": "下载", "url": "", "icon": "download", "disabled": True, "why": why}]
        return [{"label": "下载", "url": f"{self.route_base}/file/{item.id}", "icon": "download"}]

    @expose("/file/<pk>")
    @has_access
    @permission_name("show")
    @sends_file
    def file(self, pk: str) -> Any:
        item = self.wanted(pk)
        if item.destroyed_on is not None:
            raise NotFound(
                f"“{item.filename}”的内容已于 {item.destroyed_on} 按程序销毁，只留有目录"
            )
        # Send as a download, never inline: an uploaded file must not run in our pages.
        return sent(item.content, item.filename, OPAQUE)

    def more_tabs(self, item: Any) -> list[tuple[str, str, Any]]:
        return [*files_tabs(self.datamodel.session)]

    @expose("/former/<int:batch_id>/<int:version>")
    @has_access
    @permission_name("show")
    @sends_file
    def former(self, batch_id: int, version: int) -> Any:
        """Send a file that another one replaced, or that went with its row."""
        batch, session = batch_named(batch_id), self.datamodel.session
        kept = file_versions.version_named(session, Material, batch, version)
        return sent(kept.content, kept.filename, OPAQUE)


def _photos_context(
    batch: Batch, results: list[photos.FileResult] | None, refused: str
) -> dict[str, Any]:
    here = url_for("BatchView.show", pk=batch.id)
    counts = Counter(one.status for one in results or ())
    return {
        "title": f"导入照片 {batch.no}",
        "breadcrumbs": [
            ("认定批次", url_for("BatchView.list")),
            (str(batch), here),
            ("导入照片", None),
        ],
        "batch": batch,
        "back_url": here,
        "closed": photos.closed_reason(batch),
        "refused": refused,
        "results": None if results is None else sorted(results, key=_bad_first),
        "counts": counts,
        "words": {
            "new": ("green", "已登记"),
            "unchanged": ("grey", "已有"),
            "refused": ("red", "未登记"),
        },
        "limit_mb": current_app.config["MAX_CONTENT_LENGTH"] // 2**20 - 2,
    }


def _bad_first(one: photos.FileResult) -> tuple[bool, str]:
    return (one.status != "refused", one.name)
