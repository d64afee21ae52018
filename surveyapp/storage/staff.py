"""Statements of the staff sign-in: accounts and open sessions. Nothing here commits."""

from datetime import datetime
from typing import Any

from sqlalchemy import Connection, delete, insert, or_, select, update

from surveyapp.storage.answering import AnyRow
from surveyapp.storage.staff_tables import Account, StaffSession
from surveyapp.storage.tokens import token_sha256

_ACCOUNT = (
    Account.id,
    Account.email,
    Account.password,
    Account.role,
    Account.province,
    Account.ambito,
    Account.active,
    Account.demonstration,
    Account.uniquifier,
)


def accounts(connection: Connection) -> list[AnyRow]:
    """Every account, in the order of e-mails; columns as in the table, without the date."""
    return list(connection.execute(select(*_ACCOUNT).order_by(Account.email)))


def account_with_email(connection: Connection, email: str) -> AnyRow | None:
    """The account of an e-mail in lower case, active or not."""
    return connection.execute(select(*_ACCOUNT).where(Account.email == email)).one_or_none()


def account_with_uniquifier(connection: Connection, uniquifier: str) -> AnyRow | None:
    """The account that a session names."""
    return connection.execute(select(*_ACCOUNT).where(Account.uniquifier == uniquifier)).one_or_none()


def add_account(connection: Connection, **values: Any) -> None:
    """Add an account; raises IntegrityError for an e-mail that is there already."""
    connection.execute(insert(Account), values)


def change_account(connection: Connection, account_id: int, uniquifier: str, **values: Any) -> None:
    """Change password, role, territory or `active`, and end every session of the account."""
    changed = update(Account).where(Account.id == account_id)
    connection.execute(changed.values(uniquifier=uniquifier, **values))
    connection.execute(delete(StaffSession).where(StaffSession.account_id == account_id))


def keep_password(connection: Connection, account_id: int, password: str) -> None:
    """The same password hashed anew: sessions go on."""
    connection.execute(update(Account).where(Account.id == account_id).values(password=password))


def delete_demonstration(connection: Connection) -> int:
    """Delete the invented accounts with their sessions; how many they were."""
    invented = select(Account.id).where(Account.demonstration)
    connection.execute(delete(StaffSession).where(StaffSession.account_id.in_(invented)))
    return connection.execute(delete(Account).where(Account.demonstration)).rowcount


def session(
    connection: Connection, session_id: str, seen_after: datetime, created_after: datetime
) -> AnyRow | None:
    """The open session with its account; None when it ended, was idle too long or is too old.

    It is over too when the account is not active, or has changed since it signed in. Columns: those of the
    account, with data, created_at and seen_at of the session.
    """
    query = (
        select(*_ACCOUNT, StaffSession.data, StaffSession.created_at, StaffSession.seen_at)
        .join(StaffSession, StaffSession.account_id == Account.id)
        .where(
            StaffSession.id_sha256 == token_sha256(session_id),
            StaffSession.uniquifier == Account.uniquifier,
            StaffSession.seen_at > seen_after,
            StaffSession.created_at > created_after,
            Account.active,
        )
    )
    return connection.execute(query).one_or_none()


def open_session(connection: Connection, session_id: str, uniquifier: str, data: str, now: datetime) -> None:
    """Keep a new session of the account that has this uniquifier."""
    account = select(Account.id).where(Account.uniquifier == uniquifier).scalar_subquery()
    row = {
        "id_sha256": token_sha256(session_id),
        "uniquifier": uniquifier,
        "data": data,
        "created_at": now,
        "seen_at": now,
    }
    connection.execute(insert(StaffSession).values(account_id=account, **row))


def keep_session(connection: Connection, session_id: str, data: str, now: datetime) -> None:
    """Keep what a session holds now, and that it was used."""
    there = update(StaffSession).where(StaffSession.id_sha256 == token_sha256(session_id))
    connection.execute(there.values(data=data, seen_at=now))


def end_session(connection: Connection, session_id: str) -> None:
    """End a session: what its cookie holds opens nothing any more."""
    connection.execute(delete(StaffSession).where(StaffSession.id_sha256 == token_sha256(session_id)))


def end_stale_sessions(connection: Connection, seen_after: datetime, created_after: datetime) -> int:
    """Delete the sessions that are over by time; how many they were."""
    stale = or_(StaffSession.seen_at <= seen_after, StaffSession.created_at <= created_after)
    return connection.execute(delete(StaffSession).where(stale)).rowcount
