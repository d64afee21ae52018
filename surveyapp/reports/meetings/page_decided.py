"""The chapters on decisions: those that were taken, and what is still open."""

from surveyapp.reports.italian import NOTHING, day, listed
from surveyapp.reports.meetings.material import Decided, Meeting
from surveyapp.reports.meetings.words import OUTCOMES, block, tabled
from surveyapp.reports.tables import Line, Section, Table

CLOSED, OPEN = ("accepted", "rejected"), ("open", "postponed")
NONE_TAKEN = "Da questo incontro non è ancora nata nessuna decisione."
NONE_OPEN = "Non ci sono questioni aperte."
WHICH = (
    "Le decisioni prese nell'incontro, e quelle che si fondano su una nota, un giudizio o una prova dei "
    "lettori dell'incontro."
)


def decided_section(meeting: Meeting) -> Section:
    """What was decided, on what, why."""
    found = _of(meeting, CLOSED)
    lines = [
        Line(
            one.code,
            (
                one.about,
                one.proposal,
                _grounds(one),
                OUTCOMES[one.outcome],
                one.reason,
                day(one.on) if one.on else NOTHING,
            ),
        )
        for one in found
    ]
    columns = ("Decisione", "Su che cosa", "Proposta", "Si fonda su", "Esito", "Motivo", "Giorno")
    table = Table(
        "tabella-decisioni", "Decisioni prese", columns, block(lines), words=(1, 2, 3, 4, 5, 6), note=WHICH
    )
    said = (*(() if found else (NONE_TAKEN,)), *_names(found))
    return Section("decisioni", "Le decisioni", parts=(tabled(table, *said),))


def open_section(meeting: Meeting) -> Section:
    """What waits for a decision, or was postponed and why."""
    found = _of(meeting, OPEN)
    lines = [
        Line(
            one.code,
            (one.about, one.proposal, _grounds(one), OUTCOMES[one.outcome], one.reason or NOTHING),
        )
        for one in found
    ]
    columns = ("Proposta", "Su che cosa", "Che cosa si propone", "Si fonda su", "Stato", "Motivo")
    table = Table(
        "tabella-questioni",
        "Proposte da decidere o rinviate",
        columns,
        block(lines),
        words=(1, 2, 3, 4, 5),
    )
    said = (*(() if found else (NONE_OPEN,)), *_names(found))
    return Section("questioni", "Le questioni aperte", parts=(tabled(table, *said),))


def _of(meeting: Meeting, outcomes: tuple[str, ...]) -> list[Decided]:
    return [one for one in meeting.decisions if one.outcome in outcomes]


def _grounds(one: Decided) -> str:
    return "; ".join(one.grounds) or "niente di scritto"


def _names(found: list[Decided]) -> list[str]:
    """A decision is never changed: who edits the report takes the name out."""
    codes = [one.code for one in found if one.names]
    return [f"Da controllare: il testo di {listed(codes)} sembra contenere un nome."] if codes else []
