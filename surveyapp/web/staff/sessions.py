"""Sessions of the staff: rows of the database, opened under the staff prefix and nowhere else.

Before sign-in there is no row: a signed cookie holds the token of the sign-in form.
"""

import json
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from flask import Flask, Request, Response
from flask.sessions import SecureCookieSession, SessionInterface, SessionMixin
from itsdangerous import BadData, URLSafeSerializer
from sqlalchemy import Row
from sqlalchemy.exc import OperationalError, TimeoutError

from surveyapp.settings import STAFF_ABSOLUTE, STAFF_IDLE
from surveyapp.storage import staff
from surveyapp.storage.engine import reading, writing
from surveyapp.storage.scope import Scope
from surveyapp.study.accounts import Grant
from surveyapp.web.services import Services

PREFIX = "/gestione"
USER = "_user_id"  # where Flask-Login keeps who signed in
# "Last seen" is written at most this often: reading pages does not queue behind the saving of answers.
TOUCH = timedelta(minutes=1)
LONGEST_COOKIE = 2000


@dataclass(frozen=True)
class SignedIn:
    """The account of an open session."""

    email: str
    granted: Grant

    @property
    def scope(self) -> Scope:
        """What this account may see."""
        return Scope(self.granted.role, self.granted.province, self.granted.ambito)


class StaffSession(SecureCookieSession):
    """A session as Flask-Security writes it, with who is signed in.

    `unread` is the failure of a database that did not answer: pages raise it again.
    """

    signed_in: SignedIn | None = None
    uniquifier: str | None = None
    session_id: str | None = None
    seen_at: datetime | None = None
    seconds_left: int = 0
    unread: OperationalError | TimeoutError | None = None


class StaffSessions(SessionInterface):
    """Opens and keeps staff sessions; the clock can be another one."""

    def __init__(self, services: Services, clock: Callable[[], datetime]) -> None:
        self.clock = clock
        self._services = services
        self._visitors = URLSafeSerializer(services.settings.secret_key, salt="staff-visitor")
        self.cookie = f"{'__Host-' if services.settings.secure else ''}staff"

    def open_session(self, app: Flask, request: Request) -> SessionMixin | None:
        """The session of a staff page; None, and nothing is read, for every other page."""
        if not request.path.startswith(f"{PREFIX}/"):
            return None
        written = request.cookies.get(self.cookie, "")
        if not 0 < len(written) <= LONGEST_COOKIE:
            return StaffSession()
        return self._visitor(written) if "." in written else self._found(written)

    def save_session(self, app: Flask, session: SessionMixin, response: Response) -> None:
        """Keep what changed: sign-in makes a new session, sign-out ends it."""
        if not isinstance(session, StaffSession) or session.unread:
            return
        signs_in = session.get(USER)
        if signs_in != session.uniquifier:
            self._change_who(session, signs_in, response)
        elif session.session_id:
            self._keep(session, session.session_id)
        elif session.modified:
            self._set_cookie(response, self._visitors.dumps(dict(session)))

    def _visitor(self, written: str) -> StaffSession:
        try:
            held = self._visitors.loads(written)
        except BadData:
            held = {}
        # Who is signed in stands in the database: a cookie never says so.
        return StaffSession({name: value for name, value in held.items() if name != USER})

    def _found(self, session_id: str) -> StaffSession:
        now = self.clock()
        try:
            with reading(self._services.engine) as connection:
                row = staff.session(connection, session_id, now - STAFF_IDLE, now - STAFF_ABSOLUTE)
        except (OperationalError, TimeoutError) as error:
            session = StaffSession()
            session.unread = error
            return session
        return _opened(session_id, row, now) if row else StaffSession()

    def _change_who(self, session: StaffSession, signs_in: str | None, response: Response) -> None:
        now, session_id = self.clock(), secrets.token_urlsafe(32)
        with writing(self._services.engine) as connection:
            if session.session_id:
                staff.end_session(connection, session.session_id)
            if signs_in:
                staff.end_stale_sessions(connection, now - STAFF_IDLE, now - STAFF_ABSOLUTE)
                # Another one than on the sign-in page, and the same for every page from now on.
                session["csrf_token"] = secrets.token_hex(20)
                staff.open_session(connection, session_id, signs_in, json.dumps(dict(session)), now)
        if signs_in:
            self._set_cookie(response, session_id)
        else:
            self._delete_cookie(response)

    def _keep(self, session: StaffSession, session_id: str) -> None:
        now = self.clock()
        if session.modified or session.seen_at is None or now - session.seen_at > TOUCH:
            with writing(self._services.engine) as connection:
                staff.keep_session(connection, session_id, json.dumps(dict(session)), now)

    def _set_cookie(self, response: Response, value: str) -> None:
        secure = self._services.settings.secure
        response.set_cookie(self.cookie, value, secure=secure, httponly=True, samesite="Lax")

    def _delete_cookie(self, response: Response) -> None:
        secure = self._services.settings.secure
        response.delete_cookie(self.cookie, secure=secure, httponly=True, samesite="Lax")


def _opened(session_id: str, row: Row[Any], now: datetime) -> StaffSession:
    session = StaffSession(json.loads(row.data))
    session.signed_in = SignedIn(row.email, Grant(row.role, row.province, row.ambito))
    session.session_id, session.uniquifier, session.seen_at = session_id, row.uniquifier, row.seen_at
    # Opening a page counts as use: the idle time begins anew.
    left = min(STAFF_IDLE, row.created_at + STAFF_ABSOLUTE - now)
    session.seconds_left = int(left.total_seconds())
    return session
