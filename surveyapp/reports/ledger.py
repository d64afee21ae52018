"""The ledger of a version on paper: changes, reasons, and the evidence on each question that changed."""

import hashlib
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from pathlib import Path

from sqlalchemy import Connection

from surveyapp.focus_groups.evidence import chains_of
from surveyapp.focus_groups.ledger import Chain, Changed, Decided, Ground, Rated, Said, Understood
from surveyapp.focus_groups.version_ledger import VersionLedger, for_programs, ledger_of, versions_of
from surveyapp.instruments.catalogue import Catalogue, CatalogueError
from surveyapp.reports.cells import replace_file
from surveyapp.reports.change_report import Tell
from surveyapp.reports.document import Document, Stamp, html
from surveyapp.reports.frames import ROME
from surveyapp.reports.italian import NOTHING, counted, day, listed, number
from surveyapp.reports.printed import printed
from surveyapp.reports.tables import Block, Line, Part, Section, Table
from surveyapp.storage.register import holds_demonstration

AUDIENCES: Mapping[str, str] = {
    "CM": "Collocamenti Mirati",
    "COOP": "cooperative sociali",
    "JOINT": "incontro congiunto",
    "READERS": "lettori con disabilità",
}
SCALES: Mapping[str, str] = {"relevance": "rilevanza del criterio", "clarity": "chiarezza del testo"}
GROUNDS: Mapping[str, str] = {
    "excerpt": "estratto {}",
    "rating": "giudizio {}",
    "reader_test": "prova dei lettori {}",
}
SILENT = "parole non citate, perché manca il consenso"
UNEXPLAINED = "nessuna decisione"
INTERNAL = (
    "Per chi lavora agli strumenti: contiene numeri di piccoli gruppi, e così com'è non si dà ad altri."
)
FOOT = "Chi ha parlato, giudicato o letto è indicato solo dal gruppo."


def write_ledger(
    connection: Connection,
    catalogue: Catalogue,
    instrument_id: str,
    version: str,
    folder: Path,
    *,
    today: date | None = None,
    tell: Tell = lambda _progress, _message: None,
) -> list[Path]:
    """Write the ledger of a version: registro.json, report.html and report.pdf; where these files are.

    Without the system's libraries for PDF there is none: the page can be printed. Raises CatalogueError for
    an unknown version, OSError where the folder cannot be written.
    """
    versions = versions_of(catalogue, instrument_id)
    if versions is None or version not in versions.all:
        raise CatalogueError(f"la versione {instrument_id} {version} non è fra i file degli strumenti")
    tell(10, "Scrivo.")
    ledger = ledger_of(connection, versions, version)
    chains = chains_of(connection, instrument_id, [*versions.all.values()], _changed_items(ledger))
    written = for_programs(connection, versions, version)
    stamp = Stamp(today or datetime.now(ROME).date(), hashlib.sha256(written.encode()).hexdigest())
    page = html(_document(ledger, chains, stamp, demonstration=holds_demonstration(connection)))
    return [
        replace_file(folder / "registro.json", written),
        replace_file(folder / "report.html", page),
        *printed(folder / "report.pdf", page),
    ]


def _changed_items(ledger: VersionLedger) -> dict[str, str]:
    """The questions that changed, in the order of the version, with their criteria."""
    changed = {change.place.partition(".")[0] for change in ledger.changes}
    known = ledger.instrument.declared
    return {item.id: item.criterion for item in known.values() if item.id in changed}


def _document(ledger: VersionLedger, chains: list[Chain], stamp: Stamp, *, demonstration: bool) -> Document:
    instrument = ledger.instrument
    return Document(
        title=f"Registro della versione {instrument.version}: {instrument.title}",
        subtitle=_subtitle(ledger),
        brief=tuple(_brief(ledger)),
        sections=tuple(_sections(ledger, chains)),
        stamp=stamp,
        demonstration=demonstration,
        reading="_reading_ledger.html",
        audience=INTERNAL,
        foot=FOOT,
    )


