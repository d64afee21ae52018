"""Alerts: who may act on them reads them here, and nowhere else; how they end is kept."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from flask import abort, flash, redirect, render_template, request, url_for
from sqlalchemy import Connection, Row
from werkzeug.wrappers import Response as Reply

from surveyapp.instruments.answers import Answer
from surveyapp.instruments.model import Item
from surveyapp.instruments.path import Questionnaire
from surveyapp.sheets.answers import in_words
from surveyapp.storage import staff_alerts as stored
from surveyapp.storage.alert_tables import BY_STAFF, OUTCOMES, REASONS
from surveyapp.storage.engine import reading, writing
from surveyapp.storage.pinned import context_of
from surveyapp.study.working_days import working_days_after
from surveyapp.web.languages import gettext as _
from surveyapp.web.languages import italian, later
from surveyapp.web.question_page import question_page
from surveyapp.web.services import now, services
from surveyapp.web.staff import shown
from surveyapp.web.staff.guard import signed_in
from surveyapp.web.staff.pages import blueprint, today_here
from surveyapp.web.staff.places import place_words

OUTCOME_WORDS: Mapping[str, str] = dict(
    zip(
        OUTCOMES,
        (
            later("Abbiamo parlato con la persona: la situazione è chiarita"),
            later("La persona ha avuto un aiuto"),
            later("L'abbiamo passata a chi deve intervenire (servizi, autorità)"),
            later("Nessun pericolo: un errore o un malinteso"),
            later("Non siamo riusciti a parlare con la persona"),
        ),
        strict=True,
    )
)
REASON_WORDS: Mapping[str, str] = dict(
    zip(
        REASONS,
        (
            later("Il sesso o il genere"),
            later("L'origine"),
            later("L'età"),
            later("La disabilità"),
            later("La religione"),
            later("Altro"),
        ),
        strict=True,
    )
)
BY_STAFF_TITLE = later("Un testo segnalato dal personale")
# State, its words and the mark of the stylesheet.
STATES: Mapping[str, tuple[str, str]] = {
    "unread": (later("Da leggere"), "late"),
    "read": (later("Letta, aperta"), "open"),
    "closed": (later("Chiusa"), "done"),
}
NO_OUTCOME = later("Scegli com'è andata: senza un esito la segnalazione resta aperta.")


@dataclass(frozen=True)
class Line:
    """An alert as a line of the list. `until` is the last day to act, empty once it is closed."""

    id: int
    code: str
    territory: str
    questionnaire: str
    raised: str
    until: str
    is_late: bool
    words: str
    mark: str
    changed: bool


@dataclass(frozen=True)
class Said:
    """A question that the alert looks at: what was answered when it was raised, and now if that differs."""

    text: str
    then: tuple[str, ...]
    now: tuple[str, ...]


@blueprint.get("/segnalazioni")
def alerts() -> str:
    """The alerts, those to be read first."""
    with reading(services().engine) as connection:
        rows = stored.listed(signed_in().scope, connection)
    return render_template(
        "staff/alerts.html", lines=[_line(row) for row in rows], days=services().settings.safeguarding_days
    )


@blueprint.get("/segnalazioni/<int:alert>")
def alert(alert: int) -> str:
    """One alert: which question, what was answered, about whom. Opening it notes who read it first."""
    with writing(services().engine) as connection:
        stored.mark_read(signed_in().scope, connection, alert, signed_in().email, now())
        row = _found(connection, alert)
        said = _said(connection, row)
    return _page(row, said, "")


@blueprint.post("/segnalazioni/<int:alert>/chiudi")
def close_alert(alert: int) -> Reply | tuple[str, int]:
    """End an alert with its outcome; it stays in the list."""
    outcome, reason = request.form.get("outcome", ""), request.form.get("reason", "")
    with writing(services().engine) as connection:
        row = _found(connection, alert)
        if outcome not in OUTCOMES:
            return _page(row, _said(connection, row), NO_OUTCOME), 422
        why = reason if reason in REASONS else row.reason
        who = signed_in()
        done = stored.close(who.scope, connection, alert, who.email, now(), outcome=outcome, reason=why)
    flash(
        _("Segnalazione chiusa.")
        if done
        else _("Questa segnalazione era già chiusa, o nessuno l'ha ancora letta.")
    )
    return redirect(url_for(".alert", alert=alert), 303)


def questionnaire_of(row: Row[Any]) -> Questionnaire:
    """The questionnaire of an administration's row, as it was answered."""
    instrument = services().catalogue.pinned(row.instrument, row.version, row.digest)
    variant = row.variant or instrument.forms[row.form].default_variant
    return Questionnaire(instrument, row.form, variant, row.occasion, context_of(row.context), row.length)


