"""A lending library: books, readers, loans with an approval of two moves, and branches apart."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any, ClassVar

from sqlalchemy import Date, ForeignKey, Integer, String
from sqlalchemy.orm import mapped_column, relationship

from app.core.accounts import places
from app.core.assembly import Product
from app.core.declarations.base import Entity, Stateful
from app.core.declarations.behaviour import Behaviour, Numbered, declare
from app.core.declarations.field import Mapped, field, key_to, link
from app.core.declarations.opening import OpenIn
from app.core.declarations.procedure import Move, Procedure, State
from app.core.declarations.reach import By, Via
from app.core.errors import Problem
from app.core.roles import Actor, Area, Place, Power, Role
from app.core.roles import declare as declare_roles
from app.core.tables.user import BaseUser
from app.core.views.base import EntityView
from app.core.views.interface import EntityInterface
from app.core.views.menu import screens

CLERK, HEAD = frozenset({"desk"}), frozenset({"head"})
ALL = CLERK | HEAD


class ByBranch(By):
    kind: ClassVar[str] = "branch"


class Branch(Entity):
    __tablename__, __label__, __reach__ = "branch", "分馆", (ByBranch("id"),)
    name: Mapped[str] = field(String(40), "分馆名称", unique=True, list=True, quick=True)


class Book(Entity):
    __tablename__, __label__, __area__, __title__ = "book", "图书", "stock", "title"
    __reach__ = (ByBranch("branch_id"),)
    isbn: Mapped[str] = field(String(20), "书号", unique=True, list=True, search="prefix")
    title: Mapped[str] = field(String(80), "书名", list=True, quick=True, search="contains")
    genre: Mapped[str] = field(
        String(20), "类别", codes="genre", list=True, search="pick", bulk=True
    )
    copies: Mapped[int] = field(Integer, "册数", default=1, list=True, search="range", bulk=True)
    came_from: Mapped[str] = field(String(40), "来源", default="", fixed=True)
    worth: Mapped[int] = field(Integer, "估价", default=0, by=HEAD, bulk=True)
    branch_id: Mapped[int] = key_to("branch")
    branch: Mapped[Branch] = link("分馆", list=True)


class Borrower(Entity):
    __tablename__, __label__, __area__ = "reader", "读者", "stock"
    __reach__ = (ByBranch("branch_id"),)
    name: Mapped[str] = field(String(40), "姓名", list=True, quick=True, search="contains")
    phone: Mapped[str] = field(String(20), "电话", default="", sensitive="phone")
    branch_id: Mapped[int] = key_to("branch")
    branch: Mapped[Branch] = link("分馆", list=True)


class Loan(Stateful, Entity):
    __tablename__, __label__, __area__, __title__ = "loan", "借阅", "stock", "no"
    __reach__, __open__ = (Via("book"),), OpenIn("asked")
    no: Mapped[str] = field(String(20), "借阅号", list=True, form=False, fills_itself=True)
    book_id: Mapped[int] = key_to("book")
    book: Mapped[Book] = link("图书", list=True)
    reader_id: Mapped[int] = key_to("reader")
    reader: Mapped[Borrower] = link("读者", list=True)
    until: Mapped[date] = field(Date, "归还期限", list=True, search="range", bulk=True)


class Member(BaseUser):
    __tablename__, __table_args__ = "ab_user", {"extend_existing": True}
    branch_id: Mapped[int | None] = mapped_column(ForeignKey("branch.id"))
    branch: Mapped[Branch | None] = relationship(foreign_keys="Member.branch_id")


class Person(Actor):
    @property
    def place(self) -> Place | None:
        branch: int | None = self.__dict__.get("branch")
        return None if branch is None else Place("branch", branch)


def _person(user: Any, **known: Any) -> Person:
    made = Person(**known)
    made.__dict__["branch"] = user.branch_id
    return made


def _none_left(_session: Any, loan: Loan) -> list[Problem]:
    return [] if loan.book.copies else [Problem("no_copy", "这本书已没有在馆的册数，不能借出")]


def _one_less(_session: Any, _actor: Actor, loan: Loan) -> None:
    loan.book.copies -= 1


STATES = (
    State("asked", "已申请", "blue", waiting=True),
    State("checked", "已核对", "teal", waiting=True),
    State("lent", "已借出", "green"),
)
MOVES = (
    Move("check", "核对", ("asked",), "checked", CLERK),
    Move("recall", "收回", ("checked",), "asked", CLERK, takes_back=("check",), rare=True),
    Move(
        "lend", "借出", ("checked",), "lent", HEAD, apart=("check",), asks=_none_left,
        follows=_one_less,
    ),
)  # fmt: skip
GRID = {Book: ("isbn", "title", "copies", "came_from", "worth")}
SCREENS = tuple(
    type(
        f"{model.__name__}View", (EntityView,),
        {"datamodel": EntityInterface(model), "grid": GRID.get(model, ())},
    )
    for model in (Branch, Book, Borrower, Loan)
)  # fmt: skip


def _declare() -> None:
    declare_roles(
        [Role("desk", "柜台", frozenset({Power.CHANGE})),
         Role("head", "馆长", frozenset(Power) - {Power.SHARE_NEAR})],
        {"reference": Area("基础", ALL, HEAD, HEAD), "stock": Area("馆藏", ALL, ALL, ALL)},
    )  # fmt: skip
    declare(
        Loan,
        Behaviour(
            procedure=Procedure("Loan", "借阅", STATES, MOVES),
            numbering=Numbered(lambda _loan: "JY-2021"),
        ),
    )
    places.declare(places.Places(actor=_person, links=(places.PlaceLink("branch", "分馆"),)))


PRODUCT = Product(
    name="library",
    folder=Path(__file__).parent,
    declare=_declare,
    screens=lambda: SCREENS,
    menu=(("图书馆", screens("Branch", "Book", "Borrower", "Loan")),),
)
