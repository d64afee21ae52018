"""What stands around the questions of a draft: titles, glossary, how many answers a score needs."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flask import abort, flash, redirect, render_template, url_for
from sqlalchemy import Row
from werkzeug.wrappers import Response as Reply

from surveyapp.focus_groups import draft_checks, draft_frame, drafts
from surveyapp.focus_groups.edit_model import Fault
from surveyapp.instruments.writer import document_of
from surveyapp.storage.engine import reading, writing
from surveyapp.web.languages import gettext as _
from surveyapp.web.languages import later
from surveyapp.web.services import now, services
from surveyapp.web.staff import drafts_shown
from surveyapp.web.staff.draft_saves import shown_text, typed
from surveyapp.web.staff.drafts import TOLD, family_of, found
from surveyapp.web.staff.guard import signed_in
from surveyapp.web.staff.pages import blueprint

MINIMUM, MEANING = "minimum.", "meaning."
PLACES = ("title", "sections", "forms", "occasions", "scales", "glossary")
# The groups of the page, by what the names of their fields begin with.
GROUPS: Mapping[str, str] = {
    "title..": later("Titolo dello strumento"),
    "title.sections.": later("Titoli delle sezioni"),
    "title.forms.": later("Titoli delle schede"),
    "title.occasions.": later("Titoli delle rilevazioni"),
    "title.scales.": later("Titoli delle scale"),
    MINIMUM: later("Quante risposte valide servono per un punteggio"),
    MEANING: later("Glossario"),
}
LABELS: Mapping[str, str] = {
    "title..": later("Titolo"),
    "title.sections.": later("Sezione {name}"),
    "title.forms.": later("Scheda {name}"),
    "title.occasions.": later("Rilevazione {name}"),
    "title.scales.": later("Scala {name}"),
    MINIMUM: later("Scala {scale}, scheda {form}"),
    MEANING: "{name}",
}


@dataclass(frozen=True)
class Field:
    """A text to write; `theirs` is what stands in the draft where somebody else wrote it meanwhile."""

    name: str
    label: str
    words: str
    theirs: str | None = None


@dataclass(frozen=True)
class Group:
    """Fields of one kind."""

    kind: str
    title: str
    fields: tuple[Field, ...]


@blueprint.get("/bozze/<int:draft>/titoli")
def draft_titles(draft: int) -> str:
    """Titles, glossary and minima of a draft."""
    with reading(services().engine) as connection:
        row = found(connection, draft)
    return _page(row, {}, None)


@blueprint.post("/bozze/<int:draft>/titoli")
def save_draft_titles(draft: int) -> Reply | tuple[str, int]:
    """Save titles, glossary and minima, all or none."""
    words = typed()
    with writing(services().engine) as connection:
        row = found(connection, draft)
        shown, revision = shown_text(connection, row)
        if words.get("do") == "take":
            drafts.take(connection, draft, signed_in().email, now())
        edits = draft_frame.edits(document_of(shown.encode()), words)
        asked = drafts.Save(edits, revision, signed_in().email, family_of(row.instrument).used)
        done = drafts.save(connection, draft, asked, now()) or abort(404)
    if done.outcome in TOLD:
        return _page(done.draft, words, done), 422 if done.outcome == drafts.REFUSED else 409
    flash(_("Salvato."))
    return redirect(url_for(".draft_titles", draft=draft), 303)


def _page(row: Row[Any], words: Mapping[str, str], done: drafts.Saved | None) -> str:
    family = family_of(row.instrument)
    stale = done is not None and done.outcome == drafts.STALE
    faults = draft_checks.faults(row.document, family.modules, family.kind)
    return render_template(
        "staff/draft_titles.html",
        draft=drafts_shown.head(row),
        revision=row.revision,
        groups=_groups(document_of(row.document.encode()), words, stale=stale),
        faults=[fault for fault in faults if _is_here(fault)],
        typed=words,
        refusals=done.faults if done else (),
        told=TOLD.get(done.outcome) if done else None,
    )


def _is_here(fault: Fault) -> bool:
    """Whether a problem is about the parts of this page."""
    return fault.place.partition(".")[0] in PLACES


def _groups(document: Mapping[str, Any], words: Mapping[str, str], *, stale: bool) -> list[Group]:
    """The fields by kind; the glossary also where it is empty, since words can be added to it."""
    fields = draft_frame.fields(document)
    found_in = {
        kind: tuple(
            _field(name, _label(kind, name.removeprefix(kind)), stands, words.get(name, stands), stale)
            for name, stands in fields.items()
            if name.startswith(kind)
        )
        for kind in GROUPS
    }
    return [Group(kind, GROUPS[kind], known) for kind, known in found_in.items() if known or kind == MEANING]


def _label(kind: str, name: str) -> str:
    scale, _dot, form = name.partition(".")
    return str(LABELS[kind]).format(name=name, scale=scale, form=form)


def _field(name: str, label: str, stands: str, written: str, stale: bool) -> Field:
    return Field(name, label, written, stands if stale and written != stands else None)
