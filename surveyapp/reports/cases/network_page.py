"""The half-yearly sheet of a Tavolo di rete: what it says and in which order, from its counts."""

from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path

from sqlalchemy import Connection

from surveyapp.instruments.catalogue import Catalogue
from surveyapp.reports.cases.adjustments import DECIDED
from surveyapp.reports.cases.halves import half_of
from surveyapp.reports.cases.network import (
    ACTIVATED,
    DUE,
    SUGGESTED,
    Territory,
    network_rows,
    options,
    place_of,
    read,
    valued,
)
from surveyapp.reports.cases.small import TOTAL
from surveyapp.reports.cases.words import PLACEMENT_TYPES
from surveyapp.reports.document import Document, Stamp
from surveyapp.reports.files import write_document
from surveyapp.reports.frames import ROME, Study
from surveyapp.reports.italian import NOTHING, day, whole
from surveyapp.reports.numbers import Numbers, Place
from surveyapp.reports.tables import Block, Line, Part, Section, Table

ABOUT = "network"
LAYOUT, READING = "sheet.html", "_reading_network.html"
MOST = 6
PEOPLE = {
    "in_charge": "Persone in carico nel semestre",
    "new": "di cui prese in carico nel semestre",
    "concluded": "di cui con il percorso concluso nel semestre",
}
OTHERS = (
    "Non inviati: in ritardo, scaduti, rifiutati, ritirati, non compilabili. Non contano quelli che sono "
    "ancora nei loro giorni."
)
STATE_WORDS = {DUE: "Previsti", "submitted": "Inviati", "missing": "Non inviati"}
AUDIENCE = (
    "Per il Tavolo di rete: solo conteggi del territorio, nessuna risposta di una persona e nessun testo. "
    "I numeri piccoli non ci sono, perché al Tavolo siedono più enti."
)


def write_network_table(
    connection: Connection,
    catalogue: Catalogue,
    name: str,
    half: str,
    folder: Path,
    *,
    today: date | None = None,
) -> list[Path]:
    """Write the sheet of a territory for a half year ("2026-2"), and return where its files are.

    Raises RefusedError for a territory without anybody and for what is no half year or still to come,
    CatalogueError for a pinned version that is not here unchanged, OSError.
    """
    day_read = today or datetime.now(ROME).date()
    found = read(connection, catalogue, name, half_of(half), day_read)
    numbers = Numbers(tuple(network_rows(found)))
    return write_document(document(catalogue, found, numbers), numbers, folder, ABOUT)


def document(catalogue: Catalogue, found: Territory, numbers: Numbers) -> Document:
    """The sheet as an object."""
    sections = (
        _people_section(found, numbers),
        _placements_section(found, numbers),
        _questionnaires_section(catalogue, found, numbers),
        _adjustments_section(found, numbers),
        _obstacles_section(found, numbers),
        _themes_section(found, numbers),
    )
    return Document(
        title=f"Tavolo di rete: {found.name}",
        subtitle=f"{found.half.words.capitalize()}, accanto al {found.half.before.words}",
        brief=tuple(_brief(found, numbers)),
        sections=sections,
        stamp=Stamp(found.today, found.digest),
        demonstration=found.demonstration,
        reading=READING,
        audience=AUDIENCE,
        layout=LAYOUT,
    )


def _shown(numbers: Numbers, place: Place, statistic: str) -> str:
    """The count, its mark where it is hidden, a dash where there was nothing to count."""
    figure = numbers.figure(place, statistic)
    if figure is None:
        return NOTHING
    return figure.label if figure.value is None else whole(figure.value)


def _brief(found: Territory, numbers: Numbers) -> Iterator[str]:
    now, before = (_shown(numbers, place_of(found, half), "in_charge") for half in found.halves)
    yield f"Persone in carico: {now} (semestre prima: {before})."
    missing, due = (
        _shown(numbers, place_of(found, found.half, subset=TOTAL), name) for name in ("missing", DUE)
    )
    yield f"Questionari non inviati: {missing}, su {due} previsti."
    if found.half.last >= found.today:
        yield f"Il semestre non è finito: i numeri arrivano al {day(found.today)}."


def _two_columns(found: Territory) -> tuple[str, str]:
    return tuple(half.words.capitalize() for half in found.halves)  # type: ignore[return-value]  # two halves


def _people_section(found: Territory, numbers: Numbers) -> Section:
    lines = tuple(
        Line(words, tuple(_shown(numbers, place_of(found, half), name) for half in found.halves))
        for name, words in PEOPLE.items()
    )
    return _one_table(
        "persone", "Persone", "Persone in carico (dal registro)", ("Persone", *_two_columns(found)), lines
    )


