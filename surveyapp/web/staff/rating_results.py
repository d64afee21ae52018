"""What came out of a round: content validity by audience, comments, and the same as a file."""

import csv
import io
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from babel.numbers import format_decimal
from flask import Response, render_template, request
from sqlalchemy import Connection, Row

from surveyapp.focus_groups.rated import Heard, Outcome, Rated, of_scale, outcomes
from surveyapp.focus_groups.ratings import FEWEST, SCALE_FROM
from surveyapp.sheets.cells import safe_text
from surveyapp.storage import rating_rows as stored
from surveyapp.storage.engine import reading
from surveyapp.web.languages import dates, later
from surveyapp.web.languages import gettext as _
from surveyapp.web.services import services
from surveyapp.web.staff.pages import blueprint
from surveyapp.web.staff.proposals import to_propose
from surveyapp.web.staff.rating_choices import KINDS
from surveyapp.web.staff.ratings import AUDIENCES, found_round

ONE_VOTE = "ente"
VOTES: Mapping[str, str] = {
    "persone": later("Ogni persona conta uno"),
    ONE_VOTE: later("Ogni ente conta uno (media dei suoi giudizi)"),
}
GRADES: Mapping[str, str] = {
    "excellent": later("ottimo"),
    "good": later("buono"),
    "fair": later("discreto"),
    "poor": later("scarso"),
}
VERDICTS: Mapping[bool | None, tuple[str, str]] = {
    True: (later("Accettato"), "done"),
    False: (later("Da rivedere"), "late"),
    None: (later("Meno di %(n)s giudizi", n=FEWEST), "due"),
}
HEADINGS = (
    *("chiede", "criterio", "strumento", "versione", "scheda", "variante", "testo", "gruppo", "voti_contati"),
    *(
        "per_niente",
        "poco",
        "abbastanza",
        "molto",
        "non_so",
        "icvi",
        "soglia",
        "kappa",
        "esito",
        "divergenza",
    ),
)
# As the column `chiede` of the file has it: a code, whatever the language of the page.
IN_FILE = {"relevance": "rilevanza", "clarity": "chiarezza"}
VERDICTS_IN_FILE = {True: "accettato", False: "da_rivedere", None: "pochi_giudizi"}


@dataclass(frozen=True)
class Line:
    """What one audience says of one thing, in words; `question` is repeated for each audience."""

    question: Row[Any]
    audience: str
    heard: Heard
    value: str
    threshold: str
    kappa: str
    words: str
    mark: str
    divergent: bool
    proposal: str


@dataclass(frozen=True)
class ScaleLine:
    """S-CVI/Ave of one scale and audience; `mark` says whether it reaches what it should."""

    title: str
    audience: str
    items: int
    value: str
    mark: str


@dataclass(frozen=True)
class Found:
    """A round with what was sent: its questions, their outcomes, and how many began without sending."""

    questions: tuple[Row[Any], ...]
    outcomes: tuple[Outcome, ...]
    sent: int
    not_sent: int

    def of_kind(self, scale: str) -> list[tuple[Row[Any], Outcome]]:
        """The questions of a kind with their outcomes."""
        both = zip(self.questions, self.outcomes, strict=True)
        return [(question, outcome) for question, outcome in both if question.scale == scale]


@blueprint.get("/valutazioni/<int:round>/risultati")
def rating_results(round: int) -> str:
    """The results; how votes are counted is chosen in the address."""
    votes = _votes()
    with reading(services().engine) as connection:
        row = found_round(connection, round)
        found = _found(connection, round, votes)
    kinds = [scale for scale in KINDS if found.of_kind(scale)]
    return render_template(
        "staff/rating_results.html",
        round=row,
        found=found,
        kinds={scale: KINDS[scale] for scale in kinds},
        lines={
            scale: [line for pair in found.of_kind(scale) for line in _lines(*pair, row.focus_group_id)]
            for scale in kinds
        },
        scales={scale: list(_scales(found.of_kind(scale))) for scale in kinds},
        comments=[(question, one) for question, outcome in _pairs(found) for one in outcome.comments],
        audiences=AUDIENCES,
        votes=VOTES,
        counted=votes,
        enough=_decimal(SCALE_FROM),
    )


