"""To which place can a row belong: an evaluation body or a centre?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from app import roles
from app.core.declarations.reach import AnyOf, By, ByParent, Reach


@dataclass(frozen=True)
class ByBody(By):
    """The row belongs to the evaluation body whose id is in ``column``."""

    column: str = "body_id"
    kind: ClassVar[str] = roles.OF_BODY


@dataclass(frozen=True)
class ByCentre(By):
    """The row belongs to the centre whose id is in ``column``."""

    column: str = "centre_id"
    kind: ClassVar[str] = roles.OF_CENTRE


@dataclass(frozen=True)
class AnyBody(AnyOf):
    """A public register: visible to the users of every body, no matter who entered the row."""

    kind: ClassVar[str] = roles.OF_BODY


#: A body's own affairs: for itself, the centre that approved it and the centre of its place. Other
#: centres may see them, because the body examines in their city, and change nothing.
OF_BODY: Reach = (
    ByBody(),
    ByParent("body", ByCentre("centre_id")),
    ByParent("body", ByCentre("city_centre_id")),
)
