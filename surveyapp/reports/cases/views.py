"""The same placement seen by the person, by the operator and by the host: side by side, never subtracted."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from surveyapp.instruments.answers import FULL
from surveyapp.instruments.model import Instrument
from surveyapp.reports.cases.case import QUALITY, Case
from surveyapp.reports.cases.words import day_of, versions_of
from surveyapp.reports.frames import PARTICIPANT, Response
from surveyapp.reports.italian import NOTHING, listed, number
from surveyapp.reports.plots import Dots, dots
from surveyapp.reports.tables import LENGTHS, Block, Line, Part, Section, Table
from surveyapp.scoring.scores import SHORT_SUFFIX

# Whose view each form is, in the order of the marks of the drawing.
VIEWS: Mapping[str, str] = {"P": "La persona", "O": "L'operatore", "C": "Chi ospita"}
STANDARD, MINI = "std", "mini"
Values = Sequence[float | None]
LEGEND = "Cerchio pieno: la persona. Quadrato vuoto: l'operatore. Rombo pieno: chi ospita."
NOTE = (
    f"Ciascuno dalla sua scheda: più alto vuol dire meglio. {NOTHING}: troppo poche risposte. Sono punti di "
    "vista, non misure della stessa cosa: dove sono lontani, vale la pena parlarne insieme."
)
APART = (
    "Da leggere a parte: nella versione semplice le risposte possibili sono tre invece di cinque, nella "
    "scheda breve le domande sono meno."
)
NOBODY = "Nessuno ha ancora inviato un questionario su un inserimento di questo percorso."


@dataclass(frozen=True)
class Views:
    """The responses about one placement at one occasion, by form.

    Those of another variant or length than the others stand `apart`.
    """

    together: Mapping[str, Response]
    apart: Mapping[str, Response]

    @property
    def all(self) -> list[Response]:
        """Every response, those side by side first."""
        return [*self.together.values(), *self.apart.values()]


def latest_views(case: Case) -> Views | None:
    """The latest occasion, of the latest placement, at which at least one form was sent; None before that.

    Retests, second observers and the few questions of a short trial are left out.
    """
    turns = {f"placement:{one.id}": turn for turn, one in enumerate(case.placements)}
    order = list(case.studies[QUALITY].instrument.occasions)
    found: dict[tuple[int, int, int], list[Response]] = {}
    for one in filter(_is_view, case.studies[QUALITY].responses):
        about = one.administration
        if about.subject in turns and about.occasion in order:
            turn = (turns[about.subject], order.index(about.occasion), about.number)
            found.setdefault(turn, []).append(one)
    return _views(found[max(found)]) if found else None


def views_section(case: Case) -> Section:
    """The chapter of the sheet."""
    views = latest_views(case)
    title = "Punti di vista sull'inserimento"
    if views is None:
        return Section("punti-di-vista", title, (NOBODY,))
    parts = [_together(views.together)] if views.together else []
    parts += [_apart(form, one) for form, one in views.apart.items()]
    return Section("punti-di-vista", title, (_when(case, views),), tuple(parts))


def _is_view(response: Response) -> bool:
    asked = response.questionnaire
    first = response.administration.rater == 1 and asked.asked_as == asked.occasion
    return first and asked.form in VIEWS and asked.length != MINI


def _views(found: Iterable[Response]) -> Views:
    by_form = {one.questionnaire.form: one for one in found}
    in_order = {form: by_form[form] for form in VIEWS if form in by_form}
    standard = [one.questionnaire.length for one in in_order.values() if one.variant == STANDARD]
    length = FULL if FULL in standard else next(iter(standard), FULL)
    alike = {
        form: one.variant == STANDARD and one.questionnaire.length == length for form, one in in_order.items()
    }
    return Views(
        {form: one for form, one in in_order.items() if alike[form]},
        {form: one for form, one in in_order.items() if not alike[form]},
    )


def _when(case: Case, views: Views) -> str:
    """About which placement, at which occasion, and when each answered."""
    first = views.all[0]
    subject = first.administration.subject
    code = next(one.code for one in case.placements if f"placement:{one.id}" == subject)
    occasion = first.questionnaire.instrument.occasions[first.questionnaire.occasion].title.lower()
    times = f" (volta {first.administration.number})" if first.administration.number > 1 else ""
    said = [
        f"{VIEWS[one.questionnaire.form].lower()} il {day_of(one)}"
        for one in sorted(views.all, key=lambda one: list(VIEWS).index(one.questionnaire.form))
    ]
    return f"Inserimento {code}, {occasion}{times}. Hanno risposto: {listed(said)}.{_silent(case, views)}"


def _silent(case: Case, views: Views) -> str:
    """Whose view is missing; of the person's nothing is said where it is not shown."""
    answered = {one.questionnaire.form for one in views.all}
    missing = [
        words.lower()
        for form, words in VIEWS.items()
        if form not in answered and not (form == PARTICIPANT and case.hidden)
    ]
    return f" Non c'è la scheda di: {listed(missing)}." if missing else ""


