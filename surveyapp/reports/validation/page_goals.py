"""The chapter on the person's own goals: counts and ratings, never their words."""

from dataclasses import replace

from surveyapp.instruments.answers import Option, ResponseFormat
from surveyapp.reports.frames import PARTICIPANT, Study
from surveyapp.reports.italian import MISSING, counted, interval, number, whole
from surveyapp.reports.numbers import EVERYWHERE, Numbers, Place
from surveyapp.reports.tables import (
    NOTES,
    Block,
    Line,
    Names,
    Part,
    Section,
    Table,
    anchor,
    everywhere,
    notes,
)
from surveyapp.reports.validation.goals import BY_BOTH, GOALS, OPERATOR, RATINGS

INTRODUCTION = (
    "All'inizio ogni persona può scrivere fino a tre obiettivi con parole sue. Alla fine, e sei mesi "
    "dopo, le stesse parole tornano: la persona e il suo operatore dicono, ognuno per sé, com'è andata. "
    "Qui si contano gli obiettivi; le parole sono nel capitolo delle risposte aperte.",
)
NOTHING_YET = "Nessuno ha ancora risposto alle domande sugli obiettivi."
NO_KAPPA = (
    "La versione semplice ha tre risposte e la scheda dell'operatore quattro: le due colonne si leggono "
    "una accanto all'altra, senza un coefficiente."
)
NOTE_KAPPA = (
    "Kappa pesato (pesi quadratici) sul primo obiettivo di ogni persona che hanno valutato tutti e due: "
    "tre obiettivi di una persona non sono tre persone. Sono due punti di vista: un kappa basso dice che "
    "vedono in modo diverso, non chi ha ragione."
)


def goal_section(numbers: Numbers, names: Names, study: Study) -> Section | None:
    """Goals written, how they were rated, and both ratings together; None where nobody is asked for goals."""
    if GOALS[0] not in study.instrument.items:
        return None
    written = [place for place in numbers.places("asked") if place.subset == "written"]
    rated = [place for place in numbers.places("goals") if place.subset == "rated"]
    crossed = [place for place in numbers.places("goals") if place.subset == BY_BOTH]
    parts = [
        *([_written(numbers, names, written)] if written else []),
        *([_rated(numbers, names, study, rated)] if rated else []),
        *(_crossed(numbers, names, study, place) for place in crossed),
    ]
    sentences = INTRODUCTION if parts else (*INTRODUCTION, NOTHING_YET)
    return Section("obiettivi", "Gli obiettivi della persona", sentences, tuple(parts))


def _written(numbers: Numbers, names: Names, places: list[Place]) -> Part:
    versions = list(dict.fromkeys(place.version for place in places))
    steps = range(len(GOALS) + 1)
    columns = ["Nessuno", *(counted(step, "obiettivo", "obiettivi") for step in steps if step)]
    blocks = tuple(
        Block(
            f"Strumento {names.instrument.id} {version}",
            tuple(_written_line(numbers, place) for place in places if place.version == version),
        )
        for version in versions
    )
    table = Table(
        id="obiettivi-scritti",
        caption=f"Quanti obiettivi ha scritto ogni persona ({names.instrument.id} {', '.join(versions)})",
        columns=("Territorio", "Persone", *columns),
        blocks=blocks if len(versions) > 1 else tuple(replace(block, title="") for block in blocks),
    )
    everybody = everywhere(places)
    people = sum(numbers.count(place, "asked") for place in everybody)
    wrote = people - sum(numbers.count(place, "wrote_0") for place in everybody)
    said = f"{counted(wrote, 'persona ha', 'persone hanno')} scritto almeno un obiettivo, su {whole(people)}."
    return Part("obiettivi-quanti", "Quanti", (said,), tables=(table,))


def _written_line(numbers: Numbers, place: Place) -> Line:
    names = ("asked", *(f"wrote_{step}" for step in range(len(GOALS) + 1)))
    cells = tuple(whole(numbers.value(place, name)) for name in names)
    return Line(place.territory, cells, place.territory == EVERYWHERE)


def _format(study: Study, form: str, variant: str) -> ResponseFormat:
    return study.instrument.items[RATINGS[0]].wordings[form, variant].format


