"""The chapter on the declared improvement: indicator I15 beside its target."""

from collections.abc import Callable, Mapping
from dataclasses import replace

from surveyapp.reports.improvement import AT, DECLARING, EVERYBODY, INDICATOR, RATINGS, TARGET
from surveyapp.reports.italian import MODES, NOTHING, counted, interval, number, percent, whole
from surveyapp.reports.numbers import ALL_VARIANTS, EVERYWHERE, Figure, Numbers, Place
from surveyapp.reports.plots import Histogram, Step, histogram
from surveyapp.reports.tables import NOTES, Block, Line, Names, Part, Section, Table, anchor, notes, share_of

WHO = {DECLARING: "Chi dichiara un miglioramento", EVERYBODY: "Tutte le persone"}
REACHED = {1.0: "raggiunto", 0.0: "non\u00a0raggiunto"}
STEPS = range(2, 11)
# Whether those who declare an improvement, and everybody, reach the target.
OUTCOMES = {
    (True, True): "L'obiettivo, oltre 8, è raggiunto in tutte e due le letture.",
    (True, False): "L'obiettivo, oltre 8, è raggiunto fra chi dichiara e non contando tutte le persone.",
    (False, True): "L'obiettivo, oltre 8, è raggiunto contando tutte le persone e non fra chi dichiara.",
    (False, False): "L'obiettivo, oltre 8, non è raggiunto in nessuna delle due letture.",
}

INTRODUCTION = (
    "Alla fine del percorso ogni persona dice se rispetto all'inizio partecipa di più o si sente più capace "
    "di lavorare, e dà quattro voti da 1 a 10 al proprio miglioramento. L'indicatore I15 del progetto è la "
    "media di questi voti, con obiettivo oltre 8.",
    "La media si può leggere in due modi, e qui ci sono sempre tutti e due: solo chi dichiara un "
    "miglioramento (la lettura letterale dell'indicatore) e tutte le persone. I voti da 1 a 10 sono uguali "
    "nella versione semplice e in quella standard: per questo solo qui le due versioni stanno insieme; più "
    "sotto sono anche divise.",
)
NOTE = (
    "Obiettivo: la media osservata confrontata con 8, in senso stretto (8,00 non basta). Si può "
    "generalizzare: «dimostrato» quando lo dicono tutti e due i test a una coda (t di Student e Wilcoxon "
    "esatto, p < 0,05), «contraddetto» quando tutti e due dicono il contrario. Le ultime due colonne dicono "
    "come cambierebbe la media se tutte le persone senza voto avessero dato 1 o 10; "
    "nessun voto è stato inventato."
)


def improvement_section(numbers: Numbers, names: Names) -> Section | None:
    """One part per version; None when nobody has concluded or the instrument does not ask it."""
    wholes = indicator_places(numbers)
    if not wholes:
        return None
    return Section(
        "miglioramento",
        "Miglioramento dichiarato (indicatore I15)",
        INTRODUCTION,
        tuple(part for place in wholes for part in _parts(numbers, names, place)),
    )


def _parts(numbers: Numbers, names: Names, place: Place) -> tuple[Part, ...]:
    version = names.version(place)
    key = anchor("i15", place.version)
    drawn = sum(
        numbers.count(place, f"{who}_to_{upper}") for who in ("declaring", "others") for upper in STEPS
    )
    return (
        Part(
            id=key,
            title=f"Media e obiettivo – strumento {version}",
            sentences=(_said(numbers, place),),
            tables=(_target_table(numbers, place, key, version),),
        ),
        Part(
            id=f"{key}-come",
            title=f"Come si distribuiscono i voti – strumento {version}",
            drawing=_histogram(numbers, place, f"{key}-voti", version) if drawn else None,
            seen=_seen(numbers, place) if drawn else "",
            tables=(_distribution_table(numbers, place, key, version),),
        ),
        Part(
            id=f"{key}-chi",
            title=f"Voto per voto e gruppo per gruppo – strumento {version}",
            tables=(
                _ratings_table(numbers, names, place, key),
                _breakdown_table(numbers, names, place, key),
            ),
        ),
    )


