"""Problems with the site: anybody may report one, a page sent twice counts once, and not too many an hour."""

from dataclasses import dataclass
from datetime import datetime
from enum import Enum, auto

from sqlalchemy import Connection

from surveyapp.storage import problem_reports

# From one source: thirty tablets of one office stay under it, a script does not.
MOST_IN_AN_HOUR = 20


class Kept(Enum):
    """What became of a report."""

    ADDED = auto()
    KNOWN = auto()  # the same page was sent before
    TOO_MANY = auto()


@dataclass(frozen=True)
class Problem:
    """A report as it is sent: `key` was made with its page, `page` is the kind of page it is about."""

    key: str
    page: str
    text: str
    email: str
    telephone: str


def keep(connection: Connection, problem: Problem, source: str, now: datetime) -> Kept:
    """Keep a report from a source, which is a keyed digest of an address."""
    problem_reports.forget(connection, now)
    if problem_reports.is_known(connection, problem.key):
        return Kept.KNOWN
    if problem_reports.from_source(connection, source) >= MOST_IN_AN_HOUR:
        return Kept.TOO_MANY
    problem_reports.add(connection, **vars(problem), source=source, received_at=now)
    return Kept.ADDED
