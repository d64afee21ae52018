"""What is due: the study plan turned over the register, purely. Nothing here knows the database."""

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from surveyapp.instruments.answers import FULL
from surveyapp.instruments.model import Instrument, Window
from surveyapp.instruments.plan import Entry, Plan
from surveyapp.instruments.rule import Context, Rule
from surveyapp.instruments.rules import settled

SECOND_RATER = 2
REFERENCE_EXCEPT = ("SFA",)  # no work setting
ENDS = ("placement_end", "agreement_end")


@dataclass(frozen=True)
class Subject:
    """What an administration is about: a path, a placement, an agreement or an accompaniment.

    `key` is unique among all ("placement:7"); `series` is the path that placements belong to, else the key.
    `anchors` are the dates that windows count from, by name; `respondents` the code of who answers, by form.
    """

    kind: str
    key: str
    series: str
    code: str
    anchors: Mapping[str, date | None]
    context: Context
    respondents: Mapping[str, str]


@dataclass(frozen=True)
class Made:
    """An administration that is there already. `series` is that of its subject."""

    id: int
    subject: str
    series: str
    instrument: str
    version: str
    digest: str
    form: str
    occasion: str
    number: int
    rater: int
    state: str
    due_from: date | None
    due_to: date | None
    closed_on: date | None


@dataclass(frozen=True)
class Planned:
    """An administration that is due: answers between two dates, and only late until the third."""

    subject: Subject
    instrument: Instrument
    form: str
    occasion: str
    length: str
    due_from: date
    due_to: date
    late_to: date
    number: int = 1
    rater: int = 1
    retest_of: int | None = None

    @property
    def place(self) -> tuple[str, str, str, str, int, int]:
        """What makes it one and the same administration."""
        return (
            self.subject.key,
            self.instrument.id,
            self.form,
            self.occasion,
            self.number,
            self.rater,
        )


# The version of an instrument that an entry gives to a subject: rulings on versions.
VersionFor = Callable[[Entry, Subject], Instrument]


@dataclass(frozen=True)
class Register:
    """Everything the plan looks at: subjects, what was made, and what was answered (series, item)."""

    subjects: Sequence[Subject]
    made: Sequence[Made]
    answered: frozenset[tuple[str, str]]


def due(plan: Plan, register: Register, version_for: VersionFor, today: date) -> list[Planned]:
    """Every administration that the plan asks for up to its horizon, in the order of the plan.

    Those that are there already are among them: `new` and `moved` tell them apart.
    """
    references = _references(plan, register.subjects)
    return [
        planned
        for entry in plan.entries
        for subject in register.subjects
        if _concerns(entry, subject, references, register)
        for planned in _planned(plan, entry, subject, register, version_for, today)
    ]


def new(planned: Iterable[Planned], register: Register) -> list[Planned]:
    """Those that are still to be made."""
    there = {_place(made) for made in register.made}
    return [found for found in planned if found.place not in there]


def moved(planned: Iterable[Planned], register: Register) -> list[tuple[int, Planned]]:
    """The open ones whose dates have changed with the register, by the id of the administration."""
    there = {_place(made): made for made in register.made if made.state == "open"}
    return [
        (made.id, found)
        for found in planned
        if (made := there.get(found.place)) and (made.due_from, made.due_to) != (found.due_from, found.due_to)
    ]


def drawn(plan: Plan, entry: Entry, subject: Subject, share: int) -> bool:
    """Whether a subject is among the share (per cent) drawn for an entry: always the same answer.

    The draw is the sha256 of names that nobody chooses, so that nobody can choose who is observed twice.
    """
    names = f"{plan.id}|{entry.id}|{subject.series}|{subject.code}"
    number = int.from_bytes(hashlib.sha256(names.encode()).digest()[:8])
    return number < share * 2**64 // 100


def _place(made: Made) -> tuple[str, str, str, str, int, int]:
    return (made.subject, made.instrument, made.form, made.occasion, made.number, made.rater)


