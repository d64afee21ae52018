"""A draft ready for its page: who holds it, its questions, its problems, what changed and why."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row

from surveyapp.focus_groups import draft_review, drafts
from surveyapp.focus_groups.draft_fields import Document
from surveyapp.instruments.comparison_model import KINDS, MAJOR, MINOR, PATCH
from surveyapp.instruments.writer import document_of
from surveyapp.web.languages import later
from surveyapp.web.services import now, services
from surveyapp.web.staff import instruments_differences, shown
from surveyapp.web.staff.guard import signed_in
from surveyapp.web.staff.instruments_known import families
from surveyapp.web.staff.pages import today_here

STATES: Mapping[str, tuple[str, str]] = {
    "draft": (later("In bozza"), "open"),
    "in_review": (later("In revisione"), "due"),
    "approved": (later("Approvata"), "due"),
    "published": (later("Pubblicata"), "done"),
    "discarded": (later("Scartata"), "lost"),
}
KIND_CHOICES: Mapping[str, str] = dict(
    zip(
        KINDS,
        (later("Refuso"), later("Stesso significato"), later("Significato nuovo")),
        strict=True,
    )
)
STEPS: Mapping[str, str] = {
    PATCH: later("correzione"),
    MINOR: later("passo minore"),
    MAJOR: later("passo maggiore"),
}
OBSTACLES: Mapping[str, str] = {
    draft_review.FAULTS: later("ci sono problemi da risolvere"),
    draft_review.OVERTAKEN: later("va confrontata con la versione uscita nel frattempo"),
    draft_review.NOTHING: later("non cambia niente"),
    draft_review.UNEXPLAINED: later("ci sono cambiamenti senza decisione"),
    draft_review.UNDECLARED: later("ci sono testi di cui nessuno ha detto il tipo"),
    draft_review.NEW_MEANING: later("un significato nuovo vuole una domanda nuova, con un id nuovo"),
    draft_review.TOO_SMALL: later("il numero di versione è troppo basso"),
}
PREVIEW = 90


@dataclass(frozen=True)
class Head:
    """A draft in words; `holder` is who else writes it, since when; `mine` when it is this account."""

    id: int
    instrument: str
    version: str
    based_on: str
    words: str
    mark: str
    changed: str
    holder: str
    since: str
    mine: bool
    is_open: bool
    author: str
    approver: str
    status: str


@dataclass(frozen=True)
class Question:
    """A question as a line: its id, criterion and words, and whether it changed or has problems."""

    id: str
    criterion: str
    words: str
    changed: bool
    faulty: bool


@dataclass(frozen=True)
class Part:
    """A section with its questions."""

    id: str
    title: str
    questions: tuple[Question, ...]


@dataclass(frozen=True)
class Line:
    """A change with the sentence that tells it, its least step, its decision and the kind of a text."""

    place: str
    sentence: str
    step: str
    decision: str
    decision_id: int
    kind: str
    wants_kind: bool


def head(row: Row[Any]) -> Head:
    """What is said of a draft wherever it stands."""
    zone = services().settings.time_zone
    words, mark = STATES[row.status]
    held_by = drafts.holder(row, now())
    mine = held_by == signed_in().email
    return Head(
        id=row.id,
        instrument=row.instrument,
        version=row.version,
        based_on=row.based_on,
        words=words,
        mark=mark,
        changed=shown.moment(row.changed_at, zone),
        holder="" if mine else held_by,
        since=_moment(drafts.held_since(row)),
        mine=mine,
        is_open=row.status == "draft",
        author=row.author,
        approver=row.approver,
        status=row.status,
    )


def _moment(moment: datetime | None) -> str:
    return shown.moment(moment, services().settings.time_zone) if moment else ""


def parts(document: Document, review: drafts.Review) -> list[Part]:
    """The sections of a draft, problems or not."""
    changed = {one.change.place.partition(".")[0] for one in review.changes}
    faulty = {fault.place for fault in review.faults}
    return [
        Part(
            str(section.get("id", "")),
            str(section.get("title", "")),
            tuple(_questions(section, changed, faulty)),
        )
        for section in document.get("sections", ())
    ]


def _questions(section: Document, changed: set[str], faulty: set[str]) -> Iterator[Question]:
    for item in section.get("items", ()):
        texts = [words for variants in item.get("text", {}).values() for words in variants.values()]
        words = texts[-1] if texts else ""
        short = words if len(words) <= PREVIEW else f"{words[:PREVIEW].rstrip()}…"
        found = str(item.get("id", ""))
        yield Question(found, str(item.get("criterion", "")), short, found in changed, found in faulty)


def newer_modules(row: Row[Any]) -> list[tuple[str, str, str]]:
    """The modules that a draft includes and that have a newer version in use: id, version, the newer one."""
    included = document_of(row.document.encode()).get("include", ())
    found = [(str(one.get("module", "")), str(one.get("version", ""))) for one in included]
    newest = {
        one.id: one.in_use.version for one in families(services().catalogue, today_here()) if one.is_module
    }
    return [
        (module, version, newest[module])
        for module, version in found
        if newest.get(module, version) != version
    ]


def lines(review: drafts.Review) -> list[Line]:
    """What changed, those without a decision first."""
    if review.comparison is None:
        return []
    told = zip(review.changes, instruments_differences.sentences(review.comparison), strict=True)
    found = [
        Line(
            place=one.change.place,
            sentence=sentence,
            step=STEPS[one.change.step],
            decision=one.decision,
            decision_id=one.decision_id,
            kind=one.change.kind if one.change.declared else "",
            wants_kind=bool(one.change.kind),
        )
        for one, (sentence, _declared) in told
    ]
    return sorted(found, key=lambda line: bool(line.decision))
