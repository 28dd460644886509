"""Are one model file, a dozen lines of view and one line of menu all that a new table takes?"""

from __future__ import annotations

import json

from tests.drill.copy_of import Copy

MODEL = '''"""Which courses prepare for an evaluation?"""

from __future__ import annotations

from sqlalchemy import Integer, String

from app.core.declarations.base import Entity
from app.core.declarations.field import Mapped, field


class Course(Entity):
    """培训课程: offered before an evaluation."""

    __tablename__ = "course"
    __label__ = "培训课程"

    code: Mapped[str] = field(String(20), "课程编号", unique=True, list=True, quick=True)
    name: Mapped[str] = field(String(80), "课程名称", list=True, quick=True, search="contains")
    hours: Mapped[int] = field(Integer, "学时", default=0, list=True, search="range")
    teacher: Mapped[str] = field(String(40), "教师", default="", search="contains", bulk=True)
'''
VIEW = '''"""How are courses shown?"""

from __future__ import annotations

from app.core.views.base import EntityView
from app.core.views.interface import EntityInterface
from app.models.course import Course


class CourseView(EntityView):
    """培训课程."""

    datamodel = EntityInterface(Course)
'''
PLACES = {
    "list chooser", "list column", "form", "show page", "filter", "bulk edit", "blank template",
    "import", "export", "history", "API schema",
}  # fmt: skip


def test_a_table_follows_from_a_model_a_view_and_a_line_of_menu(copy: Copy) -> None:
    copy.ask("prepare")
    people = copy.ask("people")
    copy.write("app/models/course.py", MODEL)
    copy.write("app/views/reference/courses.py", VIEW)
    copy.replace("app/views/menu.py", '"CalendarYear", ', '"CalendarYear", "Course", ')
    copy.run("make", "migration", "m=Add courses")
    copy.flask("db", "upgrade")
    copy.flask("bootstrap")

    course = {"code": "K1", "name": "车工提高班", "hours": 40}
    key = copy.ask("add", "Course", json.dumps(course, ensure_ascii=False))
    answers = copy.ask("pages", "Course")
    assert answers == {"list/": 200, "add": 200, "import": 200, "export": 200, "menu": 1}
    found = copy.ask("places", "Course", "teacher", str(key))
    assert {place for place, there in found.items() if there} == PLACES

    copy.flask("db", "downgrade")
    assert copy.ask("people") == people