def _references(plan: Plan, subjects: Iterable[Subject]) -> frozenset[str]:
    """The placement of reference of each path: its first one that lasted long enough, or lasts still."""
    least = timedelta(plan.number("reference_days"))
    first: dict[str, str] = {}
    placements = [found for found in subjects if found.kind == "placement"]
    for placement in sorted(placements, key=lambda found: (found.anchors["placement_start"], found.key)):
        start, end = placement.anchors["placement_start"], placement.anchors["placement_end"]
        long_enough = end is None or (start is not None and end - start >= least)
        if long_enough and placement.context.placement_type not in REFERENCE_EXCEPT:
            first.setdefault(placement.series, placement.key)
    return frozenset(first.values())


def _concerns(entry: Entry, subject: Subject, references: frozenset[str], register: Register) -> bool:
    if subject.kind != entry.subject or not _where(entry.show_if, subject.context):
        return False
    if entry.placements != "all" and (subject.key in references) != (entry.placements == "reference"):
        return False
    return entry.needs is None or (subject.series, entry.needs) in register.answered


def _where(rule: Rule | None, context: Context) -> bool:
    return settled(rule, vars(context)) is True


def _planned(
    plan: Plan,
    entry: Entry,
    subject: Subject,
    register: Register,
    version_for: VersionFor,
    today: date,
) -> Iterator[Planned]:
    instrument = version_for(entry, subject)
    horizon = today + timedelta(plan.number("horizon_days"))
    share = plan.number(entry.second_rater) if entry.second_rater else 0
    for found in _first_raters(entry, subject, instrument, horizon):
        yield found
        if drawn(plan, entry, subject, share):
            yield replace(found, rater=SECOND_RATER)
    yield from _retests(plan, entry, subject, instrument, register.made)


def _first_raters(entry: Entry, subject: Subject, instrument: Instrument, horizon: date) -> Iterator[Planned]:
    length = _length(entry, subject)
    for code in entry.occasions:
        windows = _windows(instrument.occasions[code].window, subject.anchors, horizon)
        for number, dates in enumerate(windows, 1):
            yield Planned(subject, instrument, entry.form, code, length, *dates, number=number)


def _length(entry: Entry, subject: Subject) -> str:
    return FULL if entry.full_if and _where(entry.full_if, subject.context) else entry.length


def _windows(
    window: Window, anchors: Mapping[str, date | None], horizon: date
) -> Iterator[tuple[date, date, date]]:
    """The window as dates; again and again every `every_days`. A placement that has ended asks no more, but
    for what counts from its end."""
    anchor, end = anchors.get(window.anchor), anchors.get("placement_end")
    while anchor and (dates := _dates(window, anchor))[0] <= horizon:
        if end and dates[0] > end and window.anchor not in ENDS:
            return
        yield dates
        if not window.every_days:
            return
        anchor += timedelta(window.every_days)


def _dates(window: Window, anchor: date) -> tuple[date, date, date]:
    return (
        anchor + timedelta(window.from_days),
        anchor + timedelta(window.to_days),
        anchor + timedelta(window.late_days),
    )


def _retests(
    plan: Plan, entry: Entry, subject: Subject, instrument: Instrument, made: Iterable[Made]
) -> Iterator[Planned]:
    """The same form once more, for those drawn, some days after it was sent."""
    if not entry.retest or not drawn(plan, entry, subject, plan.number(entry.retest.share)):
        return
    occasion = instrument.occasions[entry.retest.occasion]
    wanted = (subject.key, entry.instrument, entry.form, occasion.repeats, 1, 1)
    for sent in made:
        if _place(sent) == wanted and sent.state == "submitted" and sent.closed_on:
            dates = _dates(occasion.window, sent.closed_on)
            length = _length(entry, subject)
            yield Planned(subject, instrument, entry.form, occasion.code, length, *dates, retest_of=sent.id)
