"""The chapter on criteria: the votes of the nominal group, and what the notes say of each."""

from surveyapp.focus_groups.votes import POINTS_EACH
from surveyapp.reports.cases.small import FEW, figure
from surveyapp.reports.italian import counted, whole
from surveyapp.reports.meetings.material import Material, Meeting
from surveyapp.reports.meetings.words import KINDS, NEW, block, tabled
from surveyapp.reports.tables import Line, Part, Section, Table

NO_VOTES = "Nessuno ha votato."
NO_CODES = "Nessuna nota è codificata."
VOTED = (
    f"Ogni partecipante ha {POINTS_EACH} punti da dare ai criteri che contano di più. A pari punti il "
    "posto è lo stesso."
)
CODED = (
    "Quante note parlano del criterio. Quando due persone hanno dato lo stesso codice alla stessa nota, "
    "conta una volta. Una nota può avere più tipi: le colonne dei tipi non si sommano."
)


def criteria_section(material: Material, meeting: Meeting) -> Section:
    """Votes and codes, criterion by criterion."""
    return Section("criteri", "I criteri", parts=(_votes(material, meeting), _codes(material, meeting)))


def criteria_of(meeting: Meeting) -> list[str]:
    """The criteria that notes are coded to, those with most notes first."""
    found = {one.criterion for one in meeting.codes}
    return sorted(found, key=lambda criterion: (-meeting.notes_about(criterion), criterion))


def named(material: Material, criterion: str) -> str:
    """A criterion with its id, and whether it is new."""
    mark = f", {NEW}" if criterion in material.new else ""
    return f"{material.title(criterion)}{mark}"


def _votes(material: Material, meeting: Meeting) -> Part:
    lines = [
        Line(named(material, one.criterion), (whole(one.rank), whole(one.points), few(one.voters)))
        for one in meeting.ranked
    ]
    table = Table(
        "tabella-voti",
        "Criteri nell'ordine dei punti",
        ("Criterio", "Posto", "Punti", "Da quante persone"),
        block(lines),
        note=VOTED,
    )
    return tabled(table, *(() if lines else (NO_VOTES,)), title="I voti")


def few(number: int) -> str:
    """A number of people; that it is small, where it is."""
    return whole(number) if figure("voters", number, number).value is not None else FEW


def _codes(material: Material, meeting: Meeting) -> Part:
    lines = [
        Line(
            named(material, one),
            (
                whole(meeting.notes_about(one)),
                *(whole(meeting.notes_about(one, kind)) for kind in KINDS),
            ),
        )
        for one in criteria_of(meeting)
    ]
    table = Table(
        "tabella-codici",
        "Quante note parlano di ogni criterio, e come",
        ("Criterio", "Note", *KINDS.values()),
        block(lines),
        note=CODED,
    )
    return tabled(table, _coded(meeting), title="Le note")


def _coded(meeting: Meeting) -> str:
    notes, about = len(meeting.notes), len({one.note for one in meeting.codes})
    if not about:
        return f"{counted(notes, 'nota', 'note')}. {NO_CODES}" if notes else "Non ci sono note."
    return f"{counted(notes, 'nota', 'note')}, di cui {whole(about)} con almeno un codice."
