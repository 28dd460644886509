"""How is a paper attached to a filing, and handed out to those who may see the filing?"""

from __future__ import annotations

from io import BytesIO
from typing import Any

from flask import send_file
from flask_appbuilder import expose, has_access, permission_name
from flask_wtf.file import FileField
from wtforms.validators import ValidationError

from app.errors import NotFound
from app.models import Material
from app.views import attachments
from app.views.base import EntityView
from app.views.forms import EntityForm, form_class
from app.views.interface import EntityInterface


class MaterialForm(form_class(Material)):  # type: ignore[misc]
    """A material with its file; the file may stay away when only its particulars change."""

    file = FileField(
        "文件",
        description=f"{attachments.KINDS}，不超过 {attachments.LARGEST_MB} MB",
        render_kw={"accept": ",".join(f".{kind}" for kind in attachments.BEGINNINGS)},
    )
    attachment: attachments.Attachment | None = None

    def validate_file(self, control: Any) -> None:
        """The file is there where none is stored yet, and is what its name says."""
        if not control.data:
            if not self.version.data:
                raise ValidationError("请选择要上传的文件")
            return
        self.attachment, why = attachments.read(control.data)
        if why:
            raise ValidationError(why)

    def groups(self) -> list[dict[str, Any]]:
        """The file stands first; a new material is nothing without it."""
        self.file.flags.required = not self.version.data
        return [{"title": "文件", "fields": [self.file]}, *super().groups()]


class MaterialView(EntityView):
    """报名资料."""

    datamodel = EntityInterface(Material)

    def _init_forms(self) -> None:
        self.form_class = MaterialForm

    def fill(self, form: EntityForm, item: Any) -> None:
        super().fill(form, item)
        attachments.keep(form.attachment, item)

    def record_buttons(self, item: Any) -> list[dict[str, Any]]:
        if item.destroyed_on is not None:
            why = f"保管期满，内容已于 {item.destroyed_on} 按程序销毁"
            return [{"label": "下载", "url": "", "icon": "download", "disabled": True, "why": why}]
        return [{"label": "下载", "url": f"{self.route_base}/file/{item.id}", "icon": "download"}]

    @expose("/file/<pk>")
    @has_access
    @permission_name("show")
    def file(self, pk: str) -> Any:
        item = self.wanted(pk)
        if item.destroyed_on is not None:
            raise NotFound(
                f"“{item.filename}”的内容已于 {item.destroyed_on} 按程序销毁，只留有目录"
            )
        # Never shown inside the page: what was uploaded must not run here.
        return send_file(
            BytesIO(item.content),
            "application/octet-stream",
            as_attachment=True,
            download_name=item.filename,
        )
