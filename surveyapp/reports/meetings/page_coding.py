"""The chapter on coding twice: how much of the meeting, and how far the two agree."""

from surveyapp.focus_groups.coding import TWICE_AT_LEAST
from surveyapp.focus_groups.notes import Doubly
from surveyapp.reports.italian import counted, number, percent, whole
from surveyapp.reports.meetings.material import Meeting
from surveyapp.reports.tables import Section

NO_NOTES = "Non ci sono note da codificare."
ENOUGH = {True: "È almeno quanto serve", False: "Non basta ancora"}


def coding_section(meeting: Meeting) -> Section:
    """What was coded twice, and Cohen's kappa with its number of judgements."""
    title = "La doppia codifica"
    if not meeting.notes:
        return Section("codifica", title, (NO_NOTES,))
    return Section("codifica", title, (_share(meeting.twice), _agreement(meeting.twice)))


def _share(twice: Doubly) -> str:
    return (
        f"{counted(twice.twice, 'nota è stata codificata', 'note sono state codificate')} due volte, su "
        f"{whole(twice.excerpts)} ({percent(twice.twice / twice.excerpts)}). {ENOUGH[twice.is_enough]}: "
        f"il {percent(TWICE_AT_LEAST)}."
    )


def _agreement(twice: Doubly) -> str:
    found = twice.agreement
    if found.kappa is None:
        return f"La kappa di Cohen non si calcola: {found.reason}."
    return (
        f"Kappa di Cohen: {number(found.kappa, 2)}, su {counted(found.n, 'giudizio', 'giudizi')} (ogni nota "
        f"codificata due volte, con ogni criterio che una delle due persone ha usato). Accordo osservato: "
        f"{percent(found.observed)}."
    )
