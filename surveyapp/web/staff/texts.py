"""What somebody wrote in a questionnaire that was sent: read by the few who may, reported if need be."""

from dataclasses import dataclass
from typing import Any

from flask import abort, flash, redirect, render_template, request, url_for
from sqlalchemy import Connection, Row
from werkzeug.wrappers import Response as Reply

from surveyapp.collection import safeguarding
from surveyapp.instruments.path import Questionnaire
from surveyapp.storage import staff_alerts as stored
from surveyapp.storage.alert_tables import BY_STAFF, REASONS
from surveyapp.storage.engine import reading, writing
from surveyapp.web.languages import gettext as _
from surveyapp.web.question_page import question_page
from surveyapp.web.services import now, services
from surveyapp.web.staff import shown
from surveyapp.web.staff.alerts import REASON_WORDS, code_of, questionnaire_of
from surveyapp.web.staff.guard import signed_in
from surveyapp.web.staff.pages import blueprint


@dataclass(frozen=True)
class Text:
    """One text with its question; `reported` when there is an alert on it."""

    item: str
    revision: int
    question: str
    text: str
    reported: bool


@blueprint.get("/somministrazioni/<sent>/testi")
def texts(sent: str) -> str:
    """The texts of one questionnaire."""
    with reading(services().engine) as connection:
        row = _sent(connection, sent)
        written = _texts(connection, row)
    return render_template(
        "staff/texts.html",
        row=row,
        code=code_of(row),
        questionnaire=services().catalogue.newest(row.instrument).title,
        occasion=shown.occasion_words(services().catalogue, row.instrument, row.occasion),
        texts=written,
        reasons=REASON_WORDS,
    )


@blueprint.post("/somministrazioni/<sent>/testi/<item>/segnala")
def report_text(sent: str, item: str) -> Reply:
    """Raise an alert on a text; a second one on the same text adds nothing."""
    reason = request.form.get("reason", "")
    with writing(services().engine) as connection:
        row = _sent(connection, sent)
        text = next((one for one in _texts(connection, row) if one.item == item), None) or abort(404)
        if not text.reported:
            safeguarding.raise_alert(
                connection,
                row.administration_id,
                BY_STAFF,
                item,
                text.revision,
                now(),
                by=signed_in().email,
                reason=reason if reason in REASONS else None,
            )
    flash(_("Testo segnalato: è nell'elenco delle segnalazioni."))
    return redirect(url_for(".texts", sent=sent), 303)


def _sent(connection: Connection, key: str) -> Row[Any]:
    """The questionnaire; the same 404 when it does not exist, was not sent, or was withdrawn."""
    could_be = key.isascii() and key.isalnum()  # PostgreSQL fails on a text with a null byte
    row = stored.submitted(signed_in().scope, connection, key) if could_be else None
    return row or abort(404)


def _texts(connection: Connection, row: Row[Any]) -> list[Text]:
    questionnaire = questionnaire_of(row)
    return [
        Text(one.item, one.revision, _question(questionnaire, one.item), one.text, one.alert is not None)
        for one in stored.texts(signed_in().scope, connection, row.key)
        if _is_written(questionnaire, one.item)
    ]


def _is_written(questionnaire: Questionnaire, item_id: str) -> bool:
    """Numbers, dates and lists are kept as texts too: nobody wrote them in words of their own."""
    item = questionnaire.asked_by_id.get(item_id)
    return item is not None and questionnaire.wording(item).format.kind == "text"


def _question(questionnaire: Questionnaire, item_id: str) -> str:
    return question_page(questionnaire, questionnaire.asked_by_id[item_id]).worded({})
