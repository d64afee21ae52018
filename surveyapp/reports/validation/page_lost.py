"""The chapter on those who were lost: whether they differed, and how far they could move the result."""

from surveyapp.reports.italian import counted, interval, number, percent, signed, whole
from surveyapp.reports.numbers import Numbers, Place
from surveyapp.reports.tables import NOTES, Block, Line, Names, Part, Section, Table, alike, named, notes

INTRODUCTION = (
    "Chi non risponde la seconda volta può essere diverso da chi risponde: allora il cambiamento di chi "
    "resta non vale per tutti. Qui si confrontano i punteggi della prima rilevazione. g di Hedges: "
    "differenza fra le medie (chi resta meno chi si perde) in deviazioni standard.",
    "Le ultime due colonne dicono quale sarebbe la quota che migliora se non fosse migliorato nessuno, o "
    "se fossero migliorati tutti, fra chi non si può confrontare. Nessuna risposta è stata inventata.",
)
COLUMNS = (
    "Scala",
    "Restano",
    "Si perdono",
    "Media di chi resta",
    "Media di chi si perde",
    "g",
    "Intervallo 95 % di g",
    "p",
    "Migliora, se nessuno",
    "Migliora, se tutti",
    NOTES,
)


def lost_section(numbers: Numbers, names: Names) -> Section:
    """A table per comparison, version, form, variant and length."""
    places = [place for place in numbers.places("hedges_g") if place.subset == "lost"]
    parts = tuple(_part(numbers, names, key, found) for key, found in alike(places).items())
    empty = () if parts else ("Nessuna persona può ancora avere un secondo questionario.",)
    return Section("perdite", "Chi si è perso per strada", (*INTRODUCTION, *empty), parts)


def _part(numbers: Numbers, names: Names, key: Place, places: list[Place]) -> Part:
    name = named("perdite", key)
    table = Table(
        id=f"{name}-tabella",
        caption=f"Chi resta e chi si perde, {names.transition(key.occasion)} ({names.about(key)})",
        columns=COLUMNS,
        blocks=(Block("", tuple(_line(numbers, names, place) for place in places)),),
        words=(6, 10),
    )
    title = f"{names.transition(key.occasion)} – {names.about(key)}"
    return Part(name, title, _helped(numbers, places[0]), tables=(table,))


def _helped(numbers: Numbers, place: Place) -> tuple[str, ...]:
    """Whether those who had help at the start stay as often as the others, where it could be computed."""
    whole_group = Place(
        place.version,
        occasion=place.occasion,
        variant=place.variant,
        subset="lost",
        form=place.form,
        length=place.length,
    )
    stayed, gap = numbers.figure(whole_group, "stayed"), numbers.figure(whole_group, "helped_difference")
    if stayed is None:
        return ()
    said = [f"Restano {counted(int(stayed.value or 0), 'persona', 'persone')} su {whole(stayed.n)}."]
    if gap and gap.value is not None and gap.low is not None and gap.high is not None:
        limits = interval(100 * gap.low, 100 * gap.high, 0)
        said.append(
            f"Fra chi resta, chi aveva compilato con aiuto è {signed(100 * gap.value, 0)} punti percentuali "
            f"rispetto a chi si perde (intervallo al 95 % {limits})."
        )
    return tuple(said)


def _line(numbers: Numbers, names: Names, place: Place) -> Line:
    figures = numbers.figures(place)
    g = figures["hedges_g"]
    cells = (
        whole(figures["stayed"].value),
        whole(figures["lost"].value),
        number(numbers.value(place, "mean_stayed")),
        number(numbers.value(place, "mean_lost")),
        signed(g.value, 2),
        interval(g.low, g.high, 2),
        number(numbers.value(place, "p_mann_whitney"), 3),
        percent(numbers.value(place, "share_improved_if_none")),
        percent(numbers.value(place, "share_improved_if_all")),
        notes([g]),
    )
    return Line(names.scale(place.scale), cells)
