"""Decisions about the instruments: proposed with what they rest on, taken with a reason, kept for ever."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flask import abort, flash, redirect, render_template, request, url_for
from sqlalchemy import Connection, Row
from werkzeug.wrappers import Response as Reply

from surveyapp.focus_groups.decisions import LONGEST_TEXT, Proposal
from surveyapp.focus_groups.evidence import decided, homes_of
from surveyapp.storage import decisions as stored
from surveyapp.storage.engine import reading, writing
from surveyapp.storage.revision_tables import OBJECTS
from surveyapp.web.languages import gettext as _
from surveyapp.web.languages import later
from surveyapp.web.services import now, services
from surveyapp.web.staff import grounds, shown
from surveyapp.web.staff.guard import signed_in
from surveyapp.web.staff.pages import blueprint, today_here
from surveyapp.web.staff.report_choices import titles

OUTCOMES: Mapping[str, tuple[str, str]] = {
    "open": (later("Da decidere"), "due"),
    "accepted": (later("Accolta"), "done"),
    "rejected": (later("Respinta"), "lost"),
    "postponed": (later("Rinviata"), "open"),
}
OBJECT_WORDS: Mapping[str, str] = {
    "item": later("Una domanda"),
    "criterion": later("Un criterio"),
    "scale": later("Una scala"),
    "rule": later("Una regola"),
    "instrument": later("Lo strumento intero"),
}
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
    evidence: tuple[grounds.Link, ...]
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
    """The form of a proposal."""
    return _form(Proposal("aut", "item", request.args.get("item", ""), "", ""), "", "")


@blueprint.post("/decisioni/nuova")
def propose_decision() -> Reply | tuple[str, int]:
    """Keep a proposal."""
    typed = Proposal(
        *(_typed(name) for name in ("instrument", "object_kind", "object_id", "proposal", "evidence"))
    )
    known = titles(services().catalogue)
    if typed.instrument not in known or typed.object_kind not in OBJECTS:
        abort(400)
    if problem := _problem(typed):
        return _form(typed, *problem), 422
    with writing(services().engine) as connection:
        code = stored.propose(
            connection,
            typed.grounds,
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


def _problem(typed: Proposal) -> tuple[str, str] | None:
    """The field that is wrong and what to do."""
    if not typed.object_id and typed.object_kind != "instrument":
        return "object_id", NO_OBJECT
    if not typed.proposal:
        return "proposal", NO_PROPOSAL
    long = next((name for name in ("proposal", "evidence") if len(getattr(typed, name)) > LONGEST_TEXT), "")
    return (long, TOO_LONG) if long else None


def _form(typed: Proposal, wrong: str, error: str) -> str:
    return render_template(
        "staff/decision_new.html",
        typed=typed,
        wrong=wrong,
        error=error,
        instruments=titles(services().catalogue),
        objects=OBJECT_WORDS,
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
    told = decided(connection, rows)
    homes = homes_of(connection, told.values())
    return [_line(row, grounds.links(told[row.id].evidence, homes)) for row in rows]


def _line(row: Row[Any], evidence: tuple[grounds.Link, ...]) -> Line:
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
        evidence=evidence,
        history=grounds.history(row.instrument, row.object_id),
    )
