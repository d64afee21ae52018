"""Focus groups: the list, the page of a meeting, what is planned and what was held, who takes part."""

from typing import Any

from flask import abort, flash, redirect, render_template, request, url_for
from sqlalchemy import Connection, Row
from werkzeug.wrappers import Response as Reply

from surveyapp.focus_groups.meetings import Typed, TypedParticipant, participant_problems, problems, values
from surveyapp.storage import focus_groups as stored
from surveyapp.storage import jobs
from surveyapp.storage.engine import reading, writing
from surveyapp.storage.scope import REPORT
from surveyapp.web.languages import gettext as _
from surveyapp.web.services import now, services
from surveyapp.web.staff import shown
from surveyapp.web.staff.focus_outcomes import outcomes
from surveyapp.web.staff.focus_words import AUDIENCES, HELD_BY, messages, warn_of_names
from surveyapp.web.staff.guard import signed_in
from surveyapp.web.staff.pages import blueprint, today_here
from surveyapp.web.staff.report_choices import synthesis_of

CLOSE, REOPEN = "closed", "open"


@blueprint.get("/focus-group")
def focus_groups() -> str:
    """Every meeting, the newest first."""
    with reading(services().engine) as connection:
        rows = stored.listed(connection)
    lines = [(row, _day(row.held_on or row.planned_for), _standing(row)) for row in rows]
    return render_template("staff/focus_groups.html", lines=lines, audiences=AUDIENCES)


@blueprint.get("/focus-group/nuovo")
def new_focus_group() -> str:
    """An empty form."""
    return _form(None, Typed(), {})


@blueprint.post("/focus-group/nuovo")
def add_focus_group() -> Reply | tuple[str, int]:
    """Keep a new meeting; or show the form again and say why not."""
    typed = _typed()
    with writing(services().engine) as connection:
        wrong = _wrong(connection, typed, None)
        if wrong:
            return _form(None, typed, wrong), 422
        made = {"created_by": signed_in().email, "created_at": now()}
        meeting = stored.add(connection, values(typed) | made)
        stored.set_versions(connection, meeting, _pairs(typed))
    flash(_("Focus group aggiunto."))
    warn_of_names([typed.texts])
    return redirect(url_for(".focus_group", meeting=meeting), 303)


@blueprint.get("/focus-group/<int:meeting>")
def focus_group(meeting: int) -> str:
    """One meeting."""
    with reading(services().engine) as connection:
        return _page(connection, found_meeting(connection, meeting), TypedParticipant(), {})


@blueprint.get("/focus-group/<int:meeting>/modifica")
def edit_focus_group(meeting: int) -> str:
    """The form with what is known."""
    with reading(services().engine) as connection:
        row = found_meeting(connection, meeting)
        versions = stored.versions(connection, meeting)
    return _form(row, _known(row, versions), {})


@blueprint.post("/focus-group/<int:meeting>/modifica")
def change_focus_group(meeting: int) -> Reply | tuple[str, int]:
    """Change what is known; or show the form again and say why not."""
    typed = _typed()
    with writing(services().engine) as connection:
        row = found_meeting(connection, meeting, locked=True)
        wrong = _wrong(connection, typed, meeting)
        if wrong:
            return _form(row, typed, wrong), 422
        stored.change(connection, meeting, values(typed))
        stored.set_versions(connection, meeting, _pairs(typed))
    flash(_("Modifiche salvate."))
    warn_of_names([typed.texts])
    return redirect(url_for(".focus_group", meeting=meeting), 303)


@blueprint.post("/focus-group/<int:meeting>/note-chiuse")
def close_focus_group(meeting: int) -> Reply:
    """End the taking of notes, or take it up again."""
    closing = request.form.get("to", CLOSE) != REOPEN
    with writing(services().engine) as connection:
        row = found_meeting(connection, meeting, locked=True)
        if closing != (row.closed_at is not None):
            stored.change(connection, meeting, {"closed_at": now() if closing else None})
    flash(_("Le note sono chiuse.") if closing else _("Le note sono di nuovo aperte."))
    return redirect(url_for(".focus_group", meeting=meeting), 303)


