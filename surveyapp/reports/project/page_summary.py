"""The first chapter: the sixteen indicators in one table."""

from collections.abc import Iterator
from dataclasses import replace

from surveyapp.reports.italian import NOTHING, number, percent, signed, whole
from surveyapp.reports.numbers import Numbers, Place
from surveyapp.reports.project.declared import declared_places
from surveyapp.reports.project.indicators import COUNTED, OUTCOMES
from surveyapp.reports.project.material import Material
from surveyapp.reports.project.network import FULL
from surveyapp.reports.project.page_counts import AT_LEAST, meets, target_of
from surveyapp.reports.project.page_declared import CHOSEN
from surveyapp.reports.project.places import headline_place
from surveyapp.reports.project.registered import VALUE, place_of
from surveyapp.reports.project.words import REACHED, of_them, reached, verdict
from surveyapp.reports.tables import NOTES, Block, Line, Part, Section, Table, notes

COLUMNS = ("Indicatore", "Obiettivo", "Oggi", "Obiettivo oggi", "Si può generalizzare?", NOTES)
MISSING = "dato che manca: vedi sotto che cosa fare"
NOTE = (
    "Degli indicatori da I12 a I16 qui c'è la lettura che il piano di rilevazione sceglie; le altre sono nei "
    "capitoli. «Obiettivo oggi» confronta quello che si osserva oggi con l'obiettivo, in senso stretto, "
    "e non "
    "prevede niente."
)


def summary_section(material: Material, numbers: Numbers) -> Section:
    """One row an indicator."""
    table = Table(
        id="indicatori-tabella",
        caption="I 16 indicatori del progetto, oggi",
        columns=COLUMNS,
        blocks=(
            Block("Si contano", tuple(_counted(material, numbers))),
            Block("Vengono dalle risposte e dalla rete", tuple(_outcomes(material, numbers))),
        ),
        words=(1, 3, 4, 5),
        note=NOTE,
    )
    return Section("indicatori", "I 16 indicatori", parts=(Part("", "", tables=(table,)),))


def _counted(material: Material, numbers: Numbers) -> Iterator[Line]:
    for code, indicator in COUNTED.items():
        figure = numbers.figures(place_of(code)).get(VALUE)
        operator, target = target_of(indicator, material)
        value = figure.value if figure else None
        met = NOTHING if value is None else _so_far(operator, value, target)
        cells = (
            f"{AT_LEAST[operator]}\u00a0{whole(target)}",
            whole(value),
            met,
            NOTHING,
            notes([figure]) if figure else MISSING,
        )
        yield Line(f"{code} {indicator.title}", cells)


def _so_far(operator: str, value: float, target: int) -> str:
    """Whether a count has reached its target; until then how far it is, which is no judgement."""
    if meets(operator, value, target):
        return REACHED[1.0]
    return f"al\u00a0{percent(value / target)}"


def _outcomes(material: Material, numbers: Numbers) -> Iterator[Line]:
    for code in ("I12", "I13", "I14"):
        place = headline_place(material, code)
        found = numbers.figures(place)
        told = notes(found.get(name) for name in ("n", "successes", "share"))
        cells = (of_them(numbers, place), reached(found.get("reached")), verdict(found.get("verdict")))
        yield _line(code, (*cells, told if found.get("n") and _somebody(numbers, place) else MISSING))
    yield from _declared(material, numbers)
    yield _network(numbers)


def _somebody(numbers: Numbers, place: Place) -> bool:
    """Whether there is anybody in it; a number that is not published counts as somebody."""
    return numbers.figures(place)["n"].value != 0


def _declared(material: Material, numbers: Numbers) -> Iterator[Line]:
    places = declared_places(numbers.rows)
    for place in places:
        about = replace(place, subset=CHOSEN[material.choice("D1")])
        found = numbers.figures(about)
        mean = found.get("mean")
        shown = NOTHING if mean is None or mean.value is None else f"{number(mean.value, 2)} (n = {mean.n})"
        cells = (shown, reached(found.get("reached")), verdict(found.get("verdict")), notes([mean]))
        yield _line("I15", cells, f" – strumento aut {place.version}" if len(places) > 1 else "")
    if not places:
        yield _line("I15", (NOTHING, NOTHING, NOTHING, MISSING))


def _network(numbers: Numbers) -> Line:
    found = numbers.figures(Place(version="", scale="I16", subset=FULL))
    growth = found.get("growth")
    if growth is None:
        return _line("I16", (NOTHING, NOTHING, NOTHING, MISSING))
    shown = NOTHING if growth.value is None else f"{signed(100 * growth.value)}\u00a0%"
    return _line("I16", (shown, reached(found.get("reached")), NOTHING, notes([growth])))


def _line(code: str, cells: tuple[str, ...], more: str = "") -> Line:
    title, target, _ = OUTCOMES[code]
    return Line(f"{code} {title}{more}", (target.replace(" %", "\u00a0%"), *cells))
