"""What reports and exports read: administrations with who they are about, and their current answers."""

from collections.abc import Collection
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, and_, func, select, true
from sqlalchemy.orm import aliased

from surveyapp.storage.answering import AnyRow
from surveyapp.storage.subjects import (
    subject_code,
    subject_columns,
    subject_demonstration,
    with_subjects,
)
from surveyapp.storage.tables import Administration, Answer, Consent, Path, Person

_standing = (
    select(Consent.optional)
    .where(Consent.administration_id == Administration.id, Consent.decision != "talk")
    .order_by(Consent.id.desc())
    .limit(1)
    .correlate(Administration)
    .scalar_subquery()
)

# What is asked of whom, when, and how it was answered.
_ASKED = (
    Administration.respondent,
    Administration.instrument,
    Administration.version,
    Administration.digest,
    Administration.form,
    Administration.occasion,
    Administration.number,
    Administration.rater,
    Administration.length,
    Administration.retest_of,
    Administration.context,
    Administration.variant,
    Administration.source,
    Administration.state,
    Administration.due_from,
    Administration.due_to,
    Administration.late_to,
    Administration.opened_at,
    Administration.closed_at,
    Administration.reading,
    Administration.mode,
    Administration.helper,
    Administration.help_kinds,
    Administration.practice,
    Administration.flags,
)


def administrations(
    connection: Connection, instrument: str, subjects: Collection[str] | None = None
) -> list[Row[Any]]:
    """Every administration of an instrument, or those about some subjects, whatever its state, oldest first.

    Columns: id, key, subject, person_code (or of the agreement or organisation), province, ambito,
    demonstration, sex (of the person, where there is one), path_id, path_number, started_on, ended_on (of the
    path, where there is one), respondent, instrument, version, digest, form, occasion, number, rater, length,
    retest_of, context, variant, source, state, due_from, due_to, late_to, opened_at, closed_at, reading, mode
    (the declared one), helper, help_kinds, practice, flags, consents (the optional ones of the decision that
    stands, by code and comma; null where none was recorded here, as with what was gathered on paper).
    """
    query = with_subjects(
        select(
            Administration.id,
            Administration.key,
            Administration.subject,
            subject_code.label("person_code"),
            *subject_columns[1:],
            subject_demonstration.label("demonstration"),
            Person.sex,
            Administration.path_id,
            func.coalesce(Path.number, 1).label("path_number"),
            Path.started_on,
            Path.ended_on,
            *_ASKED,
            _standing.label("consents"),
        )
    )
    theirs = query.where(Administration.instrument == instrument, _about(subjects))
    return list(connection.execute(theirs.order_by(Administration.id)))


def submitted_answers(
    connection: Connection, instrument: str, subjects: Collection[str] | None = None
) -> list[AnyRow]:
    """The current answer to each item of every submitted administration, also those on abandoned branches.

    Columns: administration_id, item, value, text, reason, variant, mode, reading, revision, answered_at.
    """
    newer = aliased(Answer)
    last = (
        select(func.max(newer.revision))
        .where(and_(newer.administration_id == Answer.administration_id, newer.item == Answer.item))
        .scalar_subquery()
    )
    query = (
        select(
            Answer.administration_id,
            Answer.item,
            Answer.value,
            Answer.text,
            Answer.reason,
            Answer.variant,
            Answer.mode,
            Answer.reading,
            Answer.revision,
            Answer.answered_at,
        )
        .join(Administration, Administration.id == Answer.administration_id)
        .where(Administration.instrument == instrument, Administration.state == "submitted")
        .where(Answer.revision == last, _about(subjects))
        .order_by(Answer.administration_id, Answer.id)
    )
    return list(connection.execute(query))


def _about(subjects: Collection[str] | None) -> ColumnElement[bool]:
    return true() if subjects is None else Administration.subject.in_(subjects)
