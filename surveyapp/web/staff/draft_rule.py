"""When a question of a draft is asked: its rule as rows of menus."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from flask import abort, flash, redirect, render_template, request, url_for
from sqlalchemy import Row as Draft
from werkzeug.wrappers import Response as Reply

from surveyapp.focus_groups import draft_answers, drafts, rule_menus
from surveyapp.focus_groups.draft_fields import Document, item_of
from surveyapp.focus_groups.edit_model import Edit, SetRule
from surveyapp.focus_groups.rule_menus import ITEM, WHERE, Menus, Row
from surveyapp.focus_groups.rule_trees import rule_at
from surveyapp.instruments.read_rules import MOST_CONDITIONS
from surveyapp.instruments.writer import document_of
from surveyapp.storage.engine import reading, writing
from surveyapp.web.languages import gettext as _
from surveyapp.web.languages import later
from surveyapp.web.services import now, services
from surveyapp.web.staff import draft_rule_words, drafts_shown
from surveyapp.web.staff.draft_saves import clean, shown_text
from surveyapp.web.staff.drafts import TOLD, family_of, found
from surveyapp.web.staff.guard import signed_in
from surveyapp.web.staff.instruments_labels import FIELDS, VALUES
from surveyapp.web.staff.pages import blueprint

JOINED: Mapping[str, str] = {
    rule_menus.ALL: later("tutte le condizioni"),
    rule_menus.ANY: later("almeno una delle condizioni"),
}
CHOICES: Mapping[str, str] = {
    "is": later("è fra queste voci"),
    "is_not": later("non è fra queste voci"),
    "at_least": later("è almeno"),
    "at_most": later("è al massimo"),
    "answered": later("c'è"),
    "not_answered": later("non c'è"),
    "known": later("c'è già da una rilevazione di prima"),
    "not_known": later("non c'è ancora da una rilevazione di prima"),
    "where": later("è fra queste voci"),
    "where_not": later("non è fra queste voci"),
}
WITH_OPTIONS, WITH_DEGREES = ("is", "is_not"), rule_menus.LIMITS
ALWAYS = ("answered", "not_answered", "known", "not_known")
OF_CONTEXT = ("where", "where_not")
# Buttons that save nothing: one row more, one less.
ROWS_ONLY = ("more", "less")
NEEDS: Mapping[str, str] = {
    rule_menus.NO_CHOICE: later("Condizione {place}: scegli dalla lista."),
    rule_menus.NO_VALUE: later("Condizione {place}: segna almeno una voce."),
    rule_menus.NO_NUMBER: later("Condizione {place}: scrivi un numero."),
}


@dataclass(frozen=True)
class Condition:
    """A row with what its menus offer: how to compare, what to tick, whether a number can be written."""

    row: Row
    title: str
    about: str
    choices: Mapping[str, str]
    values: Mapping[str, str]
    wants_number: bool
    values_are_italian: bool


@dataclass(frozen=True)
class Typed:
    """Rows that are not in the draft: what they still need, by place, or how their save ended."""

    menus: Menus
    needs: Mapping[int, str]
    outcome: str = ""
    faults: tuple[str, ...] = ()


@blueprint.get("/bozze/<int:draft>/<item>/quando")
def draft_rule(draft: int, item: str) -> str:
    """When a question of a draft is asked."""
    with reading(services().engine) as connection:
        row = found(connection, draft)
    return _page(row, item, None)


@blueprint.post("/bozze/<int:draft>/<item>/quando")
def save_draft_rule(draft: int, item: str) -> Reply | tuple[str, int]:
    """Save the rule of a question; or show its rows anew, with one more or one less."""
    do, chosen = request.form.get("do", ""), _rows(request.form.get("do", ""))
    with writing(services().engine) as connection:
        row = found(connection, draft)
        text, revision = shown_text(connection, row)
        edits = _edits(text, item, chosen)
        if do.partition(".")[0] in ROWS_ONLY:
            return _page(row, item, Typed(chosen, {})), 200
        if edits is None:
            return _page(row, item, Typed(chosen, rule_menus.unfinished(chosen))), 422
        if do == "take":
            drafts.take(connection, draft, signed_in().email, now())
        asked = drafts.Save(edits, revision, signed_in().email, family_of(row.instrument).used)
        done = drafts.save(connection, draft, asked, now()) or abort(404)
    if done.outcome in TOLD:
        faults = tuple(fault.sentence for fault in done.faults)
        status = 422 if done.outcome == drafts.REFUSED else 409
        return _page(done.draft, item, Typed(chosen, {}, done.outcome, faults)), status
    flash(_("Salvato."))
    return redirect(url_for(".draft_item", draft=draft, item=item), 303)


def _edits(text: str, item: str, chosen: Menus) -> list[Edit] | None:
    """The edit that makes the rule what was chosen, where it is another one; None for unfinished rows.

    404 for an item that is not there, 422 for a rule that menus cannot hold: it would be lost.
    """
    known = item_of(document_of(text.encode()), item) or abort(404)
    rule = rule_at(known.node)
    if rule_menus.menus(rule) is None:
        abort(422)
    if rule_menus.unfinished(chosen):
        return None
    new = rule_menus.rule_of(chosen)
    return [SetRule(item, new)] if new != rule else []


def _rows(do: str) -> Menus:
    """The rows that the page sends: without the one that a button takes away, with the one that it adds."""
    names = request.form.getlist("row")
    if len(names) > MOST_CONDITIONS:
        abort(422)
    rows = [_row(place, name) for place, name in enumerate(names)]
    kept = [row for place, row in enumerate(rows) if do != f"less.{place}"]
    kind, _dot, about = request.form.get("about", "").partition(".")
    if do == "more" and kind in (ITEM, WHERE) and about:
        kept.append(Row(kind, about, ""))
    return Menus(request.form.get("joined", rule_menus.ALL), tuple(kept))


def _row(place: int, name: str) -> Row:
    kind, _dot, about = name.partition(".")
    values = tuple(clean(value) for value in request.form.getlist(f"value.{place}"))
    number = clean(request.form.get(f"number.{place}", ""))
    return Row(kind, about, request.form.get(f"choice.{place}", ""), values, number)


def _page(row: Draft[Any], item: str, typed: Typed | None) -> str:
    document = document_of(row.document.encode())
    known = item_of(document, item) or abort(404)
    rule = rule_at(known.node)
    chosen = typed.menus if typed else rule_menus.menus(rule)
    return render_template(
        "staff/draft_rule.html",
        draft=drafts_shown.head(row),
        revision=row.revision,
        item=known,
        said=draft_rule_words.said(document, known.node),
        chosen=chosen,
        conditions=[_condition(document, one) for one in chosen.rows] if chosen else [],
        joined=JOINED,
        questions=draft_answers.before(document, item),
        fields={name: FIELDS[name] for name in draft_rule_words.context(document)},
        typed=typed,
        needs=_needs(typed),
        told=TOLD.get(typed.outcome) if typed else None,
    )


def _needs(typed: Typed | None) -> dict[int, str]:
    """What rows still need, in sentences, by their number on the page."""
    needs = typed.needs if typed else {}
    return {place + 1: str(NEEDS[need]).format(place=place + 1) for place, need in needs.items()}


def _condition(document: Document, row: Row) -> Condition:
    return _OF_KIND[row.kind](document, row) if row.kind in _OF_KIND else abort(422)


def _on_answer(document: Document, row: Row) -> Condition:
    asked = draft_answers.asked(document, row.about)
    options = asked.options if asked else {}
    degrees = asked is not None and asked.has_degrees
    offered = ((*WITH_OPTIONS,) if options else ()) + ((*WITH_DEGREES,) if degrees else ()) + ALWAYS
    return Condition(
        row,
        _("Risposta a %(item)s", item=row.about),
        asked.criterion if asked else "",
        _choices(offered, row),
        _values({code: f"{code}: {words}" for code, words in options.items()}, row),
        degrees or row.choice in WITH_DEGREES,
        True,
    )


def _on_context(document: Document, row: Row) -> Condition:
    known = draft_rule_words.context(document).get(row.about, {})
    title = str(FIELDS.get(row.about, row.about))
    return Condition(
        row, title, "", _choices(OF_CONTEXT, row), _values(known, row), False, row.about not in VALUES
    )


_OF_KIND: Mapping[str, Callable[[Document, Row], Condition]] = {ITEM: _on_answer, WHERE: _on_context}


def _choices(offered: Iterable[str], row: Row) -> dict[str, str]:
    """What a row offers; also what it says already, where the question has changed since."""
    return {name: words for name, words in CHOICES.items() if name in offered or name == row.choice}


def _values(known: Mapping[str, str], row: Row) -> dict[str, str]:
    return {**known, **{value: value for value in row.values if value not in known}}
