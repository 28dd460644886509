"""Which Django project stands for the peer? The same tables in one file, with import and export."""

from __future__ import annotations

import sys
from pathlib import Path

import django
from django.conf import settings

HERE = Path(__file__).resolve().parent
FOLDER = Path(sys.argv[1]) if len(sys.argv) > 1 else HERE

settings.configure(
    DEBUG=True,
    SECRET_KEY="only-for-counting",  # noqa: S106 - a scratch database
    ALLOWED_HOSTS=["*"],
    ROOT_URLCONF=__name__,
    LANGUAGE_CODE="zh-hans",
    TIME_ZONE="Asia/Shanghai",
    STATIC_URL="/static/",
    DEFAULT_AUTO_FIELD="django.db.models.BigAutoField",
    DATABASES={"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": FOLDER / "peer.db"}},
    INSTALLED_APPS=[
        "django.contrib.admin", "django.contrib.auth", "django.contrib.contenttypes",
        "django.contrib.sessions", "django.contrib.messages", "django.contrib.staticfiles",
        "import_export",
    ],
    MIDDLEWARE=[
        "django.contrib.sessions.middleware.SessionMiddleware",
        "django.middleware.common.CommonMiddleware",
        "django.middleware.csrf.CsrfViewMiddleware",
        "django.contrib.auth.middleware.AuthenticationMiddleware",
        "django.contrib.messages.middleware.MessageMiddleware",
    ],
    TEMPLATES=[
        {
            "BACKEND": "django.template.backends.django.DjangoTemplates",
            "APP_DIRS": True,
            "OPTIONS": {
                "context_processors": [
                    "django.template.context_processors.request",
                    "django.contrib.auth.context_processors.auth",
                    "django.contrib.messages.context_processors.messages",
                ]
            },
        }
    ],
)  # fmt: skip
django.setup()

from django.contrib import admin  # noqa: E402 - the settings above come first
from django.db import models  # noqa: E402
from django.urls import path  # noqa: E402
from import_export import fields, resources, widgets  # noqa: E402
from import_export.admin import ImportExportModelAdmin  # noqa: E402


class Batch(models.Model):
    """认定批次."""

    no = models.CharField("批次编号", max_length=40, unique=True)
    exam_date = models.DateField("认定日期")

    class Meta:
        app_label = "import_export"
        verbose_name = verbose_name_plural = "认定批次"

    def __str__(self) -> str:
        return self.no


class Candidate(models.Model):
    """参评人员."""

    batch = models.ForeignKey(Batch, models.CASCADE, verbose_name="认定批次")
    name = models.CharField("姓名", max_length=80)
    gender = models.CharField("性别", max_length=10)
    id_number = models.CharField("身份证号", max_length=30)
    education = models.CharField("文化程度", max_length=40, blank=True)
    phone = models.CharField("联系电话", max_length=40, blank=True)
    employer = models.CharField("工作单位", max_length=120, blank=True)
    post = models.CharField("现从事岗位", max_length=80, blank=True)
    years = models.IntegerField("从事本职业年限", null=True, blank=True)
    occupation = models.CharField("申报职业", max_length=80)
    work_type = models.CharField("申报工种", max_length=80)
    level = models.CharField("申报等级", max_length=40)

    class Meta:
        app_label = "import_export"
        verbose_name = verbose_name_plural = "参评人员"

    def __str__(self) -> str:
        return self.name


class ExamSession(models.Model):
    """考务安排."""

    batch = models.ForeignKey(Batch, models.CASCADE, verbose_name="认定批次")
    serial = models.IntegerField("序号")
    exam_date = models.DateField("认定日期")
    work_type = models.CharField("工种", max_length=80)
    headcount = models.IntegerField("人数")

    class Meta:
        app_label = "import_export"
        verbose_name = verbose_name_plural = "考务安排"


class CandidateResource(resources.ModelResource):
    """The sheet's own headings, as a programmer has to name them one by one."""

    batch = fields.Field("batch", "批次编号", widgets.ForeignKeyWidget(Batch, "no"))
    name = fields.Field("name", "姓名")
    gender = fields.Field("gender", "性别")
    id_number = fields.Field("id_number", "身份证号")
    education = fields.Field("education", "文化程度")
    phone = fields.Field("phone", "联系电话")
    employer = fields.Field("employer", "工作单位")
    post = fields.Field("post", "现从事岗位")
    years = fields.Field("years", "从事本职业年限", widgets.IntegerWidget())
    occupation = fields.Field("occupation", "申报职业")
    work_type = fields.Field("work_type", "申报工种")
    level = fields.Field("level", "申报等级")

    class Meta:
        model = Candidate
        import_id_fields = ("batch", "id_number")


@admin.register(Batch)
class BatchAdmin(admin.ModelAdmin):
    """Batches."""


@admin.register(Candidate)
class CandidateAdmin(ImportExportModelAdmin):
    """Set up kindly for the work to be done: the posts can be edited in the list."""

    resource_classes = [CandidateResource]
    list_display = ("name", "id_number", "post", "phone", "employer", "work_type", "level")
    list_editable = ("post", "phone")
    list_filter = ("batch",)
    search_fields = ("name", "id_number")
    list_per_page = 100
    ordering = ("id",)


@admin.register(ExamSession)
class ExamSessionAdmin(ImportExportModelAdmin):
    """The dates can be edited in the list."""

    list_display = ("serial", "batch", "exam_date", "work_type", "headcount")
    list_editable = ("exam_date",)
    list_filter = ("batch",)
    ordering = ("id",)


urlpatterns = [path("admin/", admin.site.urls)]


def prepare() -> None:
    """Tables, one user, one batch with eight sessions."""
    from datetime import date

    from django.contrib.auth.models import User
    from django.core.management import call_command
    from django.db import connection

    call_command("migrate", run_syncdb=True, verbosity=0)
    with connection.schema_editor() as editor:
        for model in (Batch, Candidate, ExamSession):
            if model._meta.db_table not in connection.introspection.table_names():  # noqa: SLF001
                editor.create_model(model)
    User.objects.create_superuser("clerk", password="clerk")  # noqa: S106 - a scratch database
    batch = Batch.objects.create(no="DEMO-2021-0901", exam_date=date(2021, 4, 24))
    Batch.objects.create(no="DEMO-2021-0902", exam_date=date(2021, 4, 25))
    for serial in range(1, 9):
        ExamSession.objects.create(
            batch=batch,
            serial=serial,
            exam_date=batch.exam_date,
            work_type="数控车工",
            headcount=25,
        )


if __name__ == "__main__":
    from socketserver import ThreadingMixIn
    from wsgiref.simple_server import WSGIServer, make_server

    from django.contrib.staticfiles.handlers import StaticFilesHandler
    from django.core.wsgi import get_wsgi_application

    class Server(ThreadingMixIn, WSGIServer):
        """A browser keeps connections open: one thread for each."""

        daemon_threads = True

    prepare()
    application = StaticFilesHandler(get_wsgi_application())
    with make_server("127.0.0.1", int(sys.argv[2]), application, Server) as made:
        made.serve_forever()