def _said(numbers: Numbers, place: Place) -> str:
    concluded, answered, declared, unknown, worsened = (
        numbers.count(place, statistic)
        for statistic in ("concluded", "answered", "declared", "unknown", "worsened")
    )
    share = numbers.value(place, "share_declared")
    shown = f" ({percent(share)})" if share is not None else ""
    return (
        f"{counted(concluded, 'persona ha concluso', 'persone hanno concluso')} il percorso e "
        f"{counted(answered, 'ha', 'hanno')} inviato il questionario finale. "
        f"{whole(declared)} su {whole(concluded)}{shown} {'dichiara' if declared == 1 else 'dichiarano'} un "
        f"miglioramento, {counted(worsened, 'dice', 'dicono')} che almeno una cosa è peggiorata, "
        f"di {whole(unknown)} non si sa."
    )


def _target_table(numbers: Numbers, place: Place, key: str, version: str) -> Table:
    return Table(
        id=f"{key}-obiettivo",
        caption=f"Media dei voti da 1 a 10 e obiettivo oltre 8 (strumento {version})",
        columns=(
            "Persone considerate",
            "Con il voto",
            "Senza voto",
            "Media",
            "Intervallo 95 %",
            "Obiettivo",
            "Si può generalizzare?",
            "Se chi manca desse 1",
            "Se chi manca desse 10",
            NOTES,
        ),
        blocks=(Block("", tuple(_target_line(numbers, place, subset) for subset in WHO)),),
        words=(4, 5, 6, 9),
        note=NOTE,
    )


def _target_line(numbers: Numbers, place: Place, subset: str) -> Line:
    about = replace(place, subset=subset)
    mean = numbers.figure(about, "mean")
    reached = numbers.value(about, "reached")
    cells = (
        whole(numbers.value(about, "n")),
        whole(numbers.value(about, "missing")),
        number(mean.value if mean else None, 2),
        interval(mean.low, mean.high, 2) if mean else NOTHING,
        NOTHING if reached is None else REACHED[reached],
        _verdict(numbers.figure(about, "verdict")),
        number(numbers.value(about, "mean_if_missing_1"), 2),
        number(numbers.value(about, "mean_if_missing_10"), 2),
        notes([mean]),
    )
    return Line(WHO[subset], cells, subset == DECLARING)


def _steps(numbers: Numbers, place: Place) -> list[Step]:
    return [
        Step(
            upper - 1,
            upper,
            numbers.count(place, f"declaring_to_{upper}"),
            numbers.count(place, f"others_to_{upper}"),
        )
        for upper in STEPS
    ]


def _histogram(numbers: Numbers, place: Place, key: str, version: str) -> Histogram:
    return histogram(
        key,
        f"Quante persone per media dei voti, strumento {version}",
        f"{_seen(numbers, place)} I numeri sono nella tabella che segue.",
        "media dei voti di una persona (da 1 a 10)",
        _steps(numbers, place),
        TARGET,
    )


def _seen(numbers: Numbers, place: Place) -> str:
    steps = _steps(numbers, place)
    total = sum(step.declaring + step.others for step in steps)
    above = sum(step.declaring + step.others for step in steps if step.lower >= TARGET)
    fullest = max(steps, key=lambda step: step.declaring + step.others)
    return (
        f"{counted(above, 'persona ha', 'persone hanno')} una media oltre 8, su {whole(total)} con il voto. "
        f"Il gruppo più numeroso sta {_step_name(fullest).lower()}."
    )


def _step_name(step: Step) -> str:
    if step.upper == STEPS[0]:
        return f"Da 1 a {step.upper:.0f}"
    return f"Oltre {step.lower:.0f} fino a {step.upper:.0f}"


def _distribution_table(numbers: Numbers, place: Place, key: str, version: str) -> Table:
    lines = tuple(
        Line(
            _step_name(step),
            tuple(whole(part) for part in (step.declaring, step.others, step.declaring + step.others)),
        )
        for step in _steps(numbers, place)
    )
    return Table(
        id=f"{key}-distribuzione",
        caption=f"Quante persone per media dei voti (strumento {version})",
        columns=("Media dei voti", "Dichiarano un miglioramento", "Le altre", "In tutto"),
        blocks=(Block("", lines),),
    )


