"""The chapters on scores with their reliability, and on every question."""

from collections.abc import Mapping

from surveyapp.instruments.answers import SKIPPED, Option
from surveyapp.reports.frames import BLANK
from surveyapp.reports.italian import MINUS, MISSING, NOTHING, interval, number, percent, whole
from surveyapp.reports.numbers import EVERYWHERE, Figure, Numbers, Place
from surveyapp.reports.tables import (
    CEILING,
    NOTES,
    Block,
    Line,
    Names,
    Part,
    Section,
    Table,
    alike,
    anchor,
    by_scale,
    everywhere,
    named,
    notes,
)

SCORE_COLUMNS = (
    "Scala e territorio",
    "Persone",
    "Senza punteggio",
    "Media",
    "Intervallo 95 %",
    "DS",
    "Al minimo",
    "Al massimo",
    "Alfa",
    "Intervallo 95 % di alfa",
    "n di alfa",
    NOTES,
)
# Scales in units of their answers, from 1 to 10: one decimal more than those from 0 to 100.
RAW_SCALES = ("MIG_IND",)
ENDS = {"share_floor": "oltre il 15 % al minimo", "share_ceiling": "oltre il 15 % al massimo"}
ITEM_NOTE = (
    "Le colonne con le parole delle risposte contano le persone che le hanno scelte. Media e DS sono sui "
    "codici scelti, non capovolti. (R): domanda al contrario, capovolta nei punteggi e nella correlazione "
    "con il resto della scala (r)."
)


def levels_section(numbers: Numbers, names: Names) -> Section:
    """Scores and reliability, a part per occasion and variant."""
    places = [place for place in numbers.places("without_score") if place.scale]
    parts = tuple(_part(numbers, names, key, found) for key, found in alike(places).items())
    sentences = (
        "I punteggi vanno da 0 a 100, salvo il miglioramento percepito che resta da 1 a 10; più alto vuol "
        "dire meglio. L'alfa di Cronbach dice quanto le domande di una scala vanno insieme.",
    )
    return Section("punteggi", "Punteggi e affidabilità delle scale", sentences, parts)


def items_section(numbers: Numbers, names: Names) -> Section:
    """Every question: how many chose each answer, a table per response format."""
    places = [place for place in everywhere(numbers.places("n")) if place.item and not place.subset]
    parts = tuple(_items_part(numbers, names, key, found) for key, found in alike(places).items())
    return Section("domande", "Domanda per domanda", (ITEM_NOTE,), parts)


def _part(numbers: Numbers, names: Names, key: Place, places: list[Place]) -> Part:
    name = named("punteggi", key)
    measured = [place for place in places if numbers.figure(place, "mean")]
    sentences = [
        _derived(numbers, names, place) for place in everywhere(places) if numbers.figure(place, "positive")
    ]
    table = Table(
        id=f"{name}-tabella",
        caption=f"Punteggi: {names.occasion(key.occasion)} ({names.about(key)})",
        columns=SCORE_COLUMNS,
        blocks=tuple(
            Block(title, tuple(_score_line(numbers, place) for place in inside))
            for title, inside in by_scale(names, measured)
        ),
        words=(4, 9, 11),
    )
    return Part(
        id=name,
        title=f"{names.occasion(key.occasion)} – {names.about(key)}",
        sentences=tuple(sentences),
        tables=(table, _missing_table(numbers, names, key, everywhere(places), name)),
    )


def _derived(numbers: Numbers, names: Names, place: Place) -> str:
    figure = numbers.figures(place)["positive"]
    share = numbers.value(place, "share_positive")
    shown = f" ({percent(share)})" if share is not None else ""
    return f"{names.scale(place.scale)}: {whole(figure.value)} su {whole(figure.n)}{shown}."


def _score_line(numbers: Numbers, place: Place) -> Line:
    figures = numbers.figures(place)
    mean, alpha = figures["mean"], figures.get("alpha")
    digits = 2 if place.scale in RAW_SCALES else 1
    cells = (
        whole(figures["n"].value),
        whole(figures["without_score"].value),
        number(mean.value, digits),
        interval(mean.low, mean.high, digits),
        number(figures["sd"].value, digits),
        percent(figures["share_floor"].value),
        percent(figures["share_ceiling"].value),
        number(alpha.value, 2) if alpha else NOTHING,
        interval(alpha.low, alpha.high, 2) if alpha else NOTHING,
        whole(alpha.n) if alpha else NOTHING,
        "; ".join(filter(None, (_alpha_note(mean, alpha), *ends(figures)))),
    )
    return Line(place.territory, cells, place.territory == EVERYWHERE)