@blueprint.get("/valutazioni/<int:round>/risultati.csv")
def rating_file(round: int) -> Response:
    """One line for each thing judged and each audience, as a file."""
    with reading(services().engine) as connection:
        found_round(connection, round)
        found = _found(connection, round, _votes())
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(HEADINGS)
    for question, outcome in _pairs(found):
        writer.writerows(_cells(question, outcome, heard) for heard in outcome.heard)
    response = Response("\ufeff" + out.getvalue(), content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = f"attachment; filename=giudizi-{round}.csv"
    return response


def _votes() -> str:
    asked = request.args.get("voto", "")
    return asked if asked in VOTES else next(iter(VOTES))


def _found(connection: Connection, round_id: int, votes: str) -> Found:
    """What counts are the judgements that were sent; those begun are counted apart."""
    questions = tuple(stored.questions(connection, round_id))
    sent = [
        Rated(row.question_id, row.code, row.audience, row.organisation, row.value, row.comment)
        for row in stored.judgements(connection, round_id)
        if row.submitted_at
    ]
    people = stored.raters(connection, round_id)
    found = outcomes([one.id for one in questions], sent, one_vote=votes == ONE_VOTE)
    sent_by = sum(one.submitted_at is not None for one in people)
    begun = sum(one.submitted_at is None and one.judged > 0 for one in people)
    return Found(questions, tuple(found), sent_by, begun)


def _pairs(found: Found) -> Iterator[tuple[Row[Any], Outcome]]:
    return zip(found.questions, found.outcomes, strict=True)


def _lines(question: Row[Any], outcome: Outcome, meeting: int) -> list[Line]:
    return [_line(question, outcome, heard, meeting) for heard in outcome.heard]


def _line(question: Row[Any], outcome: Outcome, heard: Heard, meeting: int) -> Line:
    validity = heard.validity
    words, mark = VERDICTS[validity.accepted]
    grade = f" ({GRADES[validity.grade]})" if validity.grade else ""
    return Line(
        question=question,
        audience=AUDIENCES[heard.audience],
        heard=heard,
        value=_decimal(validity.value),
        threshold=_decimal(validity.threshold),
        kappa=f"{_decimal(validity.kappa)}{grade}",
        words=words,
        mark=mark,
        divergent=outcome.divergent,
        proposal=to_propose(question.criterion, meeting, rating=[question.id])
        if validity.accepted is False
        else "",
    )


def _scales(pairs: list[tuple[Row[Any], Outcome]]) -> Iterator[ScaleLine]:
    """The whole kind first, then each scale of an instrument that has anything in it."""
    yield from _scale_lines(_("Tutto l'elenco"), [outcome for _question, outcome in pairs])
    by_scale: dict[str, list[Outcome]] = {}
    for question, outcome in pairs:
        for title in _scale_titles(question):
            by_scale.setdefault(title, []).append(outcome)
    for title, found in by_scale.items():
        yield from _scale_lines(title, found)


def _scale_titles(question: Row[Any]) -> list[str]:
    instrument = services().catalogue.instruments.get((question.instrument, question.version))
    scales = instrument.scales if instrument else ()
    wording = f", {question.form} {question.variant}" if question.form else ""
    about = f" ({question.instrument} {question.version}{wording})"
    return [f"{scale.title}{about}" for scale in scales if question.criterion in scale.items]


def _scale_lines(title: str, found: Iterable[Outcome]) -> Iterator[ScaleLine]:
    for one in of_scale(found):
        reached = one.value is not None and round(one.value, 9) >= SCALE_FROM
        mark = "due" if one.value is None else "done" if reached else "late"
        yield ScaleLine(title, AUDIENCES[one.audience], one.items, _decimal(one.value), mark)


def _cells(question: Row[Any], outcome: Outcome, heard: Heard) -> list[str]:
    validity = heard.validity
    texts = (question.criterion, question.instrument, question.version, question.form, question.variant)
    numbers = (validity.value, validity.threshold, validity.kappa)
    return [
        IN_FILE[question.scale],
        *(safe_text(text) for text in (*texts, question.text)),
        heard.audience,
        str(validity.raters),
        *map(str, (*heard.counts, heard.unknown)),
        *("" if number is None else f"{number:.4f}" for number in numbers),
        VERDICTS_IN_FILE[validity.accepted],
        "1" if outcome.divergent else "0",
    ]


def _decimal(number: float | None) -> str:
    return "–" if number is None else str(format_decimal(number, "0.00#", locale=dates()))
