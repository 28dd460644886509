"""Do pages break where a form may be cut?"""

from app.sheets.composing.grid import Cell, Line, Sheet
from app.sheets.composing.layout import Font, Page
from app.sheets.composing.paginate import page_breaks

PAGE = Page(landscape=False, left=15, right=15, top=20, bottom=20)
FONT = Font("宋体", 9)


def a_line(height: float = 100, *, keep: bool = False, lines: int = 1) -> Line:
    cell = Cell(0, 1, lines, (), FONT, "center", "vcenter", "")
    return Line((cell,), height, keep)


def a_sheet(*lines: Line, heading: range | None = None, width: float = 180) -> Sheet:
    return Sheet("甲", "甲", PAGE, (width,), lines, heading)


def test_what_fits_one_page_is_not_broken():
    assert page_breaks(a_sheet(*[a_line()] * 6)) == ()


def test_a_page_is_filled_before_the_next_begins():
    assert page_breaks(a_sheet(*[a_line()] * 15)) == (7, 14)


def test_lines_tied_together_move_to_the_next_page_together():
    tied = [a_line(), a_line(keep=True), a_line()]

    assert page_breaks(a_sheet(*[a_line()] * 5, *tied)) == (6,)


def test_merged_cells_are_not_cut():
    assert page_breaks(a_sheet(*[a_line()] * 5, a_line(lines=3), a_line(), a_line())) == (5,)


def test_the_repeated_heading_takes_its_room_on_every_page():
    plain = a_sheet(*[a_line(50)] * 40)
    headed = a_sheet(*[a_line(50)] * 40, heading=range(3))

    assert len(page_breaks(headed)) > len(page_breaks(plain))


def test_a_sheet_that_shrinks_to_its_page_has_more_lines_on_it():
    assert page_breaks(a_sheet(*[a_line()] * 10, width=360)) == ()


def test_a_block_higher_than_a_page_is_cut_between_its_lines_but_not_in_merged_cells():
    assert page_breaks(a_sheet(*[a_line(keep=True)] * 20, a_line())) == (7, 14)
    tall = [*[a_line(keep=True)] * 6, a_line(lines=3), *[a_line(keep=True)] * 8]
    assert page_breaks(a_sheet(*tall)) == (6, 13)
