"""Submitted responses, resolved to the version that each one pins: nothing off the path counts."""

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from zoneinfo import ZoneInfo

from surveyapp.instruments.answers import Answer
from surveyapp.instruments.model import Instrument, Item
from surveyapp.instruments.path import Questionnaire
from surveyapp.reports.comparable import ONE_VERSION, Versions
from surveyapp.scoring.facts import Facts, facts
from surveyapp.scoring.scores import Score, scales_of, score_values
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


@dataclass(frozen=True, slots=True)
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


def _reason(given: Given | None) -> str | None:
    return given.answer.reason if given else BLANK