@blueprint.post("/focus-group/<int:meeting>/elimina")
def delete_focus_group(meeting: int) -> Reply | tuple[str, int]:
    """Delete a meeting in which nothing was said; else say what keeps it."""
    with writing(services().engine) as connection:
        row = found_meeting(connection, meeting, locked=True)
        holding = stored.holding(connection, meeting)
        if holding:
            kept = ", ".join(f"{HELD_BY[name]}: {number}" for name, number in holding.items())
            error = _("Questo focus group non si può eliminare: contiene qualcosa (%(kept)s).", kept=kept)
            return _page(connection, row, TypedParticipant(), {}, refused=error), 422
        stored.remove(connection, meeting)
    flash(_("Focus group eliminato: %(code)s.", code=row.code))
    return redirect(url_for(".focus_groups"), 303)


@blueprint.post("/focus-group/<int:meeting>/partecipanti")
def add_focus_participant(meeting: int) -> Reply | tuple[str, int]:
    """Somebody more takes part; or show the page again and say why not."""
    typed = _typed_participant()
    with writing(services().engine) as connection:
        row = found_meeting(connection, meeting, locked=True)
        wrong = _wrong_participant(connection, meeting, typed, None)
        if wrong:
            return _page(connection, row, typed, wrong), 422
        stored.add_participant(connection, meeting, typed.values)
    return _participant_kept(meeting, typed, _("Partecipante aggiunto: %(code)s.", code=typed.code))


@blueprint.get("/focus-group/<int:meeting>/partecipanti/<int:participant>")
def focus_participant(meeting: int, participant: int) -> str:
    """One participant, to be changed."""
    with reading(services().engine) as connection:
        row = found_meeting(connection, meeting)
        one = stored.participant(connection, meeting, participant) or abort(404)
    known = TypedParticipant(one.code, one.role, one.organisation, one.quotable, one.recordable)
    return _participant_page(row, one, known, {})


@blueprint.post("/focus-group/<int:meeting>/partecipanti/<int:participant>")
def change_focus_participant(meeting: int, participant: int) -> Reply | tuple[str, int]:
    """Change a participant; or show the form again and say why not."""
    typed = _typed_participant()
    with writing(services().engine) as connection:
        row = found_meeting(connection, meeting, locked=True)
        one = stored.participant(connection, meeting, participant) or abort(404)
        wrong = _wrong_participant(connection, meeting, typed, participant)
        if wrong:
            return _participant_page(row, one, typed, wrong), 422
        stored.change_participant(connection, participant, typed.values)
        if one.quotable and not typed.quotable:
            forget_syntheses(connection, meeting)
    return _participant_kept(meeting, typed, _("Modifiche salvate."))


@blueprint.post("/focus-group/<int:meeting>/partecipanti/<int:participant>/elimina")
def delete_focus_participant(meeting: int, participant: int) -> Reply:
    """Take a participant off the list; who spoke or voted stays on it."""
    with writing(services().engine) as connection:
        found_meeting(connection, meeting, locked=True)
        one = stored.participant(connection, meeting, participant) or abort(404)
        heard = stored.is_heard(connection, participant)
        if not heard:
            stored.remove_participant(connection, participant)
    stays = _("%(code)s ha parlato o votato: resta fra i partecipanti.", code=one.code)
    flash(stays if heard else _("Partecipante eliminato: %(code)s.", code=one.code))
    return redirect(url_for(".focus_group", meeting=meeting, _anchor="partecipanti"), 303)


def found_meeting(connection: Connection, meeting: int, *, locked: bool = False) -> Row[Any]:
    """The meeting, or a 404."""
    return stored.found(connection, meeting, locked=locked) or abort(404)


def forget_syntheses(connection: Connection, meeting: int) -> None:
    """Delete the syntheses that may quote what must not be quoted any more."""
    jobs.revoke(connection, REPORT, synthesis_of(meeting), now())


