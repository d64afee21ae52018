"""Drafts of the next versions: the list, one with its problems and changes, its file to take away."""

from collections.abc import Callable, Mapping
from typing import Any

from flask import abort, flash, redirect, render_template, request, url_for
from sqlalchemy import Connection, Row
from werkzeug.wrappers import Response as Reply

from surveyapp.focus_groups import draft_review
from surveyapp.focus_groups import drafts as drafting
from surveyapp.focus_groups.edit_model import SetModule, SetVersion
from surveyapp.instruments.writer import document_of
from surveyapp.storage import drafts as stored
from surveyapp.storage.engine import reading, writing
from surveyapp.web.languages import gettext as _
from surveyapp.web.languages import later
from surveyapp.web.services import now, services
from surveyapp.web.staff import drafts_shown, instruments_differences
from surveyapp.web.staff.guard import signed_in
from surveyapp.web.staff.instruments_known import families
from surveyapp.web.staff.pages import blueprint, today_here

# What is said after a save that did not do what was asked.
TOLD: Mapping[str, str] = {
    drafting.TAKEN: later("Un'altra persona sta scrivendo questa bozza: per ora non è cambiato niente."),
    drafting.CLOSED: later("Questa bozza non si scrive più."),
    drafting.STALE: later("Nel frattempo la bozza è cambiata: guarda com'è adesso e riprova."),
    drafting.REFUSED: later("Questa modifica non si può fare."),
}
NOT_YET = later("Adesso non si può: guarda che cosa manca.")
DECIDE = later("Scegli una decisione accettata e, se è un testo, di che tipo è il cambiamento.")


@blueprint.get("/bozze")
def drafts() -> str:
    """The drafts, and the instruments that have none."""
    with reading(services().engine) as connection:
        rows = stored.listed(connection)
    heads = [drafts_shown.head(row) for row in rows]
    living = {row.instrument for row in rows if row.status in stored.LIVING}
    known = families(services().catalogue, today_here())
    without = [one for one in known if one.id not in living]
    return render_template("staff/drafts.html", heads=heads, without=without)


@blueprint.post("/bozze/<instrument>/apri")
def open_draft(instrument: str) -> Reply:
    """Open the next draft of an instrument, or the one that is there."""
    family, text = family_of(instrument), older_text(instrument, request.form.get("da", ""))
    with writing(services().engine) as connection:
        draft = drafting.open_draft(connection, family, signed_in().email, now(), text)
        if text and found(connection, draft).revision > 1:
            flash(_("C'è già una bozza aperta: scartala prima di ripartire da un altro testo."))
    return redirect(url_for(".draft", draft=draft), 303)


@blueprint.get("/bozze/<int:draft>")
def draft(draft: int) -> str:
    """One draft: its questions, its problems, what changed and why."""
    with reading(services().engine) as connection:
        row = found(connection, draft)
        reasons = stored.reasons(connection, draft)
        decisions = stored.accepted(connection, row.instrument)
    family = family_of(row.instrument)
    review = drafting.review(row, family, reasons)
    return render_template(
        "staff/draft.html",
        draft=drafts_shown.head(row),
        title=family.newest.title,
        newest=family.newest.version,
        overtaken=drafting.overtaken(row, family),
        review=review,
        parts=drafts_shown.parts(document_of(row.document.encode()), review),
        lines=drafts_shown.lines(review),
        levels=_levels(family, row, review),
        obstacles=[drafts_shown.OBSTACLES[name] for name in draft_review.obstacles(row, family, review)],
        decisions=decisions,
        kinds=drafts_shown.KIND_CHOICES,
        newer_modules=drafts_shown.newer_modules(row),
    )


@blueprint.get("/bozze/<int:draft>/file")
def draft_file(draft: int) -> Reply:
    """The draft as a file, to be checked or kept elsewhere."""
    with reading(services().engine) as connection:
        row = found(connection, draft)
    reply = Reply(row.document.encode(), mimetype="application/yaml")
    reply.headers["Content-Disposition"] = f'attachment; filename="{row.instrument}-bozza-{row.id}.yaml"'
    return reply


@blueprint.post("/bozze/<int:draft>")
def change_draft(draft: int) -> Reply:
    """Take, release or discard a draft; its version; compare it anew; the decision behind a change."""
    act = ACTS.get(request.form.get("do", ""))
    with writing(services().engine) as connection:
        row = found(connection, draft)
        if act is None:
            abort(422)
        flash(act(connection, row))
    return redirect(url_for(".draft", draft=draft), 303)


