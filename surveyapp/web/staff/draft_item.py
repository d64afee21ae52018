"""One question of a draft: its words side by side, how hard they are, how respondents see them."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from flask import abort, flash, redirect, render_template, request, url_for
from sqlalchemy import Connection, Row
from werkzeug.wrappers import Response as Reply

from surveyapp.focus_groups import draft_fields, drafts
from surveyapp.focus_groups.draft_fields import DraftItem
from surveyapp.focus_groups.edit_model import AddItem, Edit, MoveItem, PutInScale, TakeFromScale
from surveyapp.focus_groups.wording import Measured, measured
from surveyapp.instruments.model import Instrument
from surveyapp.instruments.plain_language import EASY, LONGEST_SENTENCE
from surveyapp.instruments.writer import document_of
from surveyapp.storage import drafts as stored
from surveyapp.storage.engine import reading, writing
from surveyapp.web.languages import gettext as _
from surveyapp.web.languages import later
from surveyapp.web.services import now, services
from surveyapp.web.staff import drafts_shown, grounds, instruments_preview
from surveyapp.web.staff.drafts import TOLD, family_of, found
from surveyapp.web.staff.guard import signed_in
from surveyapp.web.staff.instruments_choice import FIELDS_ASKED, Picker, picked
from surveyapp.web.staff.pages import blueprint

# How the question is shown.
SHOWN_BY = ("scheda", "rilevazione", "territorio", *FIELDS_ASKED)
NAMES: Mapping[str, str] = {
    "criterion": later("Criterio"),
    "text": later("Testo"),
    "hint": later("Riga sotto la domanda"),
    "label": later("Risposta"),
}


@dataclass(frozen=True)
class Field:
    """A text to write: `theirs` is what stands in the draft where somebody else wrote it meanwhile."""

    name: str
    label: str
    words: str
    measured: Measured | None
    easy: bool
    theirs: str | None = None


@dataclass(frozen=True)
class Form:
    """The wordings of a form, variant by variant; or answers of one format."""

    title: str
    fields: tuple[Field, ...]


@dataclass(frozen=True)
class Seen:
    """The question as the respondent of a variant meets it; None where it is not asked here."""

    title: str
    question: instruments_preview.Question | None


@dataclass(frozen=True)
class Typed:
    """What somebody sent that was not saved: the words, and why it was not."""

    words: Mapping[str, str]
    outcome: str
    faults: tuple[str, ...] = ()


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
    words = {name: _clean(text) for name, text in request.form.items()}
    with writing(services().engine) as connection:
        row = found(connection, draft)
        family = family_of(row.instrument)
        asked = _asked(connection, row, item, words, family)
        if words.get("do") == "take":
            drafts.take(connection, draft, signed_in().email, now())
        done = drafts.save(connection, draft, asked, now()) or abort(404)
        reasons = stored.reasons(connection, draft)
    if done.outcome in TOLD:
        typed = Typed(words, done.outcome, tuple(fault.sentence for fault in done.faults))
        status = 422 if done.outcome == drafts.REFUSED else 409
        return _page(done.draft, reasons, item, typed), status
    flash(_("Salvato."))
    return redirect(_next(done.draft, item, words), 303)


def _clean(text: str) -> str:
    return text.replace("\0", "").replace("\r\n", "\n").strip()


def _asked(
    connection: Connection, row: Row[Any], item: str, words: Mapping[str, str], family: drafts.Family
) -> drafts.Save:
    """The edits of a page, on the text that it showed. 404 for an item that was not there."""
    written = words.get("revision", "")
    is_number = written.isascii() and written.isdigit() and len(written) < 10
    shown = stored.text_at(connection, row.id, int(written)) if is_number else row.document
    known = draft_fields.item_of(document_of((shown or row.document).encode()), item) or abort(404)
    if shown is None or not is_number:
        abort(422)
    edits = [*draft_fields.edits(known, words), *_more(known, words)]
    return drafts.Save(edits, int(written), signed_in().email, family.used)


def _more(item: DraftItem, words: Mapping[str, str]) -> Iterator[Edit]:
    """What a button asks beside the words."""
    do, scale = words.get("do"), words.get("scale", "")
    if do in ("up", "down"):
        yield MoveItem(item.id, 1 if do == "down" else -1)
    elif do == "add":
        texts = dict.fromkeys(item.seen_as, "")
        yield AddItem(item.id, words.get("new_id", ""), words.get("new_criterion", ""), texts)
    elif do == "remove":
        yield from draft_fields.removal(item)
    elif do == "put":
        yield PutInScale(scale, item.id)
    elif do and do.startswith("out."):
        yield TakeFromScale(do.removeprefix("out."), item.id)


def _next(row: Row[Any], item: str, words: Mapping[str, str]) -> str:
    """Where to go after a save: to a new question, back to the draft of one that is gone."""
    if words.get("do") == "remove":
        return url_for(".draft", draft=row.id)
    to = words.get("new_id", item) if words.get("do") == "add" else item
    return url_for(".draft_item", draft=row.id, item=to, **_kept())


def _kept() -> dict[str, Any]:
    """What of the address says how the question is shown."""
    return {name: request.args[name] for name in SHOWN_BY if name in request.args}


def _page(row: Row[Any], reasons: Mapping[str, Row[Any]], item: str, typed: Typed | None) -> str:
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
        criterion=_field(known, "criterion", typed),
        forms=_forms(document, known, typed),
        answers=_answers(known, typed),
        scales=[one["id"] for one in document.get("scales", ()) if one["id"] not in known.scales],
        faults=[fault for fault in review.faults if fault.place == item],
        others=sum(fault.place != item for fault in review.faults),
        typed=typed,
        told=TOLD.get(typed.outcome) if typed else None,
        pickers=pickers,
        seen=seen,
        kept=_kept(),
        easy_from=EASY,
        longest=LONGEST_SENTENCE,
    )


def _field(item: DraftItem, name: str, typed: Typed | None) -> Field:
    stands = item.fields[name]
    words = typed.words.get(name, stands) if typed else stands
    kind, *of = name.split(".")
    is_wording = kind in draft_fields.WORDINGS
    conflict = typed is not None and typed.outcome == drafts.STALE and words != stands
    return Field(
        name=name,
        label=f"{NAMES[kind]} {of[-1]}" if kind == "label" else str(NAMES[kind]),
        words=words,
        measured=measured(words) if is_wording and words else None,
        easy=is_wording and of[1] == "easy",
        theirs=stands if conflict else None,
    )


def _forms(document: draft_fields.Document, item: DraftItem, typed: Typed | None) -> list[Form]:
    """The wordings, one block for each form and variant."""
    return [
        Form(
            f"{form}, {draft_fields.variant_title(document, form, variant)}",
            tuple(_field(item, f"{key}.{form}.{variant}", typed) for key in draft_fields.WORDINGS),
        )
        for form, variant in item.seen_as
    ]


def _answers(item: DraftItem, typed: Typed | None) -> list[Form]:
    """The options of the formats that the item is answered with."""
    formats = dict.fromkeys(name.split(".")[1] for name in item.fields if name.startswith("label."))
    return [
        Form(
            found,
            tuple(_field(item, name, typed) for name in item.fields if name.startswith(f"label.{found}.")),
        )
        for found in formats
    ]


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
