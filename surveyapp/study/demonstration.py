"""The demonstration: invented people with their answers, so that every page and report shows something."""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from random import Random
from typing import Any

from sqlalchemy import Connection

from surveyapp.instruments.answers import FULL
from surveyapp.instruments.catalogue import Catalogue
from surveyapp.instruments.consents import as_shown
from surveyapp.instruments.model import Instrument
from surveyapp.instruments.rule import Context
from surveyapp.settings import DEMONSTRATION_GAPS
from surveyapp.storage import item_statistics, jobs, register_rows, staff
from surveyapp.storage import register as stored
from surveyapp.storage.answering import keep_consent_text
from surveyapp.study import invented_plan, invented_register
from surveyapp.study.errors import RefusedError
from surveyapp.study.invented_answers import mode_of
from surveyapp.study.invented_paths import FORM, GivenResponse, InventedPath, InventedPerson, invent_path
from surveyapp.study.invented_people import optional_consents, sex_of
from surveyapp.study.keys import new_key
from surveyapp.study.plan import administration_row
from surveyapp.study.planning import Planned, Subject

INSTRUMENT = "aut"
SEED = 17  # of the first twenty, the one whose reliabilities lie closest together
PEOPLE = 60  # in each territory
TERRITORIES = (("BG", "Bergamo", ""), ("CR", "Cremona", "Cremona"))
# Elsewhere a few people whose paths ended long enough ago to be asked again after six months.
ELSEWHERE = (
    ("BS", "Brescia", "Brescia"),
    ("CO", "Como", "Como"),
    ("CM", "Cremona", "Crema"),
    ("LO", "Lodi", "Lodi"),
    ("MN", "Mantova", "Mantova"),
    ("MI", "Milano", "Milano"),
    ("MB", "Monza e della Brianza", "Monza"),
    ("SO", "Sondrio", "Sondrio"),
    ("VA", "Varese", "Varese"),
)
PEOPLE_ELSEWHERE = 3
EARLY_START, EARLY_END = date(2026, 1, 12), date(2026, 5, 4)
FIRST_START, STARTS_WITHIN = date(2026, 6, 1), 91
FIRST_END, LAST_END = date(2026, 9, 1), date(2026, 11, 6)
LAST_ANSWER = date(2026, 11, 20)
SHORTEST_PATH = 60
DROPOUTS = PEOPLE // 10
LATE_EXANTE, LATE_EXPOST = 0.04, 0.08
END_REASONS = ("Percorso concluso", "Percorso concluso", "Assunzione", "Passaggio ad altro servizio")

PEOPLE_PRESENT = (
    "il database contiene già delle persone: la dimostrazione va in un database vuoto"
    " (i dati di una dimostrazione si tolgono con «surveyapp demo --clear»)"
)

Values = dict[str, Any]


@dataclass(frozen=True)
class DemonstrationSummary:
    """How much was invented."""

    people: int
    administrations: int
    submitted: int
    answers: int


@dataclass(frozen=True)
class Stored:
    """An invented path in the database: ids of its administrations by occasion."""

    path: InventedPath
    administrations: Mapping[str, int]


def fill(
    connection: Connection, catalogue: Catalogue, now: datetime, seed: int = SEED
) -> DemonstrationSummary:
    """Put the demonstration into an empty database; the same seed gives the same answers, dates and keys.

    Raises RefusedError when anybody is there already.
    """
    if stored.holds_real_people(connection) or stored.holds_demonstration(connection):
        raise RefusedError(PEOPLE_PRESENT)
    chance = Random(seed)  # noqa: S311 - invented data, the same at each run
    instrument = catalogue.in_force(INSTRUMENT, now.date())
    paths = [path for place in TERRITORIES for path in _territory(chance, instrument, *place)]
    paths += [path for place in ELSEWHERE for path in _early(chance, instrument, *place)]
    store(connection, catalogue, instrument, paths, now, chance)
    invented_register.fill(connection, chance, register_rows.paths(connection), now)
    invented_plan.fill(connection, catalogue, chance, LAST_ANSWER)
    return _summary(connection)


def _summary(connection: Connection) -> DemonstrationSummary:
    register = register_rows.load(connection)
    submitted = [made for made in register.administrations if made.state == "submitted"]
    return DemonstrationSummary(
        people=len({path.person_code for path in register.paths}),
        administrations=len(register.administrations),
        submitted=len(submitted),
        answers=stored.count_answers(connection),
    )


def clear(connection: Connection) -> int:
    """Delete the invented people with everything about them, and nobody else; how many they were.

    Invented accounts go too (their passwords were printed), and stored reports, which copy answers, with what
    they said of questions.
    """
    staff.delete_demonstration(connection)
    jobs.tidy(connection, kept=0)
    item_statistics.forget(connection)
    return stored.delete_demonstration(connection)


def store(
    connection: Connection,
    catalogue: Catalogue,
    instrument: Instrument,
    paths: Sequence[InventedPath],
    now: datetime,
    chance: Random,
) -> list[Stored]:
    """Write invented paths with their administrations, consents and answers; keys come from `chance`."""
    people = stored.add_people(connection, [_person_row(path.person, now) for path in paths])
    path_rows = [_path_row(path, person_id) for path, person_id in zip(paths, people, strict=True)]
    path_ids = stored.add_paths(connection, path_rows)
    rows = [
        _administration_row(instrument, path, path_id, position, new_key(chance))
        for path, path_id in zip(paths, path_ids, strict=True)
        for position in range(len(path.due))
    ]
    ids = iter(stored.add_administrations(connection, rows))
    kept = [Stored(path, {due.occasion: next(ids) for due in path.due}) for path in paths]
    _store_consents(connection, catalogue, instrument, kept, chance)
    stored.add_answers(connection, [row for path in kept for row in _answer_rows(path)])
    return kept


