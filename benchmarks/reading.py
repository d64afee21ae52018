"""Reading a study for a report: seconds of CPU and memory for a thousand responses, on SQLite.

    python -m benchmarks.reading [RESPONSES ...]

The people are invented: ex-ante and ex-post of the self-assessment, every question answered, a tenth of the
answers missing and a tenth given again later.
"""

import sys
import tempfile
import time
import tracemalloc
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path as File
from typing import Any

import numpy as np
from sqlalchemy import Connection, Engine, insert

from surveyapp.instruments import catalogue as instrument_catalogue
from surveyapp.instruments.catalogue import Catalogue
from surveyapp.instruments.path import Questionnaire
from surveyapp.reports.frames import Study
from surveyapp.reports.reading import load
from surveyapp.settings import read_settings
from surveyapp.storage import schema
from surveyapp.storage.engine import open_engine, reading, writing
from surveyapp.storage.tables import Administration, Answer, Path, Person

Rows = Iterator[dict[str, Any]]
RESPONSES = (1_000, 10_000)
OCCASIONS = ("EXANTE", "EXPOST")
CLOSED = datetime(2026, 7, 1, 10, 0, tzinfo=UTC)
WINDOW = {"due_from": date(2026, 6, 15), "due_to": date(2026, 7, 15), "late_to": date(2026, 8, 14)}


def invent(connection: Connection, catalogue: Catalogue, responses: int) -> None:
    """So many responses, two a person."""
    people = range(1, responses // len(OCCASIONS) + 1)
    connection.execute(insert(Person), [_person(number) for number in people])
    connection.execute(insert(Path), [_path(number) for number in people])
    instrument = catalogue.newest("aut")
    asked = [Questionnaire(instrument, "P", "std", occasion) for occasion in OCCASIONS]
    connection.execute(insert(Administration), list(_administrations(asked, len(people))))
    connection.execute(insert(Answer), list(_answers(asked, len(people))))


def main(sizes: list[int]) -> None:
    """Read each size from a database of its own, for time and once more for memory."""
    catalogue = instrument_catalogue.load(read_settings().instruments)
    for size in sizes:
        with tempfile.TemporaryDirectory() as folder:
            engine = open_engine(f"sqlite:///{File(folder) / 'study.db'}")
            schema.upgrade(engine)
            with writing(engine) as connection:
                invent(connection, catalogue, size)
            _measure(engine, catalogue, size)
            engine.dispose()


def _measure(engine: Engine, catalogue: Catalogue, size: int) -> None:
    _read(engine, catalogue)
    started = time.process_time()
    study = _read(engine, catalogue)
    read = time.process_time() - started
    started = time.process_time()
    for response in study.responses:
        _ = response.scores, response.missing
    scored = time.process_time() - started
    del study
    tracemalloc.start()
    study = _read(engine, catalogue)
    held, most = (amount / 1e6 for amount in tracemalloc.get_traced_memory())
    tracemalloc.stop()
    thousands = len(study.responses) / 1000
    print(
        f"{size:>7,} responses: read in {read / thousands:.3f} s of CPU a thousand, scored in"
        f" {scored / thousands:.3f} s; {held / thousands:.1f} MB a thousand held,"
        f" {most / thousands:.1f} MB at most"
    )


def _read(engine: Engine, catalogue: Catalogue) -> Study:
    with reading(engine) as connection:
        return load(connection, catalogue, "aut")


def _person(number: int) -> dict[str, Any]:
    who = {"id": number, "code": f"P-{number:07}", "province": "Bergamo", "ambito": ""}
    return who | {"demonstration": True, "created_at": CLOSED}


def _path(number: int) -> dict[str, Any]:
    return {"id": number, "person_id": number, "number": 1, "started_on": date(2026, 6, 15)}


def _administrations(asked: list[Questionnaire], people: int) -> Rows:
    for number in range(1, people + 1):
        for place, questionnaire in enumerate(asked):
            yield {
                "id": len(asked) * number + place,
                "key": f"{number}-{place}",
                "path_id": number,
                "respondent": f"P-{number:07}",
                "instrument": questionnaire.instrument.id,
                "version": questionnaire.instrument.version,
                "digest": questionnaire.instrument.digest,
                "form": questionnaire.form,
                "occasion": questionnaire.occasion,
                "variant": questionnaire.variant,
                "state": "submitted",
                "opened_at": CLOSED,
                "closed_at": CLOSED,
                "mode": "self",
                **WINDOW,
            }


def _answers(asked: list[Questionnaire], people: int) -> Rows:
    chance = np.random.default_rng(1)
    items = [[item.id for item in each.items() if each.wording(item).format.options] for each in asked]
    for number in range(1, people + 1):
        for place, ids in enumerate(items):
            for item in ids:
                last = 2 if chance.random() < 0.1 else 1
                missing = chance.random() < 0.1
                for revision in range(1, last + 1):
                    yield {
                        "administration_id": len(asked) * number + place,
                        "item": item,
                        "revision": revision,
                        "value": None if missing else 1,
                        "reason": "NS" if missing else None,
                        "variant": "std",
                        "key": "",
                        "answered_at": CLOSED + timedelta(seconds=revision),
                    }


if __name__ == "__main__":
    main([int(size) for size in sys.argv[1:]] or list(RESPONSES))
