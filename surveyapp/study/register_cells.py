"""One row of the files of organisations, agreements, placements, accompaniments: each cell checked."""

from collections.abc import Mapping
from dataclasses import MISSING, dataclass, fields
from datetime import date
from functools import partial
from typing import Any, TypeVar

from surveyapp.instruments.rule import PLACEMENT_TYPES
from surveyapp.instruments.source import Problem
from surveyapp.study import cells
from surveyapp.study.cells import Reading
from surveyapp.study.csv_file import Cells, Layout, name_of


@dataclass(frozen=True)
class Line:
    """One row as the file tells it: `line` is where it begins, `told` are the columns that the file has."""

    line: int
    told: frozenset[str]
    code: str


@dataclass(frozen=True)
class OrganisationLine(Line):
    """A company, a cooperative or another body."""

    kind: str
    province: str
    ambito: str
    size_class: str | None = None
    sector: str | None = None


@dataclass(frozen=True)
class AgreementLine(Line):
    """An agreement under article 14; its parties by code."""

    province: str
    ambito: str
    executing_body: str
    client_firm: str
    signed_on: date
    expires_on: date
    ended_on: date | None = None


@dataclass(frozen=True)
class PlacementLine(Line):
    """A placement; person, host and agreement by code."""

    person_code: str
    type: str
    started_on: date
    host: str | None = None
    agreement: str | None = None
    ended_on: date | None = None
    end_reason: str | None = None
    minutes_a_week: int | None = None
    paid: bool | None = None
    duld: bool | None = None
    duld_outcome: str | None = None


@dataclass(frozen=True)
class AccompanimentLine(Line):
    """The accompaniment of an organisation, by its code."""

    organisation: str
    started_on: date
    ended_on: date | None = None


AnyLine = OrganisationLine | AgreementLine | PlacementLine | AccompanimentLine
L = TypeVar("L", bound=Line)

# What an organisation is, by the words that a file may use.
KINDS: Mapping[str, str] = {
    "azienda": "company",
    "cooperativa B": "cooperative_b",
    "consorzio": "consortium",
    "impresa sociale": "social_enterprise",
    "ente del terzo settore": "non_commercial_third_sector",
    "società benefit": "benefit_company",
    "ente pubblico": "public_body",
    "altro": "other",
    "company": "company",
    "cooperative_b": "cooperative_b",
    "consortium": "consortium",
    "social_enterprise": "social_enterprise",
    "non_commercial_third_sector": "non_commercial_third_sector",
    "benefit_company": "benefit_company",
    "public_body": "public_body",
    "other": "other",
}
SIZES: Mapping[str, str] = {
    "meno di 15": "under_15",
    "da 15 a 35": "15_to_35",
    "da 36 a 50": "36_to_50",
    "più di 50": "over_50",
    "under_15": "under_15",
    "15_to_35": "15_to_35",
    "36_to_50": "36_to_50",
    "over_50": "over_50",
}
# The largest number of employees of each class but the last.
SIZE_LIMITS = ((14, "under_15"), (35, "15_to_35"), (50, "36_to_50"))

ORGANISATIONS = Layout(
    {
        "code": ("codice", "code"),
        "kind": ("tipo_ente", "kind"),
        "province": ("provincia", "province"),
        "ambito": ("ambito",),
        "size_class": ("dimensione", "size"),
        "sector": ("settore", "sector"),
    },
    ("code", "kind", "province"),
)
AGREEMENTS = Layout(
    {
        "code": ("codice", "code"),
        "province": ("provincia", "province"),
        "ambito": ("ambito",),
        "executing_body": ("ente_esecutore", "executing_body"),
        "client_firm": ("committente", "client_firm"),
        "signed_on": ("data_firma", "signed"),
        "expires_on": ("scadenza", "expires"),
        "ended_on": ("data_chiusura", "ended"),
    },
    ("code", "province", "executing_body", "client_firm", "signed_on", "expires_on"),
)
PLACEMENTS = Layout(
    {
        "code": ("codice", "code"),
        "person_code": ("persona", "person"),
        "type": ("tipo", "type"),
        "host": ("ospitante", "host"),
        "agreement": ("convenzione", "agreement"),
        "started_on": ("inizio", "start"),
        "ended_on": ("fine", "end"),
        "end_reason": ("motivo_fine", "end_reason"),
        "minutes_a_week": ("ore_settimanali", "weekly_hours"),
        "paid": ("compenso", "paid"),
        "duld": ("duld",),
        "duld_outcome": ("esito_duld", "duld_outcome"),
    },
    ("code", "person_code", "type", "started_on"),
)
ACCOMPANIMENTS = Layout(
    {
        "code": ("codice", "code"),
        "organisation": ("ente", "organisation"),
        "started_on": ("inizio", "start"),
        "ended_on": ("fine", "end"),
    },
    ("code", "organisation", "started_on"),
)


