"""What a synthesis is made of: no name, no code of a person, no word of who did not accept to be quoted."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from surveyapp.focus_groups.notes import Doubly
from surveyapp.focus_groups.rated import Outcome
from surveyapp.focus_groups.votes import Ranked
from surveyapp.reports.frames import digest_of

# Why the words of a note are held back.
NO_CONSENT, UNKNOWN, NAMES = "no_consent", "unknown", "names"


@dataclass(frozen=True)
class Person:
    """Somebody who took part: the role and the two consents."""

    role: str
    quotable: bool
    recordable: bool


@dataclass(frozen=True)
class Note:
    """An excerpt by its number in the meeting. Words held back leave an empty `text`; `held` says why."""

    id: int
    number: int
    minute: int | None
    text: str
    held: str = ""


@dataclass(frozen=True, order=True)
class Code:
    """That a note is about a criterion, whoever said so: two coders who say the same count once."""

    note: int
    criterion: str
    kind: str


@dataclass(frozen=True)
class Question:
    """Something judged in a round; `wording` says in words which wording of an item, for clarity."""

    id: int
    scale: str
    criterion: str
    text: str
    instrument: str
    version: str
    wording: str


@dataclass(frozen=True)
class Round:
    """A round of judgements with what was sent; comments are counted, not kept.

    `scales` are the scales of the instruments by title, with the questions in them. `together`: somebody's
    organisation has more than one judge.
    """

    title: str
    closed: bool
    questions: tuple[Question, ...]
    outcomes: tuple[Outcome, ...]
    scales: Mapping[str, frozenset[int]]
    sent: int
    begun: int
    comments: int
    together: bool


@dataclass(frozen=True)
class Decided:
    """A decision with what it rests on, in words; `names`: something in it looks like who a person is."""

    code: str
    about: str
    proposal: str
    grounds: tuple[str, ...]
    outcome: str
    reason: str
    on: date | None
    names: bool


@dataclass(frozen=True)
class Tested:
    """A wording that readers tried: how many understood it (in the order of UNDERSTOOD).

    `said` are what it means to a reader and what that reader would write, where the reader may be quoted;
    `held` is how many said something that may not be told.
    """

    words: str
    about: str
    counts: tuple[int, ...]
    said: tuple[tuple[str, str], ...]
    held: int


@dataclass(frozen=True)
class Meeting:
    """One meeting with everything that a synthesis tells of it."""

    code: str
    title: str
    audience: str
    planned_for: date
    held_on: date | None
    place: str
    moderator: str
    observer: str
    minutes: int | None
    recorded: bool
    closed: bool
    demonstration: bool
    versions: tuple[str, ...]
    people: tuple[Person, ...]
    notes: tuple[Note, ...]
    codes: frozenset[Code]
    twice: Doubly
    ranked: tuple[Ranked, ...]
    voters: int
    rounds: tuple[Round, ...]
    decisions: tuple[Decided, ...]
    tested: tuple[Tested, ...]

    @property
    def day(self) -> date:
        """The day on which it was held; the planned one before."""
        return self.held_on or self.planned_for

    def notes_about(self, criterion: str, kind: str = "") -> int:
        """How many notes are coded to a criterion, with a kind where one is given."""
        return len(
            {one.note for one in self.codes if one.criterion == criterion and (not kind or one.kind == kind)}
        )


@dataclass(frozen=True)
class Material:
    """Meetings, oldest first; the titles of all criteria; the new ones with the meeting of each."""

    meetings: tuple[Meeting, ...]
    titles: Mapping[str, str]
    new: Mapping[str, str] = field(default_factory=dict)

    def title(self, criterion: str) -> str:
        """A criterion as the tables call it: its title and its id."""
        return f"{self.titles[criterion]} ({criterion})" if criterion in self.titles else criterion

    @property
    def digest(self) -> str:
        """The sha256 of what was read."""
        return digest_of([*(_written(one) for one in self.meetings), repr(sorted(self.new.items()))])


def _written(meeting: Meeting) -> str:
    """A meeting as text, the same for the same meeting: a set has no order of its own."""
    known = {name: value for name, value in vars(meeting).items() if name not in ("codes", "rounds")}
    rounds = [
        (vars(one) | {"scales": {title: sorted(there) for title, there in one.scales.items()}})
        for one in meeting.rounds
    ]
    return repr((known, sorted(meeting.codes), rounds))
