"""How does one apply to correct, reissue or void a certificate, with evidence?"""

from __future__ import annotations

from typing import Any

from flask_appbuilder import expose, has_access, permission_name
from flask_wtf.file import FileField
from wtforms.validators import ValidationError

from app.core.errors import NotFound
from app.core.views import attachments
from app.core.views.base import EntityView
from app.core.views.downloads import OPAQUE, sends_file, sent
from app.core.views.forms.forms import EntityForm
from app.core.views.interface import EntityInterface
from app.models import CertificateChange


class CertificateChangeForm(EntityForm):
    """An application with its evidence, which may be added until it is submitted."""

    file = FileField(
        "证明材料",
        description=f"身份证明、遗失声明、核查结论等；{attachments.KINDS}，"
        f"不超过 {attachments.LARGEST_MB} MB",
        render_kw={"accept": ",".join(f".{kind}" for kind in attachments.BEGINNINGS)},
    )
    attachment: attachments.Attachment | None = None

    def validate_file(self, control: Any) -> None:
        """Check that the file's content matches its name."""
        if control.data:
            self.attachment, why = attachments.read(control.data)
            if why:
                raise ValidationError(why)

    def groups(self) -> list[dict[str, Any]]:
        """Return the groups with the evidence last, below what it proves."""
        return [*super().groups(), {"title": "证明材料", "fields": [self.file]}]


class CertificateChangeView(EntityView):
    """证书变更."""

    datamodel = EntityInterface(CertificateChange)
    description = (
        "更正、补发、作废由一人申请，审批中心的另一人批准；编号始终不变，作废的编号不再使用。"
    )
    facts = ("kind", "certificate", "reason", "applied_by", "approved_by")

    form_base = CertificateChangeForm

    def fill(self, form: EntityForm, item: Any) -> None:
        super().fill(form, item)
        attachments.keep(form.attachment, item)

    def record_buttons(self, item: Any) -> list[dict[str, Any]]:
        url = f"{self.route_base}/file/{item.id}"
        found = {"label": "下载证明材料", "url": url, "icon": "download"}
        return [found] if item.filename else []

    @expose("/file/<pk>")
    @has_access
    @permission_name("show")
    @sends_file
    def file(self, pk: str) -> Any:
        item = self.wanted(pk)
        if not item.filename:
            raise NotFound("这份申请还没有证明材料")
        # Send as a download, never inline: an uploaded file must not run in our pages.
        return sent(item.content or b"", item.filename, OPAQUE)
