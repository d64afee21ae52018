"""Decisions about the instruments: proposed with what they rest on, taken with a reason, kept for ever."""

from dataclasses import dataclass
from typing import Any

from flask import abort, flash, redirect, render_template, request, url_for
from sqlalchemy import Connection, Row
from werkzeug.wrappers import Response as Reply

from surveyapp.focus_groups.decisions import KINDS, LONGEST_TEXT, NUMBERED, Proposal
from surveyapp.storage import decisions as stored
from surveyapp.storage import focus_groups
from surveyapp.storage.engine import reading, writing
from surveyapp.storage.revision_tables import OBJECTS
from surveyapp.web.languages import gettext as _
from surveyapp.web.languages import later
from surveyapp.web.services import now, services
from surveyapp.web.staff import shown
from surveyapp.web.staff.decision_words import OBJECT_WORDS, OUTCOMES
from surveyapp.web.staff.grounds import Ground, history, missing, told
from surveyapp.web.staff.guard import signed_in
from surveyapp.web.staff.pages import blueprint, today_here
from surveyapp.web.staff.report_choices import titles

FIELDS = ("instrument", "object_kind", "object_id", "proposal", "evidence", "meeting")
NO_MEETING = later("Scegli un focus group dell'elenco, oppure nessuno.")
NO_PROPOSAL = later("Scrivi che cosa proponi di cambiare.")
NO_OBJECT = later("Scrivi il codice di ciò che cambia, per esempio AUT_OCC3.")
NO_OUTCOME = later("Scegli l'esito e scrivi il motivo.")
TOO_LONG = later("Il testo è troppo lungo: al massimo %(n)s caratteri.", n=LONGEST_TEXT)


@dataclass(frozen=True)
class Line:
    """A decision as the pages show it."""

    code: str
    about: str
    proposal: str
    words: str
    mark: str
    reason: str
    decided: str
    meeting: str
    meeting_id: int | None
    evidence: tuple[Ground, ...]
    history: str


@blueprint.get("/decisioni")
def decisions() -> str:
    """Every decision, newest first."""
    with reading(services().engine) as connection:
        rows = stored.listed(connection)
        lines = _lines(connection, rows)
    return render_template("staff/decisions.html", lines=lines)


@blueprint.get("/decisioni/nuova")
def new_decision() -> str:
    """The form of a proposal, with what the page that led here knows already."""
    return _form(_known_already(), "", "")


@blueprint.post("/decisioni/nuova")
def propose_decision() -> Reply | tuple[str, int]:
    """Keep a proposal."""
    typed = Proposal(**{name: _typed(name) for name in FIELDS})
    known = titles(services().catalogue)
    if typed.instrument not in known or typed.object_kind not in OBJECTS:
        abort(400)
    with writing(services().engine) as connection:
        if problem := _problem(connection, typed):
            return _form(typed, *problem), 422
        code = stored.propose(
            connection,
            typed.grounds,
            focus_group_id=int(typed.meeting) if typed.meeting else None,
            instrument=typed.instrument,
            object_kind=typed.object_kind,
            object_id=typed.object_id,
            proposal=typed.proposal,
            proposed_by=signed_in().email,
            proposed_at=now(),
        )
    flash(_("Proposta salvata: %(code)s.", code=code))
    return redirect(url_for(".decision", decision=code), 303)


@blueprint.get("/decisioni/<decision>")
def decision(decision: str) -> str:
    """One decision; while it is open, the form of its outcome."""
    return _page(decision, "", "")


@blueprint.post("/decisioni/<decision>")
def decide(decision: str) -> Reply | tuple[str, int]:
    """Give a proposal its outcome."""
    outcome, reason = request.form.get("outcome", ""), _typed("reason")
    if outcome not in OUTCOMES or outcome == "open" or not reason or len(reason) > LONGEST_TEXT:
        return _page(decision, reason, NO_OUTCOME), 422
    with writing(services().engine) as connection:
        _found(connection, decision)
        taken = stored.decide(connection, decision, outcome, reason, signed_in().email, today_here())
    flash(_("Decisione presa.") if taken else _("C'era già una decisione: è rimasta quella."))
    return redirect(url_for(".decision", decision=decision), 303)


def _typed(name: str) -> str:
    return request.form.get(name, "").replace("\0", "").replace("\r\n", "\n").strip()


def _known_already() -> Proposal:
    asked = request.args
    kind = asked.get("cosa", "")
    lines = [f"{word} {number}" for word in KINDS for number in asked.getlist(word)]
    return Proposal(
        instrument=asked.get("strumento", "aut"),
        object_kind=kind if kind in OBJECTS else "item",
        object_id=asked.get("codice", asked.get("item", "")),
        proposal="",
        evidence="\n".join(line for line in lines if NUMBERED.fullmatch(line)),
        meeting=asked.get("incontro", ""),
    )


def _meetings(connection: Connection) -> dict[str, str]:
    return {str(row.id): f"{row.code}: {row.title}" for row in focus_groups.listed(connection)}


def _problem(connection: Connection, typed: Proposal) -> tuple[str, str] | None:
    """The field that is wrong and what to do."""
    if typed.meeting and typed.meeting not in _meetings(connection):
        return "meeting", NO_MEETING
    if not typed.object_id and typed.object_kind != "instrument":
        return "object_id", NO_OBJECT
    if not typed.proposal:
        return "proposal", NO_PROPOSAL
    long = next((name for name in ("proposal", "evidence") if len(getattr(typed, name)) > LONGEST_TEXT), "")
    if long:
        return long, TOO_LONG
    lost = missing(connection, typed.grounds)
    return (
        ("evidence", _("Non trovo: %(lines)s. Controlla il numero.", lines=", ".join(lost))) if lost else None
    )


def _form(typed: Proposal, wrong: str, error: str) -> str:
    with reading(services().engine) as connection:
        meetings = _meetings(connection)
    return render_template(
        "staff/decision_new.html",
        typed=typed,
        wrong=wrong,
        error=error,
        instruments=titles(services().catalogue),
        objects=OBJECT_WORDS,
        meetings={"": "–", **meetings},
    )


def _page(code: str, reason: str, error: str) -> str:
    with reading(services().engine) as connection:
        row = _found(connection, code)
        (line,) = _lines(connection, [row])
    outcomes = {name: words for name, (words, _mark) in OUTCOMES.items() if name != "open"}
    return render_template(
        "staff/decision.html",
        line=line,
        is_open=row.outcome == "open",
        outcomes=outcomes,
        reason=reason,
        error=error,
    )


def _found(connection: Connection, code: str) -> Row[Any]:
    return stored.found(connection, code) or abort(404)


def _lines(connection: Connection, rows: list[Row[Any]]) -> list[Line]:
    evidence = stored.evidence(connection, [row.id for row in rows])
    known = told(connection, [one for grounds in evidence.values() for one in grounds])
    return [_line(row, [known[one] for one in evidence.get(row.id, [])]) for row in rows]


def _line(row: Row[Any], grounds: list[Ground]) -> Line:
    words, mark = OUTCOMES[row.outcome]
    return Line(
        code=row.code,
        about=" ".join(filter(None, (row.instrument, row.object_id))),
        proposal=row.proposal,
        words=words,
        mark=mark,
        reason=row.reason,
        decided=_("%(day)s, da %(who)s", day=shown.day(row.decided_on, today_here()), who=row.decided_by)
        if row.decided_on
        else "",
        meeting=row.meeting or "",
        meeting_id=row.focus_group_id,
        evidence=tuple(grounds),
        history=history(row.instrument, row.object_id),
    )
