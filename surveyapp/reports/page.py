"""The report on observed change: what it says and in which order, from its numbers."""

from collections.abc import Mapping
from datetime import date

from surveyapp.reports import page_change, page_improvement
from surveyapp.reports.document import Document, Stamp
from surveyapp.reports.frames import Study
from surveyapp.reports.italian import counted
from surveyapp.reports.numbers import EXPLORATORY, Numbers
from surveyapp.reports.page_change import change_section, main_places
from surveyapp.reports.page_coverage import coverage_section
from surveyapp.reports.page_improvement import improvement_section, indicator_places
from surveyapp.reports.page_levels import items_section, levels_section
from surveyapp.reports.tables import Names, Section, alike, names_of

TITLE = "Rapporto sul cambiamento osservato"


def document(study: Study, numbers: Numbers, today: date) -> Document:
    """The report; where nobody has answered it says so."""
    names = names_of(study)
    people = len({found.person_code for found in study.administrations})
    return Document(
        title=TITLE,
        subtitle=(
            f"{study.instrument.title} (strumento {study.instrument.id}), "
            f"{counted(people, 'persona', 'persone')}."
        ),
        brief=_brief(study, numbers, names),
        sections=_sections(study, numbers, names),
        stamp=Stamp(today, study.digest),
        demonstration=study.demonstration,
    )


def _sections(study: Study, numbers: Numbers, names: Names) -> tuple[Section, ...]:
    coverage = coverage_section(numbers, names)
    if not study.responses:
        return (coverage,) if study.administrations else ()
    found = [
        coverage,
        improvement_section(numbers, names),
        change_section(numbers, names),
        levels_section(numbers, names),
        items_section(numbers, names),
    ]
    return tuple(section for section in found if section)


def _brief(study: Study, numbers: Numbers, names: Names) -> tuple[str, ...]:
    if not study.responses:
        return (
            "Non c'è ancora nessun questionario inviato: qui compariranno i risultati quando arriveranno le "
            "prime risposte.",
        )
    said = [_answered(study, names)]
    for place in indicator_places(numbers):
        said += page_improvement.headline(numbers, names, place)
    changed = alike(main_places(numbers))
    said += [page_change.headline(numbers, names, key, places) for key, places in changed.items()]
    if changed:
        said.append(page_change.CLEAR)
    if any(row.figure.label.startswith(EXPLORATORY) for row in numbers.rows):
        said.append("I numeri segnati «esplorativo» vengono da meno di 30 persone: sono indizi, non prove.")
    said.append(
        "Il rapporto descrive che cosa è cambiato. Senza un gruppo di confronto non dice se è cambiato "
        "grazie al percorso."
    )
    return tuple(said)


def _answered(study: Study, names: Names) -> str:
    people = {response.administration.person_code for response in study.responses}
    by_occasion: Mapping[str, int] = {
        occasion: sum(response.questionnaire.occasion == occasion for response in study.firsts)
        for occasion in study.instrument.occasions
    }
    parts = [f"{names.occasion(occasion).lower()} {amount}" for occasion, amount in by_occasion.items()]
    territories = len({response.administration.territory for response in study.responses})
    return (
        f"Hanno risposto {counted(len(people), 'persona', 'persone')} di "
        f"{counted(territories, 'territorio', 'territori')}; questionari inviati: {', '.join(parts)}."
    )
