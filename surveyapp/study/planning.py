"""What is due: the study plan turned over the register, purely. Nothing here knows the database."""

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cached_property
from itertools import count

from surveyapp.instruments.answers import FULL
from surveyapp.instruments.model import Instrument, Window
from surveyapp.instruments.plan import SUBJECTS, Entry, Plan
from surveyapp.instruments.rule import Context, Rule
from surveyapp.instruments.rules import settled

SECOND_RATER = 2
REFERENCE_EXCEPT = ("SFA",)  # no work setting
ENDS = ("placement_end", "agreement_end")

# Subject, instrument, form, occasion, number and rater: what makes an administration one and the same.
Place = tuple[str, str, str, str, int, int]


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
    """An administration that is there already. `series` is that of its subject; `begun` is whether somebody
    has opened it."""

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
    begun: bool = False


@dataclass(frozen=True)
class Planned:
    """An administration that is due: answers between two dates, and only late until the third.

    `follows` is whether its version is that of the first one of a series, not the one in force.
    """

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
    follows: bool = False

    @property
    def place(self) -> Place:
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
    turn = _Turn(plan, register, version_for, today)
    return [
        planned
        for entry in plan.entries
        for subject in register.subjects
        if _concerns(turn, entry, subject)
        for planned in _planned(turn, entry, subject)
    ]


@dataclass(frozen=True)
class _Turn:
    """The plan being turned over the register on a day, with what is looked up again and again."""

    plan: Plan
    register: Register
    version_for: VersionFor
    today: date

    @cached_property
    def references(self) -> frozenset[str]:
        return _references(self.plan, self.register.subjects)

    @cached_property
    def places(self) -> Mapping[str, int]:
        """At which place each subject came in, among those of its kind."""
        numbers = {kind: count() for kind in SUBJECTS}
        in_order = sorted(self.register.subjects, key=lambda subject: (len(subject.key), subject.key))
        return {subject.key: next(numbers[subject.kind]) for subject in in_order}  # "path:9", then "path:10"

    @cached_property
    def sent(self) -> Mapping[Place, Made]:
        return {_place(made): made for made in self.register.made if made.state == "submitted"}

    def draws(self, entry: Entry, subject: Subject, parameter: str) -> bool:
        return drawn(self.plan, entry, self.places[subject.key], self.plan.number(parameter))


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


def repinned(planned: Iterable[Planned], register: Register) -> list[tuple[int, Planned]]:
    """Those that nobody has begun and whose series would begin with another version today, by the id of the
    administration: a new one came into use, or answers gathered before the platform came in."""
    there = {_place(made): made for made in register.made if made.state == "open" and not made.begun}
    return [
        (made.id, found)
        for found in planned
        if found.follows and (made := there.get(found.place)) and made.digest != found.instrument.digest
    ]


def drawn(plan: Plan, entry: Entry, place: int, share: int) -> bool:
    """Whether the subject that came in at this place (from 0) is among the share (per cent) drawn.

    One of each block of `100 // share` that come in one after the other, so that the share is reached
    whatever their number; which one is the sha256 of names that nobody chooses, and always the same.
    """
    if share <= 0:
        return False
    block, inside = divmod(place, max(1, 100 // share))
    names = f"{plan.id}|{entry.id}|{block}"
    return int.from_bytes(hashlib.sha256(names.encode()).digest()[:8]) % max(1, 100 // share) == inside


def _place(made: Made) -> Place:
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


def _concerns(turn: _Turn, entry: Entry, subject: Subject) -> bool:
    if subject.kind != entry.subject or not _where(entry.show_if, subject.context):
        return False
    if entry.placements != "all" and (subject.key in turn.references) != (entry.placements == "reference"):
        return False
    return entry.needs is None or (subject.series, entry.needs) in turn.register.answered


def _where(rule: Rule | None, context: Context) -> bool:
    return settled(rule, vars(context)) is True


def _planned(turn: _Turn, entry: Entry, subject: Subject) -> Iterator[Planned]:
    instrument = turn.version_for(entry, subject)
    twice = entry.second_rater is not None and turn.draws(entry, subject, entry.second_rater)
    for found in _first_raters(turn, entry, subject, instrument):
        yield found
        if twice:
            yield replace(found, rater=SECOND_RATER)
    yield from _retests(turn, entry, subject, instrument)


def _first_raters(turn: _Turn, entry: Entry, subject: Subject, instrument: Instrument) -> Iterator[Planned]:
    length, follows = _length(entry, subject), entry.version != "in_force"
    horizon = turn.today + timedelta(turn.plan.number("horizon_days"))
    for code in entry.occasions:
        windows = _windows(instrument.occasions[code].window, subject.anchors, horizon)
        for number, dates in enumerate(windows, 1):
            yield Planned(
                subject, instrument, entry.form, code, length, *dates, number=number, follows=follows
            )


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


def _retests(turn: _Turn, entry: Entry, subject: Subject, instrument: Instrument) -> Iterator[Planned]:
    """The same form once more, for those drawn, some days after it was sent."""
    if not entry.retest or not turn.draws(entry, subject, entry.retest.share):
        return
    occasion = instrument.occasions[entry.retest.occasion]
    sent = turn.sent.get((subject.key, entry.instrument, entry.form, occasion.repeats or "", 1, 1))
    if sent and sent.closed_on:
        dates = _dates(occasion.window, sent.closed_on)
        length = _length(entry, subject)
        yield Planned(subject, instrument, entry.form, occasion.code, length, *dates, retest_of=sent.id)
