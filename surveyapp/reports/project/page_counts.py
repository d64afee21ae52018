"""The chapter on what is counted: each number with its source, its day and who entered it."""

from collections.abc import Mapping

from surveyapp.reports.audiences import INTERNAL, Audience
from surveyapp.reports.italian import day, listed, percent, whole
from surveyapp.reports.numbers import Numbers
from surveyapp.reports.project.indicators import BESIDE, COUNTED, MONTHS, REGISTER, START, Indicator, month_of
from surveyapp.reports.project.material import Material
from surveyapp.reports.project.registered import VALUE, place_of
from surveyapp.reports.project.words import people
from surveyapp.reports.tables import NOTES, Block, Line, Part, Section, Sentence, Table, Told, anchor

COLUMNS = ("Indicatore", "Contati", "Obiettivo", "Quota dell'obiettivo", "Da dove", "Data")
ENTERED_BY = "Inserito da"
AT_LEAST = {">=": "almeno", ">": "più di"}


def counts_section(material: Material, numbers: Numbers, audience: Audience) -> Section:
    """The counts of the indicators, then what was promised beside them."""
    return Section(
        "conteggi",
        "Che cosa è stato fatto",
        (calendar(material),),
        (
            _part("indicatori-contati", "Indicatori che si contano", COUNTED, material, numbers, audience),
            _part(
                "altri-risultati",
                "Altri risultati attesi (non sono indicatori ufficiali)",
                BESIDE,
                material,
                numbers,
                audience,
            ),
        ),
    )


def calendar(material: Material) -> str:
    """How far the project is, without a judgement."""
    month = month_of(material.today)
    if not month:
        return f"Il progetto comincia il {day(START)}."
    passed = percent(month / MONTHS)
    return (
        f"Al {day(material.today)} il progetto è nel mese {month} di {MONTHS} ({passed} del tempo). "
        "La quota dell'obiettivo dice a che punto è ogni conteggio. Molti numeri arrivano alla fine: per "
        "questo "
        "non è un giudizio."
    )


def target_of(indicator: Indicator, material: Material) -> tuple[str, int]:
    """The operator and the target; that of the Academies is chosen by the plan (D8)."""
    if indicator.code == "I8" and material.choice("D8") == "at_least_30":
        return ">=", indicator.target
    return indicator.operator, indicator.target


def meets(operator: str, value: float, target: int) -> bool:
    """Whether a count reaches its target, strictly as the operator says."""
    return value > target if operator == ">" else value >= target


def _part(
    part_id: str,
    title: str,
    indicators: Mapping[str, Indicator],
    material: Material,
    numbers: Numbers,
    audience: Audience,
) -> Part:
    known = [one for one in indicators.values() if numbers.figures(place_of(one.code))]
    missing = [one for one in indicators.values() if one not in known]
    sentences: list[Sentence] = [*_told(part_id, material, numbers, known)]
    if any(one.code == "I8" for one in known):
        sentences += _academies(part_id, numbers)
    tables = [_table(part_id, title, known, material, numbers, audience)] if known else []
    tables += [_missing(part_id, missing)] if missing else []
    return Part(part_id, title, tuple(sentences), tables=tuple(tables))


def _told(part_id: str, material: Material, numbers: Numbers, known: list[Indicator]) -> list[Sentence]:
    reached = [
        one.code
        for one in known
        if (value := numbers.value(place_of(one.code), VALUE)) is not None
        and meets(target_of(one, material)[0], value, one.target)
    ]
    if not known:
        return ["Nessuno di questi numeri è ancora noto."]
    said = f"Numeri noti: {whole(len(known))}. Obiettivo già raggiunto: "
    return [said + (f"{listed(reached)}." if reached else "nessuno.")]


def _academies(part_id: str, numbers: Numbers) -> list[Sentence]:
    value = numbers.value(place_of("I8"), VALUE)
    if value is None:
        return []
    strict, loose = (meets(operator, value, COUNTED["I8"].target) for operator in (">", ">="))
    words = {True: "raggiunto", False: "non raggiunto"}
    said = (
        f"Academy4Impact, {people(value)}: l'obiettivo «più di 30» è {words[strict]}, «almeno 30» è "
        f"{words[loose]}."
    )
    return [Told(said, anchor(part_id, "i8"), "numeri di I8")]


def _table(
    part_id: str,
    title: str,
    known: list[Indicator],
    material: Material,
    numbers: Numbers,
    audience: Audience,
) -> Table:
    inside = audience == INTERNAL
    return Table(
        id=f"{part_id}-tabella",
        caption=f"{title}: a che punto è il progetto",
        columns=(*COLUMNS, *((ENTERED_BY,) if inside else ()), NOTES),
        blocks=(Block("", tuple(_line(part_id, one, material, numbers, inside) for one in known)),),
        words=(4, 5, 6, 7) if inside else (4, 5, 6),
    )


def _line(part_id: str, one: Indicator, material: Material, numbers: Numbers, inside: bool) -> Line:
    figure = numbers.figures(place_of(one.code))[VALUE]
    entered = material.entered.get(one.code)
    operator, target = target_of(one, material)
    share = None if figure.value is None else figure.value / target
    who = (entered.entered_by if entered else "programma",) if inside else ()
    note = "; ".join(filter(None, (figure.reason, entered.note if entered and inside else "")))
    cells = (
        whole(figure.value),
        f"{AT_LEAST[operator]}\u00a0{whole(target)}",
        percent(share),
        one.source if entered else REGISTER,
        day(entered.day if entered else material.today).replace(" ", "\u00a0"),
        *who,
        note,
    )
    return Line(f"{one.code} {one.title}", cells, id=anchor(part_id, one.code))


def _missing(part_id: str, missing: list[Indicator]) -> Table:
    return Table(
        id=f"{part_id}-mancanti",
        caption="Numeri che mancano, e che cosa fare",
        columns=("Indicatore", "Obiettivo", "Chi lo sa", "Che cosa fare"),
        blocks=(
            Block(
                "",
                tuple(
                    Line(
                        f"{one.code} {one.title}",
                        (f"{AT_LEAST[one.operator]}\u00a0{whole(one.target)}", one.source, one.missing),
                        id=anchor(part_id, one.code),
                    )
                    for one in missing
                ),
            ),
        ),
        words=(2, 3),
    )
