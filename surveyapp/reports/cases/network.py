"""The counts of one territory in half a year, with everything that a Tavolo di rete must not work out hidden.

A Tavolo holds several bodies: a count of fewer than 5 is never shown, nor is what would give it away.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property

import pandas as pd
from sqlalchemy import Connection

from surveyapp.instruments.catalogue import Catalogue
from surveyapp.instruments.rules import codes_of
from surveyapp.reports.cases.adjustments import DECIDED, decided_on
from surveyapp.reports.cases.halves import Half
from surveyapp.reports.cases.small import TOTAL, among, cell, figure, people_figures, published
from surveyapp.reports.cases.words import PLACEMENT_TYPES
from surveyapp.reports.frames import Administration, Response, Study, digest_of
from surveyapp.reports.numbers import Place, Row, placed
from surveyapp.reports.reading import load
from surveyapp.storage import register_rows
from surveyapp.storage import responses as stored
from surveyapp.storage.register_rows import PathRow, PlacementRow
from surveyapp.study.errors import RefusedError
from surveyapp.study.territory import territory

QUALITY, POTENTIAL = "qil", "vip"
OPERATOR = "O"
HINDERS = -1
SUGGESTED, ACTIVATED = "VIP_OST7", "VIP_OPP5"

STATES = ("submitted", "missing")
DUE = "due"


@dataclass(frozen=True)
class Territory:
    """What the register and the questionnaires of one territory hold, for a half year, read on a day."""

    name: str
    half: Half
    today: date
    paths: tuple[PathRow, ...]
    placements: tuple[PlacementRow, ...]
    instruments: tuple[str, ...]
    asked: tuple[Administration, ...]
    quality: Study
    potential: Study

    @property
    def demonstration(self) -> bool:
        """Whether anybody in it is invented."""
        return any(path.demonstration for path in self.paths)

    @property
    def halves(self) -> tuple[Half, Half]:
        """The half year, then the one before."""
        return self.half, self.half.before

    @cached_property
    def digest(self) -> str:
        """The sha256 of what was read."""
        lines = [repr(row) for row in (*self.paths, *self.placements)]
        return digest_of(
            [*lines, *(repr(one) for one in self.asked), self.quality.digest, self.potential.digest]
        )


def read(connection: Connection, catalogue: Catalogue, name: str, half: Half, today: date) -> Territory:
    """Read what a territory holds.

    Raises RefusedError for a territory without anybody and for a half year to come.
    """
    if half.first > today:
        raise RefusedError(f"il {half.words} non è ancora cominciato")
    rows = register_rows.load(connection, with_administrations=False)
    known = {territory(one.province, one.ambito) for one in rows.paths}
    found = {one.casefold(): one for one in known}.get(" ".join(name.split()).casefold())
    if found is None:
        there = ", ".join(sorted(known)) or "nessuno"
        raise RefusedError(f"nel territorio «{name}» non c'è nessuna persona; territori: {there}")
    paths = tuple(one for one in rows.paths if territory(one.province, one.ambito) == found)
    ids = {one.id for one in paths}
    placements = tuple(one for one in rows.placements if one.path_id in ids)
    instruments = tuple(sorted({name for name, _ in catalogue.instruments}))
    about = [f"path:{one.id}" for one in paths] + [f"placement:{one.id}" for one in placements]
    return Territory(
        found,
        half,
        today,
        paths,
        placements,
        instruments,
        tuple(one for one in _asked(connection, instruments) if one.territory == found),
        load(connection, catalogue, QUALITY, form=None, subjects=about),
        load(connection, catalogue, POTENTIAL, form=OPERATOR, subjects=about),
    )


def network_rows(found: Territory) -> list[Row]:
    """Every count of the sheet; one that must not be shown is a row without value, with its mark as label."""
    return [
        *_people(found),
        *(row for half in found.halves for row in _by_type(found, half)),
        *(row for half in found.halves for row in _questionnaires(found, half)),
        *(row for half in found.halves for row in _adjustments(found, half)),
        *_obstacles(found),
        *_services(found),
    ]


def in_charge(found: Territory, half: Half) -> list[PathRow]:
    """The paths that go on in a half year for at least a day."""
    return [one for one in found.paths if half.touches(one.started_on, one.ended_on)]


def place_of(found: Territory, half: Half, **about: str) -> Place:
    """What a count is about."""
    return Place(version=about.pop("version", ""), territory=found.name, occasion=str(half), **about)


def _asked(connection: Connection, instruments: Iterable[str]) -> Iterator[Administration]:
    for instrument in instruments:
        for row in stored.administrations(connection, instrument):
            yield Administration(**row._mapping)


def _people(found: Territory) -> Iterator[Row]:
    counts = [_people_of(found, half) for half in found.halves]
    for half, figures in zip(found.halves, people_figures(*counts), strict=True):
        yield from placed(place_of(found, half), figures)


def _people_of(found: Territory, half: Half) -> Mapping[str, int]:
    paths = in_charge(found, half)
    return {
        "in_charge": len({one.person_code for one in paths}),
        "new": len({one.person_code for one in paths if half.holds(one.started_on)}),
        "concluded": len({one.person_code for one in paths if half.holds(one.ended_on)}),
    }


def _by_type(found: Territory, half: Half) -> Iterator[Row]:
    """Placements that go on in a half year, of every type there is, with their total."""
    kinds = Counter(one.type for one in found.placements if half.touches(one.started_on, one.ended_on))
    table = pd.DataFrame(
        {"placements": [kinds[kind] for kind in PLACEMENT_TYPES]}, index=list(PLACEMENT_TYPES)
    )
    for kind, row in published(table).iterrows():
        yield Row(place_of(found, half, subset=str(kind)), cell("placements", row["placements"]))


def _questionnaires(found: Territory, half: Half) -> Iterator[Row]:
    """What was due in a half year (its days end there): sent or missing, by questionnaire."""
    due = [one for one in found.asked if half.holds(one.due_to)]
    counts = Counter((one.instrument, _state(one, found.today)) for one in due)
    names = found.instruments
    table = pd.DataFrame({state: [counts[name, state] for name in names] for state in STATES}, index=names)
    shown = published(table).rename(columns={TOTAL: DUE})
    for name, row in shown.iterrows():
        for statistic in (DUE, *STATES):
            place = place_of(found, half, subset=str(name))
            yield Row(place, cell(statistic, row[statistic]))


def _state(one: Administration, today: date) -> str | None:
    """Sent, or missing when its days are over; None while it can still be sent in time."""
    if one.state == "submitted":
        return "submitted"
    in_time = one.state == "open" and one.due_to is not None and one.due_to >= today
    return None if in_time else "missing"


def _adjustments(found: Territory, half: Half) -> Iterator[Row]:
    """In how many placements each kind of adjustment was decided in a half year, whoever wrote it down."""
    decided: dict[int, set[str]] = {}
    deciding = [
        one for one in found.quality.responses if DECIDED in one.given and half.holds(decided_on(one))
    ]
    for one in deciding:
        for code in codes_of(one.given[DECIDED].answer):
            decided.setdefault(code, set()).add(one.administration.subject)
    for code in options(found.quality, DECIDED):
        place = place_of(found, half, item=DECIDED, subset=str(code), version=_versions(deciding))
        number = len(decided.get(code, ()))
        yield Row(place, figure("decided", number, number))


def codes_asked(study: Study, item: str) -> Collection[int]:
    """The codes that the operator may choose at an item."""
    wording = study.instrument.items[item].wordings.get((OPERATOR, "std"))
    return wording.format.codes if wording else ()


def options(study: Study, item: str) -> Mapping[int, str]:
    """The labels of an item's options, by code, in the newest version."""
    found = next((one for one in study.instrument.items.values() if one.declared == item), None)
    formats = [wording.format for wording in found.wordings.values()] if found else []
    return {option.code: option.label for form in formats for option in form.options}


