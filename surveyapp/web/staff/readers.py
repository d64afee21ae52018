"""The reading panel of a focus group: what readers understood of a wording, typed in and counted."""

from collections.abc import Mapping
from typing import Any

from flask import abort, flash, redirect, render_template, request, url_for
from sqlalchemy import Connection, Row
from werkzeug.wrappers import Response as Reply

from surveyapp.focus_groups.names import now_told, untold
from surveyapp.focus_groups.readers import FEWEST_READERS, Read, Tried, Understood, by_wording
from surveyapp.focus_groups.rounds import CLARITY
from surveyapp.storage import rating_rows as stored
from surveyapp.storage.engine import reading, writing
from surveyapp.web.languages import gettext as _
from surveyapp.web.languages import later
from surveyapp.web.services import now, services
from surveyapp.web.staff.guard import signed_in
from surveyapp.web.staff.pages import blueprint
from surveyapp.web.staff.proposals import to_propose
from surveyapp.web.staff.rating_choices import offered, sources
from surveyapp.web.staff.ratings import typed

UNDERSTOOD: Mapping[str, str] = {"yes": later("Sì"), "partly": later("In parte"), "no": later("No")}
LONGEST_CODE, LONGEST_TEXT = 20, 2000
FIELDS = ("item", "reader", "understood", "meaning", "proposal")
# Typed freely: a name may be in them.
FREE = ("reader", "meaning", "proposal")
NO_READER = later("Scrivi il codice di chi legge, al massimo %(n)s caratteri: non il nome.", n=LONGEST_CODE)
NO_ANSWER = later("Scegli se ha capito.")
TOO_LONG = later("Il testo è troppo lungo: al massimo %(n)s caratteri.", n=LONGEST_TEXT)


@blueprint.get("/valutazioni/lettori/<int:focus>")
def reader_tests(focus: int) -> str:
    """What readers understood, wording by wording, and a form for one more."""
    with reading(services().engine) as connection:
        return _page(connection, _meeting(connection, focus), request.args, {})


@blueprint.post("/valutazioni/lettori/<int:focus>")
def add_reader_test(focus: int) -> Reply | tuple[str, int]:
    """Write down what a reader understood, asking once about names; the source stays picked for the next."""
    form, source = {name: typed(name) for name in FIELDS}, typed("source")
    known = offered(services().catalogue, (), CLARITY, source)
    if form["item"] not in known:
        abort(400)
    wrong, told = dict(_wrong(form)), typed("told")
    named = untold("\n".join(form[name] for name in FREE), told)
    with writing(services().engine) as connection:
        row = _meeting(connection, focus)
        if wrong or named:
            shown = form | {"source": source, "told": told if wrong else now_told(told, named)}
            return _page(connection, row, shown, wrong, () if wrong else named), 422
        wanted = known[form["item"]]
        wording = {name: getattr(wanted, name) for name in ("instrument", "version", "form", "variant")}
        about = {"focus_group_id": row.id, "written_by": signed_in().email, "written_at": now()}
        stored.add_reader_test(connection, **about, **wording, **form)
    flash(_("Prova di %(reader)s segnata.", reader=form["reader"]))
    return redirect(url_for(".reader_tests", focus=focus, source=source), 303)


def _wrong(form: Mapping[str, str]) -> list[tuple[str, str]]:
    checks = (
        ("reader", 0 < len(form["reader"]) <= LONGEST_CODE, NO_READER),
        ("understood", form["understood"] in UNDERSTOOD, NO_ANSWER),
        ("meaning", len(form["meaning"]) <= LONGEST_TEXT, TOO_LONG),
        ("proposal", len(form["proposal"]) <= LONGEST_TEXT, TOO_LONG),
    )
    return [(name, said) for name, is_right, said in checks if not is_right]


def _meeting(connection: Connection, focus: int) -> Row[Any]:
    return stored.meeting(connection, focus) or abort(404)


def _page(
    connection: Connection,
    row: Row[Any],
    form: Mapping[str, str],
    wrong: Mapping[str, str],
    named: tuple[str, ...] = (),
) -> str:
    catalogue, source = services().catalogue, form.get("source", "")
    known = offered(catalogue, (), CLARITY, source)
    found = by_wording(map(_test, stored.reader_tests(connection, row.id)))
    return render_template(
        "staff/rating_readers.html",
        meeting=row,
        found=[(one, _text(one.wording)) for one in found],
        proposals=[_to_propose(one, row.id) for one in found],
        understood=UNDERSTOOD,
        fewest=FEWEST_READERS,
        sources=sources(catalogue, CLARITY),
        source=source,
        items={code: one.text for code, one in known.items()},
        item=form.get("item", "") if form.get("item", "") in known else "",
        form={name: form.get(name, "") for name in FIELDS},
        errors=wrong,
        named=", ".join(named),
        told=form.get("told", ""),
    )


def _to_propose(one: Understood, meeting: int) -> str:
    """Where a change is proposed that rests on the tests that speak for one; empty without any."""
    tests = one.to_change
    return to_propose(one.wording.item, meeting, reader_test=tests) if tests else ""


def _test(row: Row[Any]) -> Tried:
    wording = Read(row.instrument, row.version, row.item, row.form, row.variant)
    return Tried(wording, row.reader, row.understood, row.meaning, row.proposal, row.id)


def _text(read: Read) -> str:
    """The words that were read; empty where that version is not among the published ones."""
    source = "/".join((read.instrument, read.version, read.form, read.variant))
    found = offered(services().catalogue, (), CLARITY, source).get(read.item)
    return found.text if found else ""
