"""The validation report: reads one instrument, computes every chapter once, writes it in every form."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

from sqlalchemy import Connection

from surveyapp.instruments.catalogue import Catalogue
from surveyapp.reports.change import change_rows
from surveyapp.reports.change_report import Tell
from surveyapp.reports.document import Document, Stamp
from surveyapp.reports.files import write_document
from surveyapp.reports.frames import ROME, Study
from surveyapp.reports.italian import counted, listed
from surveyapp.reports.levels import REFLECTIVE, level_rows
from surveyapp.reports.numbers import EVERYWHERE, Numbers, Row
from surveyapp.reports.page_change import change_section
from surveyapp.reports.reading import load
from surveyapp.reports.tables import Names, Section, names_of
from surveyapp.reports.validation.chapters import APPENDIX, CHAPTERS
from surveyapp.reports.validation.formative import alpha_refused_sentence
from surveyapp.reports.validation.lost import lost_rows
from surveyapp.reports.validation.page_cosmin import cosmin_section
from surveyapp.reports.validation.page_lost import lost_section
from surveyapp.reports.validation.page_questions import questions_section
from surveyapp.reports.validation.page_readiness import readiness_section
from surveyapp.reports.validation.page_reliability import reliability_section
from surveyapp.reports.validation.page_reliable import reliable_section
from surveyapp.reports.validation.page_sample import sample_section
from surveyapp.reports.validation.page_scores import scores_section
from surveyapp.reports.validation.raters import stability
from surveyapp.reports.validation.readiness import readiness_rows
from surveyapp.reports.validation.reliability import reliability_rows
from surveyapp.reports.validation.reliable import reliable_rows
from surveyapp.reports.validation.sample import sample_rows

TITLE = "Rapporto di validazione"
EMPTY = "Non c'è ancora nessuna compilazione inviata: qui compariranno i risultati quando ci saranno."

INTERNAL = (
    "Per chi lavora allo strumento: contiene piccoli gruppi e frasi scritte dalle persone, e così com'è non "
    "si dà ad altri."
)


def write_validation(
    connection: Connection,
    catalogue: Catalogue,
    instrument_id: str,
    folder: Path,
    *,
    territories: tuple[str, ...] = (),
    today: date | None = None,
    tell: Tell = lambda _progress, _message: None,
) -> list[Path]:
    """Write the report of one instrument, all its forms, and return where its files are (see files.py).

    `territories` narrows it to those of that name; none means all. Raises CatalogueError for an unknown
    instrument, a territory without anybody, or a pinned version that is not here unchanged; OSError where
    the folder cannot be written.
    """
    day = today or datetime.now(ROME).date()
    tell(5, "Leggo le risposte.")
    study = within(load(connection, catalogue, instrument_id, form=None), territories)
    numbers = compute(study, day, tell)
    tell(70, "Scrivo.")
    return write_document(validation(study, numbers, day, territories), numbers, folder, instrument_id)


def within(study: Study, territories: tuple[str, ...]) -> Study:
    """The part of a study that is about some territories; all of it where none is named."""
    if not territories:
        return study
    unknown = sorted(set(territories) - set(study.territories))
    if unknown:
        known = listed(study.territories) or "nessuno"
        raise TerritoryError(f"nessuna compilazione in «{unknown[0]}»; i territori con dati sono: {known}")
    return replace(
        study,
        administrations=tuple(one for one in study.administrations if one.territory in territories),
        responses=tuple(one for one in study.responses if one.administration.territory in territories),
    )


class TerritoryError(ValueError):
    """A territory was named that has no data; the message says which there are."""


def compute(study: Study, today: date, tell: Tell = lambda _progress, _message: None) -> Numbers:
    """Every number of the report, in its order; `tell` hears how far it is."""
    rows: list[Row] = []
    for progress, chapter in _chapters(study, today):
        rows += chapter
        tell(progress, "Calcolo.")
    return Numbers((*rows, *readiness_rows(Numbers(tuple(rows)))))


def _chapters(study: Study, today: date) -> Iterator[tuple[int, list[Row]]]:
    """The numbers of each chapter, with how far the report then is (hundredths)."""
    once = without_retests(study)
    yield 10, sample_rows(study, today)
    yield 25, level_rows(once)
    yield 40, reliability_rows(once)
    for number, (rows, _) in enumerate(CHAPTERS, 1):
        yield 40 + number, rows(study)
    yield 55, change_rows(study)
    yield 60, reliable_rows(study, stability(study))
    yield 65, [*lost_rows(study), *APPENDIX[0](study)]


def without_retests(study: Study) -> Study:
    """The study without the questionnaires that only repeat another one: they say how stable it is (R12)."""
    occasions = study.instrument.occasions
    asked = {code for code, one in occasions.items() if one.repeats is None}
    kept = tuple(one for one in study.responses if one.questionnaire.occasion in asked)
    return replace(study, responses=kept)


def validation(study: Study, numbers: Numbers, today: date, territories: tuple[str, ...]) -> Document:
    """The report; where nobody has answered it says so."""
    names = names_of(study)
    people, answered = len({one.administration.person_code for one in study.responses}), len(study.responses)
    where = f" Solo {listed(list(territories))}." if territories else ""
    return Document(
        title=f"{TITLE}: {study.instrument.title}",
        subtitle=(
            f"Strumento {study.instrument.id}: {counted(answered, 'compilazione', 'compilazioni')} su "
            f"{counted(people, 'persona o ente', 'persone o enti')}.{where}"
        ),
        brief=_brief(study, numbers),
        sections=tuple(_sections(study, numbers, names)),
        stamp=Stamp(today, study.digest),
        demonstration=study.demonstration,
        reading="_reading_validation.html",
        audience=INTERNAL,
    )


def _sections(study: Study, numbers: Numbers, names: Names) -> Iterator[Section]:
    """The chapters in their order; lists of facts have none on scores and change."""
    if not study.responses:
        return
    reflective = any(scale.kind == REFLECTIVE for scale in study.instrument.scales)
    if reflective:
        yield readiness_section(numbers, names)
    yield cosmin_section(numbers, names, reflective=reflective)
    yield sample_section(numbers, names)
    yield questions_section(numbers, names)
    yield reliability_section(numbers, names, alpha_refused_sentence(study.instrument))
    yield from filter(None, (section(numbers, names, study) for _, section in CHAPTERS))
    if reflective:
        yield scores_section(numbers, names)
        yield change_section(numbers, names, small=False)
        yield reliable_section(numbers, names)
        yield lost_section(numbers, names)
    yield from filter(None, [APPENDIX[1](numbers, names, study)])


def _brief(study: Study, numbers: Numbers) -> tuple[str, ...]:
    if not study.responses:
        return (EMPTY,)
    territories = len({one.administration.territory for one in study.responses})
    return (
        f"Compilazioni di {counted(territories, 'territorio', 'territori')}; versioni dello strumento: "
        f"{listed(sorted({one.version for one in study.responses}))}.",
        "Le schede (persona, operatore, azienda…), la versione semplice e quella standard, e le versioni "
        "dello strumento non si mescolano mai in un numero.",
        *_alphas(numbers),
        "Il rapporto descrive come misura lo strumento e che cosa è cambiato. Senza un gruppo di confronto "
        "non dice se è cambiato grazie al percorso.",
    )


def _alphas(numbers: Numbers) -> tuple[str, ...]:
    """For how many scales there are enough people, as the first thing that a reader wants to know."""
    everywhere = [place for place in numbers.places("alpha") if place.territory == EVERYWHERE]
    shown = [place for place in everywhere if not place.subset and numbers.value(place, "alpha") is not None]
    scales = {place.scale for place in shown}
    if not everywhere:
        return ()
    return (
        "Con almeno 10 persone l'alfa di Cronbach si può calcolare per "
        f"{counted(len(scales), 'scala', 'scale')}: {counted(len(shown), 'volta', 'volte')} contando "
        "schede, versioni e rilevazioni.",
    )
