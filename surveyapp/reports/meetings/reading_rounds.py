"""The rounds of judgements of a meeting: what counts are those that were sent."""

from collections import Counter
from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection, Row

from surveyapp.focus_groups.rated import Rated, outcomes
from surveyapp.focus_groups.rounds import CLARITY
from surveyapp.instruments.catalogue import Catalogue
from surveyapp.reports.meetings.material import Question, Round
from surveyapp.reports.meetings.wordings import about, plain
from surveyapp.storage import rating_rows as stored


def read(connection: Connection, catalogue: Catalogue, meeting: int) -> tuple[Round, ...]:
    """The rounds of a meeting, oldest first."""
    rows = [row for row in reversed(stored.rounds(connection)) if row.focus_group_id == meeting]
    return tuple(_round(connection, catalogue, row) for row in rows)


def _round(connection: Connection, catalogue: Catalogue, row: Row[Any]) -> Round:
    questions = tuple(_question(catalogue, one) for one in stored.questions(connection, row.id))
    people = stored.raters(connection, row.id)
    sent = [one for one in stored.judgements(connection, row.id) if one.submitted_at]
    # Who judges accepted no quotation: comments are counted and go no further.
    rated = [Rated(one.question_id, one.code, one.audience, one.organisation, one.value) for one in sent]
    bodies = Counter(one.organisation for one in people if one.submitted_at and one.organisation)
    return Round(
        title=plain(row.title),
        closed=row.closed_at is not None,
        questions=questions,
        outcomes=tuple(outcomes([one.id for one in questions], rated, one_vote=False)),
        scales=_scales(catalogue, questions),
        sent=sum(one.submitted_at is not None for one in people),
        begun=sum(one.submitted_at is None and one.judged > 0 for one in people),
        comments=sum(bool(one.comment) for one in sent),
        together=any(number > 1 for number in bodies.values()),
    )


def _question(catalogue: Catalogue, row: Row[Any]) -> Question:
    wording = about(catalogue, row.instrument, row.version, row.form, row.variant)
    return Question(
        id=row.id,
        scale=row.scale,
        criterion=row.criterion,
        text=plain(row.text),
        instrument=row.instrument,
        version=row.version,
        wording=wording if row.scale == CLARITY else "",
    )


def _scales(catalogue: Catalogue, questions: tuple[Question, ...]) -> Mapping[str, frozenset[int]]:
    """The questions of each scale that has any, by the title of the scale and of what is judged of it."""
    found: dict[str, set[int]] = {}
    for one in questions:
        instrument = catalogue.instruments.get((one.instrument, one.version))
        for scale in instrument.scales if instrument else ():
            if one.criterion in scale.items:
                which = one.wording or about(catalogue, one.instrument, one.version)
                found.setdefault(f"{scale.title} ({which})", set()).add(one.id)
    return {title: frozenset(ids) for title, ids in found.items()}
