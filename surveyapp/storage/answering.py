"""The few statements of the request path: Core rows, no objects, two queries to show a question."""

from collections.abc import Sequence
from contextlib import suppress
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, bindparam, func, insert, lambda_stmt, literal, null, select, update
from sqlalchemy.exc import IntegrityError

from surveyapp.instruments import answers as given
from surveyapp.instruments.path import Questionnaire
from surveyapp.storage.carried import Earlier, carried, may_carry
from surveyapp.storage.register_tables import Placement
from surveyapp.storage.subjects import subject_code, subject_demonstration, with_subjects
from surveyapp.storage.tables import Administration, Answer, Consent, ConsentText, Link, Path

AnyRow = Row[*tuple[Any, ...]]

_LATEST_DECISION = (
    select(Consent.decision)
    .where(Consent.administration_id == Administration.id, Consent.decision != "talk")
    .order_by(Consent.id.desc())
    .limit(1)
    .scalar_subquery()
)

_BY_TOKEN = with_subjects(
    select(
        Administration.id,
        Administration.key,
        Administration.subject,
        Administration.path_id,
        Administration.instrument,
        Administration.version,
        Administration.digest,
        Administration.form,
        Administration.occasion,
        Administration.number,
        Administration.rater,
        Administration.length,
        Administration.context,
        Administration.variant,
        Administration.state,
        Administration.reading,
        Administration.mode,
        Administration.helper,
        Administration.help_kinds,
        Administration.practice,
        Administration.flags,
        Path.variant.label("path_variant"),
        Path.reading.label("path_reading"),
        Link.purpose,
        Link.id.label("link_id"),
        Link.seen_at,
        subject_demonstration.label("demonstration"),
        subject_code.label("code"),
        Placement.code.label("placement_code"),
        Placement.type.label("placement_type"),
        _LATEST_DECISION.label("decision"),
    ).join(Link, Link.administration_id == Administration.id)
).where(
    Link.token_sha256 == bindparam("token_sha256"),
    Link.revoked_at.is_(None),
    Link.expires_at > bindparam("now"),
)
# To find a statement among those compiled, SQLAlchemy looks at all of it, unless it is a lambda's.
_FOUND_BY_TOKEN = lambda_stmt(lambda: _BY_TOKEN)
# The same without a link, for who types a questionnaire that was filled in on paper.
_LINKS = ("purpose", "link_id", "seen_at")
_BY_ID = with_subjects(
    select(
        *(column for column in _BY_TOKEN.selected_columns if column.key not in _LINKS),
        literal("paper").label("purpose"),
        literal(0).label("link_id"),
        null().label("seen_at"),
    )
).where(Administration.id == bindparam("administration_id"))
# Two savers of the same administration wait for each other. A statement that waits sees the rest as it was
# before the wait, so the lock is taken first and what it guards is read after. (SQLite locks the whole file.)
_LOCK = (
    select(Administration.id)
    .join(Link, Link.administration_id == Administration.id)
    .where(Link.token_sha256 == bindparam("token_sha256"))
    .with_for_update(of=Administration)
)
_LOCK_ID = (
    select(Administration.id).where(Administration.id == bindparam("administration_id")).with_for_update()
)

_ANSWERS = (
    select(
        Answer.id,
        Answer.item,
        Answer.revision,
        Answer.value,
        Answer.text,
        Answer.reason,
        Answer.key,
        Answer.answered_at,
    )
    .where(Answer.administration_id == bindparam("administration_id"))
    .order_by(Answer.revision)
)

_EARLIER = (
    select(
        Answer.item,
        Administration.form,
        Administration.occasion,
        Administration.number,
        Administration.rater,
        Answer.value,
        Answer.text,
        Answer.reason,
    )
    .join(Administration, Administration.id == Answer.administration_id)
    .where(
        Administration.subject == bindparam("subject"),
        Administration.instrument == bindparam("instrument"),
        Administration.state == "submitted",
        Answer.item.in_(bindparam("items", expanding=True)),
    )
    .order_by(Administration.id, Answer.revision)
)

# A statement is made once: building it costs more than running it.
_ADD_ANSWER = insert(Answer)