def _versions(responses: Iterable[Response]) -> str:
    return " + ".join(sorted({one.version for one in responses}))


def valued(found: Territory) -> list[Response]:
    """The latest evaluation of the potential of each person in charge in the half year."""
    here = {one.id for one in in_charge(found, found.half)}
    latest: dict[str, Response] = {}
    order = list(found.potential.instrument.occasions)
    theirs = [
        one
        for one in found.potential.responses
        if one.administration.path_id in here and one.administration.rater == 1
    ]
    for one in sorted(
        theirs, key=lambda one: (order.index(one.questionnaire.occasion), one.administration.turn)
    ):
        latest[one.administration.person_code] = one
    return list(latest.values())


def _obstacles(found: Territory) -> Iterator[Row]:
    """For how many people each factor hinders; hidden where few are hindered, and where few are not."""
    people = valued(found)
    hindered = Counter(
        item for one in people for item, given in one.given.items() if given.answer.value == HINDERS
    )
    for item in found.potential.instrument.items:
        if HINDERS in codes_asked(found.potential, item):
            yield _among(found, "hinders", hindered[item], people, item=item)


def _services(found: Territory) -> Iterator[Row]:
    """For how many people each service was suggested, and activated."""
    people = valued(found)
    for item, statistic in ((SUGGESTED, "suggested"), (ACTIVATED, "activated")):
        chosen = Counter(code for one in people for code in _codes(one, item))
        for code in options(found.potential, item):
            yield _among(found, statistic, chosen[code], people, item=item, subset=str(code))


def _codes(response: Response, declared: str) -> Collection[int]:
    """The codes chosen at an item, in any of its records, each once."""
    return {
        code
        for item, given in response.given.items()
        if item.partition(".")[0] == declared
        for code in codes_of(given.answer)
    }


def _among(found: Territory, statistic: str, number: int, people: Collection[Response], **about: str) -> Row:
    place = place_of(found, found.half, version=_versions(people), **about)
    return Row(place, among(statistic, number, len(people)))
