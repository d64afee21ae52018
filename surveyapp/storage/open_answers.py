"""Open answers as they are coded: every statement in the scope of who asks, sent questionnaires alone.

An answer that is coded has an excerpt that refers to it and holds no word of it. What is withdrawn, or was
answered anew, is left out by each statement, with its codes.
"""

from collections.abc import Collection
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, Select, case, func, or_, select
from sqlalchemy.orm import aliased

from surveyapp.storage.focus_tables import Excerpt, ExcerptCode
from surveyapp.storage.scope import Scope
from surveyapp.storage.subjects import subject_columns
from surveyapp.storage.tables import Administration, Answer


def numbers(scope: Scope, connection: Connection, instrument: str) -> dict[str, int]:
    """How many texts there are, by the id of the item."""
    query = _written(scope, instrument, Answer.item, func.count())
    return {item: int(number) for item, number in connection.execute(query.group_by(Answer.item))}


def written(scope: Scope, connection: Connection, instrument: str, items: Collection[str]) -> list[Row[Any]]:
    """The texts given to some items.

    Columns: id, item, text, answered_at, variant (of the answer), excerpt (the id, or None), and of the
    administration administration_id, subject, province, ambito, instrument, version, digest, form,
    asked_in (its variant), occasion, number, rater, length, context.
    """
    query = _written(
        scope,
        instrument,
        Answer.id,
        Answer.item,
        Answer.text,
        Answer.answered_at,
        Answer.variant,
        Excerpt.id.label("excerpt"),
        Administration.id.label("administration_id"),
        Administration.subject,
        *subject_columns[1:],
        Administration.instrument,
        Administration.version,
        Administration.digest,
        Administration.form,
        Administration.variant.label("asked_in"),
        Administration.occasion,
        Administration.number,
        Administration.rater,
        Administration.length,
        Administration.context,
    )
    coded = query.outerjoin(Excerpt, Excerpt.answer_id == Answer.id)
    return list(connection.execute(coded.where(Answer.item.in_(items)).order_by(Answer.id)))


def beside(scope: Scope, connection: Connection, administrations: Collection[int]) -> list[Row[Any]]:
    """All current answers of some administrations. Columns: administration_id, item, value, text, reason."""
    columns = (Answer.administration_id, Answer.item, Answer.value, Answer.text, Answer.reason)
    query = scope.select(*columns).join(Answer, Answer.administration_id == Administration.id)
    theirs = (Administration.id.in_(administrations), Answer.revision == _last_revision())
    return list(connection.execute(query.where(*theirs)))


def codes(scope: Scope, connection: Connection, instrument: str, items: Collection[str]) -> list[Row[Any]]:
    """Every code of the texts given to some items, the first ones first, with the id of the answer."""
    query = _written(scope, instrument, ExcerptCode.__table__, Answer.id.label("answer"))
    coded = query.join(Excerpt, Excerpt.answer_id == Answer.id).join(
        ExcerptCode, ExcerptCode.excerpt_id == Excerpt.id
    )
    return list(connection.execute(coded.where(Answer.item.in_(items)).order_by(ExcerptCode.id)))


def usable(scope: Scope, connection: Connection, excerpts: Collection[int]) -> dict[int, Row[Any]]:
    """The excerpts among these that are answers and may still be used, by id.

    Columns: excerpt, answer, instrument, item.
    """
    columns = (Excerpt.id.label("excerpt"), Answer.id.label("answer"), Excerpt.instrument, Excerpt.item)
    query = _usable(scope.select(*columns)).join(Excerpt, Excerpt.answer_id == Answer.id)
    rows = connection.execute(query.where(Excerpt.id.in_(excerpts)))
    return {row.excerpt: row for row in rows}


def coded_to(scope: Scope, connection: Connection, criterion: str, viewer: str) -> list[Row[Any]]:
    """How many answers were coded to a criterion, question by question and kind by kind.

    As far as a viewer may know: those that this person has coded, and those that two people have.
    Columns: instrument, version, item, kind, number.
    """
    told = (Administration.instrument, Administration.version, Answer.item, ExcerptCode.kind)
    query = (
        _usable(scope.select(*told, func.count(func.distinct(Excerpt.id)).label("number")))
        .join(Excerpt, Excerpt.answer_id == Answer.id)
        .join(ExcerptCode, ExcerptCode.excerpt_id == Excerpt.id)
        .where(ExcerptCode.criterion == criterion, Excerpt.id.in_(_open_to(viewer)))
    )
    return list(connection.execute(query.group_by(*told).order_by(*told)))


def _open_to(viewer: str) -> Select[Any]:
    """The excerpts whose codes cannot spoil a second coding by this person."""
    own = func.sum(case((ExcerptCode.coder == viewer, 1), else_=0))
    coders = func.count(func.distinct(ExcerptCode.coder))
    return select(ExcerptCode.excerpt_id).group_by(ExcerptCode.excerpt_id).having(or_(own > 0, coders >= 2))


def _written(scope: Scope, instrument: str, *columns: Any) -> Select[Any]:
    return _usable(scope.select(*columns)).where(Administration.instrument == instrument)


def _usable(query: Select[Any]) -> Select[Any]:
    """Current texts of questionnaires that were sent and not withdrawn."""
    theirs: tuple[ColumnElement[bool], ...] = (
        Administration.state == "submitted",
        Answer.text.is_not(None),
        Answer.revision == _last_revision(),
    )
    return query.join(Answer, Answer.administration_id == Administration.id).where(*theirs)


def _last_revision() -> Any:
    newer = aliased(Answer)
    same = (newer.administration_id == Answer.administration_id, newer.item == Answer.item)
    return select(func.max(newer.revision)).where(*same).scalar_subquery()
