"""Is nobody's letter taken for somebody else's batch, nor issued by a centre without authority?"""

from __future__ import annotations

import pytest
from sqlalchemy import update
from sqlalchemy.orm import Session, scoped_session

from app.core import clock, scope
from app.core.errors import RulesBroken
from app.core.records import record
from app.core.roles import SYSTEM
from app.core.workflow import moves
from app.models import Commission
from tests import factories, procedure

DB = scoped_session[Session]


def codes(refused: pytest.ExceptionInfo[RulesBroken]) -> set[str]:
    return {one.code for one in refused.value.problems if one.severity == "error"}


def test_a_centre_without_authority_is_not_asked(db: DB) -> None:
    body, employer = factories.body(db), factories.enterprise(db, "唐山钢铁有限公司")
    with pytest.raises(RulesBroken, match="无权出具") as refused:
        factories.commission(db, body, employer, centre=factories.centre(db, factories.BAODING))
    assert codes(refused) == {"commission_authority"}


@pytest.mark.parametrize("code", [factories.TANGSHAN, factories.PROVINCE])
def test_a_centre_with_authority_is(db: DB, code: str) -> None:
    body, employer = factories.body(db), factories.enterprise(db, "唐山钢铁有限公司")
    made = factories.commission(db, body, employer, centre=factories.centre(db, code))
    with clock.set_to(factories.FILED):
        moves.act(db, SYSTEM, made, "submit")
        moves.act(db, SYSTEM, made, "commission")
    assert made.state == "commissioned"


def test_a_request_of_before_is_not_granted_by_such_a_centre(db: DB) -> None:
    body, employer = factories.body(db), factories.enterprise(db, "唐山钢铁有限公司")
    made = factories.commission(db, body, employer)
    far = factories.centre(db, factories.BAODING)
    with scope.acting(db, SYSTEM), clock.set_to(factories.FILED):
        moves.act(db, SYSTEM, made, "submit")
        db.execute(update(Commission).values(centre_id=far.id))
        db.commit()
        with pytest.raises(RulesBroken) as refused:
            moves.act(db, SYSTEM, made, "commission")
    assert codes(refused) == {"commission_authority"}


def test_another_enterprises_letter_is_no_letter(db: DB) -> None:
    batch = procedure.ready_batch(db)
    other = factories.enterprise(db, "唐山乙有限公司")
    letter = factories.commission(db, batch.body, factories.enterprise(db, "唐山甲有限公司"))
    clerk = factories.clerk(batch.body)
    with record.filling(db):
        batch.commission, batch.enterprise = letter, other
    with pytest.raises(RulesBroken, match="不属于"):
        record.edit(db, clerk, batch)


def test_another_enterprises_plan_is_no_plan(db: DB) -> None:
    batch = procedure.ready_batch(db)
    with scope.acting(db, SYSTEM):
        batch.plan.enterprise = factories.enterprise(db, "唐山甲有限公司")
        batch.enterprise = factories.enterprise(db, "唐山乙有限公司")
        db.commit()
    with clock.set_to(factories.FILED), pytest.raises(RulesBroken, match="为“唐山甲") as refused:
        moves.act(db, SYSTEM, batch, "submit")
    assert "plan_of_others" in codes(refused)
