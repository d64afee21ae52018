"""Open answers and interviews, coded with the criteria and the keys of the notes: nobody's name, no day."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from babel.dates import format_date
from flask import abort, flash, redirect, render_template, request, url_for
from sqlalchemy import Connection
from werkzeug.wrappers import Response as Reply

from surveyapp.focus_groups import open_answers as core
from surveyapp.focus_groups.names import looks_like_names
from surveyapp.focus_groups.open_answers import SMALLEST_CELL, OpenAnswer, OpenQuestion
from surveyapp.storage import excerpts, open_answers
from surveyapp.storage.engine import reading, writing
from surveyapp.web.languages import dates
from surveyapp.web.languages import gettext as _
from surveyapp.web.services import now, services
from surveyapp.web.staff.coding import SECOND, Shown, asked_for, coding_parts, criterion_of, is_second
from surveyapp.web.staff.focus_groups import typed_text
from surveyapp.web.staff.guard import signed_in
from surveyapp.web.staff.pages import blueprint
from surveyapp.web.staff.places import place_words
from surveyapp.web.staff.proposals import to_propose
from surveyapp.web.staff.report_choices import titles


@dataclass(frozen=True)
class Line:
    """An answer as the page shows it: to which form it was given, in which month and, maybe, where."""

    id: int
    key: str
    position: int
    text: str
    given_to: str
    when: str
    names: str
    excerpt: int | None


@blueprint.get("/risposte-aperte")
def open_questions() -> str:
    """The open questions of an instrument, with how many answers each has."""
    known = titles(services().catalogue)
    asked = request.args.get("strumento", "")
    instrument = asked if asked in known else next(iter(known))
    with reading(services().engine) as connection:
        numbers = open_answers.numbers(signed_in().scope, connection, instrument)
    found = core.questions(services().catalogue, instrument).values()
    lines = [(one, sum(numbers.get(item, 0) for item in one.items)) for one in found]
    return render_template("staff/open_questions.html", instruments=known, instrument=instrument, lines=lines)


@blueprint.get("/risposte-aperte/<instrument>/<item>")
def coded_answers(instrument: str, item: str) -> str:
    """The answers to a question, one of them open to be coded."""
    question = _question(instrument, item)
    with reading(services().engine) as connection:
        found = _answers(connection, question)
        return _page(
            connection, question, found, Shown(asked_for("risposta"), {}, {}, is_second(), in_order=True)
        )


@blueprint.post("/risposte-aperte/<instrument>/<item>/<int:answer>/codici")
def add_answer_code(instrument: str, item: str, answer: int) -> Reply | tuple[str, int]:
    """Say what an answer is about; the first code makes its excerpt."""
    typed = {name: typed_text(name) for name in ("criterion", "kind")}
    question, second = _question(instrument, item), is_second()
    with writing(services().engine) as connection:
        excerpts.lock_answer(connection, answer)
        found = _answers(connection, question)
        one = _one(found, answer)
        criterion, wrong = criterion_of(connection, None, typed)
        if wrong or criterion is None:
            return _page(connection, question, found, Shown(answer, typed, wrong, second)), 422
        made = (core.source_of(instrument), signed_in().email, now())
        excerpt = excerpts.of_answer(connection, one.id, one.given_to, *made)
        added = excerpts.code(connection, excerpt, signed_in().email, criterion, typed["kind"], now())
    flash(_("Codice aggiunto: %(code)s.", code=criterion) if added else _("Questo codice c'era già."))
    return _back(instrument, item, answer, second=second)


@blueprint.post("/risposte-aperte/<instrument>/<item>/<int:answer>/codici/<int:code>/togli")
def remove_answer_code(instrument: str, item: str, answer: int, code: int) -> Reply:
    """Take back a code that one gave."""
    question = _question(instrument, item)
    with writing(services().engine) as connection:
        one = _one(_answers(connection, question), answer)
        removed = excerpts.remove_code(connection, one.excerpt or 0, signed_in().email, code)
    flash(_("Codice tolto.") if removed else _("Un codice lo toglie solo chi l'ha dato."))
    return _back(instrument, item, answer, second=is_second())


def _question(instrument: str, item: str) -> OpenQuestion:
    return core.questions(services().catalogue, instrument).get(item) or abort(404)


def _answers(connection: Connection, question: OpenQuestion) -> list[OpenAnswer]:
    zone = services().settings.time_zone
    return core.answers(signed_in().scope, connection, services().catalogue, question, zone)


def _one(found: Sequence[OpenAnswer], answer: int) -> OpenAnswer:
    """The answer; the same 404 for one that is not there, was withdrawn, or is of another question."""
    return next((one for one in found if one.id == answer), None) or abort(404)


def _back(instrument: str, item: str, answer: int, *, second: bool) -> Reply:
    where = _where(answer, second=second)
    return redirect(url_for(".coded_answers", instrument=instrument, item=item, **where), 303)


def _where(answer: int, *, second: bool) -> dict[str, Any]:
    return {"risposta": answer, "come": SECOND if second else None, "_anchor": "codifica"}


def _page(connection: Connection, question: OpenQuestion, found: Sequence[OpenAnswer], page: Shown) -> str:
    here: dict[str, Any] = {"instrument": question.instrument, "item": question.id}
    lines = [_line(one, position) for position, one in enumerate(found, 1)]
    rows = open_answers.codes(signed_in().scope, connection, question.instrument, question.items)
    there = {line.id for line in lines}
    given = [(row.answer, row) for row in rows if row.answer in there]
    parts = coding_parts(connection, lines, given, page)
    return render_template(
        "staff/coded_answers.html",
        question=question,
        title=titles(services().catalogue)[question.instrument],
        fewest=SMALLEST_CELL,
        following=_following(parts),
        to_open=lambda line: url_for(".coded_answers", **here, **_where(line, second=page.second)),
        to_propose=_to_propose,
        to_code=lambda line: url_for(".add_answer_code", **here, answer=line),
        to_take_back=lambda line, code: url_for(".remove_answer_code", **here, answer=line, code=code),
        **parts,
    )


def _to_propose(line: Line, about: str) -> str:
    """Where a change is proposed that rests on an answer; empty while nobody has coded it."""
    return to_propose(about, excerpt=[line.excerpt]) if line.excerpt else ""


def _following(parts: Mapping[str, Any]) -> Line | None:
    """The next answer without a code that may be seen, after the one that is open; else an earlier one."""
    lines, opened = parts["lines"], parts["opened"]
    place = lines.index(opened) if opened in lines else -1
    return next((one for one in [*lines[place + 1 :], *lines[:place]] if not parts["codes"][one.id]), None)


def _line(one: OpenAnswer, position: int) -> Line:
    names = ", ".join(looks_like_names(one.text))
    return Line(one.id, one.key, position, one.text, _given_to(one), _when(one), names, one.excerpt)


def _given_to(one: OpenAnswer) -> str:
    about = one.given_to
    form = services().catalogue.instruments[about["instrument"], about["version"]].forms[about["form"]]
    return ", ".join((form.title, form.variants[about["variant"]].title, about["version"]))


def _when(one: OpenAnswer) -> str:
    month = format_date(one.month, "LLLL y", locale=dates())
    return f"{month}, {place_words(*one.place)}" if one.place else month