def by_token(
    connection: Connection, token_sha256: str, now: datetime, *, lock: bool = False
) -> AnyRow | None:
    """The administration that a live link opens, with its path's variant and latest consent decision.

    None for a link that is unknown, expired or revoked. `lock` is for transactions that save.
    """
    if lock and connection.dialect.name == "postgresql":
        connection.execute(_LOCK, {"token_sha256": token_sha256})
    wanted = {"token_sha256": token_sha256, "now": now}
    found: AnyRow | None = connection.execute(_FOUND_BY_TOKEN, wanted).one_or_none()
    return found


def by_id(connection: Connection, administration_id: int, *, lock: bool = False) -> AnyRow | None:
    """An administration as `by_token` gives it, opened by no link. `lock` is for transactions that save."""
    wanted = {"administration_id": administration_id}
    if lock and connection.dialect.name == "postgresql":
        connection.execute(_LOCK_ID, wanted)
    found: AnyRow | None = connection.execute(_BY_ID, wanted).one_or_none()
    return found


def all_answers(connection: Connection, administration_id: int) -> Sequence[AnyRow]:
    """Every answer row of an administration, older revisions first.

    Columns: id, item, revision, value, text, reason, key, answered_at.
    """
    return connection.execute(_ANSWERS, {"administration_id": administration_id}).all()


def carried_answers(
    connection: Connection, subject: str, questionnaire: Questionnaire, number: int = 1, rater: int = 1
) -> dict[str, given.Answer]:
    """The latest answer to each item that matters here, of those given earlier about the same subject.

    Without a query where nothing can be. Which answers count: see `carried`.
    """
    if not may_carry(questionnaire, number):
        return {}
    wanted = {
        "subject": subject,
        "instrument": questionnaire.instrument.id,
        "items": list(questionnaire.carried_items),
    }
    rows = connection.execute(_EARLIER, wanted)
    earlier = [Earlier(*row[:5], given.Answer(row.value, row.text, row.reason)) for row in rows]
    return carried(questionnaire, number, rater, earlier)


def moments(connection: Connection, administration_id: int) -> list[AnyRow]:
    """When and in which mode each answer was given, changes included. Columns: answered_at, mode."""
    query = select(Answer.answered_at, Answer.mode).where(Answer.administration_id == administration_id)
    return list(connection.execute(query))


def add_answer(connection: Connection, **values: Any) -> None:
    """Append one answer row; raises IntegrityError when another revision of the same number is there."""
    connection.execute(_ADD_ANSWER, values)


def keep_consent_text(connection: Connection, **values: Any) -> None:
    """Keep a consent text once, by its digest."""
    known = select(ConsentText.digest).where(ConsentText.digest == values["digest"])
    if connection.execute(known).first() is None:
        with suppress(IntegrityError), connection.begin_nested():  # somebody else was quicker
            connection.execute(insert(ConsentText), values)


def add_consent(connection: Connection, **values: Any) -> None:
    """Append one decision about taking part."""
    connection.execute(insert(Consent), values)


def change_administration(connection: Connection, administration_id: int, **values: Any) -> None:
    """Set state, variant or moments of an administration."""
    connection.execute(update(Administration).where(Administration.id == administration_id), values)


def keep_variant(connection: Connection, path_id: int | None, variant: str) -> None:
    """Keep for the whole path the variant first chosen; nothing where there is no path."""
    connection.execute(update(Path).where(Path.id == path_id, Path.variant.is_(None)), {"variant": variant})


def keep_reading(connection: Connection, path_id: int, settings: str) -> None:
    """Keep for the rest of the path how the person wants to read."""
    connection.execute(update(Path).where(Path.id == path_id), {"reading": settings})


def closed_at(connection: Connection, administration_id: int) -> datetime | None:
    """When an administration was sent, or closed in another way."""
    return connection.scalar(select(Administration.closed_at).where(Administration.id == administration_id))


def ping(connection: Connection) -> None:
    """Raise OperationalError when the database does not answer."""
    connection.execute(select(func.count()).select_from(select(1).subquery()))
