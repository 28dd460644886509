"""Which settings does every product on this core have, and are they valid?

Nothing here reads the environment: the product's own ``config.py`` passes it in.
"""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError

from app.core.errors import BadConfig
from app.core.instance import SHORTEST_SECRET
from app.core.setting import Reader

#: Keeps the values of a failed statement, which are personal data, out of the log.
PRIVATE: dict[str, Any] = {"hide_parameters": True}
#: Enough connections for all threads of the server, and some for work besides pages.
POOL: dict[str, Any] = {"pool_size": 20, "max_overflow": 50}
DATABASE_REMEDY = (
    "请写成 sqlite:////数据/目录/app.db 或 postgresql://用户名:密码@主机:5432/数据库名；"
    "不设置时使用 instance/app.db。"
)


def read(reader: Reader, root: Path) -> dict[str, Any]:
    """Return the core's settings; relative paths start at ``root``, data go to its ``instance``."""
    return {
        **_database(reader, root),
        **_server(reader),
        **_session(reader),
        **_framework(root),
        **_addons(reader),
    }


def check(reader: Reader) -> None:
    """Raise BadConfig with one line per bad value, naming the setting and the remedy."""
    if reader.problems:
        raise BadConfig("\n".join(reader.problems))


def _database(reader: Reader, root: Path) -> dict[str, Any]:
    written = reader.text(
        "DATABASE_URL",
        f"sqlite:///{root / 'instance/app.db'}",
        "数据库的地址",
        unset="instance/app.db",
        takes="`sqlite:////数据/目录/app.db` 或 `postgresql://用户:密码@主机:5432/库名`",
    )
    try:
        url = make_url(written)
        backend = url.get_backend_name()
    except (ArgumentError, ValueError):
        # The text itself is never repeated, because it may contain a password.
        reader.refuse("DATABASE_URL", "不是一个数据库地址", DATABASE_REMEDY)
        return {}
    patience = reader.number(
        "BUSY_SECONDS", 40, 1, 300, "别人正在写入时最多等多少秒，仍等不到则提示“数据库正忙”"
    )
    if backend in {"postgresql", "postgres"}:
        return _postgresql(url, patience, root)
    if backend != "sqlite":
        reader.refuse("DATABASE_URL", f"的数据库类型 {backend} 不受支持", DATABASE_REMEDY)
        return {}
    if not url.database or ":memory:" in url.database:
        reader.refuse("DATABASE_URL", "指向内存数据库，数据不会保存", DATABASE_REMEDY)
        return {}
    return {
        # A relative path starts at the product's folder, wherever the command was run.
        "SQLALCHEMY_DATABASE_URI": str(url.set(database=str(root / url.database))),
        "DATA_FOLDER": str((root / url.database).parent),
        # Seconds that a writer waits for those before it.
        "BUSY_SECONDS": patience,
        "SQLALCHEMY_ENGINE_OPTIONS": {
            "connect_args": {"timeout": patience},
            **POOL,
            **PRIVATE,
        },
    }


def _postgresql(url: URL, patience: int, root: Path) -> dict[str, Any]:
    options = f"{url.query.get('options', '')} -c lock_timeout={patience}s".strip()
    return {
        "BUSY_SECONDS": patience,
        "SQLALCHEMY_DATABASE_URI": url.set(drivername="postgresql+psycopg").render_as_string(
            hide_password=False
        ),
        "SQLALCHEMY_ENGINE_OPTIONS": {
            "pool_pre_ping": True,
            "connect_args": {"options": options},
            **POOL,
            **PRIVATE,
        },
        "DATA_FOLDER": str(root / "instance"),
    }


def _server(reader: Reader) -> dict[str, Any]:
    return {
        "HOST": reader.text("HOST", "127.0.0.1", "监听的地址；让别的电脑访问写 `0.0.0.0`"),
        "PORT": reader.number("PORT", 8080, 1, 65535, "监听的端口"),
        "THREADS": reader.number(
            "THREADS", 16, 1, 64, "同时办理的请求数，其中 4 个留给只看不改的页面"
        ),
        "STOP_SECONDS": reader.number(
            "STOP_SECONDS", 20, 1, 600, "停止服务时最多等多少秒，让进行中的请求办完"
        ),
        "JOB_LEASE": reader.number(
            "JOB_LEASE", 60, 2, 3600, "服务意外中断后，多少秒后由另一个服务（或重启后）接着生成"
        ),
        "TRUSTED_PROXY": reader.text(
            "TRUSTED_PROXY", "", "反向代理的地址：只相信它转来的 `X-Forwarded-*`", takes="地址"
        ),
        "DISK_WARN_MB": reader.number(
            "DISK_WARN_MB",
            1024,
            0,
            10_000_000,
            "磁盘可用空间少于多少 MB 时在系统管理员首页提醒，0 为不提醒",
        ),
        "MAX_CONTENT_LENGTH": 32 * 1024 * 1024,
    }


