"""How does an installation keep its folders and small files, so that none is half written?"""

from __future__ import annotations

import os
import secrets
import tempfile
from contextlib import suppress
from pathlib import Path

from app.core.errors import BadConfig

SHORTEST_SECRET = 16


def make_folder(folder: Path) -> None:
    """Create a folder for data; raises BadConfig that names it."""
    try:
        # Databases hold identity numbers, so other accounts of this computer get no access.
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise BadConfig(
            f"无法建立目录 {folder}（{error.strerror}）。"
            "请检查该目录的权限，或用设置项 DATABASE_URL 把数据放到别处。"
        ) from error


def write_whole(path: Path, text: str) -> None:
    """Write ``text`` to the file, or leave it unchanged if that fails; raises BadConfig."""
    try:
        draft = _draft(path, text)
        draft.replace(path)
    except OSError as error:
        raise _unwritable(path, error) from error


def kept_secret(path: Path) -> str:
    """Return the secret key of this installation, created at its first start.

    Only its owner can read the file. A damaged key is never replaced automatically: a backup may
    have it, and all sessions depend on it. Raises BadConfig.
    """
    if not path.exists():
        make_folder(path.parent)
        _make_secret(path)
    try:
        secret = path.read_bytes().decode("ascii").strip()
    except OSError as error:
        raise BadConfig(
            f"密钥文件 {path} 不能读取（{error.strerror}）。请检查该文件的属主和权限。"
        ) from error
    except UnicodeDecodeError:
        secret = ""
    if len(secret) < SHORTEST_SECRET or not secret.isprintable() or " " in secret:
        raise BadConfig(
            f"密钥文件 {path} 已损坏。请从备份中恢复该文件；"
            "没有备份时，请删除该文件后重新启动，已登录的人员需重新登录。"
        )
    return secret


def _make_secret(path: Path) -> None:
    try:
        draft = _draft(path, secrets.token_urlsafe(48))
        # If two first starts coincide, the link fails for one of them, which then uses the key of
        # the other.
        with suppress(FileExistsError):
            os.link(draft, path)
        draft.unlink()
    except OSError as error:
        raise _unwritable(path, error) from error


def _draft(path: Path, text: str) -> Path:
    """Write ``text`` to a new file beside ``path``, synced so that it survives a power loss."""
    handle, name = tempfile.mkstemp(dir=path.parent)  # mkstemp gives mode 0600
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
    except OSError:
        Path(name).unlink(missing_ok=True)
        raise
    return Path(name)


def _unwritable(path: Path, error: OSError) -> BadConfig:
    return BadConfig(
        f"无法写入文件 {path}（{error.strerror}）。"
        f"请检查目录 {path.parent} 的权限，以及所在磁盘是否已满或只读。"
    )
