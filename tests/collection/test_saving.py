"""Saving: whatever the order in which two devices save, no acknowledged answer is lost in silence."""

from dataclasses import dataclass, field
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine, select

from surveyapp.collection.response import Response, load
from surveyapp.collection.saving import Given, Saved, save
from surveyapp.instruments.answers import Answer as GivenAnswer
from surveyapp.instruments.catalogue import Catalogue
from surveyapp.storage import answering
from surveyapp.storage.engine import open_engine, reading, writing
from surveyapp.storage.tables import Answer
from tests.conftest import Databases
from tests.factories import NOW, create_administration, create_link

ITEM = "AUT_BEN1"


def start(engine: Engine, catalogue: Catalogue) -> str:
    """An administration whose respondent takes part; its token."""
    with writing(engine) as connection:
        administration = create_administration(connection, catalogue)
        token = create_link(connection, administration)
        answering.keep_consent_text(
            connection, digest="d", consent="participant", version="0.1.0", variant="easy", text="t"
        )
        answering.add_consent(
            connection, administration_id=administration, text_digest="d", decision="accepted", decided_at=NOW
        )
    return token


def loaded(engine: Engine, catalogue: Catalogue, token: str) -> Response:
    with reading(engine) as connection:
        response = load(connection, catalogue, token, datetime.now(UTC))
    assert response
    return response


def saved(engine: Engine, catalogue: Catalogue, token: str, given_answer: Given) -> Saved:
    with writing(engine) as connection:
        response = load(connection, catalogue, token, datetime.now(UTC), lock=True)
        assert response
        return save(connection, response, given_answer, NOW)


def stored(engine: Engine) -> list[int | None]:
    with reading(engine) as connection:
        return list(connection.execute(select(Answer.value).order_by(Answer.revision)).scalars())


@dataclass
class Device:
    """A browser with one question page open: what it shows and the key of the page."""

    name: str
    seen: int | None = None
    page: int = 0
    keys: list[str] = field(default_factory=list)

    def open_page(self, response: Response) -> None:
        current = response.current.get(ITEM)
        self.seen, self.page = (current.id if current else None), self.page + 1

    @property
    def key(self) -> str:
        return f"{self.name}{self.page}"


STEPS = st.lists(
    st.tuples(st.sampled_from(["a", "b"]), st.sampled_from(["open", "1", "2", "3"])), min_size=1, max_size=14
)


@given(STEPS)
@settings(max_examples=60, deadline=None)
def test_two_devices_never_lose_an_answer(
    databases: Databases, catalogue: Catalogue, steps: list[tuple[str, str]]
) -> None:
    with databases["sqlite"].migrated() as url:
        engine = open_engine(url)
        run_two_devices(engine, catalogue, steps)
        engine.dispose()


def run_two_devices(engine: Engine, catalogue: Catalogue, steps: list[tuple[str, str]]) -> None:
    """An acknowledged answer is a row for ever, and only an answer that the device had seen (or its own
    page had given) is followed by another."""
    token = start(engine, catalogue)
    devices = {name: Device(name) for name in ("a", "b")}
    expected: list[tuple[int, str]] = []
    for name, step in steps:
        device = devices[name]
        if step == "open":
            device.open_page(loaded(engine, catalogue, token))
            continue
        outcome = saved(
            engine, catalogue, token, Given(ITEM, GivenAnswer(int(step)), device.key, device.seen)
        )
        last = expected[-1] if expected else None
        if last and last[0] == int(step):
            assert outcome is Saved.KNOWN
        elif last and last[1] != device.key and device.seen != len(expected):
            assert outcome is Saved.STALE
        else:
            assert outcome is Saved.ADDED
            expected.append((int(step), device.key))
        assert stored(engine) == [value for value, _ in expected]


def test_an_item_of_another_occasion_is_refused(engine: Engine, catalogue: Catalogue) -> None:
    token = start(engine, catalogue)
    with pytest.raises(KeyError):
        saved(engine, catalogue, token, Given("AUT_MIG1", GivenAnswer(5), "k", None))


def test_a_changed_instrument_is_refused(engine: Engine, catalogue: Catalogue) -> None:
    with writing(engine) as connection:
        administration = create_administration(connection, catalogue, digest="0" * 64)
        token = create_link(connection, administration)
    with pytest.raises(Exception, match="è cambiato dopo l'uso"), reading(engine) as connection:
        load(connection, catalogue, token, datetime.now(UTC))
