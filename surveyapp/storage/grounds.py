"""What decisions rest on, found by kind and number: notes, things that were judged, tests of readers.

Answers are found in the scope of who asks, by open_answers.usable.
"""

from collections.abc import Callable, Collection, Mapping
from typing import Any

from sqlalchemy import Connection, Row, select

from surveyapp.storage.focus_tables import Excerpt, FocusGroup, RatingQuestion, RatingRound, ReaderTest


def found(connection: Connection, kind: str, numbers: Collection[int]) -> dict[int, Row[Any]]:
    """Those of a kind (excerpt, rating, reader_test) that are there, by number; excerpts of meetings only.

    Columns: id, meeting_id, meeting (its code); of an excerpt position; of a rating round_id, round_title,
    scale, criterion; of a test reader, item.
    """
    query = _QUERIES[kind](numbers)
    return {row.id: row for row in connection.execute(query)}


_MEETING = (FocusGroup.id.label("meeting_id"), FocusGroup.code.label("meeting"))


def _excerpts(numbers: Collection[int]) -> Any:
    query = select(Excerpt.id, Excerpt.position, *_MEETING)
    return query.join(FocusGroup, FocusGroup.id == Excerpt.focus_group_id).where(Excerpt.id.in_(numbers))


def _ratings(numbers: Collection[int]) -> Any:
    question = (RatingQuestion.id, RatingQuestion.round_id, RatingQuestion.scale, RatingQuestion.criterion)
    return (
        select(*question, RatingRound.title.label("round_title"), *_MEETING)
        .join(RatingRound, RatingRound.id == RatingQuestion.round_id)
        .join(FocusGroup, FocusGroup.id == RatingRound.focus_group_id)
        .where(RatingQuestion.id.in_(numbers))
    )


def _tests(numbers: Collection[int]) -> Any:
    query = select(ReaderTest.id, ReaderTest.reader, ReaderTest.item, *_MEETING)
    return query.join(FocusGroup, FocusGroup.id == ReaderTest.focus_group_id).where(
        ReaderTest.id.in_(numbers)
    )


_QUERIES: Mapping[str, Callable[[Collection[int]], Any]] = {
    "excerpt": _excerpts,
    "rating": _ratings,
    "reader_test": _tests,
}