def _ratings_table(numbers: Numbers, names: Names, place: Place, key: str) -> Table:
    lines = []
    for item in RATINGS:
        figure = numbers.figures(replace(place, item=item, subset=EVERYBODY))["mean"]
        limits = interval(figure.low, figure.high, 2)
        cells = (whole(figure.n), number(figure.value, 2), limits, notes([figure]))
        lines.append(Line(f"{names.instrument.items[item].criterion} ({item})", cells))
    return Table(
        id=f"{key}-domande",
        caption=f"Ogni voto, tutte le persone che lo hanno dato (strumento {names.version(place)})",
        columns=("Voto", "Persone", "Media", "Intervallo 95 %", NOTES),
        blocks=(Block("", tuple(lines)),),
        words=(3, 4),
        note="Il voto complessivo è un controllo e non entra nella media dell'indicatore.",
    )


def _breakdown_table(numbers: Numbers, names: Names, place: Place, key: str) -> Table:
    same = [found for found in numbers.places("concluded") if found.version == place.version]
    titles: dict[str, tuple[Callable[[Place], bool], Callable[[Place], str]]] = {
        "Per territorio": (lambda found: found.territory != EVERYWHERE, lambda found: found.territory),
        "Per versione delle domande (chi ha risposto)": (
            lambda found: found.variant != ALL_VARIANTS,
            lambda found: names.variant(found.variant).capitalize(),
        ),
        "Per modo di compilare (chi ha risposto)": (
            lambda found: found.subset.startswith("mode:"),
            lambda found: MODES.get(found.subset[5:], found.subset[5:]),
        ),
    }
    blocks = [
        Block(title, tuple(_breakdown_line(numbers, found, head(found)) for found in same if belongs(found)))
        for title, (belongs, head) in titles.items()
    ]
    return Table(
        id=f"{key}-gruppi",
        caption=f"Lo stesso, per gruppi di persone (strumento {names.version(place)})",
        columns=(
            "Gruppo",
            "Persone",
            "Dichiarano un miglioramento",
            "Dicono un peggioramento",
            "Media di chi dichiara",
            "Media di tutte",
            NOTES,
        ),
        blocks=tuple(block for block in blocks if block.lines),
        words=(6,),
    )


def _breakdown_line(numbers: Numbers, place: Place, head: str) -> Line:
    means = [
        numbers.figure(replace(place, subset=f"{place.subset}:{subset}" if place.subset else subset), "mean")
        for subset in WHO
    ]
    cells = (
        whole(numbers.value(place, "concluded")),
        share_of(numbers, place, "declared", "share_declared"),
        whole(numbers.value(place, "worsened")),
        *(f"{number(mean.value, 2)} (n = {mean.n})" if mean else NOTHING for mean in means),
        notes(means),
    )
    return Line(head, cells)


def headline(numbers: Numbers, names: Names, place: Place) -> list[str]:
    """The indicator in plain sentences, for the top of the page."""
    found = {subset: numbers.figures(replace(place, subset=subset)) for subset in WHO}
    means = {subset: figures["mean"] for subset, figures in found.items()}
    if any(mean.value is None for mean in means.values()):
        return [_said(numbers, place)]
    shown = {subset: _mean_in_words(mean) for subset, mean in means.items()}
    reached = (found[DECLARING]["reached"].value == 1, found[EVERYBODY]["reached"].value == 1)
    return [
        _said(numbers, place),
        f"Il voto medio al miglioramento, da 1 a 10 (strumento {names.version(place)}), è {shown[DECLARING]} "
        f"per chi lo dichiara e {shown[EVERYBODY]} contando tutte le persone. {OUTCOMES[reached]} "
        f"{_generalized(found)}",
    ]


def _mean_in_words(mean: Figure) -> str:
    said = (interval(mean.low, mean.high, 2), mean.label)
    return f"{number(mean.value, 2)} ({', '.join(filter(None, said))})"


def _generalized(found: Mapping[str, Mapping[str, Figure]]) -> str:
    """The second line of the target: what can be said beyond the people observed."""
    first, second = (_verdict(found[subset]["verdict"]) for subset in WHO)
    said = f"{first} in tutte e due" if first == second else f"{first} nella prima, {second} nella seconda"
    return f"Per chi vuole generalizzare oltre queste persone: {said}."


def _verdict(figure: Figure | None) -> str:
    return figure.label.split("; ")[-1] if figure and figure.value is not None else NOTHING


def indicator_places(numbers: Numbers) -> list[Place]:
    """Where the indicator was computed over everybody, one place a version."""
    found = numbers.places("concluded")
    return [place for place in found if place == Place(place.version, INDICATOR, occasion=AT)]