def _alpha_note(mean: Figure, alpha: Figure | None) -> str:
    """The row's note; what is said of alpha alone names it."""
    own = notes([mean])
    if alpha is None or notes([alpha]) in ("", own):
        return own
    return "; ".join(filter(None, (own, f"alfa: {notes([alpha])}")))


def ends(figures: Mapping[str, Figure]) -> list[str]:
    """What must be said of scores that crowd at an end (Terwee 2007)."""
    return [words for share, words in ENDS.items() if (figures[share].value or 0) > CEILING]


def _missing_table(numbers: Numbers, names: Names, key: Place, places: list[Place], name: str) -> Table:
    lines = []
    reasons = [
        reason for reason in MISSING if any(numbers.count(place, f"missing_{reason}") for place in places)
    ]
    for place in places:
        figures = numbers.figures(place)
        asked = figures["missing_NS"].n
        lines.append(
            Line(
                names.scale(place.scale),
                (whole(asked), *(whole(figures[f"missing_{reason}"].value) for reason in reasons)),
            )
        )
    return Table(
        id=f"{name}-mancanti",
        caption=f"Risposte mancanti, tutti i territori: {names.occasion(key.occasion)} ({names.about(key)})",
        columns=("Scala", "Domande poste", *(MISSING[reason] for reason in reasons)),
        blocks=(Block("", tuple(lines)),),
    )


def _items_part(numbers: Numbers, names: Names, key: Place, places: list[Place]) -> Part:
    name = named("domande", key)
    by_format: dict[str, list[Place]] = {}
    for place in places:
        by_format.setdefault(names.format(place).id, []).append(place)
    tables = [_items_table(numbers, names, key, found, name) for found in by_format.values()]
    return Part(id=name, title=f"{names.occasion(key.occasion)} – {names.about(key)}", tables=tuple(tables))


def _items_table(numbers: Numbers, names: Names, key: Place, places: list[Place], name: str) -> Table:
    declared = names.format(places[0])
    blank = any(numbers.count(place, "missing_blank") for place in places)
    reasons = [*declared.no_value, SKIPPED, *([BLANK] if blank else [])]
    unanswered = [declared.labels.get(reason, MISSING[reason]) for reason in reasons]
    options = [option_words(option) for option in declared.options]
    columns = ("Domanda", "Persone", *options, *unanswered, "Media", "DS", "r")
    return Table(
        id=anchor(name, declared.id.replace("_", "-")),
        caption=(
            f"Risposte da «{options[0]}» a «{options[-1]}»: {names.occasion(key.occasion)} "
            f"({names.about(key)})"
        ),
        columns=(*columns, NOTES),
        blocks=tuple(
            Block(title, tuple(_item_line(numbers, names, place, reasons) for place in inside))
            for title, inside in by_scale(names, places)
        ),
        words=(len(columns),),
    )


def option_words(option: Option) -> str:
    """The code and the words of an answer, once where they are the same."""
    code = str(option.code).replace("-", MINUS)
    return code if option.label == code else f"{code} {option.label}"


def _item_line(numbers: Numbers, names: Names, place: Place, reasons: list[str]) -> Line:
    figures, item = numbers.figures(place), names.item(place)
    counts = [f"count_{option.code}" for option in names.format(place).options]
    rest = figures.get("item_rest")
    cells = (
        whole(figures["n"].value),
        *(whole(figures[statistic].value) for statistic in counts),
        *(whole(figures[f"missing_{reason}"].value) for reason in reasons),
        number(figures["mean"].value, 2),
        number(figures["sd"].value, 2),
        number(rest.value, 2) if rest else NOTHING,
        notes([figures["mean"]]),
    )
    return Line(f"{item.criterion}{' (R)' if item.reversed else ''} – {item.id}", cells)
