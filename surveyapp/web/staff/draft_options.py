"""The answers that a question of a draft offers: their words, one more, one less."""

from typing import Any

from flask import abort, flash, redirect, render_template, url_for
from sqlalchemy import Row
from werkzeug.wrappers import Response as Reply

from surveyapp.focus_groups import draft_fields, drafts
from surveyapp.instruments.writer import document_of
from surveyapp.storage.engine import reading, writing
from surveyapp.web.languages import gettext as _
from surveyapp.web.services import now, services
from surveyapp.web.staff import drafts_shown
from surveyapp.web.staff.draft_item_fields import Typed, answers
from surveyapp.web.staff.draft_saves import pressed, shown_text, typed
from surveyapp.web.staff.drafts import TOLD, family_of, found
from surveyapp.web.staff.guard import signed_in
from surveyapp.web.staff.pages import blueprint


@blueprint.get("/bozze/<int:draft>/<item>/risposte")
def draft_options(draft: int, item: str) -> str:
    """The answers of a question of a draft."""
    with reading(services().engine) as connection:
        row = found(connection, draft)
    return _page(row, item, None)


@blueprint.post("/bozze/<int:draft>/<item>/risposte")
def save_draft_options(draft: int, item: str) -> Reply | tuple[str, int]:
    """Save the words of the answers, and add or take away the one that the button says."""
    words = typed()
    with writing(services().engine) as connection:
        row = found(connection, draft)
        shown, revision = shown_text(connection, row)
        known = draft_fields.item_of(document_of(shown.encode()), item) or abort(404)
        if words.get("do") == "take":
            drafts.take(connection, draft, signed_in().email, now())
        edits = [*draft_fields.edits(known, words), *pressed(known, words)]
        asked = drafts.Save(edits, revision, signed_in().email, family_of(row.instrument).used)
        done = drafts.save(connection, draft, asked, now()) or abort(404)
    if done.outcome in TOLD:
        refused = Typed(words, done.outcome, tuple(fault.sentence for fault in done.faults))
        return _page(done.draft, item, refused), 422 if done.outcome == drafts.REFUSED else 409
    flash(_("Salvato."))
    return redirect(url_for(".draft_options", draft=draft, item=item), 303)


def _page(row: Row[Any], item: str, sent: Typed | None) -> str:
    known = draft_fields.item_of(document_of(row.document.encode()), item) or abort(404)
    return render_template(
        "staff/draft_options.html",
        draft=drafts_shown.head(row),
        revision=row.revision,
        item=known,
        answers=answers(known, sent),
        typed=sent,
        told=TOLD.get(sent.outcome) if sent else None,
    )