def _territory(
    chance: Random, instrument: Instrument, letters: str, province: str, ambito: str
) -> Iterator[InventedPath]:
    dropouts = set(chance.sample(range(1, PEOPLE + 1), DROPOUTS))
    for number in range(1, PEOPLE + 1):
        start = FIRST_START + timedelta(chance.randint(0, STARTS_WITHIN))
        earliest = max(FIRST_END, start + timedelta(SHORTEST_PATH))
        end = earliest + timedelta(chance.randint(0, (LAST_END - earliest).days))
        reason = "Percorso interrotto" if number in dropouts else chance.choice(END_REASONS)
        person = InventedPerson(f"DEMO-{letters}-{number:03}", province, ambito, start, end, reason)
        answered = ["EXANTE"] if number in dropouts else ["EXANTE", "EXPOST"]
        yield invent_path(chance, instrument, person, answered, _late(chance, end))


def _early(
    chance: Random, instrument: Instrument, letters: str, province: str, ambito: str
) -> Iterator[InventedPath]:
    for number in range(1, PEOPLE_ELSEWHERE + 1):
        start = EARLY_START + timedelta(chance.randint(0, 14))
        end = EARLY_END + timedelta(chance.randint(0, 14))
        person = InventedPerson(f"DEMO-{letters}-{number:03}", province, ambito, start, end, END_REASONS[0])
        yield invent_path(chance, instrument, person, ["EXANTE", "EXPOST", "FU6"])


def _late(chance: Random, path_end: date) -> list[str]:
    late = ["EXANTE"] if chance.random() < LATE_EXANTE else []
    there_is_time = path_end + timedelta(28 + 10) <= LAST_ANSWER
    return [*late, "EXPOST"] if chance.random() < LATE_EXPOST and there_is_time else late


def _person_row(person: InventedPerson, now: datetime) -> Values:
    return {
        "code": person.code,
        "province": person.province,
        "ambito": person.ambito,
        "sex": sex_of(person.code),
        "demonstration": True,
        "created_at": now,
    }


def _path_row(path: InventedPath, person_id: int) -> Values:
    return {
        "person_id": person_id,
        "started_on": path.person.path_start,
        "ended_on": path.person.path_end,
        "end_reason": path.person.end_reason,
        "variant": path.variant,
    }


def _administration_row(
    instrument: Instrument, path: InventedPath, path_id: int, position: int, key: str
) -> Values:
    due = path.due[position]
    response = path.responses.get(due.occasion)
    planned = Planned(
        subject=_subject(path, path_id),
        instrument=instrument,
        form=FORM,
        occasion=due.occasion,
        length=FULL,
        due_from=due.due_from,
        due_to=due.due_to,
        late_to=due.late_to,
    )
    return administration_row(planned, key) | {
        "state": "submitted" if response else "open",
        "variant": path.variant if response else None,
        "opened_at": response and response.opened_at,
        "closed_at": response and response.closed_at,
    }


def _subject(path: InventedPath, path_id: int) -> Subject:
    person = path.person
    key, context = f"path:{path_id}", Context(person.province, person.ambito)
    return Subject("path", key, key, person.code, {}, context, {FORM: person.code})


def _answer_rows(kept: Stored) -> Iterator[Values]:
    for occasion, response in kept.path.responses.items():
        for given in response.answers:
            yield {
                "administration_id": kept.administrations[occasion],
                "item": given.item,
                "revision": 1,
                "value": given.answer.value,
                "text": given.answer.text,
                "reason": given.answer.reason,
                "variant": kept.path.variant,
                "mode": mode_of(kept.path.person.code, FORM),
                "key": f"demo-{given.item}",
                "answered_at": given.at,
            }


def _store_consents(
    connection: Connection,
    catalogue: Catalogue,
    instrument: Instrument,
    kept: Sequence[Stored],
    chance: Random,
) -> None:
    consent = catalogue.consent(instrument.forms[FORM].consent)
    digests = {}
    for variant, text in consent.variants.items():
        shown = as_shown(text, DEMONSTRATION_GAPS)
        digests[variant] = hashlib.sha256(shown.encode()).hexdigest()
        keep_consent_text(
            connection,
            digest=digests[variant],
            consent=consent.id,
            version=consent.version,
            variant=variant,
            text=shown,
        )
    stored.add_consents(
        connection,
        [
            _consent_row(path, occasion, digests[path.path.variant], response, chance)
            for path in kept
            for occasion, response in path.path.responses.items()
            if path.path.variant
        ],
    )


def _consent_row(kept: Stored, occasion: str, digest: str, response: GivenResponse, chance: Random) -> Values:
    contact = chance.random() < 0.6
    return {
        "administration_id": kept.administrations[occasion],
        "text_digest": digest,
        "decision": "accepted",
        "optional": optional_consents(kept.path.person.code, FORM, kept.path.variant, contact=contact),
        "decided_at": response.opened_at + timedelta(seconds=40),
    }
