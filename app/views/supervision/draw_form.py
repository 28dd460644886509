"""What does a draw of spot checks ask for?"""

from __future__ import annotations

from flask_wtf import FlaskForm
from wtforms import DateField, StringField
from wtforms.validators import InputRequired, Length, Optional

from app.core.views.forms.number_fields import WholeField
from app.rules.supervision.draw import HEAVIEST, LONGEST_SEED, Weights
from app.services.supervision.spot_checks import Wish

DAY = "请填写日期，如 2021-04-24"
NUMBER = "请填写整数"


class DrawForm(FlaskForm):
    """Parameters of a draw: exam days, number of batches, seed and weights."""

    first_day = DateField("考试日期起", [InputRequired(DAY)])
    last_day = DateField("考试日期止", [InputRequired(DAY)])
    wanted = WholeField("抽取批次数", [InputRequired(NUMBER)], default=1)
    complaint_weight = WholeField(
        "每件举报加权",
        [InputRequired(NUMBER)],
        default=1,
        description=f"0 到 {HEAVIEST}；每个批次本身的权重是 1",
    )
    finding_weight = WholeField(
        "每次责令整改加权",
        [InputRequired(NUMBER)],
        default=1,
        description=f"0 到 {HEAVIEST}；近两年内的",
    )
    seed = StringField(
        "随机种子",
        [Optional(), Length(max=LONGEST_SEED, message=f"最多 {LONGEST_SEED} 个字")],
        description="空着由系统生成；也可填当场摇出的号码，以示公正",
    )

    def wish(self) -> Wish:
        """Return the entered parameters."""
        return Wish(
            first=self.first_day.data,
            last=self.last_day.data,
            wanted=self.wanted.data or 0,
            seed=(self.seed.data or "").replace("\0", ""),
            weights=Weights(_given(self.complaint_weight.data), _given(self.finding_weight.data)),
        )


def _given(number: int | None) -> int:
    return 0 if number is None else number
