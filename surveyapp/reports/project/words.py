"""Words that the chapters of the project's report share."""

from collections.abc import Mapping

from surveyapp.reports.improvement import VERDICTS
from surveyapp.reports.italian import NOTHING, counted, interval, percent, whole
from surveyapp.reports.numbers import SHOWN_FROM, Figure, Numbers, Place

REACHED: Mapping[float, str] = {1.0: "raggiunto", 0.0: "non\u00a0raggiunto"}
VERDICT_WORDS: Mapping[float, str] = {value: words for words, value in VERDICTS.items()}
# A share that most readers know by name, with the least and the greatest that goes by it.
NAMED_SHARES: tuple[tuple[float, float, str], ...] = (
    (0.23, 0.27, "circa un quarto"),
    (0.31, 0.36, "circa un terzo"),
    (0.45, 0.55, "circa la metà"),
    (0.64, 0.69, "circa due terzi"),
    (0.73, 0.77, "circa tre quarti"),
)
BOTH_LINES = (
    "Obiettivo: il valore osservato confrontato con quello promesso, in senso stretto (50 % esatto non è "
    "oltre 50 %). Si può generalizzare: «dimostrato» quando il test esatto a una coda lo dice con p < 0,05, "
    "«contraddetto» quando dice il contrario, «non dimostrato» quando i dati non bastano."
)


def reached(figure: Figure | None) -> str:
    """Whether a target is reached by what was observed."""
    return NOTHING if figure is None or figure.value is None else REACHED[figure.value]


def verdict(figure: Figure | None) -> str:
    """What can be said beyond the people observed."""
    return NOTHING if figure is None or figure.value is None else VERDICT_WORDS[figure.value]


def of_them(numbers: Numbers, place: Place) -> str:
    """How many of how many, with the share where enough people allow it: "31 su 54 (57 %)"."""
    found = numbers.figures(place)
    yes, n, share = (found.get(name) for name in ("successes", "n", "share"))
    if yes is None or n is None or yes.value is None or n.value is None:
        return NOTHING
    shown = f" ({percent(share.value)})" if share and share.value is not None else ""
    return f"{whole(yes.value)} su {whole(n.value)}{shown}"


def limits(figure: Figure | None) -> str:
    """The limits of a share, as percentages."""
    if figure is None or figure.low is None or figure.high is None:
        return NOTHING
    return f"{interval(100 * figure.low, 100 * figure.high, 0)}\u00a0%"


def about(share: float) -> str:
    """A share in the words of who tells it: "circa la metà", or a percentage."""
    return next(
        (words for least, most, words in NAMED_SHARES if least <= share <= most), f"il {percent(share)}"
    )


def people(amount: float) -> str:
    """An amount of people."""
    return counted(int(amount), "persona", "persone")


def hosts(amount: float) -> str:
    """An amount of companies and cooperatives."""
    return counted(int(amount), "azienda o cooperativa", "aziende e cooperative")


def few(n: int) -> bool:
    """Whether there are too few for anything but counts."""
    return n < SHOWN_FROM
