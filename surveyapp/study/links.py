"""Personal links: a secret token that is shown once; the database keeps only its sha256."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from random import Random, SystemRandom

from sqlalchemy import Connection

from surveyapp.instruments.catalogue import Catalogue
from surveyapp.instruments.model import Instrument, Window
from surveyapp.storage import codes
from surveyapp.storage import register as stored
from surveyapp.storage.code_letters import code_hmac
from surveyapp.storage.code_letters import new_code as new_letters
from surveyapp.storage.tokens import new_token, token_sha256
from surveyapp.study import demonstration
from surveyapp.study.errors import RefusedError
from surveyapp.study.invented_paths import FORM, InventedPath, InventedPerson, invent_path
from surveyapp.study.keys import new_key
from surveyapp.study.plan import carry_out
from surveyapp.study.territory import territory

PATH_DAYS = 120  # how long an invented path that has ended was

REAL_PEOPLE_PRESENT = (
    "il database contiene persone vere: i link di prova (--count) si fanno solo in un database senza"
)


@dataclass(frozen=True)
class DueLink:
    """A fresh link for something that is due: whom it is about, who answers which form, when."""

    code: str
    respondent: str
    instrument: str
    form: str
    occasion: str
    territory: str
    administration_id: int
    token: str = field(repr=False)  # kept out of logs


@dataclass(frozen=True)
class Wanted:
    """Which links; None takes all."""

    instrument: str | None = None
    form: str | None = None
    occasion: str | None = None


def new_link(
    connection: Connection, administration_id: int, now: datetime, life: timedelta, purpose: str = "personal"
) -> str:
    """The token of a fresh link to one administration, live for some time."""
    return _new_links(connection, [administration_id], now, life, purpose)[0]


def new_code(
    connection: Connection,
    secret_key: str,
    administration_id: int,
    now: datetime,
    life: timedelta,
    purpose: str = "personal",
) -> str:
    """A fresh short code that opens one administration, as a link does."""
    code = new_letters()
    codes.add_code(
        connection,
        administration_id=administration_id,
        code_hmac=code_hmac(secret_key, code),
        purpose=purpose,
        created_at=now,
        expires_at=now + life,
    )
    return code


def links_due(
    connection: Connection, catalogue: Catalogue, wanted: Wanted, today: date, now: datetime, days: int
) -> list[DueLink]:
    """A fresh link for each administration whose window has begun and that is still open, by code.

    What has become due since the last time is made first. Raises CatalogueError for an unknown instrument,
    RefusedError for a form or an occasion that it does not have.
    """
    _check(catalogue, wanted)
    carry_out(connection, catalogue, today)
    due = stored.open_administrations(connection, today, **vars(wanted))
    tokens = _new_links(connection, [row.id for row in due], now, timedelta(days))
    return [
        DueLink(
            code=row.code,
            respondent=row.respondent,
            instrument=row.instrument,
            form=row.form,
            occasion=row.occasion if row.number == 1 else f"{row.occasion} {row.number}",
            territory=territory(row.province, row.ambito),
            administration_id=row.id,
            token=token,
        )
        for row, token in zip(due, tokens, strict=True)
    ]


def _check(catalogue: Catalogue, wanted: Wanted) -> None:
    if wanted.instrument is None:
        return
    instrument = catalogue.newest(wanted.instrument)
    for asked, there, words in (
        (wanted.form, instrument.forms, ("la scheda", "schede")),
        (wanted.occasion, instrument.occasions, ("la rilevazione", "rilevazioni")),
    ):
        if asked is not None and asked not in there:
            one, several = words
            raise RefusedError(f"{one} «{asked}» non c'è; {several} di {instrument.id}: {', '.join(there)}")


def demonstration_links(
    connection: Connection,
    catalogue: Catalogue,
    instrument_id: str,
    occasion: str,
    count: int,
    now: datetime,
    days: int,
    chance: Random | None = None,
) -> list[str]:
    """Tokens of as many invented people, just made, who may answer at an occasion today.

    They have answered at the earlier occasions, so that goals are carried over. Raises RefusedError for a
    database with real people and for an unknown occasion; CatalogueError for an unknown instrument.
    """
    if stored.holds_real_people(connection):
        raise RefusedError(REAL_PEOPLE_PRESENT)
    chance = chance or SystemRandom()
    instrument = catalogue.in_force(instrument_id, now.date())
    if instrument.id != demonstration.INSTRUMENT:
        raise RefusedError(f"i link di prova (--count) si fanno solo per {demonstration.INSTRUMENT}")
    wanted = _known(instrument, occasion)
    paths = [_fresh_path(chance, instrument, wanted, number, now.date()) for number in range(count)]
    kept = demonstration.store(connection, catalogue, instrument, paths, now, chance)
    return _new_links(connection, [path.administrations[wanted] for path in kept], now, timedelta(days))


def revoke(connection: Connection, person_code: str, now: datetime) -> int:
    """Make all links of a person useless from now on; how many were live.

    Raises RefusedError when nobody has the code.
    """
    if not stored.is_known(connection, person_code):
        raise RefusedError(f"nel registro non c'è nessuno con il codice «{person_code}»: controlla il codice")
    return stored.revoke_links(connection, person_code, now)


def _new_links(
    connection: Connection,
    administration_ids: Sequence[int],
    now: datetime,
    life: timedelta,
    purpose: str = "personal",
) -> list[str]:
    tokens = [new_token() for _ in administration_ids]
    rows = [
        {
            "administration_id": administration_id,
            "token_sha256": token_sha256(token),
            "created_at": now,
            "expires_at": now + life,
            "purpose": purpose,
        }
        for administration_id, token in zip(administration_ids, tokens, strict=True)
    ]
    stored.add_links(connection, rows)
    return tokens


def _known(instrument: Instrument, occasion: str) -> str:
    if occasion not in instrument.forms[FORM].occasions:
        allowed = ", ".join(instrument.forms[FORM].occasions)
        raise RefusedError(f"la rilevazione «{occasion}» non c'è; rilevazioni di {instrument.id}: {allowed}")
    return occasion


def _fresh_path(
    chance: Random, instrument: Instrument, occasion: str, number: int, today: date
) -> InventedPath:
    letters, province, ambito = demonstration.TERRITORIES[number % len(demonstration.TERRITORIES)]
    start, end = _dates(instrument.occasions[occasion].window, today)
    reason = demonstration.END_REASONS[0] if end else None
    code = f"DEMO-{letters}-{new_key(chance)}"
    person = InventedPerson(code, province, ambito, start, end, reason)
    order = list(instrument.occasions)
    return invent_path(chance, instrument, person, order[: order.index(occasion)])


def _dates(window: Window, today: date) -> tuple[date, date | None]:
    """Start and end of a path for which the window begins today."""
    anchor = today - timedelta(window.from_days)
    return (anchor - timedelta(PATH_DAYS), anchor) if window.anchor == "path_end" else (anchor, None)
