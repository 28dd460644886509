"""Can this server print Chinese, and if not, which fonts must be installed?"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from app.core.errors import AppError
from app.sheets.composing.fonts import FONT_PACKAGE, RARE, has_serif_and_sans, undrawn

REMEDY = f"请以管理员身份安装：apt-get install {FONT_PACKAGE}"


def missing_fonts() -> str:
    """Return in words what is missing; empty if every form can be printed."""
    if not has_serif_and_sans():
        return "没有宋体（或思源宋体）和黑体（或思源黑体）"
    try:
        boxes = undrawn(RARE)
    except AppError as refusal:
        return refusal.message
    return f"现有字体缺少生僻字：{'、'.join(boxes)}" if boxes else ""


def may_install() -> bool:
    """Return whether this user can install system packages."""
    return os.geteuid() == 0 and shutil.which("apt-get") is not None


def install() -> None:
    """Install the free Chinese fonts; the caller checks afterwards whether it worked."""
    quiet = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    for command in (
        ("apt-get", "update", "-qq"),
        ("apt-get", "install", "-y", "-qq", "--no-install-recommends", FONT_PACKAGE),
    ):
        subprocess.run(command, env=quiet, check=False, capture_output=True)


def main() -> int:
    """Install missing fonts if possible; always return 0, as only printing needs them."""
    missing = missing_fonts()
    if missing and may_install():
        print(f"安装中文字体 {FONT_PACKAGE} …", flush=True)
        install()
        missing = missing_fonts()
    if missing:
        print(f"注意：{missing}，PDF 和预览会缺字或不能生成。{REMEDY}", file=sys.stderr)
    return 0


if __name__ == "__main__":
    sys.exit(main())
