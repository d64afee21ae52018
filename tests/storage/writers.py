"""Threads that go on writing while a test looks at something else."""

import itertools
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from sqlalchemy import Engine

from surveyapp.storage.engine import writing
from tests.factories import create_answer

ITEM = "AUT_BEN1"


@dataclass
class Written:
    """The last revision that each administration was told to be saved."""

    acknowledged: dict[int, int] = field(default_factory=dict)


@contextmanager
def writers(engine: Engine, administrations: list[int]) -> Iterator[Written]:
    """One thread for each administration: answers one after the other, numbered by their revision."""
    written, stop = Written(dict.fromkeys(administrations, 0)), threading.Event()

    def write(administration: int) -> None:
        for revision in itertools.count(1):
            if stop.is_set():
                return
            with writing(engine) as connection:
                create_answer(connection, administration, ITEM, revision=revision, text="x" * 300)
            written.acknowledged[administration] = revision

    threads = [threading.Thread(target=write, args=(one,)) for one in administrations]
    for thread in threads:
        thread.start()
    try:
        yield written
    finally:
        stop.set()
        for thread in threads:
            thread.join()
