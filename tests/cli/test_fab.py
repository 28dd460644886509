"""Does every command of the framework do what ours do, or refuse and name ours?"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from pathlib import Path

import pytest
from flask import Flask
from flask_appbuilder.cli import fab
from sqlalchemy import select

from app.core import scope
from app.core.database import db
from app.core.errors import AppError
from app.core.roles import SYSTEM, TITLES
from app.core.scope import AnySession
from app.core.security import rights
from app.core.tables import Change
from app.core.tables.user import Role
from app.models import AppUser
from app.roles import SYSTEM_ADMIN
from tests.house.tree import ROOT
from tests.security.people import sign_in, someone
from tests.served import environment

#: What each command of the installed version is held to below.
TRIED = {
    "create-admin", "create-user", "reset-password", "create-db", "export-roles", "import-roles",
    "version", "security-cleanup", "security-converge", "create-permissions", "list-views",
    "list-users", "create-app", "create-addon", "collect-static", "babel-extract", "babel-compile",
}  # fmt: skip
GOOD = "Correct-horse-9"


class Ended:
    """What a command of the framework said: exit code, words, or our refusal."""

    def __init__(self, app: Flask, *words: str) -> None:
        result = app.test_cli_runner().invoke(fab, [*words], obj=_info(app))
        error = result.exception
        if error is not None and not isinstance(error, SystemExit | AppError):
            raise error
        self.refusal = error.message if isinstance(error, AppError) else ""
        self.code, self.said = result.exit_code, result.output


def _info(app: Flask) -> object:
    from flask.cli import ScriptInfo

    return ScriptInfo(create_app=lambda: app)


def users(session: AnySession) -> set[str]:
    session.expire_all()
    return set(session.scalars(select(AppUser.username).execution_options(unscoped=True)))


def grants(session: AnySession) -> set[tuple[str, str, str]]:
    session.expire_all()
    found = set()
    for name, key in session.execute(select(Role.name, Role.id)).all():
        found |= {(name, *row) for row in session.execute(rights.held_by([key])).all()}
    return found


def test_every_command_of_the_installed_version_is_tried() -> None:
    assert set(fab.commands) == TRIED


@pytest.mark.parametrize("name", sorted(TRIED))
def test_every_command_explains_itself(app: Flask, name: str) -> None:
    assert "Usage" in Ended(app, name, "--help").said


def test_an_administrator_is_made_by_our_rules(
    app: Flask, session: AnySession, client: object
) -> None:
    given = ["--username", "root1", "--firstname", "新伟", "--lastname", "赵", "--email", "r@x.cn"]
    for weak in ("short1", "onlyletterslong", "root1-2021-long"):
        assert "密码" in Ended(app, "create-admin", *given, "--password", weak).refusal
    assert "root1" not in users(session)
    assert Ended(app, "create-admin", *given, "--password", GOOD).code == 0
    with scope.acting(session, SYSTEM):
        made = session.scalars(select(AppUser).where(AppUser.username == "root1")).one()
        assert ([one.name for one in made.roles], made.get_full_name()) == (
            [SYSTEM_ADMIN], "赵新伟",
        )  # fmt: skip
        line = session.scalars(select(Change).where(Change.entity == "AppUser")).one()
    assert (line.kind, line.actor_name, line.record_id) == ("add", "系统", made.id)
    assert GOOD not in json.dumps(line.fields, ensure_ascii=False)
    assert sign_in(client, "root1", GOOD).status_code == 302  # type: ignore[arg-type]


def test_other_users_are_made_by_our_rules_too(app: Flask, session: AnySession) -> None:
    def given(role: str) -> list[str]:
        return ["--role", role, "--username", "someone", "--firstname", "a", "--lastname", "b",
                "--email", "s@x.cn", "--password", GOOD]  # fmt: skip

    refused = Ended(app, "create-user", *given("Public")).refusal
    assert "没有角色“Public”" in refused
    assert all(role in refused for role in TITLES)
    refused = Ended(app, "create-user", *given("province_clerk")).refusal
    assert "须选择所属的省级中心" in refused
    assert "“系统管理”→“用户”" in refused
    assert "someone" not in users(session)
    assert Ended(app, "create-user", *given(SYSTEM_ADMIN)).code == 0
    assert "someone" in users(session)
    assert "already exists" in Ended(app, "create-user", *given(SYSTEM_ADMIN)).said


def test_a_password_is_set_by_our_rules(app: Flask, session: AnySession, client: object) -> None:
    user = someone(SYSTEM_ADMIN, "keeper")
    assert "密码" in Ended(app, "reset-password", "--username", "keeper", "--password", "x").refusal
    new = "Another-horse-8"
    assert Ended(app, "reset-password", "--username", "keeper", "--password", new).code == 0
    with scope.acting(session, SYSTEM):
        lines = session.scalars(
            select(Change).where(Change.entity == "AppUser", Change.kind == "edit")
        ).all()
    assert [line.record_id for line in lines] == [user.id]
    assert sign_in(client, "keeper").status_code == 200  # type: ignore[arg-type]
    assert sign_in(client, "keeper", new).status_code == 302  # type: ignore[arg-type]
    assert "not found" in Ended(app, "reset-password", "--username", "x", "--password", new).said


def test_roles_are_not_imported(app: Flask, session: AnySession, tmp_path: Path) -> None:
    before = grants(session)
    sheet = tmp_path / "roles.json"
    pair = {"permission": {"name": "can_delete"}, "view_menu": {"name": "Batch"}}
    sheet.write_text(json.dumps([{"name": "auditor", "permissions": [pair]}]))
    refused = Ended(app, "import-roles", "--path", str(sheet)).refusal
    assert "app/roles.py" in refused
    assert "bootstrap" in refused
    assert grants(session) == before


def test_roles_are_exported(app: Flask, session: AnySession, tmp_path: Path) -> None:
    sheet = tmp_path / "roles.json"
    assert Ended(app, "export-roles", "--path", str(sheet), "--indent", "2").code == 0
    assert {one["name"] for one in json.loads(sheet.read_text())} == set(TITLES)


@pytest.mark.parametrize("name", ["create-permissions", "security-cleanup", "security-converge"])
def test_rights_become_what_the_code_declares(app: Flask, session: AnySession, name: str) -> None:
    before = grants(session)
    auditor = session.scalars(select(Role).where(Role.name == "auditor")).one()
    stray = rights.PermissionView(
        permission=rights.Permission(name="can_sink"), view_menu=rights.ViewMenu(name="Ship")
    )
    auditor.permissions.append(stray)
    session.commit()
    assert grants(session) != before
    assert Ended(app, name).code == 0
    assert grants(session) == before
    assert not session.scalars(
        select(rights.Permission).where(rights.Permission.name == "menu_access")
    ).all()


def test_converging_tells_what_it_would_do_and_does_nothing(
    app: Flask, session: AnySession
) -> None:
    before = grants(session)
    assert "Computed security converge" in Ended(app, "security-converge", "--dry-run").said
    assert grants(session) == before


def test_tables_are_not_made_past_the_migrations(app: Flask, session: AnySession) -> None:
    refused = Ended(app, "create-db").refusal
    assert "db upgrade" in refused


def test_what_only_tells_works(app: Flask, session: AnySession) -> None:
    someone(SYSTEM_ADMIN, "keeper")
    assert "username:keeper" in Ended(app, "list-users").said
    listed = Ended(app, "list-views").said
    assert "View:BatchView" in listed
    assert "5.3" in Ended(app, "version").said


def test_files_of_the_framework_are_collected(
    app: Flask, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert Ended(app, "collect-static", "--static_folder", "static").code == 0
    assert (tmp_path / "static/appbuilder/js/jquery-latest.js").is_file()


def await_file(path: Path) -> None:
    """The framework starts the tool and does not wait for it."""
    end = time.monotonic() + 60
    while not (path.is_file() and path.stat().st_size) and time.monotonic() < end:
        time.sleep(0.1)
    assert path.is_file()


def test_catalogues_are_extracted_and_compiled(
    app: Flask, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}")
    monkeypatch.chdir(tmp_path)
    (tmp_path / "babel").mkdir()
    (tmp_path / "babel/babel.cfg").write_text("[python: **.py]\n")
    (tmp_path / "one.py").write_text("_('Hello')\n")
    catalogue = tmp_path / "app/translations/zh/LC_MESSAGES"
    catalogue.mkdir(parents=True)
    source = 'msgid ""\nmsgstr ""\n\nmsgid "Hello"\nmsgstr "你好"\n'
    (catalogue / "messages.po").write_text(source)
    assert Ended(app, "babel-extract").code == 0
    await_file(tmp_path / "babel/messages.pot")
    assert 'msgid "Hello"' in (tmp_path / "babel/messages.pot").read_text()
    assert Ended(app, "babel-compile").code == 0
    await_file(catalogue / "messages.mo")


def test_through_the_shipped_command_line_a_refusal_is_a_sentence(
    app: Flask, session: AnySession, database_url: str, tmp_path: Path
) -> None:
    def run(*words: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "flask", "--app", "run", "fab", *words]
        return subprocess.run(
            command, cwd=ROOT, env=environment(database_url), capture_output=True, text=True,
            check=False,
        )  # fmt: skip

    db.session.commit()
    listed = run("list-views")
    assert (listed.returncode, "View:BatchView" in listed.stdout) == (0, True), listed.stderr
    refused = run("import-roles", "--path", str(tmp_path / "none.json"))
    assert refused.returncode != 0
    assert "角色和权限由代码规定" in refused.stderr
    assert "Traceback" not in refused.stderr
