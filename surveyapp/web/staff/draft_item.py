"""One question of a draft: its words side by side, how hard they are, how respondents see them."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flask import abort, flash, redirect, render_template, request, url_for
from sqlalchemy import Connection, Row
from werkzeug.wrappers import Response as Reply

from surveyapp.focus_groups import draft_fields, drafts
from surveyapp.focus_groups.draft_fields import DraftItem
from surveyapp.instruments.model import Instrument
from surveyapp.instruments.plain_language import EASY, LONGEST_SENTENCE
from surveyapp.instruments.writer import document_of
from surveyapp.storage import drafts as stored
from surveyapp.storage.engine import reading, writing
from surveyapp.web.languages import gettext as _
from surveyapp.web.services import now, services
from surveyapp.web.staff import draft_rule_words, drafts_shown, grounds, instruments_preview
from surveyapp.web.staff.draft_item_fields import Typed, field, wordings
from surveyapp.web.staff.draft_saves import pressed, shown_text, typed
from surveyapp.web.staff.drafts import TOLD, family_of, found
from surveyapp.web.staff.guard import signed_in
from surveyapp.web.staff.instruments_choice import FIELDS_ASKED, Picker, picked
from surveyapp.web.staff.pages import blueprint

# How the question is shown.
SHOWN_BY = ("scheda", "rilevazione", "territorio", *FIELDS_ASKED)
# The other pages of a question, by the button that saves and goes there.
BESIDE: Mapping[str, str] = {"rule": ".draft_rule", "options": ".draft_options"}


@dataclass(frozen=True)
class Seen:
    """The question as the respondent of a variant meets it; None where it is not asked here."""

    title: str
    question: instruments_preview.Question | None


@blueprint.get("/bozze/<int:draft>/<item>")
def draft_item(draft: int, item: str) -> str:
    """One question of a draft."""
    with reading(services().engine) as connection:
        row = found(connection, draft)
        reasons = stored.reasons(connection, draft)
    return _page(row, reasons, item, None)


@blueprint.post("/bozze/<int:draft>/<item>")
def save_draft_item(draft: int, item: str) -> Reply | tuple[str, int]:
    """Save the words of a question, and do with it what the button says."""
    words = typed()
    with writing(services().engine) as connection:
        row = found(connection, draft)
        family = family_of(row.instrument)
        asked = _asked(connection, row, item, family)
        if words.get("do") == "take":
            drafts.take(connection, draft, signed_in().email, now())
        done = drafts.save(connection, draft, asked, now()) or abort(404)
        reasons = stored.reasons(connection, draft)
    if done.outcome in TOLD:
        refused = Typed(words, done.outcome, tuple(fault.sentence for fault in done.faults))
        status = 422 if done.outcome == drafts.REFUSED else 409
        return _page(done.draft, reasons, item, refused), status
    flash(_("Salvato."))
    return redirect(_next(done.draft, item, words), 303)


def _asked(connection: Connection, row: Row[Any], item: str, family: drafts.Family) -> drafts.Save:
    """The edits of a page, on the text that it showed. 404 for an item that was not there."""
    shown, revision = shown_text(connection, row)
    known = draft_fields.item_of(document_of(shown.encode()), item) or abort(404)
    edits = [*draft_fields.edits(known, typed()), *pressed(known, typed())]
    return drafts.Save(edits, revision, signed_in().email, family.used)


def _next(row: Row[Any], item: str, words: Mapping[str, str]) -> str:
    """Where to go after a save: to a new question, a page beside this, the draft of one that is gone."""
    if words.get("do") == "remove":
        return url_for(".draft", draft=row.id)
    if words.get("do") in BESIDE:
        return url_for(BESIDE[words["do"]], draft=row.id, item=item)
    to = words.get("new_id", item) if words.get("do") == "add" else item
    return url_for(".draft_item", draft=row.id, item=to, **_kept())


def _kept() -> dict[str, Any]:
    """What of the address says how the question is shown."""
    return {name: request.args[name] for name in SHOWN_BY if name in request.args}


def _page(row: Row[Any], reasons: Mapping[str, Row[Any]], item: str, sent: Typed | None) -> str:
    document = document_of(row.document.encode())
    known = draft_fields.item_of(document, item) or abort(404)
    review = drafts.review(row, family_of(row.instrument), reasons)
    pickers, seen = _seen(review.instrument, row.kind, known) if review.instrument else ((), [])
    return render_template(
        "staff/draft_item.html",
        draft=drafts_shown.head(row),
        history=grounds.history(row.instrument, item),
        revision=row.revision,
        item=known,
        criterion=field(known, "criterion", sent),
        forms=wordings(document, known, sent),
        has_answers=any(name.startswith("label.") for name in known.fields),
        said=draft_rule_words.said(document, known.node),
        said_of_section=draft_rule_words.said(document, known.section),
        sections=_other_sections(document, known),
        scales=[one["id"] for one in document.get("scales", ()) if one["id"] not in known.scales],
        faults=[fault for fault in review.faults if fault.place == item],
        others=sum(fault.place != item for fault in review.faults),
        typed=sent,
        told=TOLD.get(sent.outcome) if sent else None,
        pickers=pickers,
        seen=seen,
        kept=_kept(),
        easy_from=EASY,
        longest=LONGEST_SENTENCE,
    )


def _other_sections(document: draft_fields.Document, item: DraftItem) -> dict[str, str]:
    """Where the item could go: the other sections, by id."""
    known = {str(one.get("id")): str(one.get("title", "")) for one in document.get("sections", ())}
    return {code: title for code, title in known.items() if code != item.section.get("id")}


def _seen(instrument: Instrument, kind: str, item: DraftItem) -> tuple[tuple[Picker, ...], list[Seen]]:
    """The question in the context that the address asks for, in each variant; of a module, nothing."""
    if kind == drafts.MODULE or not item.seen_as:
        return (), []
    asked = {"scheda": item.seen_as[0][0], **_kept()}
    written = instrument.declared[item.id]
    occasions = [
        code
        for code in written.occasions
        if code in instrument.forms[asked_form(instrument, asked)].occasions
    ]
    if occasions:
        asked.setdefault("rilevazione", occasions[0])
    choices = [
        picked(instrument, {**asked, "variante": variant})
        for variant in instrument.forms[asked_form(instrument, asked)].variants
    ]
    pickers = tuple(picker for picker in choices[0].pickers if picker.name in SHOWN_BY)
    return pickers, [_as_seen(choice.questionnaire, item.id) for choice in choices]


def asked_form(instrument: Instrument, asked: Mapping[str, str]) -> str:
    """The form of the address, else the first one."""
    return asked["scheda"] if asked["scheda"] in instrument.forms else next(iter(instrument.forms))


def _as_seen(questionnaire: Any, item: str) -> Seen:
    title = questionnaire.instrument.forms[questionnaire.form].variants[questionnaire.variant].title
    questions = [one for part in instruments_preview.parts(questionnaire) for one in part.questions]
    return Seen(title, next((one for one in questions if one.id == item), None))
