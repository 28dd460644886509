"""Which current data are printed on certificates, and where?"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import joinedload

from app.core import clock
from app.core.records.code_lists import CodeName, code_lists, code_name
from app.core.scope import AnySession
from app.core.wording import shown_day
from app.models import Batch, Certificate, CertificatePlace
from app.models.certificates.certificate_place import PAGE, PHOTO
from app.services.sign_up import photos
from app.sheets import forms

#: States in which a certificate may be printed: issued and not void.
IN_FORCE = ("valid", "corrected", "reissued")

SAMPLE = {
    "number": "S000013000001215000001",
    "holder": "欧阳某某",
    "gender": "女",
    "birth_date": "1980年1月1日",
    "document_kind": "居民身份证",
    "id_number": "130200198001010000",
    "occupation": "起重装卸机械操作工",
    "work_type": "桥式起重机司机",
    "level": "三级/高级工",
    "body": "河北某某职业技能评价有限公司",
    "issued_on": "2021年12月31日",
}
"""The longest that is usual, so that a place is seen to be wide enough."""


def of_batch(
    session: AnySession, batch: Batch, on: date, only: frozenset[int] = frozenset()
) -> forms.Certificates:
    """Return the batch's certificates in force, by number.

    ``only`` restricts them to candidates with these ids. Runs a fixed number of SQL statements.
    """
    found = [
        one
        for one in _certificates(session, Certificate.batch_id == batch.id)
        if not only or one.candidate_id in only
    ]
    return merged(session, found, on)


def with_keys(session: AnySession, keys: Sequence[int]) -> Sequence[Certificate]:
    """Return the certificates in force with these ids, by number, loaded for ``merged``."""
    return _certificates(session, Certificate.id.in_(keys))


def proof(session: AnySession) -> forms.Certificates:
    """Return sample data with frames and rulers, to compare with a printed blank."""
    sample = forms.PrintedCertificate(SAMPLE)
    return _laid_out(session, (sample,), clock.today(), proof=True)


def _certificates(session: AnySession, condition: ColumnElement[bool]) -> Sequence[Certificate]:
    return session.scalars(
        select(Certificate)
        .where(Certificate.state.in_(IN_FORCE), condition)
        .options(
            joinedload(Certificate.occupation),
            joinedload(Certificate.work_type),
            joinedload(Certificate.level),
            joinedload(Certificate.body),
            joinedload(Certificate.candidate),
        )
        .order_by(Certificate.number)
    ).all()


def merged(session: AnySession, found: Sequence[Certificate], on: date) -> forms.Certificates:
    """Return these certificates laid out on the configured template as of ``on``."""
    lists = code_lists(session)
    batches = sorted({one.batch_id for one in found})
    people = frozenset(one.candidate_id for one in found)
    pictures = photos.of_batch(session, batches, people) if batches else {}
    certificates = tuple(
        forms.PrintedCertificate(_values(one, lists), pictures.get(one.candidate_id, b""))
        for one in found
    )
    return _laid_out(session, certificates, on, proof=False)


def _values(one: Certificate, lists: dict[str, tuple[CodeName, ...]]) -> dict[str, str]:
    person = one.candidate
    return {
        "number": one.number,
        "holder": one.holder,
        "gender": code_name(person.gender, lists.get("gender", ())),
        "birth_date": shown_day(person.birth_date) if person.birth_date else "",
        "document_kind": code_name(person.document_kind, lists.get("document_kind", ())),
        "id_number": one.id_number,
        "occupation": one.occupation.name,
        "work_type": one.work_type.name,
        "level": one.level.name,
        "body": one.body.name,
        "issued_on": shown_day(one.issued_on),
    }


def _laid_out(
    session: AnySession,
    certificates: tuple[forms.PrintedCertificate, ...],
    on: date,
    *,
    proof: bool,
) -> forms.Certificates:
    rows = session.scalars(
        select(CertificatePlace)
        .where(CertificatePlace.active)
        .order_by(CertificatePlace.order, CertificatePlace.id)
    ).all()
    page = next((_page(one) for one in rows if one.key == PAGE), forms.CertificatePage())
    places = tuple(_place(one) for one in rows if one.key != PAGE)
    return forms.Certificates(page, places, certificates, on, proof)


def _page(row: CertificatePlace) -> forms.CertificatePage:
    return forms.CertificatePage(
        width=float(row.width),
        height=float(row.height),
        right=float(row.left),
        down=float(row.top),
    )


def _place(row: CertificatePlace) -> forms.Place:
    return forms.Place(
        key=row.key,
        name=row.name,
        left=float(row.left),
        top=float(row.top),
        width=float(row.width),
        height=float(row.height),
        text=row.text or "",
        font=row.font,
        size=float(row.size),
        bold=row.bold,
        align=row.align,
        picture=row.key == PHOTO,
    )
