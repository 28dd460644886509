"""Which invented people and companies take part in the demo, reproducibly for a seed?

Every name, number and company is generated at random; none is taken from a register. The numbers
are formally valid, so that the demo passes the same checks as real data.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import islice
from random import Random

from stdnum.cn import uscc
from stdnum.iso7064 import mod_11_2

# Everyone is 18 to 58 years old on every day from 2021 to 2026.
FIRST_DAY = date(2021, 1, 1)
EARLIEST_BIRTH = date(1968, 1, 1)
LATEST_BIRTH = date(2003, 1, 1)

# Counties of Hebei with codes that have long been in force.
_HEBEI = """
    130102 130104 130105 130121 130123 130202 130203 130204 130205 130224 130227 130229
    130302 130303 130321 130322 130402 130403 130424 130425 130502 130525 130528 130602 130623
    130702 130722 130730 130802 130821 130826 130902 130903 130921 131002 131022
"""
HEBEI_COUNTIES = tuple(_HEBEI.split())

# Abolished counties: 石家庄桥东, 栾城, 唐海, 滦县, 抚宁, 邯郸, 永年, 邢台, 任县, 满城, 徐水, 宣化,
# 万全, 平泉. Identity numbers with their codes stay valid for life.
_ABOLISHED = """
    130103 130124 130230 130223 130323 130421 130429 130521 130526 130621 130625 130721
    130729 130823