def _options(study: Study, form: str, variant: str) -> list[Option]:
    return sorted(_format(study, form, variant).options, key=lambda option: option.code)


def _rated(numbers: Numbers, names: Names, study: Study, places: list[Place]) -> Part:
    """A table for each form and variant: their answers are not the same ones."""
    tables = []
    for form, variant in dict.fromkeys((place.form, place.variant) for place in places):
        mine = [place for place in places if (place.form, place.variant) == (form, variant)]
        tables.append(_rated_table(numbers, names, mine, _format(study, form, variant)))
    return Part("obiettivi-esito", "Com'è andata, per chi risponde", tables=tuple(tables))


def _rated_table(numbers: Numbers, names: Names, places: list[Place], asked: ResponseFormat) -> Table:
    first, options = places[0], sorted(asked.options, key=lambda option: option.code)
    reasons = [why for why in MISSING if any(numbers.count(place, f"missing_{why}") for place in places)]
    counts = (
        "people",
        "goals",
        *(f"count_{one.code}" for one in options),
        *(f"missing_{why}" for why in reasons),
    )
    lines = [
        Line(
            f"{names.occasion(place.occasion)} ({names.version(place)})",
            tuple(whole(numbers.value(place, name)) for name in counts),
        )
        for place in places
    ]
    return Table(
        id=anchor("obiettivi-esito", first.form, first.variant),
        caption=f"Obiettivi valutati, {_who(names, first)}",
        columns=(
            "Rilevazione",
            "Persone",
            "Obiettivi",
            *(option.label for option in options),
            *(asked.labels.get(why, MISSING[why]) for why in reasons),
        ),
        blocks=(Block("", tuple(lines)),),
    )


def _who(names: Names, place: Place) -> str:
    if place.form == OPERATOR:
        return "dall'operatore"
    return f"dalla persona, {names.variant(place.variant)}"


def _crossed(numbers: Numbers, names: Names, study: Study, place: Place) -> Part:
    """The person's answers in the rows, the operator's in the columns."""
    mine, theirs = _options(study, PARTICIPANT, place.variant), _options(study, OPERATOR, "std")
    lines = []
    for option in mine:
        row = replace(place, subset=f"{BY_BOTH}:{option.code}")
        cells = [numbers.count(row, f"operator_{other.code}") for other in theirs]
        lines.append(Line(option.label, tuple(whole(cell) for cell in (*cells, sum(cells)))))
    name = anchor("obiettivi-insieme", place.occasion, place.variant, place.version)
    kappa = numbers.figure(place, "kappa")
    about = f"{names.occasion(place.occasion)}, {names.variant(place.variant)}"
    table = Table(
        id=f"{name}-tabella",
        caption=f"Obiettivi: la persona nelle righe, l'operatore nelle colonne ({names.version(place)}, "
        f"{names.variant(place.variant)})",
        columns=("La persona dice", *(f"Operatore: {option.label}" for option in theirs), "In tutto"),
        blocks=(Block("", tuple(lines)),),
        note="" if kappa else NO_KAPPA,
    )
    return Part(
        id=name,
        title=f"Persona e operatore insieme: {about}",
        sentences=(_said(numbers, place),),
        tables=(table, *([_kappa(numbers, names, place, name)] if kappa else [])),
    )


def _said(numbers: Numbers, place: Place) -> str:
    people, goals = numbers.count(place, "people"), numbers.count(place, "goals")
    return (
        f"Di {counted(people, 'persona', 'persone')} hanno risposto tutti e due, la persona e "
        f"l'operatore; {counted(goals, 'obiettivo ha', 'obiettivi hanno')} una valutazione di tutti e due."
    )


def _kappa(numbers: Numbers, names: Names, place: Place, name: str) -> Table:
    found = numbers.figures(place)["kappa"]
    cells = (whole(found.n), number(found.value, 2), interval(found.low, found.high, 2), notes([found]))
    return Table(
        id=f"{name}-kappa",
        caption=f"Quanto vanno d'accordo la persona e l'operatore ({names.version(place)})",
        columns=("Che cosa", "Persone", "Kappa pesato", "Intervallo 95 %", NOTES),
        blocks=(Block("", (Line("Primo obiettivo valutato da tutti e due", cells),)),),
        words=(3, 4),
        note=NOTE_KAPPA,
    )