def _found(connection: Connection, alert_id: int) -> Row[Any]:
    return stored.found(signed_in().scope, connection, alert_id) or abort(404)


def _line(row: Row[Any]) -> Line:
    today = today_here()
    last = _last_day(row.raised_at)
    words, mark = STATES["closed" if row.closed_at else "read" if row.read_at else "unread"]
    return Line(
        id=row.id,
        code=code_of(row),
        territory=place_words(row.province, row.ambito),
        questionnaire=services().catalogue.newest(row.instrument).title,
        raised=shown.moment(row.raised_at, services().settings.time_zone),
        until="" if row.closed_at else shown.day(last, today),
        is_late=not row.closed_at and last < today,
        words=words,
        mark=mark,
        changed=row.last_revision != row.revision,
    )


def _page(row: Row[Any], said: list[Said], error: str) -> str:
    zone = services().settings.time_zone
    questionnaire = questionnaire_of(row)
    return render_template(
        "staff/alert.html",
        row=row,
        line=_line(row),
        said=said,
        error=error,
        title=_title(row, questionnaire),
        form=questionnaire.instrument.forms[row.form].title,
        occasion=shown.occasion_words(services().catalogue, row.instrument, row.occasion),
        read=shown.moment(row.read_at, zone),
        closed=shown.moment(row.closed_at, zone),
        standing=_standing(row.state),
        outcomes=OUTCOME_WORDS,
        reasons=REASON_WORDS,
    )


def _title(row: Row[Any], questionnaire: Questionnaire) -> str:
    titles = {one.id: one.title for one in questionnaire.instrument.alerts}
    return BY_STAFF_TITLE if row.alert_code == BY_STAFF else italian(titles[row.alert_code])


def _standing(state: str) -> str:
    return shown.STANDINGS[state].words if state in shown.STANDINGS else _("Non ancora inviato")


def code_of(row: Row[Any]) -> str:
    """The code by which the staff know what an administration is about."""
    return shown.SUBJECTS[row.subject.partition(":")[0]].format(code=row.code, of=row.placement_code)


def _last_day(raised_at: datetime) -> date:
    there = raised_at.astimezone(services().settings.time_zone).date()
    return working_days_after(there, services().settings.safeguarding_days)


def _said(connection: Connection, row: Row[Any]) -> list[Said]:
    """The question that raised it, the others that its rule looks at, what was asked because of it."""
    questionnaire = questionnaire_of(row)
    items = list(_items(questionnaire, row.alert_code, row.item))
    given = stored.answers(signed_in().scope, connection, row.id, [item.id for item in items])
    return [
        _one_said(questionnaire, item, given[item.id], row.revision if item.id == row.item else 0)
        for item in items
        if item.id in given
    ]


def _items(questionnaire: Questionnaire, code: str, first: str) -> Iterator[Item]:
    """What to show: the questions of the rule, and those that hang on them (what happened, why)."""
    rules = [one.rule.items() for one in questionnaire.instrument.alerts if one.id == code]
    looked_at = frozenset([first]).union(*rules)
    if first in questionnaire.asked_by_id:
        yield questionnaire.asked_by_id[first]
    for item in questionnaire.asked:
        follows = item.show_if is not None and item.show_if.items() & looked_at
        if item.id != first and (item.id in looked_at or (rules and follows)):
            yield item


def _one_said(questionnaire: Questionnaire, item: Item, rows: list[Row[Any]], revision: int) -> Said:
    words = {
        row.revision: in_words(questionnaire, item, Answer(row.value, row.text, row.reason)) for row in rows
    }
    last = rows[-1].revision
    then = revision or last
    text = question_page(questionnaire, item).worded({})
    return Said(text, words[then], words[last] if last != then else ())
