"""The synthesis of one meeting as one object: page, PDF and Word are written from it, and cannot differ."""

from collections.abc import Iterator
from datetime import date

from surveyapp.reports.document import Document, Stamp
from surveyapp.reports.italian import counted, day, whole
from surveyapp.reports.meetings.material import Material, Meeting
from surveyapp.reports.meetings.page_coding import coding_section
from surveyapp.reports.meetings.page_criteria import criteria_of, criteria_section, named
from surveyapp.reports.meetings.page_decided import CLOSED, decided_section, open_section
from surveyapp.reports.meetings.page_judged import judged_section, verdicts
from surveyapp.reports.meetings.page_meeting import attendance_section, meeting_section, present
from surveyapp.reports.meetings.page_quotes import quotes_section
from surveyapp.reports.meetings.page_readers import readers_section
from surveyapp.reports.meetings.page_reading import judged_reading
from surveyapp.reports.meetings.words import AUDIENCES

LAYOUT = "synthesis.html"
TITLE = "Sintesi del focus group"
# What is most often coded, as far as a reader wants to know first.
FIRST = 3
AUDIENCE = (
    "Per Socialis e Mestieri Lombardia. Mostra i codici di tutti: chi deve ancora fare la seconda codifica "
    "lo legge dopo."
)


def synthesis(material: Material, today: date) -> Document:
    """The synthesis of the only meeting of the material."""
    (meeting,) = material.meetings
    return Document(
        title=f"{TITLE} {meeting.code}",
        subtitle=f"{meeting.title}. {AUDIENCES[meeting.audience]}, {_when(meeting)}.",
        brief=tuple(_brief(material, meeting)),
        sections=(
            meeting_section(meeting),
            attendance_section(meeting),
            criteria_section(material, meeting),
            judged_section(meeting),
            coding_section(meeting),
            quotes_section(material, meeting),
            decided_section(meeting),
            open_section(meeting),
            readers_section(meeting),
            judged_reading(),
        ),
        stamp=Stamp(today, material.digest),
        demonstration=meeting.demonstration,
        audience=AUDIENCE,
        layout=LAYOUT,
    )


def _when(meeting: Meeting) -> str:
    return day(meeting.held_on) if meeting.held_on else f"previsto il {day(meeting.planned_for)}"


def _brief(material: Material, meeting: Meeting) -> Iterator[str]:
    people = f"Partecipanti: {present(meeting)}." if meeting.people else "Nessun partecipante scritto."
    yield f"{people} Note: {whole(len(meeting.notes))}."
    if meeting.ranked:
        yield f"Più votato: {_best(material, meeting)}."
    if meeting.codes:
        most = "; ".join(
            f"{named(material, one)} ({whole(meeting.notes_about(one))})"
            for one in criteria_of(meeting)[:FIRST]
        )
        yield f"Criteri di cui si è parlato di più (quante note): {most}."
    yield from _judged(meeting)
    taken = sum(one.outcome in CLOSED for one in meeting.decisions)
    left = len(meeting.decisions) - taken
    yield f"Decisioni prese: {whole(taken)}. Questioni aperte: {whole(left)}."


def _best(material: Material, meeting: Meeting) -> str:
    first = [one for one in meeting.ranked if one.rank == 1]
    return "; ".join(
        f"{named(material, one.criterion)}, {counted(one.points, 'punto', 'punti')}" for one in first
    )


def _judged(meeting: Meeting) -> Iterator[str]:
    found = verdicts(meeting)
    if not sum(found.values()):
        return
    yield (
        f"Giudizi degli esperti, contando ogni gruppo: {whole(found[True])} accettati, {whole(found[False])} "
        f"da rivedere, {whole(found[None])} con meno di tre giudizi."
    )
