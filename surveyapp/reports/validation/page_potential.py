"""The chapter on the assessment of potential: what hinders, what is done about it, and whether it was "
"done."""

from collections.abc import Mapping
from dataclasses import replace

from surveyapp.reports.frames import PARTICIPANT, Study
from surveyapp.reports.italian import counted, whole
from surveyapp.reports.numbers import Numbers, Place
from surveyapp.reports.tables import Block, Line, Names, Part, Section, Table, anchor
from surveyapp.reports.validation.formative import alpha_refused_sentence
from surveyapp.reports.validation.potential import (
    ACTIVATED,
    BOTH,
    FACTORS,
    OBSTACLE,
    OBSTACLES,
    OPERATOR,
    PICKED,
    PROJECTS,
    SERVICES,
    factors,
)

INTRODUCTION = (
    "Per ogni fattore l'operatore e la persona dicono se ostacola, non conta o aiuta. Poi l'operatore "
    "sceglie fino a tre ostacoli e i servizi che possono aiutare. Qui si conta come l'elenco è stato "
    "usato."
)
NOTHING_YET = "Nessuna valutazione è ancora stata inviata."
SEES = ("count_-1", "count_0", "count_1")
MISSING = ("missing_NS", "missing_NA", "missing_skipped", "missing_blank")
SEEN = ("ostacola", "non conta", "aiuta", "senza risposta")
FACTOR_NOTE = (
    "Diversi: l'operatore e la persona non dicono la stessa cosa; vale la pena parlarne. Opposti: per "
    "uno ostacola e per l'altro aiuta. Senza risposta: «Non so», «Non mi riguarda» o saltata."
)
SUGGESTION_NOTE = (
    "Suggerito: il servizio sta nell'elenco accanto al fattore scelto come ostacolo. È un aiuto a "
    "pensare: scegliere altro, insieme alla persona, non è un errore. Si contano gli ostacoli, fino a "
    "tre per persona."
)
ACTIVATED_NOTE = (
    "Si contano le persone. «Adattamento del contesto» comprende: accompagnamento dell'azienda, ausili e "
    "postazione, formazione dei colleghi, orari flessibili. Quello che è stato attivato dopo la "
    "valutazione qui non si vede."
)


def potential_section(numbers: Numbers, names: Names, study: Study) -> Section | None:
    """Factors, obstacles, suggestions and services; None for another instrument."""
    if OBSTACLE not in study.instrument.declared:
        return None
    sentences = (INTRODUCTION, alpha_refused_sentence(study.instrument))
    places = [place for place in numbers.places("assessed") if place.subset == OBSTACLES]
    parts = [part for place in places for part in _parts(numbers, names, study, place)]
    if not parts:
        return Section("potenziale", "Come si usa la valutazione", (*sentences, NOTHING_YET))
    return Section("potenziale", "Come si usa la valutazione", sentences, tuple(parts))


def _parts(numbers: Numbers, names: Names, study: Study, place: Place) -> tuple[Part, ...]:
    name = anchor("potenziale", place.occasion, place.version)
    about = f"{names.occasion(place.occasion)} – strumento {names.version(place)}"
    assessed, some = numbers.count(place, "assessed"), numbers.count(place, "with_obstacle")
    people = counted(assessed, "persona valutata", "persone valutate")
    both = numbers.count(replace(place, variant="all", subset=BOTH), "both_forms")
    picked = replace(place, subset=PICKED)
    return (
        Part(
            f"{name}-fattori",
            f"Che cosa ostacola e che cosa aiuta: {about}",
            (f"{people} dall'operatore; di {whole(both)} c'è anche la risposta della persona.",),
            tables=(_factor_table(numbers, names, study, place, name),),
        ),
        Part(
            f"{name}-ostacoli",
            f"Gli ostacoli scelti: {about}",
            (f"Per {whole(some)} su {whole(assessed)} l'operatore ha scelto almeno un ostacolo.",),
            tables=(_obstacle_table(numbers, names, study, place, name),),
        ),
        Part(
            f"{name}-servizi",
            f"Servizi e azioni: {about}",
            (_followed(numbers, picked),),
            tables=(
                _service_table(numbers, names, study, picked, name),
                _activated_table(numbers, names, study, replace(place, subset=PROJECTS), name),
            ),
        ),
    )


def _followed(numbers: Numbers, place: Place) -> str:
    open_to, followed, others = (
        numbers.count(place, name) for name in ("with_suggestion", "followed", "chose_others")
    )
    return (
        f"Su {counted(open_to, 'ostacolo', 'ostacoli')} per cui l'elenco suggerisce qualcosa, in "
        f"{whole(followed)} l'operatore ha scelto almeno un servizio suggerito e in {whole(others)} solo "
        "altri; negli altri casi nessuno."
    )