def read_organisation(row: Cells) -> tuple[OrganisationLine | None, list[Problem]]:
    """The organisation of a row, or None; and everything wrong in it."""
    reading = Reading(row, ORGANISATIONS)
    values = {
        "code": reading.read("code", cells.organisation_code),
        "kind": reading.read("kind", cells.one_of(KINDS)),
        **_place(reading),
        "size_class": reading.optional("size_class", _size_class),
        "sector": reading.optional("sector", cells.words),
    }
    return _made(OrganisationLine, reading, values)


def read_agreement(row: Cells) -> tuple[AgreementLine | None, list[Problem]]:
    """The agreement of a row, or None; and everything wrong in it."""
    reading = Reading(row, AGREEMENTS)
    signed = reading.read("signed_on", cells.day)
    from_signing = partial(cells.day_from, signed, "della firma")
    values = {
        "code": reading.read("code", cells.code),
        **_place(reading),
        "executing_body": reading.read("executing_body", cells.code),
        "client_firm": reading.read("client_firm", cells.code),
        "signed_on": signed,
        "expires_on": reading.read("expires_on", from_signing),
        "ended_on": reading.optional("ended_on", from_signing),
    }
    if values["client_firm"] and values["client_firm"] == values["executing_body"]:
        reading.refuse("client_firm", "è anche l'ente esecutore: servono due enti diversi")
    return _made(AgreementLine, reading, values)


def read_placement(row: Cells) -> tuple[PlacementLine | None, list[Problem]]:
    """The placement of a row, or None; and everything wrong in it."""
    reading = Reading(row, PLACEMENTS)
    kind = reading.read("type", cells.one_of({code: code for code in PLACEMENT_TYPES}))
    start = reading.read("started_on", cells.day)
    values = {
        "code": reading.read("code", cells.code),
        "person_code": reading.read("person_code", cells.code),
        "type": kind,
        "host": reading.optional("host", cells.code),
        "agreement": reading.optional("agreement", cells.code),
        "started_on": start,
        "ended_on": reading.optional("ended_on", partial(cells.day_from, start, "dell'inizio")),
        "end_reason": reading.optional("end_reason", cells.words),
        "minutes_a_week": reading.optional("minutes_a_week", cells.minutes_of_hours),
        "paid": reading.optional("paid", cells.yes_no),
        "duld": reading.optional("duld", cells.yes_no),
        "duld_outcome": reading.optional("duld_outcome", cells.words),
    }
    _check_placement(reading, row.cells, kind)
    return _made(PlacementLine, reading, values)


def read_accompaniment(row: Cells) -> tuple[AccompanimentLine | None, list[Problem]]:
    """The accompaniment of a row, or None; and everything wrong in it."""
    reading = Reading(row, ACCOMPANIMENTS)
    start = reading.read("started_on", cells.day)
    values = {
        "code": reading.read("code", cells.code),
        "organisation": reading.read("organisation", cells.code),
        "started_on": start,
        "ended_on": reading.optional("ended_on", partial(cells.day_from, start, "dell'inizio")),
    }
    return _made(AccompanimentLine, reading, values)


def _place(reading: Reading) -> dict[str, str | None]:
    province = reading.read("province", cells.province)
    return {"province": province, "ambito": reading.read("ambito", partial(cells.ambito, province))}


def _size_class(written: str) -> str:
    if not (written.isascii() and written.isdecimal() and len(written) < 8):
        return cells.one_of(SIZES)(written)
    employees = int(written)
    return next((size for limit, size in SIZE_LIMITS if employees <= limit), "over_50")


def _check_placement(reading: Reading, written: Mapping[str, str], kind: str | None) -> None:
    """What the cells of a placement must be together."""
    has = {column: bool(written.get(column)) for column in PLACEMENTS.columns}
    is_a14, is_work = kind == "A14", kind not in ("SFA", None)
    no_duld = name_of(written.get("duld", "")) in ("", "no", "n")
    wrong = (
        (is_work and not has["host"], "host", "manca: scrivi il codice dell'ente che ospita"),
        (is_work and not has["paid"], "paid", "manca: scrivi sì se riceve una paga o un'indennità, se no no"),
        (is_a14 and not has["agreement"], "agreement", "manca: per A14 scrivi il codice della convenzione"),
        (kind and not is_a14 and has["agreement"], "agreement", f"c'è solo per A14, non per {kind}: toglila"),
        (has["end_reason"] and not has["ended_on"], "end_reason", "c'è il motivo ma manca fine"),
        (has["duld_outcome"] and no_duld, "duld_outcome", "c'è l'esito ma duld non è sì"),
    )
    for is_wrong, column, sentence in wrong:
        if is_wrong:
            reading.refuse(column, sentence)


def _made(kind: type[L], reading: Reading, values: Mapping[str, Any]) -> tuple[L | None, list[Problem]]:
    needed = [field.name for field in fields(kind) if field.name in values and field.default is MISSING]
    if reading.problems or any(values[name] is None for name in needed):
        return None, reading.problems
    return kind(line=reading.line, told=reading.told, **values), []