def _subtitle(ledger: VersionLedger) -> str:
    told = ledger.publication
    since = f"In uso dal {day(told.published_on)}." if told.published_on else ""
    signed = f"Autore: {told.author}. Approvata da: {told.approver}." if told.author else ""
    return " ".join(filter(None, (f"Strumento {ledger.instrument.id}.", since, signed)))


def _brief(ledger: VersionLedger) -> Iterator[str]:
    if not ledger.before:
        yield "È la prima versione: non ha cambiamenti da spiegare."
        return
    changes = counted(len(ledger.changes), "cambiamento", "cambiamenti")
    yield f"Dalla versione {ledger.before}: {changes}, senza decisione {ledger.unexplained}."
    if ledger.publication.note:
        yield ledger.publication.note


def _sections(ledger: VersionLedger, chains: list[Chain]) -> Iterator[Section]:
    if ledger.changes:
        part = Part("elenco", "", tables=(_changes(ledger),))
        yield Section("cambiamenti", "Cambiamenti, motivi e prove", parts=(part,))
    if chains:
        about = "Tutto quello che si sa delle domande che cambiano."
        yield Section("prove", "Le prove, domanda per domanda", (about,), tuple(map(_part, chains)))


def _changes(ledger: VersionLedger) -> Table:
    return Table(
        id="t-cambiamenti",
        caption=f"Dalla versione {ledger.before} alla {ledger.instrument.version}",
        columns=("Cambiamento", "Decisione", "Motivo", "Si fonda su"),
        blocks=(Block("", tuple(map(_change, ledger.changes))),),
        words=(1, 2, 3),
    )


def _change(change: Changed) -> Line:
    if change.because is None:
        return Line(change.sentence, (UNEXPLAINED, NOTHING, NOTHING))
    because = change.because
    return Line(change.sentence, (because.code, because.reason, _grounds(because)))


def _grounds(decided: Decided) -> str:
    return "; ".join(map(_ground, decided.evidence)) or NOTHING


def _ground(ground: Ground) -> str:
    return GROUNDS.get(ground.kind, "{}").format(ground.reference)


def _part(chain: Chain) -> Part:
    return Part(f"prove-{chain.item.lower()}", f"{chain.item}: {chain.criterion}", tuple(_evidence(chain)))


def _evidence(chain: Chain) -> Iterator[str]:
    yield from map(_said, chain.said)
    if chain.withheld:
        waiting = counted(chain.withheld, "estratto aspetta", "estratti aspettano")
        yield f"{waiting} la seconda codifica."
    yield from map(_rated, chain.rated)
    yield from map(_understood, chain.understood)
    for one in chain.decided:
        yield f"{one.code}: {one.proposal} Si fonda su: {_grounds(one)}."
    if not (chain.said or chain.withheld or chain.rated or chain.understood or chain.decided):
        yield "Non c'è ancora niente."


def _said(one: Said) -> str:
    words = f"«{one.text}»" if one.text else SILENT
    on = f", {day(one.on)}" if one.on else ""
    return f"Estratto {one.excerpt} ({one.meeting}, {AUDIENCES[one.audience]}{on}): {words}."


def _rated(one: Rated) -> str:
    found = one.validity
    wording = f", {one.version} {one.form} {one.variant}" if one.form else ""
    value = f"I-CVI {number(found.value, 2)}" if found.value is not None else "I-CVI non calcolato"
    raters = counted(found.raters, "giudizio", "giudizi")
    about = f"{SCALES[one.scale]}{wording}"
    return f"{one.round} ({AUDIENCES[one.audience]}), {about}: {value}, {raters}, d'accordo {found.agreeing}."


def _understood(one: Understood) -> str:
    said = (
        f" Per chi legge vuol dire: {listed([f'«{words}»' for words in one.meanings])}."
        if one.meanings
        else ""
    )
    counts = f"hanno capito {one.yes}, in parte {one.partly}, no {one.no}"
    return f"Lettori ({one.meeting}), {one.version} {one.form} {one.variant}: {counts}.{said}"
