"""How does a workbook leave as a download?"""

from __future__ import annotations

import io
from typing import Any

from flask import send_file

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def send_workbook(content: bytes, name: str) -> Any:
    """The answer that saves a workbook under a name."""
    return send_file(io.BytesIO(content), XLSX, as_attachment=True, download_name=name)
