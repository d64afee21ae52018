"""What of the study an account may see: every statement of the staff pages is written here, in its scope."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, NamedTuple

from sqlalchemy import (
    ColumnElement,
    Connection,
    Row,
    Select,
    case,
    func,
    literal,
    select,
    true,
    update,
)
from sqlalchemy.orm import aliased

from surveyapp.storage import codes, jobs
from surveyapp.storage.answering import AnyRow
from surveyapp.storage.code_tables import ShortCode
from surveyapp.storage.register_tables import Agreement, Placement
from surveyapp.storage.staff_tables import CENTRAL_ROLES, TERRITORY_ROLES
from surveyapp.storage.subjects import (
    subject_ambito,
    subject_code,
    subject_columns,
    subject_province,
    with_subjects,
)
from surveyapp.storage.tables import Administration, Link

REPORT = "report"
# The agreement of the placement that an administration is about (not one that it is itself about).
PlacementAgreement = aliased(Agreement)
# How an administration stands today; what is to follow comes first.
TO_FOLLOW = ("late", "started", "due")
_ORDER = ("late", "started", "due", "expired", "future", "submitted", "refused", "withdrawn", "impossible")


@dataclass(frozen=True)
class Scope:
    """The part of the study an account may see: all of it for a central role, else one territory.

    There is no scope without a role, and none of a territory role without its territory: raises ValueError.
    """

    role: str
    province: str
    ambito: str

    def __post_init__(self) -> None:
        if self.role not in CENTRAL_ROLES + TERRITORY_ROLES:
            raise ValueError(f"no scope for the role {self.role!r}")
        if self.everything == bool(self.province):
            raise ValueError(f"the role {self.role!r} and the province {self.province!r} do not agree")

    @property
    def everything(self) -> bool:
        """Whether it holds all territories."""
        return self.role in CENTRAL_ROLES

    def holds(self) -> ColumnElement[bool]:
        """The condition on the territory of a person, of an agreement or of an organisation."""
        if self.everything:
            return true()
        province = subject_province == self.province
        return province & (func.lower(subject_ambito) == self.ambito.lower()) if self.ambito else province

    def select(self, *columns: Any) -> Select[Any]:
        """A selection of administrations with what they are about, those of the scope alone."""
        return with_subjects(select(*columns).select_from(Administration)).where(self.holds())


class Live(NamedTuple):
    """How many links and short codes open an administration."""

    links: int
    codes: int


def standing(today: date) -> ColumnElement[str]:
    """How an administration stands: its state when it is closed, else by its window and whether it began."""
    return case(
        (Administration.state != "open", Administration.state),
        (Administration.due_from > today, literal("future")),
        (Administration.late_to < today, literal("expired")),
        (Administration.due_to < today, literal("late")),
        (Administration.opened_at.is_not(None), literal("started")),
        else_=literal("due"),
    )


def administrations(
    scope: Scope,
    connection: Connection,
    today: date,
    standings: Collection[str],
    occasion: str | None,
    limit: int,
    offset: int,
) -> list[Row[Any]]:
    """A page of administrations: what is to follow first, then by the end of the window.

    Empty `standings` and no occasion mean all. Columns: those of `administration`.
    """
    rank = case({code: place for place, code in enumerate(_ORDER)}, value=standing(today))
    query = _narrowed(_described(scope, today), today, standings, occasion)
    ordered = query.order_by(rank, Administration.due_to, subject_code, Administration.id)
    return list(connection.execute(ordered.limit(limit).offset(offset)))


def how_many(
    scope: Scope, connection: Connection, today: date, standings: Collection[str], occasion: str | None
) -> int:
    """How many administrations there are on all the pages of `administrations`."""
    query = _narrowed(scope.select(func.count()), today, standings, occasion)
    return int(connection.execute(query).scalar_one())


def administration(scope: Scope, connection: Connection, key: str, today: date) -> Row[Any] | None:
    """One administration; None when there is none with this key, or it is of another territory.

    Columns: id, key, subject, code (of the person, agreement or organisation), province, ambito,
    placement_code, instrument, version, form, occasion, number, variant, due_from, due_to, late_to, state,
    state_reason, mode, helper, help_kinds, practice, flags, opened_at, closed_at, standing.
    """
    query = _described(scope, today).where(Administration.key == key)
    return connection.execute(query).one_or_none()


def is_host_the_executing_body(scope: Scope, connection: Connection, key: str) -> bool:
    """Whether the host of the placement also executes its agreement: forms C and E go to one organisation."""
    query = (
        scope.select(func.count())
        .join(PlacementAgreement, PlacementAgreement.id == Placement.agreement_id)
        .where(Administration.key == key, PlacementAgreement.executing_body_id == Placement.host_id)
    )
    return bool(connection.execute(query).scalar_one())


def counts(scope: Scope, connection: Connection, today: date) -> list[Row[Any]]:
    """How many administrations stand how, by province, ambito, instrument and occasion.

    Columns: those four, standing and number.
    """
    groups = (*subject_columns[1:], Administration.instrument, Administration.occasion)
    how = standing(today).label("standing")
    # Grouped by the column of an inner selection: PostgreSQL does not see that two bound dates are one.
    inner = scope.select(*groups, how).subquery()
    query = select(inner, func.count().label("number")).group_by(*inner.c)
    return list(connection.execute(query))


def live_links(scope: Scope, connection: Connection, key: str, now: datetime) -> Live:
    """How many links and codes open an administration today, of those that were handed over."""
    theirs = _of(scope, key)
    links = select(func.count()).where(
        Link.administration_id.in_(theirs), *_live(now), Link.code_id.is_(None)
    )
    shorts = select(func.count()).where(ShortCode.administration_id.in_(theirs), *codes.live(now))
    return Live(*connection.execute(select(links.scalar_subquery(), shorts.scalar_subquery())).one())


def revoke_links(scope: Scope, connection: Connection, key: str, now: datetime) -> Live:
    """Make every live link and code of an administration useless; how many there were."""
    there, theirs = live_links(scope, connection, key, now), _of(scope, key)
    links = update(Link).where(Link.administration_id.in_(theirs), *_live(now))
    connection.execute(links.values(revoked_at=now))
    shorts = update(ShortCode).where(ShortCode.administration_id.in_(theirs), *codes.live(now))
    connection.execute(shorts.values(revoked_at=now))
    return there


def reports(scope: Scope, connection: Connection) -> list[Row[Any]]:
    """The reports asked for, newest first; none for a territory, because a report holds all of them."""
    return jobs.listed(connection, REPORT) if scope.everything else []


def report_file(scope: Scope, connection: Connection, report_id: int, name: str) -> AnyRow | None:
    """A file of a report, with media_type and content; None when it is not there or not for this scope."""
    known = report_id in {report.id for report in reports(scope, connection)}
    return jobs.file(connection, report_id, name) if known else None


def cancel_report(scope: Scope, connection: Connection, report_id: int, now: datetime) -> bool | None:
    """Stop a report; None when there is none with this id, False when there is nothing left to stop."""
    known = report_id in {report.id for report in reports(scope, connection)}
    return jobs.cancel(connection, report_id, now) if known else None


def _described(scope: Scope, today: date) -> Select[Any]:
    return scope.select(
        Administration.id,
        Administration.key,
        Administration.subject,
        *subject_columns,
        Placement.code.label("placement_code"),
        Administration.instrument,
        Administration.version,
        Administration.form,
        Administration.occasion,
        Administration.number,
        Administration.variant,
        Administration.due_from,
        Administration.due_to,
        Administration.late_to,
        Administration.state,
        Administration.state_reason,
        Administration.mode,
        Administration.helper,
        Administration.help_kinds,
        Administration.practice,
        Administration.flags,
        Administration.opened_at,
        Administration.closed_at,
        standing(today).label("standing"),
    )


def _narrowed(
    query: Select[Any], today: date, standings: Collection[str], occasion: str | None
) -> Select[Any]:
    if standings:
        query = query.where(standing(today).in_(standings))
    return query.where(Administration.occasion == occasion) if occasion else query


def _of(scope: Scope, key: str) -> Select[Any]:
    return scope.select(Administration.id).where(Administration.key == key)


def _live(now: datetime) -> tuple[ColumnElement[bool], ...]:
    return Link.revoked_at.is_(None), Link.expires_at > now
