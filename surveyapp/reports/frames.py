"""Submitted responses, resolved to the version that each one pins: nothing off the path counts."""

import hashlib
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from itertools import groupby
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, Row

from surveyapp.instruments.answers import Answer
from surveyapp.instruments.catalogue import Catalogue
from surveyapp.instruments.model import Instrument, Item
from surveyapp.instruments.path import Questionnaire, path
from surveyapp.reports.comparable import ONE_VERSION, Versions, versions_of
from surveyapp.scoring.facts import Facts, facts
from surveyapp.scoring.scores import Score, keyed_values, scales_of, score_values
from surveyapp.storage import responses as stored
from surveyapp.storage.carried import Earlier, carried
from surveyapp.storage.pinned import context_of
from surveyapp.study.territory import territory

ROME = ZoneInfo("Europe/Rome")
PARTICIPANT = "P"
# An item on the path without any answer: possible only in what was gathered before the platform.
BLANK = "blank"
PAPER = "paper"

# How the answers were given, for the analyses that tell modes apart (self = self, read aloud).
MODE_CLASSES: Mapping[str, str] = {
    "self": "self",
    "read_aloud": "self",
    "assisted": "helped",
    "interview": "helped",
    "paper": "paper",
}


@dataclass(frozen=True)
class Administration:
    """One administration whatever its state, with what it is about (see storage.subjects) and its territory.

    `person_code` is that of the agreement or the organisation where no person is concerned. From `reading` on
    it is told how it was answered; `mode` is the one declared for the whole, if any was. `retest_of` is the
    administration that it repeats; `consents` are the optional ones given with it (see storage.responses).
    """

    id: int
    key: str
    person_code: str
    province: str
    ambito: str
    demonstration: bool
    sex: str | None
    subject: str
    path_id: int | None
    path_number: int
    started_on: date | None
    ended_on: date | None
    respondent: str
    instrument: str
    version: str
    digest: str
    form: str
    occasion: str
    number: int
    rater: int
    length: str
    retest_of: int | None
    context: str
    variant: str | None
    source: str
    state: str
    due_from: date | None
    due_to: date | None
    late_to: date | None
    opened_at: datetime | None
    closed_at: datetime | None
    reading: str
    mode: str | None
    helper: str | None
    help_kinds: str
    practice: str | None
    flags: str | None
    consents: str | None

    @property
    def territory(self) -> str:
        """The territory of what it is about."""
        return territory(self.province, self.ambito)

    @property
    def late(self) -> bool:
        """Whether it was submitted after its window."""
        if self.state != "submitted" or not self.closed_at or not self.due_to:
            return False
        return self.closed_at.astimezone(ROME).date() > self.due_to

    @property
    def turn(self) -> tuple[int, int, int]:
        """The order among administrations of one person and occasion: path, repeat, rater."""
        return self.path_number, self.number, self.rater


@dataclass(frozen=True)
class Given:
    """The current answer to an item, with how and when it was given."""

    answer: Answer
    mode: str
    reading: str
    revision: int
    answered_at: datetime


@dataclass(frozen=True)
class Response:
    """One submitted administration: the items on its path and their answers, nothing else."""

    administration: Administration
    questionnaire: Questionnaire
    path: tuple[Item, ...]
    given: Mapping[str, Given]
    values: Mapping[str, int]
    earlier: Mapping[str, Answer]

    @property
    def variant(self) -> str:
        """The wording that was answered."""
        return self.questionnaire.variant

    @property
    def version(self) -> str:
        """The version of the instrument that was answered."""
        return self.administration.version

    @cached_property
    def scores(self) -> Mapping[str, Score]:
        """The scores by scale, of the scales that were asked."""
        return {
            scale.id: score_values(self.questionnaire, scale, self.values)
            for scale in scales_of(self.questionnaire)
        }

    @cached_property
    def facts(self) -> Facts:
        """The derived facts, by id; those about what was told earlier look at `earlier` too."""
        answers = {item: given.answer for item, given in self.given.items()}
        return facts(self.questionnaire, answers, self.earlier)

    @cached_property
    def missing(self) -> Mapping[str, str]:
        """Why items on the path have no answer: NS, NA, NO, skipped or blank, by item id."""
        reasons = {item.id: _reason(self.given.get(item.id)) for item in self.path}
        return {item: reason for item, reason in reasons.items() if reason}

    @property
    def mode(self) -> str:
        """The class of how the answers were given: what was said at the end, else what each answer says.

        `mixed` where that changed on the way, blank without any answer.
        """
        if self.administration.mode and self.given:
            return MODE_CLASSES[self.administration.mode]
        classes = {MODE_CLASSES.get(given.mode, given.mode) for given in self.given.values()}
        return "mixed" if len(classes) > 1 else next(iter(classes), BLANK)

    def raw(self, item: str) -> int | None:
        """The code as it was stored, not turned round."""
        given = self.given.get(item)
        return given.answer.value if given else None


