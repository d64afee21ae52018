"""The chapters on what a meeting was and who was there. Small groups of people are not counted out (R22)."""

from collections.abc import Sequence

import pandas as pd

from analysis.disclosure import MINIMUM, suppress
from surveyapp.reports.cases.small import FEW, NOT_SHOWN, PROTECTED
from surveyapp.reports.italian import day, whole
from surveyapp.reports.meetings.material import Meeting, Person
from surveyapp.reports.meetings.words import AUDIENCES, block, tabled
from surveyapp.reports.tables import Line, Section, Table

MISSING = "non scritto"
NOT_HELD = "L'incontro non si è ancora tenuto: questa sintesi dice quello che è stato preparato."
NOBODY = "Non è scritto chi ha partecipato."
NOTE = f"{NOT_SHOWN}: {PROTECTED}. I ruoli sono quelli scritti nella pagina dell'incontro."


def meeting_section(meeting: Meeting) -> Section:
    """What, when, where, led by whom."""
    lines = [Line(name, (said or MISSING,)) for name, said in _facts(meeting)]
    table = Table("tabella-incontro", "Che incontro è stato", ("Voce", "Dato"), block(lines), words=(1,))
    return Section("incontro", "L'incontro", () if meeting.held_on else (NOT_HELD,), (tabled(table),))


def _facts(meeting: Meeting) -> list[tuple[str, str]]:
    return [
        ("Codice", meeting.code),
        ("Titolo", meeting.title),
        ("Giorno", day(meeting.held_on) if meeting.held_on else f"previsto il {day(meeting.planned_for)}"),
        ("Luogo", meeting.place),
        ("Invitati", AUDIENCES[meeting.audience]),
        ("Chi conduce", meeting.moderator),
        ("Chi osserva", meeting.observer),
        ("Durata", f"{meeting.minutes} minuti" if meeting.minutes else ""),
        ("Registrazione", "sì" if meeting.recorded else "no"),
        ("Versioni discusse", "; ".join(meeting.versions) or "nessuna"),
        ("Note", "chiuse" if meeting.closed else "ancora aperte"),
    ]


def attendance_section(meeting: Meeting) -> Section:
    """How many of which role, and how many accepted what; nobody that could be told apart."""
    title = "Presenze"
    if not meeting.people:
        return Section("presenze", title, (NOBODY,))
    lines = [Line(role, (number,)) for role, number in _roles(meeting.people)]
    lines.append(Line("Tutti", (present(meeting),), strong=True))
    table = Table(
        "tabella-presenze", "Partecipanti per ruolo", ("Ruolo", "Partecipanti"), block(lines), note=NOTE
    )
    return Section("presenze", title, _consents(meeting.people), (tabled(table),))


def present(meeting: Meeting) -> str:
    """How many took part; that it is few, where it is few."""
    number = len(meeting.people)
    return whole(number) if number >= MINIMUM or not number else FEW


def _roles(people: Sequence[Person]) -> list[tuple[str, str]]:
    """Each role with its number, the same word in any spelling of letters once."""
    spelled: dict[str, str] = {}
    for one in people:
        spelled.setdefault(one.role.casefold(), one.role)
    counts = pd.Series([one.role.casefold() for one in people]).value_counts().sort_index()
    shown = suppress(counts.to_frame("people"))["people"]
    return [
        (spelled[str(role)], NOT_SHOWN if pd.isna(number) else whole(number))
        for role, number in shown.items()
    ]


def _consents(people: Sequence[Person]) -> tuple[str, ...]:
    quoted, recorded = (
        sum(found) for found in zip(*((one.quotable, one.recordable) for one in people), strict=True)
    )
    return (
        f"Hanno accettato la citazione senza nome: {_of(quoted, len(people))}.",
        f"Hanno accettato la registrazione audio: {_of(recorded, len(people))}.",
    )


def _of(number: int, people: int) -> str:
    """So many of so many; neither those who accepted nor the others are counted out where they are few."""
    if number == people:
        return "tutti"
    if min(number, people - number) < MINIMUM:
        return f"{NOT_SHOWN} ({PROTECTED})"
    return f"{whole(number)} su {whole(people)}"
