"""What came out of a meeting: its rounds of judgements, tests of readers, decisions, and what was coded."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Row

from surveyapp.focus_groups.notes import Coded, criteria_of, may_see
from surveyapp.storage import decisions, excerpts, rating_rows
from surveyapp.web.services import services
from surveyapp.web.staff.decision_words import OUTCOMES
from surveyapp.web.staff.guard import signed_in


@dataclass(frozen=True)
class CodedAs:
    """A criterion with how many notes were coded to it, and the first of them."""

    criterion: str
    title: str
    notes: int
    first: int


def outcomes(connection: Connection, meeting: int) -> dict[str, Any]:
    """The parts of the page of a meeting; of the codes those that who is signed in may see."""
    rounds = [row for row in rating_rows.rounds(connection) if row.focus_group_id == meeting]
    proposed = decisions.listed(connection, meeting=meeting)
    return {
        "rounds": rounds,
        "tests": len(rating_rows.reader_tests(connection, meeting)),
        "decided": [(row, *OUTCOMES[row.outcome]) for row in proposed],
        "coded": _coded(connection, excerpts.codes(connection, meeting)),
    }


def _coded(connection: Connection, rows: Iterable[Row[Any]]) -> list[CodedAs]:
    codes = [Coded(row.excerpt_id, row.coder, row.criterion) for row in rows]
    notes: dict[str, set[int]] = {}
    for code in may_see(codes, signed_in().email):
        notes.setdefault(code.criterion, set()).add(code.excerpt)
    titles = criteria_of(services().catalogue, excerpts.new_criteria(connection)) if notes else {}
    found = [CodedAs(one, titles.get(one, ""), len(about), min(about)) for one, about in notes.items()]
    return sorted(found, key=lambda one: (-one.notes, one.criterion))
