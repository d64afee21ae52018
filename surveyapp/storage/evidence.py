"""Everything that was said, judged, understood and decided about items and criteria, to be read together.

An item has the same id in every version and module, and a criterion of an item has the id of the item: what
is found by id is found whatever instrument it was asked in.
"""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import Connection, Row, and_, func, or_, select

from surveyapp.storage.focus_tables import (
    Criterion,
    Excerpt,
    ExcerptCode,
    FocusGroup,
    FocusParticipant,
    Rater,
    Rating,
    RatingQuestion,
    RatingRound,
    ReaderTest,
)
from surveyapp.storage.revision_tables import Decision, Draft, DraftReason

PUBLISHED = "published"
Counts = dict[str, dict[str, int]]


def said(connection: Connection, criteria: Iterable[str]) -> list[Row[Any]]:
    """Excerpts by what they were coded to, one row a coder, the oldest meeting first.

    `quotable` is None where nobody knows who spoke.
    """
    meeting = (FocusGroup.code.label("meeting"), FocusGroup.audience, FocusGroup.held_on)
    excerpt = (Excerpt.id.label("excerpt"), Excerpt.focus_group_id, Excerpt.text, FocusParticipant.quotable)
    query = (
        select(ExcerptCode.criterion, ExcerptCode.kind, *excerpt, *meeting)
        .join(Excerpt, Excerpt.id == ExcerptCode.excerpt_id)
        .join(FocusGroup, FocusGroup.id == Excerpt.focus_group_id)
        .outerjoin(FocusParticipant, FocusParticipant.id == Excerpt.speaker_id)
        .where(ExcerptCode.criterion.in_(list(criteria)))
        .order_by(FocusGroup.planned_for, FocusGroup.id, Excerpt.position, Excerpt.id, ExcerptCode.id)
    )
    return list(connection.execute(query))


def keys(connection: Connection, meetings: Iterable[int]) -> list[Row[Any]]:
    """Every excerpt of some meetings: its id, meeting and key."""
    columns = (Excerpt.id, Excerpt.focus_group_id, Excerpt.key)
    return list(connection.execute(select(*columns).where(Excerpt.focus_group_id.in_(list(meetings)))))


def coders(connection: Connection, meetings: Iterable[int]) -> set[tuple[int, str]]:
    """Who coded which excerpts of some meetings: (excerpt, coder)."""
    query = (
        select(ExcerptCode.excerpt_id, ExcerptCode.coder)
        .join(Excerpt, Excerpt.id == ExcerptCode.excerpt_id)
        .where(Excerpt.focus_group_id.in_(list(meetings)))
    )
    return {(row.excerpt_id, row.coder) for row in connection.execute(query)}


def judged(connection: Connection, criteria: Iterable[str]) -> list[Row[Any]]:
    """The last judgement of each expert who has sent, on criteria and wordings, the oldest round first."""
    newest = (
        select(func.max(Rating.revision))
        .where(Rating.rater_id == Rater.id, Rating.question_id == RatingQuestion.id)
        .correlate(Rater, RatingQuestion)
        .scalar_subquery()
    )
    about = ("criterion", "scale", "version", "form", "variant")
    columns = [getattr(RatingQuestion, name) for name in about]
    of_round = (RatingRound.title, RatingRound.id.label("round_id"), FocusGroup.code.label("meeting"))
    query = (
        select(*columns, *of_round, Rater.audience, Rating.value)
        .join(Rating, Rating.question_id == RatingQuestion.id)
        .join(Rater, Rater.id == Rating.rater_id)
        .join(RatingRound, RatingRound.id == RatingQuestion.round_id)
        .join(FocusGroup, FocusGroup.id == RatingRound.focus_group_id)
        .where(RatingQuestion.criterion.in_(list(criteria)), Rater.submitted_at.is_not(None))
        .where(Rating.revision == newest)
        .order_by(RatingRound.id, RatingQuestion.position, Rater.audience, Rater.id)
    )
    return list(connection.execute(query))


def reader_tests(connection: Connection, items: Iterable[str]) -> list[Row[Any]]:
    """What readers understood of items; `quotable` is None for who is not among those who take part."""
    same = and_(
        FocusParticipant.focus_group_id == ReaderTest.focus_group_id,
        FocusParticipant.code == ReaderTest.reader,
    )
    query = (
        select(ReaderTest.__table__, FocusGroup.code.label("meeting"), FocusParticipant.quotable)
        .join(FocusGroup, FocusGroup.id == ReaderTest.focus_group_id)
        .outerjoin(FocusParticipant, same)
        .where(ReaderTest.item.in_(list(items)))
        .order_by(FocusGroup.planned_for, FocusGroup.id, ReaderTest.id)
    )
    return list(connection.execute(query))


def decisions(
    connection: Connection, objects: Iterable[str], decision_ids: Iterable[int] = ()
) -> list[Row[Any]]:
    """The decisions about some items or criteria, and those with some ids, the oldest first."""
    about = Decision.object_id.in_(list(objects))
    query = select(Decision.__table__).where(or_(about, Decision.id.in_(list(decision_ids))))
    return list(connection.execute(query.order_by(Decision.id)))


def carried_out(connection: Connection) -> list[Row[Any]]:
    """Why each place of each published version changed: place, decision_id, kind, instrument, version."""
    columns = (DraftReason.place, DraftReason.decision_id, DraftReason.kind, Draft.instrument, Draft.version)
    query = select(*columns).join(Draft, Draft.id == DraftReason.draft_id)
    order = (Draft.closed_at, Draft.id, DraftReason.id)
    return list(connection.execute(query.where(Draft.status == PUBLISHED).order_by(*order)))


def criterion(connection: Connection, code: str) -> Row[Any] | None:
    """A criterion that no instrument has, with the code of the meeting in which it came up; or None."""
    columns = (Criterion.code, Criterion.title, Criterion.found_in, FocusGroup.code.label("meeting"))
    query = select(*columns).outerjoin(FocusGroup, FocusGroup.id == Criterion.found_in)
    rows: list[Row[Any]] = list(connection.execute(query.where(Criterion.code == code)))
    return rows[0] if rows else None


def counts(connection: Connection) -> Counts:
    """How much there is about each item or criterion, by kind: excerpts, ratings, reader_tests, decisions.

    Open answers are not among the excerpts: who reads lists may not read them.
    """
    rated = (
        select(RatingQuestion.criterion, func.count(func.distinct(Rating.rater_id)).label("raters"))
        .join(Rating, Rating.question_id == RatingQuestion.id)
        .join(Rater, Rater.id == Rating.rater_id)
        .where(Rater.submitted_at.is_not(None))
        .group_by(RatingQuestion.criterion, RatingQuestion.id)
        .subquery()
    )
    coded = func.count(func.distinct(ExcerptCode.excerpt_id))
    queries = {
        "excerpts": select(ExcerptCode.criterion, coded)
        .join(Excerpt, Excerpt.id == ExcerptCode.excerpt_id)
        .where(Excerpt.answer_id.is_(None))
        .group_by(ExcerptCode.criterion),
        "ratings": select(rated.c.criterion, func.sum(rated.c.raters)).group_by(rated.c.criterion),
        "reader_tests": select(ReaderTest.item, func.count()).group_by(ReaderTest.item),
        "decisions": select(Decision.object_id, func.count()).group_by(Decision.object_id),
    }
    return {
        name: {about: int(number) for about, number in connection.execute(query)}
        for name, query in queries.items()
    }
