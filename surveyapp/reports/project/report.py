"""The report over the whole project: read, computed once, chosen for its audience, written."""

from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path

from sqlalchemy import Connection

from surveyapp.instruments.catalogue import Catalogue
from surveyapp.reports.audiences import INTERNAL, Audience, public, read_release
from surveyapp.reports.change_report import Tell
from surveyapp.reports.document import Document, Stamp
from surveyapp.reports.files import write_document
from surveyapp.reports.frames import ROME
from surveyapp.reports.italian import day
from surveyapp.reports.numbers import Numbers
from surveyapp.reports.project.computed import project_numbers
from surveyapp.reports.project.material import Material, Sources, read_material
from surveyapp.reports.project.page_counts import calendar, counts_section
from surveyapp.reports.project.page_declared import declared_section, declared_sentences
from surveyapp.reports.project.page_follow_up import follow_up_section, follow_up_sentences
from surveyapp.reports.project.page_maintained import maintained_section, maintained_sentences
from surveyapp.reports.project.page_network import network_section, network_sentences
from surveyapp.reports.project.page_observed import observed_section, observed_sentences
from surveyapp.reports.project.page_summary import summary_section
from surveyapp.reports.tables import Sentence

ABOUT = "project"
TITLE = "Rapporto sul cambiamento osservato"
AUDIENCES = {
    "internal": (
        "Per Socialis e Mestieri Lombardia: contiene conteggi piccoli e territori. Non va dato ad altri."
    ),
    "partner": (
        "Per i partner e per chiunque: solo totali del progetto. I numeri che riguardano meno di 5 persone o "
        "enti, o che lascerebbero calcolarli, non sono pubblicati, nemmeno nei file di dati; i testi liberi "
        "non ci sono mai."
    ),
}
NO_COMPARISON = (
    "Il rapporto descrive che cosa è cambiato. Senza un gruppo di confronto non dice se è cambiato grazie al "
    "progetto."
)


def write_project(
    connection: Connection,
    catalogue: Catalogue,
    folder: Path,
    *,
    counts: Path | None = None,
    nodes: tuple[Path, Path] | None = None,
    ties: tuple[Path, Path] | None = None,
    audience: Audience = INTERNAL,
    previous: Path | None = None,
    today: date | None = None,
    tell: Tell = lambda _progress, _message: None,
) -> list[Path]:
    """Write the report in every form, and return where its files are.

    `counts` is the file of what the database does not know, `nodes` and `ties` those of the network at two
    dates; `previous` is results.json of the last report for partners. Raises ImportRefusedError with every
    problem of a file, RefusedError for a `previous` that is no report, CatalogueError, OSError.
    """
    on = today or datetime.now(ROME).date()
    release = read_release(previous) if previous else None
    material = read_material(connection, catalogue, Sources(counts, nodes, ties), on, tell)
    tell(50, "Calcolo.")
    numbers = project_numbers(material)
    seen = numbers if audience == INTERNAL else public(numbers, release)
    tell(70, "Scrivo.")
    return write_document(document(material, seen, audience), seen, folder, ABOUT)


def document(material: Material, numbers: Numbers, audience: Audience) -> Document:
    """The report: what it says and in which order."""
    return Document(
        title=TITLE,
        subtitle=f"Tutto il progetto, al {day(material.today)}.",
        brief=_brief(material, numbers),
        sections=(
            summary_section(material, numbers),
            counts_section(material, numbers, audience),
            observed_section(material, numbers),
            follow_up_section(material, numbers),
            maintained_section(material, numbers),
            declared_section(material, numbers, audience),
            network_section(numbers),
        ),
        stamp=Stamp(material.today, material.digest),
        demonstration=material.demonstration,
        reading="_reading_project.html",
        audience=AUDIENCES[audience],
    )


def _brief(material: Material, numbers: Numbers) -> tuple[Sentence, ...]:
    """What matters most of each outcome, each sentence with the way to its numbers."""
    told = [sentence for teller, most in BRIEF for sentence in teller(material, numbers)[:most]]
    return (calendar(material), *told, *network_sentences(numbers)[:1], NO_COMPARISON)


# Who tells about each outcome, and how many of the sentences are enough at the top of the page.
BRIEF: tuple[tuple[Callable[[Material, Numbers], list[Sentence]], int], ...] = (
    (observed_sentences, 1),
    (follow_up_sentences, 3),
    (maintained_sentences, 1),
    (declared_sentences, 3),
)