def typed_text(name: str) -> str:
    """A field of the form without what no database holds, and without spaces around."""
    return request.form.get(name, "").replace("\0", "").replace("\r\n", "\n").strip()


def _typed() -> Typed:
    names = set(vars(Typed())) - {"recorded", "versions"}
    texts = {name: typed_text(name) for name in names}
    chosen = request.form.getlist("versions")
    versions = tuple(one for one in _offered() if one in chosen)
    return Typed(**texts, recorded="recorded" in request.form, versions=versions)


def _typed_participant() -> TypedParticipant:
    return TypedParticipant(
        code=typed_text("code"),
        role=typed_text("role"),
        organisation=typed_text("organisation"),
        quotable="quotable" in request.form,
        recordable="recordable" in request.form,
    )


def _known(row: Row[Any], versions: list[tuple[str, str]]) -> Typed:
    same = {name: getattr(row, name) for name in vars(Typed()) if name != "versions"}
    dates = {name: f"{same[name]:%d/%m/%Y}" if same[name] else "" for name in ("planned_for", "held_on")}
    minutes = {"minutes": str(row.minutes or "")}
    return Typed(**{**same, **dates, **minutes}, versions=tuple("@".join(one) for one in versions))


def _wrong(connection: Connection, typed: Typed, own: int | None) -> dict[str, str]:
    found = problems(typed, today_here())
    if "code" not in found and stored.id_of(connection, typed.code) not in (None, own):
        found["code"] = "same_code"
    return messages(found)


def _wrong_participant(
    connection: Connection, meeting: int, typed: TypedParticipant, own: int | None
) -> dict[str, str]:
    found = participant_problems(typed)
    if "code" not in found and stored.participant_with(connection, meeting, typed.code) not in (None, own):
        found["code"] = "same_code"
    return messages(found)


def _participant_kept(meeting: int, typed: TypedParticipant, said: str) -> Reply:
    flash(said)
    warn_of_names([typed.code, typed.role, typed.organisation])
    return redirect(url_for(".focus_group", meeting=meeting, _anchor="partecipanti"), 303)


def _offered() -> dict[str, str]:
    """Every version of every instrument, as `id@version`, in words."""
    known = sorted(services().catalogue.instruments.items())
    return {f"{one}@{version}": f"{found.title} {version}" for (one, version), found in known}


def _pairs(typed: Typed) -> list[tuple[str, str]]:
    return [(one.partition("@")[0], one.partition("@")[2]) for one in typed.versions]


def _day(day: Any) -> str:
    return shown.day(day, today_here()) if day else ""


def _standing(row: Row[Any]) -> tuple[str, str]:
    """The words and the mark of how far a meeting is."""
    if row.closed_at:
        return _("Concluso"), "done"
    return (_("Tenuto, note aperte"), "open") if row.held_on else (_("Previsto"), "later")


def _form(row: Row[Any] | None, typed: Typed, errors: dict[str, str]) -> str:
    return render_template(
        "staff/focus_form.html", row=row, typed=typed, errors=errors, audiences=AUDIENCES, versions=_offered()
    )


def _page(
    connection: Connection,
    row: Row[Any],
    typed: TypedParticipant,
    errors: dict[str, str],
    refused: str = "",
) -> str:
    offered = _offered()
    discussed = stored.versions(connection, row.id)
    return render_template(
        "staff/focus_group.html",
        row=row,
        days=(_day(row.planned_for), _day(row.held_on)),
        standing=_standing(row),
        audience=AUDIENCES[row.audience],
        versions=[(one, offered.get("@".join((one, version)), version)) for one, version in discussed],
        participants=stored.participants(connection, row.id),
        typed=typed,
        errors=errors,
        refused=refused,
        **outcomes(connection, row.id),
    )


def _participant_page(row: Row[Any], one: Row[Any], typed: TypedParticipant, errors: dict[str, str]) -> str:
    return render_template("staff/focus_participant.html", row=row, one=one, typed=typed, errors=errors)