def _placements_section(found: Territory, numbers: Numbers) -> Section:
    lines = tuple(
        Line(
            PLACEMENT_TYPES.get(kind, "Tutti"),
            tuple(_shown(numbers, place_of(found, half, subset=kind), "placements") for half in found.halves),
            kind == TOTAL,
        )
        for kind in (*PLACEMENT_TYPES, TOTAL)
    )
    caption = "Inserimenti in corso nel semestre, per tipo (dal registro)"
    return _one_table("inserimenti", "Inserimenti", caption, ("Tipo", *_two_columns(found)), lines)


def _questionnaires_section(catalogue: Catalogue, found: Territory, numbers: Numbers) -> Section:
    title = "Questionari"
    places = [place for place in numbers.places(DUE) if place.occasion == str(found.half)]
    lines = tuple(
        Line(
            "Tutti" if place.subset == TOTAL else catalogue.newest(place.subset).title,
            tuple(_shown(numbers, place, statistic) for statistic in STATE_WORDS),
            place.subset == TOTAL,
        )
        for place in places
    )
    before = place_of(found, found.half.before, subset=TOTAL)
    said = ", ".join(
        f"{STATE_WORDS[statistic].lower()} {_shown(numbers, before, statistic)}" for statistic in STATE_WORDS
    )
    note = f"{OTHERS} Nel {found.half.before.words}: {said}"
    caption = f"Questionari con la scadenza nel semestre, com'erano il {day(found.today)}"
    columns = ("Questionario", *STATE_WORDS.values())
    return _one_table("questionari", title, caption, columns, lines, note)


def _adjustments_section(found: Territory, numbers: Numbers) -> Section:
    places = numbers.places("decided")
    by_half = {(place.occasion, place.subset): place for place in places}
    lines = tuple(
        Line(label, tuple(_shown(numbers, by_half[str(half), str(code)], "decided") for half in found.halves))
        for code, label in options(found.quality, DECIDED).items()
    )
    caption = f"In quanti inserimenti, per tipo (strumento {_instrument(found.quality, places)})"
    columns = ("Aggiustamento", *_two_columns(found))
    return _one_table("aggiustamenti", "Aggiustamenti decisi", caption, columns, lines)


def _obstacles_section(found: Territory, numbers: Numbers) -> Section:
    title = "Ostacoli più frequenti"
    places = _largest(numbers, "hinders")
    people = len(valued(found))
    if not places:
        return Section("ostacoli", title, (_too_few(people),))
    items = found.potential.instrument.items
    lines = tuple(Line(items[place.item].criterion, (_shown(numbers, place, "hinders"),)) for place in places)
    caption = (
        f"Quante persone, su {people} con una valutazione del potenziale "
        f"(strumento {_instrument(found.potential, places)})"
    )
    note = "Un fattore non compare dove meno di 5 persone ne sono ostacolate, o meno di 5 non lo sono."
    return _one_table("ostacoli", title, caption, ("Fattore che ostacola", "Persone"), lines, note)


def _themes_section(found: Territory, numbers: Numbers) -> Section:
    """What the people in charge need, beside what is there for them already."""
    title = "Temi aperti"
    places = _largest(numbers, "suggested")
    people = len(valued(found))
    if not places:
        return Section("temi", title, (_too_few(people),))
    words = options(found.potential, SUGGESTED)
    codes = {label: str(code) for code, label in options(found.potential, ACTIVATED).items()}
    activated = {place.subset: place for place in numbers.places("activated")}
    lines = tuple(
        Line(
            label := words[int(place.subset)],
            (
                _shown(numbers, place, "suggested"),
                _shown(numbers, activated[codes[label]], "activated")
                if codes.get(label) in activated
                else NOTHING,
            ),
        )
        for place in places
    )
    caption = (
        f"Servizi e azioni suggeriti per gli ostacoli, e attivati: quante persone su {people} "
        f"(strumento {_instrument(found.potential, places)})"
    )
    note = f"{NOTHING}: la scheda non chiede se è stato attivato."
    return _one_table("temi", title, caption, ("Servizio o azione", "Suggerito", "Attivato"), lines, note)


def _largest(numbers: Numbers, statistic: str) -> list[Place]:
    """Where a statistic is shown, the largest first."""
    shown = [place for place in numbers.places(statistic) if numbers.value(place, statistic) is not None]
    return sorted(shown, key=lambda place: -(numbers.value(place, statistic) or 0))[:MOST]


def _too_few(people: int) -> str:
    if not people:
        return "Non c'è ancora nessuna valutazione del potenziale delle persone in carico."
    return "Per ora nessun numero è abbastanza grande per essere mostrato."


def _instrument(study: Study, places: list[Place]) -> str:
    versions = dict.fromkeys(place.version for place in places if place.version)
    return f"{study.instrument.id} {' + '.join(versions)}".strip()


def _one_table(
    section: str,
    title: str,
    caption: str,
    columns: tuple[str, ...],
    lines: tuple[Line, ...],
    note: str = "",
) -> Section:
    table = Table(f"tabella-{section}", caption, columns, (Block("", lines),), note=note)
    return Section(section, title, parts=(Part("", "", tables=(table,)),))
