"""The chapter by sex: tables where the groups are large enough, a sentence where they are not."""

from dataclasses import replace

from surveyapp.reports.frames import Study
from surveyapp.reports.italian import NOTHING, counted, interval, number, signed, whole
from surveyapp.reports.numbers import Figure, Numbers, Place
from surveyapp.reports.page_levels import RAW_SCALES
from surveyapp.reports.tables import NOTES, Block, Line, Names, Part, Section, Table, alike, named, notes
from surveyapp.reports.validation.sex import BY_SEX, LEAST, SEXES, UNKNOWN

WORDS = {"F": "Donne", "M": "Uomini", "X": "Altro", UNKNOWN: "Non scritto nel registro"}
INTRODUCTION = (
    "Il sesso è nel registro solo se la persona lo dice, e serve solo a guardare i risultati per gruppi. "
    f"I numeri ci sono soltanto dove ogni gruppo ha almeno {LEAST} persone, perché nessuna si possa "
    "riconoscere; le medie da 10 persone in su. I gruppi possono essere diversi anche per altro: una "
    "differenza non dice da che cosa viene."
)
UNSAID = "Nel registro non c'è il sesso di nessuna persona: qui non si può guardare niente per gruppi."
TOO_SMALL = "In nessun confronto i gruppi sono abbastanza grandi: qui non ci sono numeri."
NOTE = (
    "g di Hedges: la differenza fra le medie di donne e uomini, in deviazioni standard; sopra lo zero le "
    "donne hanno la media più alta."
)
STATISTICS = ("mean", "mean_change")


def sex_section(numbers: Numbers, names: Names, study: Study) -> Section | None:
    """Means and changes by sex; None for an instrument that is about nobody in person."""
    people = numbers.figures(Place("", subset=BY_SEX))
    if not people or not study.instrument.scales:
        return None
    counts = {sex: int(people[f"people_{sex}"].value or 0) for sex in (*SEXES, UNKNOWN)}
    said = ", ".join(f"{WORDS[sex].lower()} {whole(amount)}" for sex, amount in counts.items() if amount)
    if not sum(counts[sex] for sex in SEXES):
        return Section("sesso", "Per sesso, dove i numeri lo permettono", (UNSAID,))
    places = [place for place in numbers.places("hedges_g") if place.subset == BY_SEX]
    shown = [place for place in places if _groups(numbers, place)]
    parts = [_part(numbers, names, key, found) for key, found in alike(shown).items()]
    hidden = len(places) - len(shown)
    sentences = [INTRODUCTION, f"Persone: {said}.", *([] if parts else [TOO_SMALL])]
    if parts and hidden:
        sentences.append(
            f"{counted(hidden, 'confronto resta fuori', 'confronti restano fuori')} perché un gruppo è "
            "troppo piccolo."
        )
    return Section("sesso", "Per sesso, dove i numeri lo permettono", tuple(sentences), tuple(parts))


def _groups(numbers: Numbers, place: Place) -> dict[str, Figure]:
    """The figure of each sex that is there; nothing where none of them is shown."""
    there = {sex: numbers.figures(replace(place, subset=f"{BY_SEX}:{sex}")) for sex in SEXES}
    found = {sex: figures[name] for sex, figures in there.items() for name in STATISTICS if name in figures}
    return found if any(figure.value is not None for figure in found.values()) else {}


def _part(numbers: Numbers, names: Names, key: Place, places: list[Place]) -> Part:
    name = named("sesso", key)
    change = "-" in key.occasion
    moment = names.transition(key.occasion) if change else names.occasion(key.occasion)
    sexes = [sex for sex in SEXES if any(sex in _groups(numbers, place) for place in places)]
    what = "Cambiamento" if change else "Medie"
    table = Table(
        id=f"{name}-tabella",
        caption=f"{what} per sesso: {moment} ({names.about(key)})",
        columns=("Scala", *(WORDS[sex] for sex in sexes), "g (donne meno uomini)", "Intervallo 95 %", NOTES),
        blocks=(Block("", tuple(_line(numbers, names, place, sexes) for place in places)),),
        words=(*range(1, len(sexes) + 1), len(sexes) + 2, len(sexes) + 3),
        note=NOTE,
    )
    return Part(name, f"{what}: {moment} – {names.about(key)}", tables=(table,))


def _line(numbers: Numbers, names: Names, place: Place, sexes: list[str]) -> Line:
    found, g = _groups(numbers, place), numbers.figures(place).get("hedges_g")
    digits = 2 if place.scale in RAW_SCALES else 1
    cells = (
        *(_cell(found.get(sex), digits) for sex in sexes),
        signed(g.value, 2) if g else NOTHING,
        interval(g.low, g.high, 2) if g else NOTHING,
        notes([*found.values(), g]),
    )
    return Line(names.scale(place.scale), cells)


def _cell(figure: Figure | None, digits: int) -> str:
    if figure is None:
        return NOTHING
    limits = interval(figure.low, figure.high, digits)
    shown = signed if figure.statistic == "mean_change" else number
    said = "; ".join(filter(None, ("" if limits == NOTHING else limits, f"n = {figure.n}")))
    return f"{shown(figure.value, digits)} ({said})"
