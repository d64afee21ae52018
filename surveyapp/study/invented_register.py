"""Organisations, agreements, placements and accompaniments that do not exist, around invented paths."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import cycle
from random import Random
from typing import Any

from sqlalchemy import Connection

from surveyapp.storage import register as stored
from surveyapp.storage.register_rows import PathRow

Values = dict[str, Any]

# Placement types in turn, with the usual hours a week; SFA is no place of work and has no host.
TYPES = ("TIS", "TIR", "A14", "ASS", "TIS", "LAB", "ISO", "ACA", "TIR", "SFA")
HOURS = {"SFA": 12, "LAB": 15, "TIS": 20, "TIR": 25, "ISO": 20, "ACA": 20, "A14": 24, "ASS": 30}
UNPAID = ("SFA", "LAB")
LASTS = "ASS"  # who was hired works there still
KINDS = ("company", "cooperative_b", "company", "consortium", "company", "social_enterprise")
SIZES = ("under_15", "15_to_35", "36_to_50", "over_50")
STARTS_AFTER, TRIAL_DAYS = (5, 25), 20
HOSTS_IN_A_TERRITORY = len(KINDS)
# Accompaniments that ended long enough ago for the last interview, and others that are still young.
EARLY, RECENT = (date(2026, 1, 19), date(2026, 4, 10)), (date(2026, 6, 8), date(2026, 10, 2))


@dataclass(frozen=True)
class _Territory:
    """The organisations of a territory: ids of who hosts, by place, and its agreement."""

    hosts: tuple[int, ...]
    agreement: int


def fill(connection: Connection, chance: Random, paths: Sequence[PathRow], now: datetime) -> None:
    """Hosts and an agreement for each territory, a placement or more for each path, accompaniments."""
    places = sorted({(path.province, path.ambito) for path in paths})
    territories = {
        place: _territory(connection, number, *place, now) for number, place in enumerate(places, 1)
    }
    types = cycle(TYPES)
    rows = [
        row
        for path in paths
        for row in _placements(chance, path, territories[path.province, path.ambito], next(types))
    ]
    stored.add_to_register(connection, "placement", rows)
    hosts = [host for place in places for host in territories[place].hosts]
    stored.add_to_register(connection, "accompaniment", list(_accompaniments(chance, hosts)))


def _territory(connection: Connection, number: int, province: str, ambito: str, now: datetime) -> _Territory:
    place = {"province": province, "ambito": ambito, "demonstration": True}
    organisations = [
        {
            **place,
            "code": f"DEMO-E{number:02}-{position}",
            "kind": kind,
            "size_class": SIZES[position % len(SIZES)],
            "sector": None,
            "created_at": now,
        }
        for position, kind in enumerate(KINDS, 1)
    ]
    hosts = stored.add_to_register(connection, "organisation", organisations)
    agreement = {
        **place,
        "code": f"DEMO-C{number:02}",
        "executing_body_id": hosts[1],
        "client_firm_id": hosts[0],
        "signed_on": date(2026, 1, 12),
        "expires_on": date(2026, 11, 30),
        "ended_on": None,
    }
    return _Territory(tuple(hosts), stored.add_to_register(connection, "agreement", [agreement])[0])


def _placements(chance: Random, path: PathRow, territory: _Territory, kind: str) -> Iterator[Values]:
    """One placement until the end of the path, a contract beyond it; in an Academy, before, a short trial."""
    start = path.started_on + timedelta(chance.randint(*STARTS_AFTER))
    if kind == "ACA":
        yield _placement(chance, path, territory, kind, "T", (start, start + timedelta(TRIAL_DAYS)))
        start += timedelta(TRIAL_DAYS + 3)
    yield _placement(chance, path, territory, kind, "P", (start, None if kind == LASTS else path.ended_on))


def _placement(
    chance: Random,
    path: PathRow,
    territory: _Territory,
    kind: str,
    letter: str,
    dates: tuple[date, date | None],
) -> Values:
    # An article 14 placement is in the cooperative that executes the agreement.
    host = territory.hosts[1] if kind == "A14" else chance.choice(territory.hosts)
    start, end = dates
    return {
        "code": f"{path.person_code}-{letter}",
        "path_id": path.id,
        "type": kind,
        "host_id": None if kind == "SFA" else host,
        "agreement_id": territory.agreement if kind == "A14" else None,
        "started_on": start,
        "ended_on": max(start, end) if end else None,
        "end_reason": "Fine della misura" if end else None,
        "minutes_a_week": HOURS[kind] * 60,
        "paid": kind not in UNPAID,
        "duld": kind in ("TIR", "ASS"),
        "duld_outcome": _OUTCOMES.get(kind),
    }


_OUTCOMES: Mapping[str, str] = {"ASS": "occupazione"}


def _accompaniments(chance: Random, hosts: Sequence[int]) -> Iterator[Values]:
    for number, host in enumerate(hosts):
        if number % 2:
            continue
        start, end = EARLY if number % 4 == 0 else RECENT
        yield {
            "code": f"DEMO-A{number:03}",
            "organisation_id": host,
            "started_on": start + timedelta(chance.randint(0, 10)),
            "ended_on": end + timedelta(chance.randint(0, 10)),
            "demonstration": True,
        }