def _session(reader: Reader) -> dict[str, Any]:
    lifetime = timedelta(
        hours=reader.number("SESSION_HOURS", 8, 1, 72, "登录后多少小时不操作须重新登录")
    )
    secret = reader.text(
        "SECRET_KEY",
        "",
        "会话密钥",
        unset="自动生成，存于 instance/secret_key",
        takes=f"不少于 {SHORTEST_SECRET} 个字符的随机文字",
    )
    if secret and len(secret) < SHORTEST_SECRET:
        reader.refuse(
            "SECRET_KEY",
            f"太短（少于 {SHORTEST_SECRET} 个字符）",
            "请换成一段随机文字；不设置时自动生成，保存在 instance/secret_key。",
        )
    return {
        **({"SECRET_KEY": secret} if secret else {}),
        "SESSION_COOKIE_NAME": "skills_session",
        "SESSION_COOKIE_SAMESITE": "Lax",
        "SESSION_COOKIE_HTTPONLY": True,
        "SESSION_COOKIE_SECURE": reader.yes_no("COOKIE_SECURE", "经 HTTPS 访问时设为 1"),
        "PERMANENT_SESSION_LIFETIME": lifetime,
        "SESSION_REFRESH_EACH_REQUEST": True,
        # A form opened at the start of a session must still be accepted at its end.
        "WTF_CSRF_TIME_LIMIT": int(lifetime.total_seconds()),
        "AUTH_RATE_LIMITED": True,
        "AUTH_RATE_LIMIT": reader.text(
            "LOGIN_RATE", "30 per minute", "一台电脑尝试登录的频度", takes="如 `30 per minute`"
        ),
        "RATELIMIT_ENABLED": True,
        # Sufficient for the one process that run.py starts; several processes need a shared store.
        "RATELIMIT_STORAGE_URI": reader.text(
            "RATELIMIT_STORAGE_URI",
            "memory://",
            "频度记在哪里；只有一个服务时不必改",
            takes="Flask-Limiter 的存储地址",
        ),
    }


def _addons(reader: Reader) -> dict[str, Any]:
    """Return the framework's setting for views of third parties: ``package.Manager`` names."""
    written = reader.text(
        "ADDON_MANAGERS", "", "要载入的附加模块", takes="Manager 类的全名，用逗号隔开"
    )
    return {"ADDON_MANAGERS": [one.strip() for one in written.split(",") if one.strip()]}


def _framework(root: Path) -> dict[str, Any]:
    """Return Flask-AppBuilder's own settings, which do not depend on the installation."""
    return {
        "FAB_BASE_TEMPLATE": "layout/base.html",
        "FAB_SECURITY_MANAGER_CLASS": "app.core.security.AppSecurityManager",
        # Migrations create the tables and bootstrap the permissions, never a start of the server.
        "FAB_CREATE_DB": False,
        "FAB_UPDATE_PERMS": False,
        "FAB_ADD_SECURITY_API": False,
        # Programs send a key of their user, which security.keys looks up first.
        "FAB_API_KEY_PREFIXES": ["skills_"],
        # A random key of 256 bits needs no slow hash, and every request has to check it.
        "FAB_API_KEY_HASH_METHOD": "pbkdf2:sha256:1000",
        "FAB_ADD_SECURITY_PERMISSION_VIEW": False,
        "FAB_ADD_SECURITY_VIEW_MENU_VIEW": False,
        "FAB_ADD_SECURITY_PERMISSION_VIEWS_VIEW": False,
        "FAB_ADD_OPENAPI_VIEWS": False,
        "FAB_ADD_MENU_API": False,
        "FAB_API_SHOW_STACKTRACE": False,
        "FAB_API_SWAGGER_UI": False,
        "FAB_API_MAX_PAGE_SIZE": 100,
        "FAB_PASSWORD_COMPLEXITY_ENABLED": True,
        # If empty, only the requested host is a safe target of the redirect after signing in.
        "FAB_SAFE_REDIRECT_HOSTS": [],
        "AUTH_TYPE": 1,
        "AUTH_USER_REGISTRATION": False,
        "BABEL_DEFAULT_LOCALE": "zh_Hans",
        "BABEL_DEFAULT_TIMEZONE": "Asia/Shanghai",
        "BABEL_TRANSLATION_DIRECTORIES": str(root / "translations"),
        "LANGUAGES": {"zh_Hans": {"flag": "cn", "name": "简体中文"}},
        "BACKUP_FOLDER": str(root / "instance/backups"),
        "UPLOAD_FOLDER": str(root / "instance/uploads"),
        "FILE_ALLOWED_EXTENSIONS": (
            *("pdf", "jpg", "jpeg", "png"),
            *("docx", "doc", "xlsx", "xls", "csv", "zip"),
        ),
    }
