"""The instruments to read: what they ask, of whom, how they are scored; their versions; the study plan."""

from flask import abort, render_template, request

from surveyapp.instruments.comparison import compare
from surveyapp.instruments.publication import comparability
from surveyapp.web.services import services
from surveyapp.web.staff import (
    instruments_differences,
    instruments_plan,
    instruments_preview,
    instruments_version,
)
from surveyapp.web.staff.instruments_choice import picked
from surveyapp.web.staff.instruments_known import Family, families, family, included_in
from surveyapp.web.staff.pages import blueprint, today_here


@blueprint.get("/strumenti")
def instruments() -> str:
    """Every instrument and module, in its version in use."""
    known = families(services().catalogue, today_here())
    return render_template("staff/instruments.html", families=known, about=instruments_version)


@blueprint.get("/strumenti/piano")
def study_plan() -> str:
    """For whom each form is due, when and in which version; the choices still open."""
    catalogue = services().catalogue
    plan = catalogue.plan() if catalogue.plans else None
    known = families(catalogue, today_here())
    in_use = {one.id: one.in_use for one in known if not one.is_module}
    return render_template(
        "staff/instruments_plan.html",
        plan=plan,
        due=instruments_plan.due(plan, in_use) if plan else [],
        choices=instruments_plan.choices(plan) if plan else [],
    )


@blueprint.get("/strumenti/<instrument>")
def instrument_versions(instrument: str) -> str:
    """The versions of an instrument, and how they came to be."""
    return render_template("staff/instrument_versions.html", family=_family(instrument))


@blueprint.get("/strumenti/<instrument>/differenze")
def instrument_differences(instrument: str) -> str:
    """What changed between two versions, and which scores can be compared."""
    found = _family(instrument)
    if len(found.readable) == 1:
        return render_template("staff/instrument_differences.html", family=found, comparison=None)
    before, after, notes = instruments_differences.asked_for(list(found.readable), request.args)
    old, new = found.readable[before], found.readable[after]
    comparison = compare(old, new, found.kinds(before, after))
    levels = comparison.comparability
    if not found.is_module:
        levels = comparability(services().catalogue, instrument, before, after)
    return render_template(
        "staff/instrument_differences.html",
        family=found,
        notes=notes,
        comparison=comparison,
        step=instruments_differences.STEPS.get(comparison.step),
        pairs=instruments_differences.pairs(old, new),
        sentences=instruments_differences.sentences(comparison),
        rows=instruments_differences.rows(old, new, levels),
    )


@blueprint.get("/strumenti/<instrument>/<version>")
def instrument_version(instrument: str, version: str) -> str:
    """One version: manual, forms, occasions, what is computed from the answers."""
    found = _family(instrument)
    shown = found.readable.get(version) or abort(404)
    users = included_in(services().catalogue, shown, today_here()) if found.is_module else []
    return render_template(
        "staff/instrument.html", family=found, instrument=shown, about=instruments_version, users=users
    )


@blueprint.get("/strumenti/<instrument>/<version>/scheda")
def instrument_form(instrument: str, version: str) -> str:
    """One form as its respondent meets it, in the context that the address asks for."""
    found = _family(instrument)
    if found.is_module:
        abort(404)  # its questions are asked by the instruments that include it
    choice = picked(found.readable.get(version) or abort(404), request.args)
    parts = instruments_preview.parts(choice.questionnaire)
    return render_template(
        "staff/instrument_form.html",
        choice=choice,
        parts=parts,
        total=sum(len(part.questions) for part in parts),
        practice=instruments_preview.practice(choice.questionnaire),
    )


def _family(instrument: str) -> Family:
    return family(services().catalogue, instrument, today_here()) or abort(404)