"""
ABOLISHED_COUNTIES = tuple(_ABOLISHED.split())

# Prefixes that no operator is known to use, so that no demo number reaches a real telephone.
PHONE_PREFIXES = ("143", "154", "164", "169", "179")

SURNAMES = "王李张刘陈杨赵黄周吴徐孙马朱胡郭何林高罗郑梁谢宋唐许邓冯韩曹曾彭萧蔡潘田董袁于余"
MEN = "建国志强文博海涛立新永军俊杰明辉振华国栋晓东学峰庆林德胜长江宏伟少波凯旋子豪宇航"
WOMEN = "秀兰丽华桂英淑珍雅琴晓梅玉洁海燕春霞文静雪莲思雨佳慧美玲红艳素云巧荣欣怡梦瑶"

# Education code (GB/T 4658), usual age on leaving, share in percent.
EDUCATIONS = (
    ("70", 16, 26),
    ("60", 18, 18),
    ("50", 18, 16),
    ("40", 18, 16),
    ("30", 21, 16),
    ("20", 22, 7),
    ("10", 25, 1),
)

PLACES = (
    ("130102", "石家庄"),
    ("130202", "唐山"),
    ("130302", "秦皇岛"),
    ("130402", "邯郸"),
    ("130502", "邢台"),
    ("130602", "保定"),
    ("130702", "张家口"),
    ("130802", "承德"),
    ("130902", "沧州"),
    ("131002", "廊坊"),
    ("131102", "衡水"),
)
BRANDS = (
    "燕北",
    "冀岳",
    "滦川",
    "渤澜",
    "太岭",
    "漳源",
    "滏远",
    "塞安",
    "凌津",
    "泽冀",
    "京南",
    "云岫",
)
TRADES = (
    "重型机械制造",
    "钢铁轧制",
    "汽车零部件",
    "轨道装备",
    "电气设备",
    "陶瓷",
    "水泥建材",
    "精密铸造",
    "港口装卸",
    "物业服务",
    "餐饮管理",
    "家政服务",
    "职业培训学校",
    "新能源",
)

_ORGANISATION_WEIGHTS = (3, 7, 9, 10, 5, 8, 4, 2)


@dataclass(frozen=True)
class Person:
    """An invented person; ``education`` is a GB/T 4658 code, ``started`` the first day at work.

    ``gender`` is "男" or "女" and agrees with the 17th digit of ``id_number``.
    """

    name: str
    gender: str
    birth_date: date
    id_number: str
    phone: str
    education: str
    started: date

    def years_on(self, day: date) -> int:
        """Return the full years at work on ``day``."""
        passed = (day.month, day.day) >= (self.started.month, self.started.day)
        return max(0, day.year - self.started.year - (not passed))


@dataclass(frozen=True)
class Company:
    """An invented company with a valid unified social credit code (GB 32100)."""

    name: str
    credit_code: str
    region_code: str
    address: str
    contact: str
    phone: str


def people(n: int, seed: int) -> tuple[Person, ...]:
    """Return ``n`` people with distinct identity numbers; a larger ``n`` extends the same list."""
    return tuple(islice(_people(Random(f"people {seed}")), n))


def enterprises(n: int, seed: int) -> tuple[Company, ...]:
    """Return ``n`` companies in cities of Hebei with distinct names and credit codes.

    Raises ValueError for more than 1,000, as there are only some 1,800 different names.
    """
    if n > 1000:
        raise ValueError(f"at most 1000 companies, not {n}")
    return tuple(islice(_companies(Random(f"enterprises {seed}")), n))


def id_number(county: str, birth: date, order: int) -> str:
    """Return the identity number (GB 11643) of the ``order``-th person born there that day."""
    body = f"{county}{birth:%Y%m%d}{order:03d}"
    return body + mod_11_2.calc_check_digit(body)


def credit_code(region: str, organisation: str) -> str:
    """Return the credit code of a company (91) with an eight-digit organisation number."""
    body = f"91{region}{organisation}{organisation_check(organisation)}"
    return body + uscc.calc_check_digit(body)


def organisation_check(organisation: str) -> str:
    """Return the check character of an eight-digit organisation code (GB 11714)."""
    weighted = zip(organisation, _ORGANISATION_WEIGHTS, strict=True)
    rest = 11 - sum(int(digit) * weight for digit, weight in weighted) % 11
    return {10: "X", 11: "0"}.get(rest, str(rest))


def _people(random: Random) -> Iterator[Person]:
    numbers: set[str] = set()
    while True:
        person = _person(random)
        if person.id_number not in numbers:
            numbers.add(person.id_number)
            yield person


def _person(random: Random) -> Person:
    gender = random.choice("男男男女女")
    birth = EARLIEST_BIRTH + timedelta(random.randint(0, (LATEST_BIRTH - EARLIEST_BIRTH).days))
    counties = ABOLISHED_COUNTIES if random.random() < 0.1 else HEBEI_COUNTIES
    order = random.randrange(1 if gender == "男" else 2, 999, 2)
    education, left_school_at = _education(random, birth)
    return Person(
        name=_name(random, gender),
        gender=gender,
        birth_date=birth,
        id_number=id_number(random.choice(counties), birth, order),
        phone=_phone(random),
        education=education,
        started=_start(random, birth.year + left_school_at),
    )


def _education(random: Random, birth: date) -> tuple[str, int]:
    """Choose an education that the person can have finished before the demo; code and age."""
    possible = [one for one in EDUCATIONS if birth.year + one[1] < FIRST_DAY.year]
    shares = [share for _, _, share in possible]
    code, age, _ = random.choices(possible, weights=shares)[0]
    return code, age


def _start(random: Random, year: int) -> date:
    """Choose 1 July or 1 August, up to three years after leaving school and before the demo."""
    return date(min(year + random.randint(0, 3), FIRST_DAY.year - 1), random.choice((7, 8)), 1)


def _name(random: Random, gender: str) -> str:
    given = MEN if gender == "男" else WOMEN
    return random.choice(SURNAMES) + "".join(random.sample(given, random.choice((1, 2, 2, 2))))


def _phone(random: Random) -> str:
    return f"{random.choice(PHONE_PREFIXES)}{random.randrange(10**8):08d}"


def _companies(random: Random) -> Iterator[Company]:
    names: set[str] = set()
    codes: set[str] = set()
    while True:
        company = _company(random)
        if company.name not in names and company.credit_code not in codes:
            names.add(company.name)
            codes.add(company.credit_code)
            yield company


def _company(random: Random) -> Company:
    region, city = random.choice(PLACES)
    trade = random.choice(TRADES)
    return Company(
        name=f"{city}{random.choice(BRANDS)}{trade}有限公司",
        credit_code=credit_code(region, f"{random.randrange(10**8):08d}"),
        region_code=region,
        address=f"{city}市示范路{random.randint(1, 299)}号",
        contact=_name(random, random.choice("男女")),
        phone=_phone(random),
    )