@dataclass(frozen=True)
class Study:
    """Everything about one instrument and one form that reports read. `instrument` is its newest version."""

    instrument: Instrument
    administrations: tuple[Administration, ...]
    responses: tuple[Response, ...]
    versions: Versions = ONE_VERSION

    @property
    def demonstration(self) -> bool:
        """Whether any of the people is invented: then the whole report says so."""
        return any(administration.demonstration for administration in self.administrations)

    @property
    def territories(self) -> list[str]:
        """The territories that have at least one administration, by name."""
        return sorted({administration.territory for administration in self.administrations})

    @cached_property
    def digest(self) -> str:
        """The sha256 of everything that was read: the same data give the same, and nothing else does."""
        return digest_of(self._lines())

    def _lines(self) -> Iterator[str]:
        for one in self.administrations:
            asked = (one.digest, one.form, one.occasion, one.state, one.variant, bool(one.retest_of))
            yield repr((one.key, one.person_code, one.sex, *asked))
        for response in self.responses:
            about = response.administration
            yield repr((about.key, about.mode, about.flags, about.source, about.closed_at, about.consents))
            for item, given in response.given.items():
                yield repr((about.key, item, given.revision, given.answer, given.mode))

    @cached_property
    def firsts(self) -> tuple[Response, ...]:
        """One response per person, form, length and occasion, the first: repeats are not more people (R9)."""
        found: dict[tuple[str, str, str, str], Response] = {}
        for response in sorted(self.responses, key=lambda response: response.administration.turn):
            about = response.administration
            found.setdefault((about.person_code, about.form, about.length, about.occasion), response)
        return tuple(sorted(found.values(), key=lambda response: response.administration.id))


def digest_of(lines: Iterable[str]) -> str:
    """The sha256 of data, from one line for each thing that was read, whatever their order."""
    return hashlib.sha256("\n".join(sorted(lines)).encode()).hexdigest()


def load(
    connection: Connection,
    catalogue: Catalogue,
    instrument_id: str,
    form: str | None = PARTICIPANT,
    *,
    subjects: Collection[str] | None = None,
) -> Study:
    """Read an instrument's administrations and resolve the submitted ones; `form` None takes every form.

    With `subjects` ("path:12", "placement:7") only what is about them is read from the database.
    Raises CatalogueError for an unknown instrument and for a pinned version that is not here unchanged.
    """
    newest = catalogue.newest(instrument_id)
    rows = stored.administrations(connection, instrument_id, subjects)
    everything = [Administration(**row._mapping) for row in rows]
    answers = _by_administration(stored.submitted_answers(connection, instrument_id, subjects))
    submitted = [found for found in everything if found.state == "submitted"]
    earlier = _by_subject(submitted, answers)
    responses = tuple(
        _resolve(catalogue, found, answers.get(found.id, {}), earlier.get(found.subject, []))
        for found in submitted
        if form in (None, found.form)
    )
    answered = {one.version: one.questionnaire.instrument for one in responses}
    asked = tuple(found for found in everything if form in (None, found.form))
    return Study(newest, asked, responses, versions_of(catalogue, answered))


def _by_administration(rows: Iterable[Row[Any]]) -> dict[int, dict[str, Given]]:
    return {
        administration_id: {row.item: _given(row) for row in group}
        for administration_id, group in groupby(rows, key=lambda row: row.administration_id)
    }


def _given(row: Row[Any]) -> Given:
    return Given(
        Answer(row.value, row.text, row.reason), row.mode, row.reading, row.revision, row.answered_at
    )


def _by_subject(
    submitted: list[Administration], answers: Mapping[int, Mapping[str, Given]]
) -> dict[str, list[Earlier]]:
    """Everything that was sent about each subject: later questionnaires look at some of it."""
    found: dict[str, list[Earlier]] = {}
    for one in submitted:
        found.setdefault(one.subject, []).extend(
            Earlier(item, one.form, one.occasion, one.number, one.rater, given.answer)
            for item, given in answers.get(one.id, {}).items()
        )
    return found


def _resolve(
    catalogue: Catalogue, found: Administration, given: Mapping[str, Given], earlier: list[Earlier]
) -> Response:
    instrument = catalogue.pinned(found.instrument, found.version, found.digest)
    context = context_of(found.context)
    questionnaire = Questionnaire(
        instrument, found.form, found.variant or "", found.occasion, context, found.length
    )
    looked_at = [one for one in earlier if one.item in questionnaire.carried_items]
    known = carried(questionnaire, found.number, found.rater, looked_at)
    answers = {item: record.answer for item, record in given.items()}
    on_path = tuple(path(questionnaire, answers, known))
    kept = {item.id: given[item.id] for item in on_path if item.id in given}
    return Response(found, questionnaire, on_path, kept, keyed_values(questionnaire, answers, known), known)


def _reason(given: Given | None) -> str | None:
    return given.answer.reason if given else BLANK
