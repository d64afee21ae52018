"""What decisions rest on, in words and with the page where it is read; the way to what they are about."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask import url_for
from sqlalchemy import Connection, Row

from surveyapp.focus_groups.decisions import KINDS, Evidence
from surveyapp.focus_groups.ledger import Decided
from surveyapp.focus_groups.notes import NEW
from surveyapp.focus_groups.version_ledger import versions_of
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


def told(connection: Connection, evidence: Iterable[Evidence]) -> dict[Evidence, Ground]:
    """Everything that decisions rest on, by kind and number, or by its sentence."""
    wanted = list(dict.fromkeys(evidence))
    there = _there(connection, wanted)
    return {one: _ground(one, there) for one in wanted}


def told_of(connection: Connection, found: Iterable[Decided]) -> dict[Evidence, Ground]:
    """Everything that these decisions rest on."""
    return told(connection, [(one.kind, one.reference) for each in found for one in each.evidence])


def missing(connection: Connection, evidence: Sequence[Evidence]) -> list[str]:
    """The lines that name something that is not there, or may not be used any more."""
    there = _there(connection, evidence)
    return [
        f"{WORD_OF[kind]} {number}"
        for kind, number in evidence
        if kind in WORD_OF and (kind, number) not in there
    ]


def history(instrument: str, about: str) -> str:
    """The address of the history of an item or a new criterion; "" where there is none."""
    if NEW.fullmatch(about):
        return url_for(".criterion_history", criterion=about)
    versions = versions_of(services().catalogue, instrument)
    known = versions is not None and any(about in one.declared for one in versions.all.values())
    return url_for(".item_history", instrument=instrument, item=about) if known else ""


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
