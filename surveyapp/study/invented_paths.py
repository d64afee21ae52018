"""Paths that do not exist, with the responses given along them."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from random import Random

from surveyapp.instruments.answers import Answer
from surveyapp.instruments.model import Instrument
from surveyapp.instruments.path import Questionnaire
from surveyapp.study.due import Due, administrations_due
from surveyapp.study.invented_answers import Profile, invent_answers, invent_profile

FORM = "P"
SOON = 14  # days of the window within which most people answer
LATE = 10  # days after the window within which late people answer
PACE = {"easy": (18, 40), "std": (8, 20)}  # seconds for an item


@dataclass(frozen=True)
class InventedPerson:
    """A person with a path; the dates may be known before anything is answered."""

    code: str
    province: str
    ambito: str
    path_start: date
    path_end: date | None
    end_reason: str | None


@dataclass(frozen=True)
class GivenAnswer:
    """An answer with its moment."""

    item: str
    answer: Answer
    at: datetime


@dataclass(frozen=True)
class GivenResponse:
    """What was answered at one occasion."""

    opened_at: datetime
    closed_at: datetime
    answers: tuple[GivenAnswer, ...]


@dataclass(frozen=True)
class InventedPath:
    """A path with what is due and what was answered, by occasion. `variant` is None before any response."""

    person: InventedPerson
    variant: str | None
    due: tuple[Due, ...]
    responses: Mapping[str, GivenResponse]


def invent_path(
    chance: Random,
    instrument: Instrument,
    person: InventedPerson,
    answered: Collection[str],
    late: Collection[str] = (),
) -> InventedPath:
    """The path of a person who answered at some occasions, late at some of them."""
    profile = invent_profile(chance, instrument)
    due = administrations_due(instrument, FORM, person.path_start, person.path_end)
    responses: dict[str, GivenResponse] = {}
    carried: dict[str, Answer] = {}
    for moment in due:
        if moment.occasion in answered:
            opened = _opened(chance, moment, late)
            response = _response(chance, instrument, profile, moment.occasion, opened, carried)
            responses[moment.occasion] = response
            carried |= {given.item: given.answer for given in response.answers}
    return InventedPath(person, profile.variant if responses else None, tuple(due), responses)


def _opened(chance: Random, due: Due, late: Collection[str]) -> datetime:
    day = due.due_from + timedelta(chance.randint(0, SOON))
    if due.occasion in late:
        day = due.due_to + timedelta(chance.randint(1, LATE))
    office_hours = timedelta(minutes=chance.randint(7 * 60, 15 * 60))
    return datetime.combine(day, time(), UTC) + office_hours


def _response(
    chance: Random,
    instrument: Instrument,
    profile: Profile,
    occasion: str,
    opened_at: datetime,
    carried: Mapping[str, Answer],
) -> GivenResponse:
    questionnaire = Questionnaire(instrument, FORM, profile.variant, occasion)
    pace = chance.uniform(*PACE[profile.variant])
    at = opened_at + timedelta(seconds=60)
    given = []
    for item, answer in invent_answers(chance, questionnaire, profile, carried).items():
        at += timedelta(seconds=round(pace * chance.uniform(0.5, 1.6) * (3 if answer.text else 1)))
        given.append(GivenAnswer(item, answer, at))
    return GivenResponse(opened_at, at + timedelta(seconds=round(2 * pace)), tuple(given))
