"""The chapter on the declared improvement (I15): whole for the team, the two means alone for partners."""

from dataclasses import replace

from surveyapp.reports.audiences import INTERNAL, Audience
from surveyapp.reports.improvement import DECLARING, EVERYBODY
from surveyapp.reports.italian import counted, interval, number, percent, whole
from surveyapp.reports.numbers import Numbers, Place
from surveyapp.reports.page_improvement import INTRODUCTION, improvement_section
from surveyapp.reports.project.declared import declared_places
from surveyapp.reports.project.material import Material
from surveyapp.reports.project.words import people, reached, verdict
from surveyapp.reports.tables import (
    NOTES,
    Block,
    Line,
    Part,
    Section,
    Sentence,
    Table,
    Told,
    anchor,
    names_of,
    notes,
)

TITLE = "Miglioramento dichiarato (indicatore I15)"
PARTNERS = (
    INTRODUCTION[0],
    "La media si può leggere in due modi, e qui ci sono tutti e due: solo chi dichiara un miglioramento (la "
    "lettura letterale dell'indicatore) e tutte le persone. I voti da 1 a 10 sono uguali nella versione "
    "semplice e in quella standard: per questo qui le due versioni stanno insieme.",
)
WHO = {DECLARING: "Chi dichiara un miglioramento", EVERYBODY: "Tutte le persone con il voto"}
CHOSEN = {"declare_improvement": DECLARING, "everybody": EVERYBODY}
NOTE = (
    "Obiettivo: la media osservata confrontata con 8, in senso stretto (8,00 non basta). Si può "
    "generalizzare: «dimostrato» quando lo dicono tutti e due i test a una coda (t di Student e Wilcoxon "
    "esatto, p < 0,05)."
)


def declared_section(material: Material, numbers: Numbers, audience: Audience) -> Section:
    """Both readings of D1 beside each other; the team also sees distributions and groups."""
    places = declared_places(numbers.rows)
    if not places:
        return Section("i15", TITLE, ("Nessuna persona ha ancora concluso il percorso.",))
    sentences = tuple(declared_sentences(material, numbers))
    own = Part("i15-media", "Le due medie", sentences, tables=_tables(material, numbers))
    if audience != INTERNAL:
        return Section("i15", TITLE, PARTNERS, (own,))
    found = improvement_section(numbers, names_of(material.studies["aut"]))
    # The first part of each version holds the means, which stand above in the order that the plan chooses.
    means = {anchor("i15", place.version) for place in places}
    parts = [part for part in (found.parts if found else ()) if part.id not in means]
    return Section("i15", TITLE, INTRODUCTION, (own, *parts))


def declared_sentences(material: Material, numbers: Numbers) -> list[Sentence]:
    """How many declare an improvement, and both means with their target."""
    said: list[Sentence] = []
    for place in declared_places(numbers.rows):
        said += [*_declare(numbers, place)]
        said += [
            sentence
            for subset in _order(material)
            for sentence in _mean(numbers, replace(place, subset=subset))
        ]
    return said or ["Nessuna persona ha ancora concluso il percorso."]


def mean_row(place: Place) -> str:
    """The id of the row of a mean."""
    return anchor("i15-medie", place.version, place.subset, "r")


def _order(material: Material) -> list[str]:
    """The reading that the plan chooses first (D1)."""
    chosen = CHOSEN[material.choice("D1")]
    return sorted(WHO, key=lambda subset: subset != chosen)


def _declare(numbers: Numbers, place: Place) -> list[Sentence]:
    concluded, declared = (numbers.value(place, name) for name in ("concluded", "declared"))
    if concluded is None or declared is None:
        return ["Quante persone dichiarano un miglioramento non si pubblica: nessuna, o troppo poche."]
    share = numbers.value(place, "share_declared")
    shown = f" ({percent(share)})" if share is not None else ""
    words = counted(int(declared), "dichiara", "dichiarano")
    have = counted(int(concluded), "persona ha concluso", "persone hanno concluso")
    said = f"{have} il percorso; {words} un miglioramento{shown}."
    return [Told(said, mean_row(replace(place, subset=DECLARING)), "numeri di I15")]


def _mean(numbers: Numbers, place: Place) -> list[Sentence]:
    found = numbers.figures(place).get("mean")
    if found is None or found.value is None:
        return []
    who = {DECLARING: "di chi lo dichiara", EVERYBODY: "di tutte le persone"}[place.subset]
    said = (
        f"Il voto medio {who} è {number(found.value, 2)} su 10 ({people(found.n)}): "
        f"l'obiettivo, oltre 8, {'è' if numbers.value(place, 'reached') else 'non è'} raggiunto."
    )
    return [Told(said, mean_row(place), f"numeri di I15, {WHO[place.subset].lower()}")]


def _tables(material: Material, numbers: Numbers) -> tuple[Table, ...]:
    return tuple(_table(material, numbers, place) for place in declared_places(numbers.rows))


def _table(material: Material, numbers: Numbers, place: Place) -> Table:
    lines = tuple(_line(numbers, replace(place, subset=subset)) for subset in _order(material))
    return Table(
        id=anchor("i15-medie", place.version),
        caption=f"Media dei voti da 1 a 10, obiettivo oltre 8 (strumento aut {place.version})",
        columns=(
            "Lettura",
            "Con il voto",
            "Senza voto",
            "Media",
            "Intervallo 95 %",
            "Obiettivo",
            "Si può generalizzare?",
            "Se chi manca desse 1",
            "Se desse 10",
            NOTES,
        ),
        blocks=(Block("", lines),),
        words=(4, 5, 6, 9),
        note=NOTE,
    )


def _line(numbers: Numbers, place: Place) -> Line:
    found = numbers.figures(place)
    mean = found.get("mean")
    cells = (
        whole(numbers.value(place, "n")),
        whole(numbers.value(place, "missing")),
        number(mean.value if mean else None, 2),
        interval(mean.low, mean.high, 2) if mean else number(None),
        reached(found.get("reached")),
        verdict(found.get("verdict")),
        number(numbers.value(place, "mean_if_missing_1"), 2),
        number(numbers.value(place, "mean_if_missing_10"), 2),
        notes([found.get("n"), mean]),
    )
    return Line(WHO[place.subset], cells, id=mean_row(place))
