"""Somebody types a short code: it opens as a link does, and wrong ones are counted.

With 10,000 live codes, who guesses as often as is allowed for a whole year finds one with a chance of 1.5 in
10,000. Only tries that fail count: thirty tablets behind one address are not kept waiting by right codes.
"""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Row

from surveyapp.settings import TABLET_LIFE
from surveyapp.storage import codes
from surveyapp.storage.code_letters import as_compared, code_hmac, source_hmac
from surveyapp.storage.register import add_links
from surveyapp.storage.tablets import TABLET
from surveyapp.storage.tokens import new_token, token_sha256

# How many tries may fail: from one address, and from everywhere.
FROM_ONE, WHILE_ONE = 30, timedelta(minutes=10)
FROM_ALL, WHILE_ALL = 1000, timedelta(hours=1)
# A personal code opens again for as long as it lives; what it opened lasts as long as the cookie.
PERSONAL_LIFE = timedelta(hours=24)


@dataclass(frozen=True)
class Tried:
    """What a try gave: the token of a fresh link, a wait before the next try, or neither (a wrong code)."""

    token: str = field(default="", repr=False)  # kept out of logs
    wait: timedelta = timedelta(0)


def try_code(connection: Connection, secret_key: str, typed: str, address: str, now: datetime) -> Tried:
    """Open what a code opens. `address` is where the try comes from.

    Every code that opens nothing costs the same work, whatever the reason.
    """
    source = source_hmac(secret_key, address)
    codes.count_alone(connection)
    codes.forget_failures(connection, now - WHILE_ALL)
    wait = _wait(codes.failures(connection, source, now - WHILE_ONE), now)
    if wait:
        return Tried(wait=wait)
    found = codes.by_code(connection, code_hmac(secret_key, as_compared(typed)), now)
    if found is None:
        codes.add_failure(connection, source, now)
        return Tried()
    return Tried(_fresh_link(connection, found, now))


def _wait(failed: codes.Failures, now: datetime) -> timedelta:
    """How long until a try counts no more; nothing while another one may fail."""
    waits = [timedelta(0)]
    if failed.first_here and failed.from_here >= FROM_ONE:
        waits.append(failed.first_here + WHILE_ONE - now)
    if failed.first_of_all and failed.from_all >= FROM_ALL:
        waits.append(failed.first_of_all + WHILE_ALL - now)
    return max(waits)


def _fresh_link(connection: Connection, code: Row[Any], now: datetime) -> str:
    token, shared = new_token(), code.purpose == TABLET
    life = TABLET_LIFE if shared else PERSONAL_LIFE
    row = {
        "administration_id": code.administration_id,
        "token_sha256": token_sha256(token),
        "created_at": now,
        "expires_at": min(code.expires_at, now + life),
        "purpose": code.purpose,
        "seen_at": now if shared else None,
        "code_id": code.id,
    }
    add_links(connection, [row])
    return token
