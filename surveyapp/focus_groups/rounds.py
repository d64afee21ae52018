"""A round of judgements: what experts are asked, their links, what they say, sent once."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum, auto
from typing import Any

from sqlalchemy import Connection, Row

from surveyapp.focus_groups.ratings import LEAST, MOST
from surveyapp.storage import rating_rows as stored
from surveyapp.storage.tokens import new_token, token_sha256

RELEVANCE, CLARITY = "relevance", "clarity"
# A link opens for so long, and for as long again from the day on which it is extended.
OPEN_FOR = timedelta(days=30)
MOST_LINKS = 40  # made at once
MOST_QUESTIONS = 120  # the 70 criteria and the wordings that were criticised
LONGEST_COMMENT = 2000


class Said(Enum):
    """What became of a judgement or of sending."""

    KEPT = auto()
    NOTHING_CHOSEN = auto()
    TOO_LONG = auto()
    SENT_BEFORE = auto()
    CLOSED = auto()


@dataclass(frozen=True)
class Wanted:
    """Something to judge: a criterion, or one wording of an item (then `form` and `variant` say which)."""

    scale: str
    criterion: str
    text: str
    instrument: str = ""
    version: str = ""
    form: str = ""
    variant: str = ""

    @property
    def known_by(self) -> tuple[str, ...]:
        """What makes it the same thing: the criterion alone, whatever version it was picked from (R20)."""
        if self.scale == RELEVANCE:
            return (self.scale, self.criterion)
        return (self.scale, self.criterion, self.instrument, self.version, self.form, self.variant)


@dataclass(frozen=True)
class Judgement:
    """What one expert said last: 1 to 4, or None for who cannot say."""

    value: int | None
    comment: str
    revision: int


@dataclass(frozen=True)
class Visit:
    """A link that opens: its round, what is asked, and what was said so far, by the id of the question."""

    rater: Row[Any]
    round: Row[Any]
    questions: tuple[Row[Any], ...]
    given: Mapping[int, Judgement]

    @property
    def is_sent(self) -> bool:
        """Whether everything was sent."""
        return self.rater.submitted_at is not None

    @property
    def is_closed(self) -> bool:
        """Whether nothing is taken any more."""
        return self.round.closed_at is not None

    @property
    def left(self) -> list[int]:
        """The places, from 1, of what has no judgement."""
        return [place for place, one in enumerate(self.questions, 1) if one.id not in self.given]


def visit(connection: Connection, token: str, now: datetime, *, lock: bool = False) -> Visit | None:
    """What a token opens; None for one that is unknown or has ended."""
    rater = stored.rater_with(connection, token_sha256(token))
    if rater is not None and lock:
        rater = stored.rater(connection, rater.id, lock=True)
    if rater is None or rater.expires_at <= now:
        return None
    found = stored.round_of(connection, rater.round_id)
    if found is None:
        return None
    given = {
        row.question_id: Judgement(row.value, row.comment, row.revision)
        for row in stored.judgements(connection, rater.round_id)
        if row.rater_id == rater.id
    }
    return Visit(rater, found, tuple(stored.questions(connection, rater.round_id)), given)


def judge(
    connection: Connection, here: Visit, question_id: int, value: int | None, comment: str, now: datetime
) -> Said:
    """Keep a judgement beside the earlier ones; the same once more adds nothing. `here` holds the lock."""
    if (refused := _refused(here)) is not None:
        return refused
    if len(comment) > LONGEST_COMMENT:
        return Said.TOO_LONG
    before = here.given.get(question_id)
    if before is None or (before.value, before.comment) != (value, comment):
        revision = before.revision + 1 if before else 1
        about = {"rater_id": here.rater.id, "question_id": question_id, "revision": revision}
        stored.add_rating(connection, **about, value=value, comment=comment, rated_at=now)
    return Said.KEPT


def send(connection: Connection, here: Visit, now: datetime) -> Said:
    """Send what was said; what has no judgement stays without. `here` holds the lock."""
    if (refused := _refused(here)) is not None:
        return refused
    if not here.given:
        return Said.NOTHING_CHOSEN
    stored.change_rater(connection, here.rater.id, submitted_at=now)
    return Said.KEPT


def possible(value: str) -> int | None:
    """A judgement as a form sends it; None for anything that is not one."""
    known = {str(number): number for number in range(LEAST, MOST + 1)}
    return known.get(value)


def add_questions(connection: Connection, round_id: int, wanted: Iterable[Wanted]) -> int:
    """Ask for more in a round, each thing once; how many were new. The round is locked by who calls."""
    there = stored.questions(connection, round_id)
    known = {as_wanted(row).known_by for row in there}
    position = max((row.position for row in there), default=0)
    added = 0
    for one in wanted:
        if one.known_by in known or len(known) >= MOST_QUESTIONS:
            continue
        known.add(one.known_by)
        added += 1
        stored.add_question(connection, round_id=round_id, position=position + added, **vars(one))
    return added


def make_links(
    connection: Connection, round_id: int, number: int, audience: str, organisation: str, now: datetime
) -> list[tuple[str, str]]:
    """Make links; the code and the token of each, which is kept nowhere. The round is locked by who calls."""
    taken = {row.code for row in stored.raters(connection, round_id)}
    made = [(code, new_token()) for code in _free_codes(taken, number)]
    about = {"round_id": round_id, "audience": audience, "organisation": organisation}
    for code, token in made:
        ends = {"code": code, "token_sha256": token_sha256(token), "expires_at": now + OPEN_FOR}
        stored.add_rater(connection, **about, **ends)
    return made


def renew(connection: Connection, rater_id: int, now: datetime) -> str:
    """Another token for who lost theirs: the earlier one opens no more; what was said stays."""
    token = new_token()
    ends = {"token_sha256": token_sha256(token), "expires_at": now + OPEN_FOR}
    stored.change_rater(connection, rater_id, **ends)
    return token


def as_wanted(row: Row[Any]) -> Wanted:
    """What a question of a round asks."""
    return Wanted(row.scale, row.criterion, row.text, row.instrument, row.version, row.form, row.variant)


def _refused(here: Visit) -> Said | None:
    if here.is_sent:
        return Said.SENT_BEFORE
    return Said.CLOSED if here.is_closed else None


def _free_codes(taken: Collection[str], number: int) -> list[str]:
    free = (f"E{place}" for place in range(1, len(taken) + number + 1))
    return [code for code in free if code not in taken][:number]