def _factor_table(numbers: Numbers, names: Names, study: Study, place: Place, name: str) -> Table:
    people = [
        one
        for one in numbers.places(SEES[0])
        if (one.version, one.form, one.occasion) == (place.version, PARTICIPANT, place.occasion)
    ]
    variant = people[0].variant if people else ""
    blocks: dict[str, list[Line]] = {}
    for section in study.instrument.sections:
        for item in section.items:
            if item in factors(study):
                line = _factor_line(numbers, place, variant, item.id, item.criterion)
                blocks.setdefault(section.title, []).append(line)
    seen = (f"{who}: {what}" for who in ("Operatore", "Persona") for what in SEEN)
    return Table(
        id=f"{name}-fattori-tabella",
        caption=f"Fattori: operatore e persona ({names.occasion(place.occasion)}, "
        f"strumento {names.version(place)})",
        columns=("Fattore", *seen, "Visti da tutti e due", "Diversi", "di cui opposti"),
        blocks=tuple(Block(title, tuple(lines)) for title, lines in blocks.items()),
        note=FACTOR_NOTE,
    )


def _factor_line(numbers: Numbers, place: Place, variant: str, item: str, criterion: str) -> Line:
    operator = replace(place, item=item, subset=FACTORS)
    cells: list[str] = []
    for side in (operator, replace(operator, form=PARTICIPANT, variant=variant)):
        cells += [whole(numbers.value(side, statistic)) for statistic in SEES]
        cells.append(whole(sum(numbers.count(side, why) for why in MISSING)))
    both = replace(place, variant="all", item=item, subset=BOTH)
    cells += [whole(numbers.value(both, one)) for one in ("seen_by_both", "different", "opposite")]
    return Line(f"{criterion} – {item}", tuple(cells))


def _labels(study: Study, item: str) -> Mapping[int, str]:
    asked = study.instrument.declared[item].wordings[OPERATOR, "std"].format
    return {option.code: option.label for option in asked.options}


def _obstacle_table(numbers: Numbers, names: Names, study: Study, place: Place, name: str) -> Table:
    found = [one for one in numbers.places("chosen") if replace(one, item="") == place]
    columns = {
        "strength": ("Forza", "VIP_OST3"),
        "changeable": ("Si può cambiare", "VIP_OST4"),
        "priority": ("Priorità", "VIP_OST5"),
    }
    heads, statistics = ["Volte"], ["chosen"]
    for statistic, (title, item) in columns.items():
        for code, label in _labels(study, item).items():
            heads.append(f"{title}: {label.lower()}")
            statistics.append(f"{statistic}_{code}")
    lines = [
        Line(
            _factor(study, one.item) if one.item else "Tutti i fattori",
            tuple(whole(numbers.value(one, statistic)) for statistic in statistics),
            not one.item,
        )
        for one in found
    ]
    return Table(
        id=f"{name}-ostacoli-tabella",
        caption=f"Ostacoli scelti dall'operatore, fino a tre per persona (strumento {names.version(place)})",
        columns=("Fattore", *heads),
        blocks=(Block("", tuple(lines)),),
    )


def _factor(study: Study, item: str) -> str:
    return f"{study.instrument.declared[item].criterion} – {item}"


def _service_table(numbers: Numbers, names: Names, study: Study, place: Place, name: str) -> Table:
    labels = _labels(study, SERVICES)
    found = [one for one in numbers.places("suggested") if replace(one, item="") == place]
    statistics = ("suggested", "picked_as_suggested", "picked")
    lines = [
        Line(
            labels.get(int(one.item.partition(":")[2]), one.item),
            tuple(whole(numbers.value(one, statistic)) for statistic in statistics),
        )
        for one in found
    ]
    return Table(
        id=f"{name}-servizi-tabella",
        caption=f"Servizi e azioni per gli ostacoli scelti (strumento {names.version(place)})",
        columns=(
            "Servizio o azione",
            "Suggerito dall'elenco",
            "di cui scelto",
            "Scelto in tutto",
        ),
        blocks=(Block("", tuple(lines)),),
        note=SUGGESTION_NOTE,
    )


def _activated_table(numbers: Numbers, names: Names, study: Study, place: Place, name: str) -> Table:
    labels = _labels(study, ACTIVATED)
    found = [one for one in numbers.places("people_activated") if replace(one, item="") == place]
    statistics = (
        "people_suggested",
        "people_picked",
        "people_activated",
        "activated_as_suggested",
        "activated_as_picked",
    )
    lines = [
        Line(
            labels.get(int(one.item.partition(":")[2]), one.item),
            tuple(whole(numbers.value(one, statistic)) for statistic in statistics),
        )
        for one in found
    ]
    return Table(
        id=f"{name}-attivati-tabella",
        caption=f"Servizi del progetto: suggeriti, scelti, attivati (strumento {names.version(place)})",
        columns=(
            "Servizio del progetto",
            "Suggerito a",
            "Scelto per",
            "Attivato per",
            "di cui suggerito",
            "di cui scelto",
        ),
        blocks=(Block("", tuple(lines)),),
        note=ACTIVATED_NOTE,
    )