def _scales(instrument: Instrument) -> list[str]:
    """The scales that several forms ask, in their order."""
    shared = {name for gap in instrument.gaps for name in gap.scales}
    return [scale.id for scale in instrument.scales if scale.id in shared]


def _value(response: Response | None, scale: str) -> float | None:
    if response is None:
        return None
    length = response.questionnaire.length
    score = response.scores.get(scale if length == FULL else scale + SHORT_SUFFIX)
    return score.value if score else None


def _together(together: Mapping[str, Response]) -> Part:
    instrument = next(iter(together.values())).questionnaire.instrument
    lines = [
        (instrument.scale(scale).title, [_value(together.get(form), scale) for form in VIEWS])
        for scale in _scales(instrument)
    ]
    drawing = _drawing(lines, [VIEWS[form] for form in together])
    return Part(
        "fianco-a-fianco",
        "",
        drawing=drawing,
        seen="Ogni segno è un punto di vista sulla stessa dimensione.",
        tables=(_table(together, lines),),
    )


def _drawing(lines: Sequence[tuple[str, Values]], who: list[str]) -> Dots:
    said = [f"{title}: {_in_words(values)}" for title, values in lines]
    return dots(
        "disegno-punti-di-vista",
        "Punti di vista sull'inserimento",
        f"{listed(who)}. {'; '.join(said)}.",
        "Punteggio da 0 a 100",
        LEGEND,
        lines,
    )


def _in_words(values: Values) -> str:
    return ", ".join(
        f"{words.lower()} {number(value, 0)}"
        for words, value in zip(VIEWS.values(), values, strict=True)
        if value is not None
    )


def _apart(form: str, response: Response) -> Part:
    """What cannot stand in the columns of the others lies in a row of its own."""
    instrument = response.questionnaire.instrument
    scales = _scales(instrument)
    cells = tuple(number(_value(response, scale), 0) for scale in scales)
    table = Table(
        id=f"tabella-a-parte-{form.lower()}",
        caption=f"{VIEWS[form]}, a parte: punteggi da 0 a 100 ({_about([response])})",
        columns=("Chi", *(instrument.scale(scale).title for scale in scales)),
        blocks=(Block("", (Line(VIEWS[form].replace(" ", "\u00a0"), cells),)),),
        note=APART,
    )
    return Part("", "", tables=(table,))


def _about(shown: Sequence[Response]) -> str:
    """Variant, length where it is not the full one, and version of what was answered."""
    first = shown[0].questionnaire
    variant = first.instrument.forms[first.form].variants[first.variant].title
    return ", ".join(filter(None, (variant, LENGTHS.get(first.length, ""), versions_of(shown))))


def _table(shown: Mapping[str, Response], lines: Sequence[tuple[str, Values]]) -> Table:
    places = [place for place, form in enumerate(VIEWS) if form in shown]
    rows = (Line(title, tuple(number(values[place], 0) for place in places)) for title, values in lines)
    return Table(
        id="tabella-punti-di-vista",
        caption=f"Punteggi da 0 a 100 ({_about(list(shown.values()))})",
        columns=("Dimensione", *(VIEWS[form] for form in shown)),
        blocks=(Block("", tuple(rows)),),
        note=NOTE,
    )
