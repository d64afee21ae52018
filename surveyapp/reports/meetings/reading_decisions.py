"""The decisions of a meeting: those taken in it, those that rest on what was said, judged or read there."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection, Row

from surveyapp.focus_groups.names import looks_like_names
from surveyapp.reports.meetings.material import Decided
from surveyapp.reports.meetings.wordings import plain
from surveyapp.storage import decisions as stored
from surveyapp.storage import rating_rows

# What evidence of other meetings is called.
ELSEWHERE: Mapping[str, str] = {
    "excerpt": "una nota di un altro incontro",
    "rating": "un giudizio di un'altra raccolta",
    "reader_test": "una prova dei lettori di un altro incontro",
}
Here = Mapping[stored.Evidence, str]


def read(connection: Connection, meeting: int, notes: Mapping[int, int]) -> tuple[Decided, ...]:
    """The decisions of a meeting, oldest first; `notes` are the numbers of its notes by their ids."""
    rows = stored.listed(connection)[::-1]
    grounds = stored.evidence(connection, [row.id for row in rows])
    here = _here(connection, meeting, notes)
    return tuple(
        _decided(row, grounds.get(row.id, []), here)
        for row in rows
        if row.focus_group_id == meeting or here.keys() & set(grounds.get(row.id, ()))
    )


def _here(connection: Connection, meeting: int, notes: Mapping[int, int]) -> Here:
    """What a decision can rest on in this meeting, in words."""
    found = {("excerpt", str(key)): f"nota {number}" for key, number in notes.items()}
    for row in rating_rows.rounds(connection):
        if row.focus_group_id == meeting:
            for one in rating_rows.questions(connection, row.id):
                found["rating", str(one.id)] = f"giudizi su {one.criterion}"
    for one in rating_rows.reader_tests(connection, meeting):
        found["reader_test", str(one.id)] = f"prova dei lettori su {one.item}"
    return found


def _decided(row: Row[Any], grounds: list[stored.Evidence], here: Here) -> Decided:
    told = [here.get(one) or ELSEWHERE.get(one[0]) or one[1] for one in grounds]
    proposal, reason, *said = map(plain, (row.proposal, row.reason, *told))
    return Decided(
        code=row.code,
        about=plain(f"{row.instrument} {row.object_id}"),
        proposal=proposal,
        grounds=tuple(dict.fromkeys(said)),
        outcome=row.outcome,
        reason=reason,
        on=row.decided_on,
        names=bool(looks_like_names("\n".join((proposal, reason, *said)))),
    )
