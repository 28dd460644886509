"""Does a batch go from commission to archive by mouse, each step by the person whose it is?"""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from tests.journeys import concluding, filing, official, preparing, reviewing
from tests.journeys.conftest import Staff
from tests.journeys.office import Office
from tests.journeys.pages import Desk
from tests.journeys.watch import Watch
from tests.journeys.workbooks import ARRANGEMENT, TIDY, expected_passes

# By itself far less than a minute and a half; the machine may have other things to do.
pytestmark = [pytest.mark.browser, pytest.mark.timeout(600)]

NOTE = "考务安排缺少实操考场，请补充后重报"


def test_a_batch_goes_from_commission_to_archive(
    office: Office, staff: Staff, tmp_path: Path
) -> None:
    clerk, city = staff["demo_clerk"], staff["ts_admin"]
    batch = prepared(clerk, city, office, tmp_path)
    office.today = date(2021, 4, 13)
    filing.send_back(city, batch, NOTE)
    filing.submit_again(clerk, batch, NOTE)
    filing.file(city, batch)
    concluding.examine(clerk, office, batch)
    concluding.enter_scores(clerk, office, batch)
    publicity = concluding.publicity_on_paper(clerk)
    objection = concluding.object_to(clerk, office, publicity)
    concluding.reject_objection(city, objection)
    concluding.close_publicity(clerk, publicity, batch)
    concluding.review_results(city, staff["sheng_admin"], batch)
    concluding.certify_and_archive(clerk, batch, expected_passes())
    taken = concluding.take_tables(clerk, tmp_path)
    official.check(taken, candidates=120, passed=expected_passes())


def prepared(clerk: Desk, city: Desk, office: Office, folder: Path) -> str:
    """The number of a batch that has been submitted, from the enterprise's registration on."""
    preparing.register_enterprise(clerk)
    commission = preparing.ask_for_commission(clerk)
    preparing.commission(city, commission)
    plan = preparing.publish_plan(clerk)
    preparing.register_assessors(clerk, office)
    batch = filing.open_batch(clerk, commission, plan)
    filing.look_at_messy_roster(clerk, folder)
    filing.import_tidy(clerk, "人员名册", TIDY, 120)
    clerk.press(f"返回 {batch}")
    assert clerk.count("参评人员") == 120
    filing.submit_too_early(clerk)
    clerk.press("导入")
    filing.import_tidy(clerk, "考务安排表", ARRANGEMENT, 22)
    filing.complete(clerk, office, batch, folder)
    filing.submit(clerk)
    return batch


def test_nobody_reviews_what_he_filed_himself(office: Office, staff: Staff) -> None:
    own, other = reviewing.file_two(office, "ts_admin", "demo_clerk")
    city = staff["ts_admin"]
    reviewing.cannot_review_own(city, own)
    reviewing.review_both(city, own, other)


def test_another_bodys_clerk_does_not_get_to_see_the_batch(
    office: Office, staff: Staff, watch: Watch
) -> None:
    # A browser reports every answer that is no success, also one that is right.
    watch.allowed.add("status of 404")
    number, _other = reviewing.file_two(office, "ts_admin", "demo_clerk")
    clerk, stranger = staff["demo_clerk"], staff["other_clerk"]
    concluding.find(clerk, "认定批次", number)
    stranger.open_menu("认定批次")
    assert number not in stranger.text()
    assert stranger.open_address(clerk.address()) == 404
    assert "不在您的管辖范围内" in stranger.text()
    assert number not in stranger.text()
