"""How are errors in a command line reported in Chinese?"""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NoReturn

import click

from app.core import outside
from app.core.errors import AppError

MISUSED = 2


class ChineseCommand(click.Command):
    """A command that reports a wrong option or file in Chinese, with exit status 2."""

    def make_context(
        self,
        info_name: str | None,
        args: list[str],
        parent: click.Context | None = None,
        **extra: Any,
    ) -> click.Context:
        """Do as the base class does, but end the process with a reason if the line is wrong."""
        as_json = "--json" in args
        try:
            return super().make_context(info_name, args, parent, **extra)
        except click.UsageError as error:
            _misused(
                f"{_reason(error)}。写法见 flask --app run {info_name} --help", as_json=as_json
            )


class Whole(click.IntRange):
    """An integer in ASCII digits, within the range of a column."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """Return the number; anything else ends the command."""
        number = outside.whole(value)
        if number is None:
            self.fail(f"“{str(value)[:40]}”不是整数，请用数字填写", param, ctx)
        return super().convert(number, param, ctx)


class ExistingFile(click.Path):
    """A readable file."""

    def __init__(self) -> None:
        super().__init__(path_type=Path)

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """Return the path; an unreadable one ends the command."""
        path = Path(value)
        if not path.exists():
            self.fail(f"没有文件“{path}”，请核对路径", param, ctx)
        if path.is_dir():
            self.fail(f"“{path}”是目录，请写到具体的文件", param, ctx)
        try:
            path.open("rb").close()
        except OSError as error:
            self.fail(f"文件“{path}”不能读取（{error.strerror}）", param, ctx)
        return path


def check_writable(path: Path) -> None:
    """Raise AppError unless ``path`` can be written to; creates its folder."""
    _try_writing(path, path)


def check_folder(path: Path) -> None:
    """Raise AppError unless files can be created in the folder ``path``; creates it."""
    _try_writing(path / ".写入检查", path)


def _try_writing(file: Path, shown: Path) -> None:
    new = not file.exists()
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        file.open("ab").close()
        if new:
            file.unlink()
    except OSError as error:
        raise AppError(f"不能写到“{shown}”（{error.strerror}），请换一个位置") from error


def _misused(message: str, *, as_json: bool) -> NoReturn:
    if as_json:
        answer = {"error": "UsageError", "message": message, "problems": []}
        click.echo(json.dumps(answer, ensure_ascii=False))
    click.echo(f"命令写得不对：{message}", err=True)
    raise SystemExit(MISUSED)


def _reason(error: click.UsageError) -> str:
    if isinstance(error, click.MissingParameter):
        return f"缺少{_named(error.param)}"
    if isinstance(error, click.NoSuchOption):
        return f"没有选项 {error.option_name}"
    if isinstance(error, click.BadOptionUsage):
        return f"选项 {error.option_name} 后面要写值"
    if isinstance(error, click.BadParameter):
        choices = getattr(getattr(error.param, "type", None), "choices", None)
        reason = (
            f"不对，可用的有{'、'.join(map(str, choices))}" if choices else f"：{error.message}"
        )
        return f"{_named(error.param)}{reason}"
    return "多写了内容，带空格的值请用引号括起来"


def _named(param: click.Parameter | None) -> str:
    if param is None:
        return "参数"
    if isinstance(param, click.Option):
        hint = f"（{param.help}）" if param.help else ""
        return f"选项 {'/'.join(param.opts)}{hint}"
    return ARGUMENTS.get(param.name or "", param.name or "参数")


ARGUMENTS: Mapping[str, str] = {
    "kind": "种类",
    "number": "编号",
    "file": "文件",
    "entity": "办理事项",
    "run": "导入记录号",
    "move": "办理的操作",
}
