"""What a decision rests on, in words and with the page where it is read; the way from there to a proposal."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask import url_for
from sqlalchemy import Connection, Row

from surveyapp.focus_groups.decisions import KINDS, Evidence
from surveyapp.storage import grounds as stored
from surveyapp.storage import open_answers
from surveyapp.web.languages import gettext as _
from surveyapp.web.languages import later
from surveyapp.web.services import services
from surveyapp.web.staff.guard import signed_in
from surveyapp.web.staff.roles import may

# The first word of a line of evidence, as the address of a proposal has it too.
WORD_OF: Mapping[str, str] = {kind: word for word, kind in KINDS.items()}
EVIDENCE_WORDS: Mapping[str, str] = {
    "excerpt": later("Estratto %(number)s"),
    "rating": later("Giudizio %(number)s"),
    "reader_test": later("Prova dei lettori %(number)s"),
}


@dataclass(frozen=True)
class Ground:
    """One thing a decision rests on; `address` is empty for a sentence and where there is nothing to open."""

    words: str
    address: str = ""
    is_typed: bool = False


def grounds_of(connection: Connection, evidence: Sequence[Evidence]) -> list[Ground]:
    """What a decision rests on, in the order in which it was written."""
    there = _there(connection, evidence)
    return [_ground(one, there) for one in evidence]


def missing(connection: Connection, evidence: Sequence[Evidence]) -> list[str]:
    """The lines that name something that is not there, or may not be used any more."""
    there = _there(connection, evidence)
    return [
        f"{WORD_OF[kind]} {number}"
        for kind, number in evidence
        if kind in WORD_OF and (kind, number) not in there
    ]


def to_propose(about: str, meeting: int | None = None, **rests_on: Iterable[int]) -> str:
    """The address of the form of a proposal with what is known already; `rests_on` is by kind of evidence."""
    known: dict[str, Any] = {WORD_OF[kind]: list(numbers) for kind, numbers in rests_on.items()}
    instrument = instrument_of(about)
    kind = "item" if instrument else "criterion"
    known |= {"strumento": instrument, "cosa": kind if about else None, "codice": about or None}
    return url_for(".new_decision", incontro=meeting, **known)


def instrument_of(item: str) -> str | None:
    """The first instrument whose newest version has an item; None for a criterion that none has."""
    catalogue = services().catalogue
    known = sorted({one for one, _version in catalogue.instruments})
    return next((one for one in known if item in catalogue.newest(one).declared), None)


def _there(connection: Connection, evidence: Sequence[Evidence]) -> dict[Evidence, tuple[str, str]]:
    """Words and address of each piece of evidence that is there, by kind and number."""
    found: dict[Evidence, tuple[str, str]] = {}
    for kind, told in _TOLD.items():
        numbers = {int(number) for one, number in evidence if one == kind}
        rows = stored.found(connection, kind, numbers) if numbers else {}
        found |= {(kind, str(number)): told(row) for number, row in rows.items()}
    left = {int(number) for kind, number in evidence if kind == "excerpt" and (kind, number) not in found}
    answers = open_answers.usable(signed_in().scope, connection, left) if left else {}
    return found | {("excerpt", str(number)): _answer(row) for number, row in answers.items()}


def _ground(one: Evidence, there: Mapping[Evidence, tuple[str, str]]) -> Ground:
    kind, reference = one
    if kind not in EVIDENCE_WORDS:
        return Ground(reference, is_typed=True)
    number = str(EVIDENCE_WORDS[kind]) % {"number": reference}
    if one not in there:
        return Ground(_("%(number)s: non c'è più, oppure è stato ritirato", number=number))
    words, address = there[one]
    return Ground(f"{number}: {words}", address)


def _note(row: Row[Any]) -> tuple[str, str]:
    words = _("nota %(number)s di %(meeting)s", number=row.position, meeting=row.meeting)
    return words, url_for(".notes", meeting=row.meeting_id, nota=row.id, _anchor="codifica")


def _answer(row: Row[Any]) -> tuple[str, str]:
    words = _("risposta a %(item)s", item=row.item.partition(".")[0])
    if not may(signed_in().granted.role, "staff.coded_answers"):
        return words, ""
    question = {"instrument": row.instrument, "item": row.item.partition(".")[0]}
    return words, url_for(".coded_answers", **question, risposta=row.answer, _anchor="codifica")


def _rating(row: Row[Any]) -> tuple[str, str]:
    words = _("%(criterion)s in «%(title)s»", criterion=row.criterion, title=row.round_title)
    return words, url_for(".rating_results", round=row.round_id)


def _test(row: Row[Any]) -> tuple[str, str]:
    words = _("%(reader)s su %(item)s, %(meeting)s", reader=row.reader, item=row.item, meeting=row.meeting)
    return words, url_for(".reader_tests", focus=row.meeting_id)


_TOLD: Mapping[str, Callable[[Row[Any]], tuple[str, str]]] = {
    "excerpt": _note,
    "rating": _rating,
    "reader_test": _test,
}
