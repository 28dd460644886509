"""Which folders and small files does an installation keep, so that none is ever half there?"""

from __future__ import annotations

import os
import secrets
import tempfile
from contextlib import suppress
from pathlib import Path

from app.core.errors import BadConfig

SHORTEST_SECRET = 16


def make_folder(folder: Path) -> None:
    """Make a folder for data; raises BadConfig that names it."""
    try:
        # Databases hold identity numbers: no other account of this computer reads them.
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise BadConfig(
            f"无法建立目录 {folder}（{error.strerror}）。"
            "请检查该目录的权限，或用设置项 DATABASE_URL 把数据放到别处。"
        ) from error


def write_whole(path: Path, text: str) -> None:
    """Let the file hold ``text`` or what it held before, whatever happens; raises BadConfig."""
    try:
        draft = _draft(path, text)
        draft.replace(path)
    except OSError as error:
        raise _unwritable(path, error) from error


def kept_secret(path: Path) -> str:
    """The key of this installation, made at its first start and readable by its owner alone.

    A damaged one is never replaced by itself: it may be in a backup, and sessions depend on it.
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
        # Of two first starts at one moment the second finds the first one's whole key.
        with suppress(FileExistsError):
            os.link(draft, path)
        draft.unlink()
    except OSError as error:
        raise _unwritable(path, error) from error


def _draft(path: Path, text: str) -> Path:
    """A file beside ``path`` that holds ``text`` even after a loss of power."""
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
