"""Which reports can be asked for, and the files in which each comes."""

from collections.abc import Mapping

from werkzeug.datastructures import MultiDict

from surveyapp.instruments.catalogue import Catalogue
from surveyapp.web.languages import gettext as _
from surveyapp.web.languages import later

CHANGE, VALIDATION, PROJECT, PARTNER = "change", "validation", "project", "partner"
EXPORT = "export"
# Of one focus group, asked for on its page; of the criteria over all of them.
MEETING, MEETINGS = "meeting", "meetings"
# Asked for on the page of a version.
LEDGER = "ledger"
# Those that are about one instrument, which is picked beside.
OF_AN_INSTRUMENT = (VALIDATION, EXPORT)
# What is asked of the worker under "report"; the change of the self-assessment has no such word.
KINDS: Mapping[str, str] = {
    CHANGE: later("Cambiamento osservato nell'Autovalutazione"),
    VALIDATION: later("Validazione di uno strumento"),
    PROJECT: later("Il progetto e i suoi indicatori, uso interno"),
    PARTNER: later("Il progetto e i suoi indicatori, per i partner"),
    MEETINGS: later("Criteri e focus group"),
    EXPORT: later("Dati di uno strumento, de-identificati, in tutti i formati"),
}
OF_A_VERSION: Mapping[str, str] = {LEDGER: later("Registro di una versione")}
CHANGE_INSTRUMENT = "aut"
PAGE = "report.html"
# The other files, in the order of the page: their words and their type.
FILES: Mapping[str, tuple[str, str]] = {
    "report.pdf": (later("PDF"), "application/pdf"),
    "report.docx": (
        later("Word"),
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ),
    "tables.xlsx": (
        later("tabelle"),
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ),
    "results.csv": (later("risultati (CSV)"), "text/csv; charset=utf-8"),
    "results.json": (later("risultati (JSON)"), "application/json"),
    "all.zip": (later("tutto (ZIP)"), "application/zip"),
}


def arguments(form: MultiDict[str, str], catalogue: Catalogue) -> dict[str, str] | None:
    """What to ask of the worker from what was picked; None for anything that is not on the page."""
    kind = form.get("report", CHANGE)
    instrument = form.get("instrument", "")
    if kind in OF_A_VERSION:
        return _of_a_version(kind, instrument, form.get("version", ""), catalogue)
    if kind in OF_AN_INSTRUMENT and instrument in titles(catalogue):
        return {"report": kind, "instrument": instrument}
    fixed = {
        CHANGE: {"instrument": CHANGE_INSTRUMENT},
        PROJECT: {"report": PROJECT, "audience": "internal"},
        PARTNER: {"report": PROJECT, "audience": PARTNER},
        MEETINGS: {"report": MEETINGS},
    }
    return fixed.get(kind)


def synthesis_of(meeting: int) -> dict[str, str]:
    """What every request for the synthesis of a focus group asks of the worker."""
    return {"report": MEETING, "meeting": str(meeting)}


def _of_a_version(kind: str, instrument: str, version: str, catalogue: Catalogue) -> dict[str, str] | None:
    known = {*catalogue.instruments, *catalogue.modules}
    asked = {"report": kind, "instrument": instrument, "version": version}
    return asked if (instrument, version) in known else None


def about(asked: Mapping[str, str], catalogue: Catalogue) -> str:
    """What a report that was asked for is about: an instrument, a version of it; "" for the others."""
    kind, instrument = asked.get("report", CHANGE), asked.get("instrument", "")
    if kind in OF_A_VERSION:
        return f"{titles(catalogue).get(instrument, instrument)} {asked['version']}"
    return titles(catalogue).get(instrument, "") if kind in OF_AN_INSTRUMENT else ""


def titles(catalogue: Catalogue) -> dict[str, str]:
    """The titles of the instruments by id, by title."""
    ids = sorted({instrument_id for instrument_id, _version in catalogue.instruments})
    found = {instrument_id: catalogue.newest(instrument_id).title for instrument_id in ids}
    return dict(sorted(found.items(), key=lambda item: item[1]))


def words(asked: Mapping[str, str]) -> str:
    """The kind of report that was asked for, in the language of the page."""
    kind = asked.get("report", CHANGE)
    if kind == MEETING:
        return _("Sintesi del focus group %(code)s", code=asked["code"])
    known = {**KINDS, **OF_A_VERSION}
    return known[PARTNER if kind == PROJECT and asked.get("audience") == PARTNER else kind]
