"""The case sheet: one page on one person's path, to sit around a table with."""

from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path

from sqlalchemy import Connection

from surveyapp.instruments.catalogue import Catalogue
from surveyapp.reports.cases.adjustments import accommodations_section, adjustments_section
from surveyapp.reports.cases.case import Case, case_of
from surveyapp.reports.cases.goals import goals_section
from surveyapp.reports.cases.hidden import Promise
from surveyapp.reports.cases.observed import observed_section
from surveyapp.reports.cases.views import views_section
from surveyapp.reports.cases.words import PLACEMENT_TYPES, day_in_figures, since
from surveyapp.reports.cells import replace_file
from surveyapp.reports.document import Document, Stamp, html
from surveyapp.reports.frames import ROME
from surveyapp.reports.italian import NOTHING, day, listed
from surveyapp.reports.printed import printed
from surveyapp.reports.tables import Block, Line, Part, Section, Table
from surveyapp.storage.register_rows import PlacementRow
from surveyapp.study.register_words import hours_shown
from surveyapp.study.subjects import OFFICE, OPERATOR, SECOND, TEAM
from surveyapp.study.territory import territory

LAYOUT = "sheet.html"
READING = "_reading_case.html"
PAGE, PRINTED = "case.html", "case.pdf"
MOST = 5
OPERATORS = ("O", "ECIL")
# What respondents are called where nobody has a code.
NOBODY = (OPERATOR, TEAM, SECOND, OFFICE)

ALERT = "C'è una segnalazione aperta su questo percorso."
AUDIENCE = (
    "Per chi segue la persona, nella revisione in itinere e nei Tavoli. Contiene dati personali: non si "
    "lascia sul tavolo e non si inoltra."
)
NOT_FOR_HOSTS = f"{AUDIENCE} Non si mostra a chi ospita: alla persona è stato promesso."


def write_case(
    connection: Connection,
    catalogue: Catalogue,
    code: str,
    folder: Path,
    promise: Promise,
    *,
    may_know_of_alerts: bool,
    today: date | None = None,
) -> list[Path]:
    """Write the case sheet of one person as case.html and case.pdf, and return where they are.

    Where the system's libraries for PDF are missing there is the page alone. Raises RefusedError for an
    unknown code, CatalogueError for a pinned version that is not here unchanged, OSError.
    """
    day_read = today or datetime.now(ROME).date()
    case = case_of(
        connection, catalogue, code, promise, may_know_of_alerts=may_know_of_alerts, today=day_read
    )
    page = html(document(case))
    return [replace_file(folder / PAGE, page), *printed(folder / PRINTED, page)]


def document(case: Case) -> Document:
    """The sheet as an object: what it says and in which order."""
    found = (
        _placements(case),
        _dates(case),
        views_section(case),
        goals_section(case),
        adjustments_section(case),
        observed_section(case),
        accommodations_section(case),
    )
    return Document(
        title=f"Scheda del percorso di {case.path.person_code}",
        subtitle=_subtitle(case),
        brief=tuple(_brief(case)),
        sections=tuple(section for section in found if section),
        stamp=Stamp(case.today, case.digest),
        demonstration=case.path.demonstration,
        reading=READING,
        audience=AUDIENCE if case.hidden else NOT_FOR_HOSTS,
        layout=LAYOUT,
    )


def _subtitle(case: Case) -> str:
    path = case.path
    number = f"percorso {path.number}, " if path.number > 1 else "percorso "
    until = f"al {day(path.ended_on)}" if path.ended_on else "(in corso)"
    return f"{territory(path.province, path.ambito)}, {number}{since(path.started_on)} {until}"


def _brief(case: Case) -> Iterator[str]:
    """What is looked for first: who follows, where the person is, what comes next, what is to be known."""
    yield f"Operatore di riferimento: {listed(_followed_by(case)) or 'nessun codice scritto'}."
    now = [one for one in case.placements if one.ended_on is None or one.ended_on >= case.today]
    words = [f"{PLACEMENT_TYPES[one.type]} ({one.code})" for one in now if one.started_on <= case.today]
    yield f"Inserimento in corso: {listed(words)}." if words else "Nessun inserimento in corso."
    if case.upcoming:
        first = case.upcoming[0]
        yield f"Prima scadenza: «{first.form}», {first.who}, entro il {day(first.due_to)} ({first.standing})."
    if case.alert:
        yield ALERT
    if case.hidden:
        yield case.hidden


def _followed_by(case: Case) -> list[str]:
    """The codes of the operators who answer, the latest first, where they have one."""
    asked = [
        one
        for study in case.studies.values()
        for one in study.administrations
        if one.form in OPERATORS and one.rater == 1 and one.respondent not in NOBODY
    ]
    newest = sorted(asked, key=lambda one: one.id, reverse=True)
    return list(dict.fromkeys(one.respondent for one in newest))[:2]


def _placements(case: Case) -> Section:
    title = "Inserimenti"
    if not case.placements:
        return Section("inserimenti", title, ("Nessun inserimento scritto nel registro.",))
    latest = case.placements[-MOST:]
    table = Table(
        id="tabella-inserimenti",
        caption="Inserimenti di questo percorso (dal registro)",
        columns=("Tipo", "Codice", "Chi ospita", "Dal", "Al", "Ore a settimana"),
        blocks=(Block("", tuple(_placement(one) for one in latest)),),
        words=(1, 2, 3, 4),
        note=f"Gli ultimi {MOST} di {len(case.placements)}." if len(case.placements) > MOST else "",
    )
    return Section("inserimenti", title, parts=(Part("", "", tables=(table,)),))


def _placement(one: PlacementRow) -> Line:
    hours = hours_shown(one.minutes_a_week) if one.minutes_a_week else NOTHING
    until = day_in_figures(one.ended_on) or "in corso"
    return Line(
        PLACEMENT_TYPES[one.type],
        (one.code, one.host or NOTHING, day_in_figures(one.started_on), until, hours),
    )


def _dates(case: Case) -> Section:
    title = "Prossime date"
    if not case.upcoming:
        return Section("date", title, ("Nei prossimi sei mesi non c'è niente da compilare.",))
    table = Table(
        id="tabella-date",
        caption="Da compilare nei prossimi sei mesi (dal piano di rilevazione)",
        columns=("Scheda", "Chi risponde", "Rilevazione", "Dal", "Entro il", "Stato"),
        blocks=(
            Block(
                "",
                tuple(
                    Line(
                        one.form,
                        (
                            one.who,
                            one.occasion,
                            day_in_figures(one.due_from),
                            day_in_figures(one.due_to),
                            one.standing,
                        ),
                        one.standing == "in ritardo",
                    )
                    for one in case.upcoming[:MOST]
                ),
            ),
        ),
        words=(1, 2, 3, 4, 5),
        note=f"Le prime {MOST} di {len(case.upcoming)}." if len(case.upcoming) > MOST else "",
    )
    return Section("date", title, parts=(Part("", "", tables=(table,)),))
