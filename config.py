"""Which settings does this installation run with, and are they valid?

The only module that reads the environment. Every setting is declared below ``read_settings`` or in
``app.core.settings``, together with its description for operators.
"""

from __future__ import annotations

import os
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from sqlalchemy.engine import make_url

from app.core import setting
from app.core import settings as core
from app.core.instance import kept_secret, make_folder
from app.rules.terms import Counting, Terms, terms_problems

ROOT = Path(__file__).resolve().parent
INSTANCE = ROOT / "instance"


def read_settings(environ: Mapping[str, str]) -> dict[str, Any]:
    """Turn an environment into Flask's settings; touches neither disk nor process.

    ``SECRET_KEY`` is absent where the environment gives none: ``load_settings`` supplies it.
    Raises BadConfig with one line for each bad value, naming the setting and the remedy.
    """
    reader = setting.Reader(environ)
    settings = _read(reader)
    core.check(reader)
    return settings


def known_settings() -> list[setting.Setting]:
    """Return every setting that is read from the environment, in reading order."""
    reader = setting.Reader({})
    _read(reader)
    return reader.known


def _read(reader: setting.Reader) -> dict[str, Any]:
    return {**core.read(reader, ROOT), **_product(reader), **_procedure(reader)}


def load_settings() -> dict[str, Any]:
    """Return the settings of this installation, with the secret key stored on disk.

    Creates only the folders needed for reading, so that looking at data works on a full disk.
    """
    settings = read_settings(os.environ)
    url = make_url(settings["SQLALCHEMY_DATABASE_URI"])
    if url.get_backend_name() == "sqlite":
        make_folder(Path(str(url.database)).parent)
    if "SECRET_KEY" not in settings:
        settings["SECRET_KEY"] = kept_secret(INSTANCE / "secret_key")
    return settings


def use_local_time() -> None:
    """Set the process's time zone to Chinese time, as the framework writes naive local times.

    The POSIX form of TZ needs no time zone files. Windows has no ``tzset`` and keeps its own zone.
    """
    os.environ["TZ"] = "CST-8"
    if hasattr(time, "tzset"):
        time.tzset()


def _product(reader: setting.Reader) -> dict[str, Any]:
    return {
        "APP_NAME": "职业技能等级认定管理系统",
        "FEED_RATE": reader.text(
            "FEED_RATE", "600 per hour", "一台电脑读取期限日历的频度", takes="如 `600 per hour`"
        ),
        # Only the role that ``flask fab create-admin`` assigns; permissions come from bootstrap.
        "AUTH_ROLE_ADMIN": "system_admin",
    }


def _procedure(reader: setting.Reader) -> dict[str, Any]:
    """Read what the notice leaves to the centre, or what we inferred and a centre may correct."""
    letter = reader.text(
        "SCHOOL_CERTIFICATE_LETTER",
        "J",
        "院校所发证书编号的字母（企业为 Y，培训机构为 S）",
        takes="一个大写英文字母",
    ).upper()
    if not (len(letter) == 1 and letter.isascii() and letter.isalpha()):
        reader.refuse(
            "SCHOOL_CERTIFICATE_LETTER", f"的值“{letter}”不对", "请填写一个大写英文字母，如 J。"
        )
    return {
        "PROVINCE_CODE": str(reader.number("PROVINCE_CODE", 13, 11, 82, "证书编号中的省级代码")),
        "CERTIFICATE_LETTERS": {"employer": "Y", "trainer": "S", "school": letter},
        **_terms(reader),
    }


def _terms(reader: setting.Reader) -> dict[str, Any]:
    """Read the periods of the procedure; refuse values laxer than the notice."""
    terms = Terms(
        filing_whole_days=reader.number(
            "FILING_WORKDAYS", 5, 0, 60, "报送日与考试日之间的完整工作日数，不少于 5"
        ),
        publicity_begin_workdays=reader.number(
            "PUBLICITY_BEGIN_WORKDAYS", 7, 1, 60, "考评结束后最晚第几个工作日开始公示，不多于 7"
        ),
        publicity_workdays=reader.number("PUBLICITY_WORKDAYS", 5, 1, 60, "公示的工作日数"),
        results_workdays=reader.number(
            "RESULTS_WORKDAYS", 7, 1, 60, "公示结束后最晚第几个工作日报送结果"
        ),
        paper_years=reader.number("PAPER_YEARS", 3, 0, 100, "纸质材料保管年数，不少于 3"),
        electronic_years=reader.number("ELECTRONIC_YEARS", 5, 0, 100, "电子材料保管年数，不少于 5"),
        retake_months=reader.number(
            "RETAKE_MONTHS", 12, 1, 120, "补考期限：考试日起多少个月内可以补考、沿用已合格科目"
        ),
        counting=Counting(
            submission_day_counts=reader.yes_no("COUNT_SUBMISSION_DAY", "报送当天计入工作日"),
            exam_day_counts=reader.yes_no("COUNT_EXAM_DAY", "考试当天计入工作日"),
            event_day_counts=reader.yes_no("COUNT_EVENT_DAY", "起算当天计入工作日"),
        ),
    )
    reader.problems += [problem.message for problem in terms_problems(terms)]
    return {
        "FILING_WORKDAYS": terms.filing_whole_days,
        "PUBLICITY_BEGIN_WORKDAYS": terms.publicity_begin_workdays,
        "PUBLICITY_WORKDAYS": terms.publicity_workdays,
        "RESULTS_WORKDAYS": terms.results_workdays,
        "PAPER_YEARS": terms.paper_years,
        "ELECTRONIC_YEARS": terms.electronic_years,
        "RETAKE_MONTHS": terms.retake_months,
        "COUNTING": terms.counting,
    }
