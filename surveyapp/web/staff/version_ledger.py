"""The ledger of a version: what changed, by which decision, why, and what the decision rests on."""

from collections.abc import Mapping
from dataclasses import dataclass

from flask import Response, abort, render_template

from surveyapp.focus_groups.decisions import Evidence
from surveyapp.focus_groups.ledger import Changed
from surveyapp.focus_groups.version_ledger import Versions, for_programs, ledger_of, versions_of
from surveyapp.storage.engine import reading
from surveyapp.web.services import services
from surveyapp.web.staff.grounds import Ground, told_of
from surveyapp.web.staff.instruments_differences import KIND_WORDS, sentence
from surveyapp.web.staff.instruments_known import OTHER_YEAR
from surveyapp.web.staff.pages import blueprint
from surveyapp.web.staff.shown import day


@dataclass(frozen=True)
class Line:
    """A change in words; `item` is the question it is about, "" for none."""

    one: Changed
    sentence: str
    kind: str
    item: str
    evidence: tuple[Ground, ...]


@blueprint.get("/strumenti/<instrument>/<version>/registro")
def version_ledger(instrument: str, version: str) -> str:
    """What changed in a version since the one before, and why."""
    versions = _versions(instrument, version)
    with reading(services().engine) as connection:
        ledger = ledger_of(connection, versions, version)
        told = told_of(connection, [one.because for one in ledger.changes if one.because])
    known = ledger.instrument.declared
    return render_template(
        "staff/version_ledger.html",
        ledger=ledger,
        instrument=ledger.instrument,
        since=day(ledger.publication.published_on, OTHER_YEAR) if ledger.publication.published_on else "",
        lines=[_line(one, known, told) for one in ledger.changes],
    )


@blueprint.get("/strumenti/<instrument>/<version>/registro.json")
def version_ledger_file(instrument: str, version: str) -> Response:
    """The ledger of a version for other programs, with the chain of each of its questions."""
    versions = _versions(instrument, version)
    with reading(services().engine) as connection:
        written = for_programs(connection, versions, version)
    response = Response(written, content_type="application/json")
    name = f"registro-{instrument}-{version}.json"
    response.headers["Content-Disposition"] = f"attachment; filename={name}"
    return response


def _versions(instrument: str, version: str) -> Versions:
    found = versions_of(services().catalogue, instrument)
    if found is None or version not in found.all:
        abort(404)
    return found


def _line(one: Changed, known: Mapping[str, object], told: Mapping[Evidence, Ground]) -> Line:
    item, evidence = one.place.partition(".")[0], one.because.evidence if one.because else ()
    return Line(
        one=one,
        sentence=sentence(one.sentence),
        kind=KIND_WORDS.get(one.kind, ""),
        item=item if item in known else "",
        evidence=tuple(told[ground.kind, ground.reference] for ground in evidence),
    )