def found(connection: Connection, draft: int) -> Row[Any]:
    """The draft of an address; 404 where there is none."""
    return stored.found(connection, draft) or abort(404)


def family_of(instrument: str) -> drafting.Family:
    """The versions of an instrument; 404 where there is none."""
    library = services().shelf.library
    return drafting.family_of(library.catalogue, library.folder, instrument) or abort(404)


def older_text(instrument: str, version: str) -> str | None:
    """The text of an older version to start from; None where none is asked for, 404 where there is none."""
    if not version:
        return None
    library = services().shelf.library
    return drafting.text_of(library.catalogue, library.folder, instrument, version) or abort(404)


def _levels(
    family: drafting.Family, row: Row[Any], review: drafting.Review
) -> list[instruments_differences.Row]:
    if review.comparison is None or review.instrument is None or not review.changes:
        return []
    base = family.versions[row.based_on]
    return instruments_differences.rows(base, review.instrument, review.comparison.comparability)


def _take(connection: Connection, row: Row[Any]) -> str:
    drafting.take(connection, row.id, signed_in().email, now())
    return _("Adesso la bozza la scrivi tu.")


def _release(connection: Connection, row: Row[Any]) -> str:
    drafting.release(connection, row.id, signed_in().email)
    return _("La bozza è libera.")


def _discard(connection: Connection, row: Row[Any]) -> str:
    outcome = drafting.discard(connection, row.id, signed_in().email, now())
    return str(TOLD[outcome]) if outcome in TOLD else _("Bozza scartata. I suoi testi restano.")


def _anew(connection: Connection, row: Row[Any]) -> str:
    family = family_of(row.instrument)
    drafting.compare_anew(connection, row.id, family)
    return _("Adesso la bozza si confronta con la %(version)s.", version=family.newest.version)


def _version(connection: Connection, row: Row[Any]) -> str:
    edits = [SetVersion(request.form.get("version", "").strip())]
    asked = drafting.Save(edits, row.revision, signed_in().email, frozenset())
    done = drafting.save(connection, row.id, asked, now())
    return str(TOLD[done.outcome]) if done and done.outcome in TOLD else _("Numero di versione segnato.")


def _module(connection: Connection, row: Row[Any]) -> str:
    """Take the version in use of a module that the instrument includes."""
    module, _at, version = request.form.get("module", "").partition("@")
    if (module, version) not in services().catalogue.modules:
        abort(422)
    asked = drafting.Save([SetModule(module, version)], row.revision, signed_in().email, frozenset())
    done = drafting.save(connection, row.id, asked, now())
    said = _("Adesso comprende %(module)s %(version)s.", module=module, version=version)
    return str(TOLD[done.outcome]) if done and done.outcome in TOLD else said


def _reason(connection: Connection, row: Row[Any]) -> str:
    place, decision = request.form.get("place", ""), request.form.get("decision", "")
    review = drafting.review(row, family_of(row.instrument), stored.reasons(connection, row.id))
    change = next((one.change for one in review.changes if one.change.place == place), None)
    number = int(decision) if decision.isascii() and decision.isdigit() and len(decision) < 10 else 0
    kind = request.form.get("kind", "")
    if change is None or not drafting.explain(connection, row, change, number, kind):
        return str(DECIDE)
    return _("Decisione segnata.")


def _obstacles(connection: Connection, row: Row[Any]) -> list[str]:
    family = family_of(row.instrument)
    review = drafting.review(row, family, stored.reasons(connection, row.id))
    return draft_review.obstacles(row, family, review)


def _submit(connection: Connection, row: Row[Any]) -> str:
    sent = draft_review.submit(connection, row, _obstacles(connection, row), signed_in().email)
    return _("La bozza è in revisione.") if sent else str(NOT_YET)


def _approve(connection: Connection, row: Row[Any]) -> str:
    if row.author == signed_in().email:
        return _("Chi ha mandato la bozza in revisione non può approvarla: serve un'altra persona.")
    done = draft_review.approve(connection, row, _obstacles(connection, row), signed_in().email)
    return _("La bozza è approvata.") if done else str(NOT_YET)


def _send_back(connection: Connection, row: Row[Any]) -> str:
    back = draft_review.send_back(connection, row)
    return _("La bozza si scrive di nuovo.") if back else str(TOLD[drafting.CLOSED])


ACTS: Mapping[str, Callable[[Connection, Row[Any]], str]] = {
    "take": _take,
    "release": _release,
    "discard": _discard,
    "anew": _anew,
    "version": _version,
    "module": _module,
    "reason": _reason,
    "submit": _submit,
    "approve": _approve,
    "back": _send_back,
}
