"""How is an account shown in the list and on its page?"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import request, url_for

from app.core.accounts import accounts
from app.core.accounts.account_list import Page
from app.core.accounts.places import place_row, places
from app.core.accounts.sign_in import is_locked
from app.core.roles import TITLES
from app.core.security import current_actor
from app.core.tables.user import BaseUser
from app.core.views.addresses import address

Choices = list[tuple[str, str]]

COLUMNS = tuple(
    {"name": name, "label": label}
    for name, label in (
        ("username", "用户名"),
        ("name", "姓名"),
        ("role", "角色"),
        ("place", "所属中心或机构"),
        ("state", "状态"),
        ("last_login", "最近登录"),
    )
)


def filters(offered: Mapping[str, Choices]) -> list[dict[str, Any]]:
    """Return the filters above the list; ``offered`` are the choices of links to few places."""
    args = request.args
    return [
        _filter("role", "角色", args.get("role", ""), list(TITLES.items())),
        *[
            _filter(link.name, link.label, args.get(link.name, ""), offered[link.name])
            for link in places().links
            if link.name in offered
        ],
        _filter("active", "状态", args.get("active", ""), [("1", "启用"), ("0", "停用")]),
    ]


def _filter(name: str, label: str, value: str, options: Any) -> dict[str, Any]:
    return {"name": name, "label": label, "kind": "select", "value": value, "options": options}


def pages(found: Page, base: str) -> list[dict[str, Any]]:
    """Return the links of the pager."""
    last = max(1, -(-found.total // found.size))
    return [
        {
            "number": number,
            "url": address(base, request.args, page=number),
            "current": number == found.number,
        }
        for number in range(1, last + 1)
    ]


def _titles(user: BaseUser) -> str:
    held = {role.name for role in user.roles}
    return "、".join(title for role, title in TITLES.items() if role in held)


def _place(user: BaseUser) -> str:
    place = place_row(user)
    return "" if place is None else str(place.name)


def _state(user: BaseUser) -> tuple[str, str]:
    if not user.active:
        return "停用", "grey"
    return ("已锁定", "red") if is_locked(user) else ("启用", "green")


def _last_login(user: BaseUser) -> str:
    return user.last_login.strftime("%Y-%m-%d %H:%M") if user.last_login else ""


def row(user: BaseUser) -> dict[str, Any]:
    """Return the row of one account in the list."""
    state, colour = _state(user)
    texts = (user.username, user.get_full_name(), _titles(user), _place(user))
    return {
        "pk": user.id,
        "url": url_for("AccountView.show", pk=user.id),
        "muted": not user.active,
        "cells": [
            *({"text": text} for text in texts),
            {"text": state, "kind": "badge", "colour": colour},
            {"text": _last_login(user), "kind": "date"},
        ],
    }


def page_of(user: BaseUser) -> dict[str, Any]:
    """Return the page of one account."""
    state, colour = _state(user)
    email = accounts.account_of(user).email
    fields = (
        ("用户名", user.username),
        ("姓名", user.get_full_name()),
        ("角色", _titles(user)),
        ("所属中心或机构", _place(user)),
        ("电子邮箱", email),
        ("最近登录", _last_login(user)),
        ("登录次数", str(user.login_count or 0)),
        ("连续输错密码", f"{user.fail_login_count or 0} 次"),
    )
    return {
        "title": user.get_full_name(),
        "breadcrumbs": [("用户", url_for("AccountView.list")), (user.username, None)],
        "head": {
            "number": user.username,
            "title": user.get_full_name(),
            "state": state,
            "colour": colour,
            "subtitle": _titles(user),
        },
        "moves": _moves(user),
        "buttons": [
            _button("修改", "edit", url_for("AccountView.edit", pk=user.id)),
            _button("重置密码", "key", url_for("AccountView.password", pk=user.id)),
        ],
        "groups": [{"fields": [{"label": label, "text": text} for label, text in fields]}],
    }


def _button(label: str, icon: str, url: str) -> dict[str, Any]:
    return {"label": label, "icon": icon, "url": url}


def _moves(user: BaseUser) -> list[dict[str, Any]]:
    moves: list[dict[str, Any]] = []
    if is_locked(user):
        url = url_for("AccountView.unlock", pk=user.id)
        moves.append({"name": "unlock", "label": "解锁", "url": url, "confirm": "解锁这个帐号？"})
    if not user.active:
        url = url_for("AccountView.open", pk=user.id)
        moves.append({"name": "open", "label": "启用", "url": url, "confirm": "启用这个帐号？"})
    elif user.id != current_actor().id:
        said = "停用这个帐号？该用户将立即退出，不能再登录。"
        url = url_for("AccountView.close", pk=user.id)
        moves.append(
            {"name": "close", "label": "停用", "url": url, "confirm": said, "danger": True}
        )
    return moves
