"""Criteria over all meetings as one object: how often coded, by which audiences, which are new."""

from collections.abc import Iterator
from datetime import date

from surveyapp.reports.document import Document, Stamp
from surveyapp.reports.italian import counted, day, listed, whole
from surveyapp.reports.meetings.material import Material, Meeting
from surveyapp.reports.meetings.page_meeting import present
from surveyapp.reports.meetings.page_reading import matrix_reading
from surveyapp.reports.meetings.synthesis import LAYOUT
from surveyapp.reports.meetings.words import AUDIENCES, block, tabled
from surveyapp.reports.tables import Block, Line, Section, Table

TITLE = "Criteri e focus group"
# So many meetings fit beside each other on a page.
SIDE_BY_SIDE = 8
AUDIENCE = (
    "Per Socialis e Mestieri Lombardia: quante note dei focus group parlano di ogni criterio, incontro per "
    "incontro e gruppo per gruppo."
)
NO_MEETINGS = "Non c'è ancora nessun focus group."
NO_CODES = "Nessuna nota è ancora codificata."
NO_NEW = "Finora nessun incontro ha portato criteri nuovi."
FROM_INSTRUMENTS, FROM_MEETINGS = "Criteri degli strumenti", "Criteri nuovi"


def matrix(material: Material, today: date) -> Document:
    """The table of criteria over all meetings of the material."""
    return Document(
        title=TITLE,
        subtitle=f"Tutti gli incontri, al {day(today)}.",
        brief=tuple(_brief(material)),
        sections=(
            _meetings_section(material),
            _by_meeting(material),
            _by_audience(material),
            _new(material),
            matrix_reading(),
        ),
        stamp=Stamp(today, material.digest),
        demonstration=any(one.demonstration for one in material.meetings),
        audience=AUDIENCE,
        layout=LAYOUT,
    )


def _brief(material: Material) -> Iterator[str]:
    held = sum(one.held_on is not None for one in material.meetings)
    known = counted(len(material.meetings), "incontro", "incontri")
    yield f"{known} in elenco, di cui tenuti: {whole(held)}." if material.meetings else NO_MEETINGS
    criteria = _criteria(material)
    if not criteria:
        yield NO_CODES
        return
    several = sum(len(_audiences(material, one)) > 1 for one in criteria)
    yield (
        f"Criteri di cui si è parlato: {whole(len(criteria))}, di cui nuovi "
        f"{whole(sum(one in material.new for one in criteria))}. Da più gruppi: {whole(several)}."
    )


def _criteria(material: Material) -> list[str]:
    """The criteria that any note is coded to, by id."""
    return sorted({one.criterion for meeting in material.meetings for one in meeting.codes})


def _audiences(material: Material, criterion: str) -> list[str]:
    """The audiences that speak of a criterion, in words."""
    found = {one.audience for one in material.meetings if one.notes_about(criterion)}
    return [words for code, words in AUDIENCES.items() if code in found]


def _meetings_section(material: Material) -> Section:
    lines = [Line(f"{one.code}: {one.title}", _facts(one)) for one in material.meetings]
    table = Table(
        "tabella-incontri",
        "Gli incontri, dal primo",
        ("Incontro", "Giorno", "Gruppo", "Partecipanti", "Note", "Note codificate"),
        block(lines),
        words=(1, 2),
    )
    said = () if lines else (NO_MEETINGS,)
    return Section("incontri", "Gli incontri", parts=(tabled(table, *said),))


def _facts(one: Meeting) -> tuple[str, ...]:
    when = day(one.held_on) if one.held_on else f"previsto il {day(one.planned_for)}"
    coded = len({code.note for code in one.codes})
    return (when, AUDIENCES[one.audience], present(one), whole(len(one.notes)), whole(coded))


def _by_meeting(material: Material) -> Section:
    """As many tables side by side as the pages need."""
    there = [one for one in material.meetings if one.codes]
    parts = [
        tabled(_matrix(material, there[start : start + SIDE_BY_SIDE], start // SIDE_BY_SIDE + 1))
        for start in range(0, len(there), SIDE_BY_SIDE)
    ]
    said = () if there else (NO_CODES,)
    return Section("per-incontro", "Criteri per incontro", said, tuple(parts))


def _matrix(material: Material, meetings: list[Meeting], number: int) -> Table:
    criteria = [one for one in _criteria(material) if any(found.notes_about(one) for found in meetings)]
    first, last = meetings[0].code, meetings[-1].code
    which = f"da {first} a {last}" if len(meetings) > 1 else first
    return Table(
        id=f"tabella-matrice-{number}",
        caption=f"Quante note parlano di ogni criterio, incontro per incontro ({which})",
        columns=("Criterio", *(one.code for one in meetings)),
        blocks=_blocks(
            material,
            [
                Line(material.title(one), tuple(whole(found.notes_about(one)) for found in meetings))
                for one in criteria
            ],
            criteria,
        ),
    )


def _blocks(material: Material, lines: list[Line], criteria: list[str]) -> tuple[Block, ...]:
    """New criteria apart from those of the instruments."""
    sides: dict[str, list[Line]] = {FROM_MEETINGS: [], FROM_INSTRUMENTS: []}
    for line, criterion in zip(lines, criteria, strict=True):
        sides[FROM_MEETINGS if criterion in material.new else FROM_INSTRUMENTS].append(line)
    return tuple(Block(title, tuple(inside)) for title, inside in sides.items() if inside)


def _by_audience(material: Material) -> Section:
    criteria = _criteria(material)
    lines = [
        Line(
            material.title(one),
            (
                *(whole(_notes(material, one, audience)) for audience in AUDIENCES),
                listed(_audiences(material, one)),
            ),
        )
        for one in criteria
    ]
    table = Table(
        "tabella-gruppi",
        "Quante note parlano di ogni criterio, gruppo per gruppo",
        ("Criterio", *AUDIENCES.values(), "Chi ne parla"),
        _blocks(material, lines, criteria),
        words=(5,),
    )
    said = () if lines else (NO_CODES,)
    return Section("per-gruppo", "Criteri per gruppo", parts=(tabled(table, *said),))


def _notes(material: Material, criterion: str, audience: str) -> int:
    return sum(one.notes_about(criterion) for one in material.meetings if one.audience == audience)


def _new(material: Material) -> Section:
    lines = [
        Line(
            material.title(criterion),
            (
                meeting or "non scritto",
                whole(sum(one.notes_about(criterion) for one in material.meetings)),
                listed(_audiences(material, criterion)) or "nessuno",
            ),
        )
        for criterion, meeting in material.new.items()
    ]
    table = Table(
        "tabella-nuovi",
        "I criteri nuovi e dove sono nati",
        ("Criterio", "Nato in", "Note", "Chi ne parla"),
        block(lines),
        words=(1, 3),
    )
    said = () if lines else (NO_NEW,)
    return Section("nuovi", "Criteri nuovi", parts=(tabled(table, *said),))
