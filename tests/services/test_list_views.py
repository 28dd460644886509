"""Who keeps a view of a list, for whom, and who may change what another has shared?"""

from __future__ import annotations

import pytest

from app.core.errors import NotFound, NotPermitted, RulesBroken
from app.core.lists import list_layout, list_views
from app.core.lists.list_layout import Layout
from app.core.lists.list_views import Draft
from app.core.roles import Actor
from app.core.scope import AnySession, acting
from app.models import Batch, Body
from app.roles import (
    AUDITOR,
    BODY_CLERK,
    CITY_ADMIN,
    CITY_CLERK,
    PROVINCE_ADMIN,
    PROVINCE_CLERK,
    SYSTEM_ADMIN,
)
from tests import factories
from tests.factories import BAODING, TANGSHAN


def save(session: AnySession, actor: Actor, name: str = "待办", **more: object) -> int:
    return list_views.save(session, actor, Batch, Draft(name, "state=draft", **more))  # type: ignore[arg-type]


def names(session: AnySession, actor: Actor) -> list[str]:
    with acting(session, actor):
        return [view.name for view in list_views.views_of(session, actor, Batch)]


@pytest.fixture
def tangshan(session: AnySession) -> Actor:
    return factories.actor(CITY_ADMIN, at=factories.centre(session, TANGSHAN))


def test_a_private_view_is_seen_by_its_owner_alone(session: AnySession) -> None:
    owner = factories.actor(PROVINCE_CLERK)
    save(session, owner)
    assert names(session, owner) == ["待办"]
    assert names(session, factories.actor(PROVINCE_CLERK)) == []
    assert names(session, factories.actor(SYSTEM_ADMIN)) == []
    assert list_views.views_of(session, owner, Body) == []


def test_a_shared_view_is_seen_by_the_role_and_by_nobody_else(session: AnySession) -> None:
    save(session, factories.actor(PROVINCE_ADMIN), role=CITY_CLERK)
    at = factories.centre(session, TANGSHAN)
    assert names(session, factories.actor(CITY_CLERK, at=at)) == ["待办"]
    assert names(session, factories.actor(CITY_ADMIN, at=at)) == []
    assert names(session, factories.actor(PROVINCE_CLERK)) == []


def test_a_city_shares_with_its_own_people_and_bodies_alone(
    session: AnySession, tangshan: Actor
) -> None:
    save(session, tangshan, "本市", role=CITY_CLERK)
    save(session, tangshan, "机构", role=BODY_CLERK)
    here, there = (factories.centre(session, code) for code in (TANGSHAN, BAODING))
    assert names(session, factories.actor(CITY_CLERK, at=here)) == ["本市"]
    assert names(session, factories.actor(CITY_CLERK, at=there)) == []
    ours = factories.body(session, "OURS", city=TANGSHAN)
    theirs = factories.body(session, "THEIRS", city=BAODING)
    assert names(session, factories.clerk(ours)) == ["机构"]
    assert names(session, factories.clerk(theirs)) == []


@pytest.mark.parametrize("role", [PROVINCE_CLERK, CITY_CLERK, BODY_CLERK, AUDITOR])
def test_only_administrators_share(session: AnySession, role: str) -> None:
    with pytest.raises(NotPermitted, match="只有中心管理员和系统管理员"):
        save(session, factories.actor(role), role=CITY_CLERK)


def test_who_stands_nowhere_shares_with_nobody(session: AnySession) -> None:
    with pytest.raises(NotPermitted):
        save(session, factories.actor(CITY_ADMIN), role=BODY_CLERK)


def test_a_city_does_not_share_with_the_province(session: AnySession, tangshan: Actor) -> None:
    with pytest.raises(NotPermitted):
        save(session, tangshan, role=PROVINCE_CLERK)


def test_who_only_uses_a_shared_view_neither_changes_nor_deletes_it(session: AnySession) -> None:
    shared = save(session, factories.actor(PROVINCE_ADMIN), role=CITY_CLERK)
    user = factories.actor(CITY_CLERK, at=factories.centre(session))
    for act in (
        lambda: list_views.save(session, user, Batch, Draft("改名", ""), shared),
        lambda: list_views.remove(session, user, Batch, shared),
    ):
        with pytest.raises(NotPermitted, match="只能由共享的人修改"):
            act()
    stranger = factories.actor(CITY_ADMIN, at=factories.centre(session))
    with pytest.raises(NotFound):
        list_views.remove(session, stranger, Batch, shared)


def test_an_administrator_mends_what_another_left_and_gives_it_to_nobody_new(
    session: AnySession, tangshan: Actor
) -> None:
    shared = save(session, tangshan, role=CITY_CLERK)
    admin = factories.actor(PROVINCE_ADMIN)
    (seen,) = list_views.views_of(session, admin, Batch)
    assert (seen.meant, seen.changeable) == (False, True)
    list_views.save(session, admin, Batch, Draft("改好", "", role=CITY_CLERK), shared)
    there = factories.centre(session, BAODING)
    assert names(session, factories.actor(CITY_CLERK, at=there)) == []
    assert list_views.remove(session, admin, Batch, shared) == "改好"


def test_a_name_is_needed_short_and_ones_own(session: AnySession) -> None:
    owner = factories.actor(PROVINCE_CLERK)
    save(session, owner, "  待  办 ")
    for name, words in (("", "请写上"), ("长" * 31, "最多 30 个字"), ("待 办", "您已有视图")):
        with pytest.raises(RulesBroken, match=words):
            save(session, owner, name)
    save(session, factories.actor(PROVINCE_CLERK), "待 办")


def test_one_view_leads_for_a_role_and_a_persons_own_choice_goes_first(
    session: AnySession,
) -> None:
    admin, user = factories.actor(PROVINCE_ADMIN), factories.actor(PROVINCE_CLERK)
    save(session, admin, "旧", role=PROVINCE_CLERK, leads=True)
    new = save(session, admin, "新", role=PROVINCE_CLERK, leads=True)

    def first() -> str | None:
        views = list_views.views_of(session, user, Batch)
        found = list_views.first_of(views, user, list_layout.layout_of(session, user, Batch))
        return found.name if found else None

    assert first() == "新"
    mine = save(session, user, "我的")
    list_views.open_with(session, user, Batch, mine)
    assert first() == "我的"
    list_views.open_with(session, user, Batch, 0)
    assert first() is None
    list_views.open_with(session, user, Batch, None)
    assert first() == "新"
    list_views.open_with(session, user, Batch, new)
    list_views.remove(session, admin, Batch, new)
    assert first() is None
    with pytest.raises(NotFound):
        list_views.open_with(session, user, Batch, new)


def test_a_layout_is_each_persons_own_and_of_one_table(session: AnySession) -> None:
    one, other = factories.actor(PROVINCE_CLERK), factories.actor(PROVINCE_CLERK)
    list_layout.lay_out(session, one, Batch, Layout(("name", "no"), 50))
    list_layout.lay_out(session, one, Batch, Layout(("no",), 100, 0))
    assert list_layout.layout_of(session, one, Batch) == Layout(("no",), 100, 0)
    assert list_layout.layout_of(session, one, Body) == Layout()
    assert list_layout.layout_of(session, other, Batch) == Layout()
