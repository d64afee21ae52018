"""What VALORIS starts from: one row for each placement, with what the follow-up after six months says.

Columns that nobody keeps here are there, empty, to be filled in outside.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from surveyapp.reports.cells import replace_file
from surveyapp.reports.exports.release import FEWEST, Release
from surveyapp.reports.exports.spreadsheet import write_workbook
from surveyapp.reports.exports.tidy import ENCODING, csv_text
from surveyapp.reports.exports.variables import Value
from surveyapp.reports.exports.wide import cell_text
from surveyapp.reports.frames import Response
from surveyapp.sheets.labels import VALUES
from surveyapp.storage.register_rows import PlacementRow

FOLLOW_UP = "fu6"
# Of the others who are paid at all receive an allowance (indennità), not a wage.
CONTRACTS = ("A14", "ASS")
MONTH = 365.25 / 12
MINUTES = 60
TO_FILL_IN: Mapping[str, str] = {
    "gross_pay": "Retribuzione o indennità lorda, al mese: da completare",
    "disability_class": "Fascia o classe di disabilità: da completare",
    "previous_status": "Condizione prima del percorso: da completare",
    "benefits": "Prestazioni e sussidi, se si possono usare: da completare",
}


@dataclass(frozen=True)
class Row:
    """A placement, the follow-up of its path where this is its last placement, and how it may be told.

    `outcomes` are the words for outcomes of the DULD that enough people share: others are somebody's own.
    """

    placement: PlacementRow
    follow_up: Response | None
    is_last: bool
    release: Release
    outcomes: frozenset[str]


_Read = Callable[[Row], Value]


def write_valoris(
    placements: Iterable[PlacementRow],
    follow_ups: Iterable[Response],
    release: Release,
    folder: Path,
    readme: Iterable[str],
) -> list[Path]:
    """Write valoris.csv and valoris.xlsx. Raises OSError."""
    rows = valoris_rows(list(placements), list(follow_ups), release)
    header: list[Value] = [*COLUMNS, *TO_FILL_IN]
    lines: list[list[Value]] = [[*(read(row) for _, read in COLUMNS.values())] for row in rows]
    filled = [[*line, *([None] * len(TO_FILL_IN))] for line in lines]
    meanings = {name: meaning for name, (meaning, _) in COLUMNS.items()} | dict(TO_FILL_IN)
    name = release.name("valoris")
    cells = [[cell_text(value) for value in line] for line in (header, *filled)]
    return [
        replace_file(folder / f"{name}.csv", csv_text(cells), ENCODING),
        write_workbook(
            folder / f"{name}.xlsx",
            {
                "inserimenti": [header, *filled],
                "colonne": [["Colonna", "Che cosa contiene"], *(list(one) for one in meanings.items())],
                "leggimi": [["Leggimi"], *([line] for line in readme)],
            },
        ),
    ]


def valoris_rows(placements: list[PlacementRow], follow_ups: list[Response], release: Release) -> list[Row]:
    """One row for each placement; de-identified in the order of the keys."""
    latest = {one.administration.path_id: one for one in sorted(follow_ups, key=_sent)}
    last = {one.path_id: one.id for one in sorted(placements, key=lambda one: (one.started_on, one.id))}
    outcomes = _shared(placements)
    rows = [
        Row(
            one,
            latest.get(one.path_id) if last[one.path_id] == one.id else None,
            last[one.path_id] == one.id,
            release,
            outcomes,
        )
        for one in placements
    ]
    return rows if release.identified else sorted(rows, key=_key)


def _sent(response: Response) -> float:
    closed = response.administration.closed_at
    return closed.timestamp() if closed else 0.0


def _key(row: Row) -> tuple[str, date]:
    return row.release.code(row.placement.person_code), row.placement.started_on


def _shared(placements: list[PlacementRow]) -> frozenset[str]:
    people = {(one.duld_outcome, one.person_code) for one in placements if one.duld_outcome}
    counts = Counter(outcome for outcome, _ in people)
    return frozenset(outcome for outcome, count in counts.items() if outcome and count >= FEWEST)


def _outcome(row: Row) -> Value:
    outcome = row.placement.duld_outcome or ""
    return outcome if row.release.identified or outcome in row.outcomes else ""


def _contract(row: Row) -> Value:
    if row.placement.type in CONTRACTS:
        return "contract"
    return {True: "allowance", False: "none", None: ""}[row.placement.paid]


def _months(row: Row) -> Value:
    """From the first to the last day, both counted, in months of 30.44 days; none while it has no end."""
    if row.placement.ended_on is None:
        return None
    return round(((row.placement.ended_on - row.placement.started_on).days + 1) / MONTH, 1)


def _day(row: Row, day: date | None) -> Value:
    return row.release.day(row.placement.person_code, day) if day else None


def _yes_no(fact: bool | None) -> Value:
    return {True: "yes", False: "no", None: ""}[fact]


def _hours(row: Row) -> Value:
    minutes = row.placement.minutes_a_week
    return round(minutes / MINUTES, 2) if minutes else None


def _territory(row: Row) -> Value:
    return row.release.territory(row.placement.province, row.placement.ambito)


def _label(item: str) -> _Read:
    """The words of the option that was chosen at an item of the follow-up."""

    def read(row: Row) -> Value:
        code = row.follow_up.raw(item) if row.follow_up else None
        if code is None or row.follow_up is None:
            return ""
        asked = row.follow_up.questionnaire
        options = asked.wording(asked.instrument.items[item]).format.options
        return next((option.label for option in options if option.code == code), str(code))

    return read


def _figure(item: str) -> _Read:
    """The number that was answered at an item of the follow-up."""

    def read(row: Row) -> Value:
        given = row.follow_up.given.get(item) if row.follow_up else None
        if given is None:
            return None
        found = given.answer.text if given.answer.value is None else given.answer.value
        return float(found) if found is not None else None

    return read


def _columns() -> Iterator[tuple[str, str, _Read]]:
    yield "person_code", "Persona", lambda row: row.release.code(row.placement.person_code)
    yield "placement_code", "Inserimento", lambda row: row.release.code(row.placement.code)
    yield "province", "Provincia", lambda row: row.placement.province
    yield "ambito", "Ambito", lambda row: row.release.ambito(row.placement.province, row.placement.ambito)
    yield "territory", "Territorio", _territory
    yield "type", "Tipo di inserimento, codice", lambda row: row.placement.type
    yield "type_label", "Tipo di inserimento", lambda row: VALUES["placement_type"][row.placement.type]
    yield "host_code", "Chi ospita", lambda row: row.release.code(row.placement.host)
    yield "host_kind", "Che ente è chi ospita", lambda row: row.placement.host_kind or ""
    yield "article_14", "Convenzione ex art. 14?", lambda row: _yes_no(row.placement.type == "A14")
    yield "agreement_code", "Convenzione", lambda row: row.release.code(row.placement.agreement)
    yield "executing_body_code", "Ente esecutore", lambda row: row.release.code(row.placement.executing_body)
    yield "client_firm_code", "Impresa committente", lambda row: row.release.code(row.placement.client_firm)
    yield "contract", "Contratto, indennità (allowance) o niente (none)", _contract
    yield "hours_a_week", "Ore alla settimana", _hours
    yield "started_on", "Inizio", lambda row: _day(row, row.placement.started_on)
    yield "ended_on", "Fine, anche prevista; vuoto se non c'è", lambda row: _day(row, row.placement.ended_on)
    yield "months", "Mesi dall'inizio alla fine", _months
    yield "paid", "È pagato?", lambda row: _yes_no(row.placement.paid)
    yield "duld", "DULD attivata?", lambda row: _yes_no(row.placement.duld)
    yield "duld_outcome", "Esito della DULD, se lo hanno almeno 5 persone", _outcome
    yield "last_of_path", "È l'ultimo inserimento del percorso?", lambda row: _yes_no(row.is_last)
    yield "fu6_condition", "A 6 mesi: condizione (solo all'ultimo inserimento)", _label("FU6_03")
    yield "fu6_contract", "A 6 mesi: contratto", _label("FU6_05")
    yield "fu6_hours_a_week", "A 6 mesi: ore alla settimana", _figure("FU6_05B")
    yield "fu6_months_worked", "A 6 mesi: mesi lavorati nei 6 mesi", _figure("FU6_06")
    yield "demonstration", "Persona inventata?", lambda row: _yes_no(row.placement.demonstration)


COLUMNS: Mapping[str, tuple[str, _Read]] = {name: (meaning, read) for name, meaning, read in _columns()}
