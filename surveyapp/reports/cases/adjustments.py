"""What was decided to adjust, and what the host has adapted."""

from collections.abc import Iterator
from datetime import date

from surveyapp.reports.cases.case import QUALITY, Adapting, Case
from surveyapp.reports.cases.views import VIEWS
from surveyapp.reports.cases.words import closed_on, day_in_figures, said, versions_of, written
from surveyapp.reports.frames import Response
from surveyapp.reports.italian import NOTHING
from surveyapp.reports.tables import Block, Line, Part, Section, Table

# What was decided, when, and who looks after it.
DECIDED, DECIDED_ON, LOOKED_AFTER_BY = "QIL_AZ1", "QIL_AZ2", "QIL_AZ3"
# Of an accommodation: what it is, for whom (one person, or all), whether it was made, how it is today.
WHAT, LEVEL, MADE, TODAY = "ACC_I04", "ACC_I03", "ACC_I06", "ACC_I09"
INDIVIDUAL = 1
MOST = 5
PROPOSED = "Proposto"
NOTHING_TOLD = "nessun adattamento descritto."


def adjustments_section(case: Case) -> Section:
    """What operators and hosts decided to adjust, newest first."""
    title = "Aggiustamenti decisi"
    study = case.studies[QUALITY]
    deciding = [one for one in study.responses if said(one, DECIDED)]
    if not deciding:
        return Section("aggiustamenti", title, ("Nessun aggiustamento segnato finora.",))
    rows = sorted(((decided_on(one), one) for one in deciding), key=lambda row: row[0], reverse=True)
    table = Table(
        id="tabella-aggiustamenti",
        caption=f"Aggiustamenti decisi ({versions_of(deciding)})",
        columns=("Data", "Che cosa", "Chi lo scrive", "Chi se ne occupa"),
        blocks=(Block("", tuple(_adjusted(*row) for row in rows[:MOST])),),
        words=(1, 2, 3),
        note=f"I {MOST} più recenti di {len(rows)}." if len(rows) > MOST else "",
    )
    return Section("aggiustamenti", title, parts=(Part("", "", tables=(table,)),))


def accommodations_section(case: Case) -> Section | None:
    """The accommodations told by a host that is accompanied.

    One made for a single person is shown only where nobody else was ever placed there.
    """
    told = [one for one in case.adapting if one.study.responses]
    if not told:
        return None
    return Section("adattamenti", "Adattamenti di chi ospita", parts=tuple(map(_accommodations, told)))


def decided_on(response: Response) -> date:
    """The day of the decision; where it was not written, that of the form."""
    given = response.given.get(DECIDED_ON)
    text = given.answer.text if given else None
    return date.fromisoformat(text) if text else closed_on(response) or date.min


def _adjusted(when: date, response: Response) -> Line:
    form = response.questionnaire.form
    who = VIEWS.get(form, response.questionnaire.instrument.forms[form].title)
    return Line(
        day_in_figures(when),
        (said(response, DECIDED), who, written(response, LOOKED_AFTER_BY) or NOTHING),
    )


def _accommodations(one: Adapting) -> Part:
    records = list(_records(one))
    shown = tuple(line for line in records if line is not None)
    note = _left_out(len(records) - len(shown), len(shown))
    days = " – ".join(filter(None, (day_in_figures(one.started_on), day_in_figures(one.ended_on))))
    about = f"{one.organisation}, accompagnamento {days} ({versions_of(one.study.responses)})"
    if not shown:
        return Part("", "", (f"{about}: {note[:1].lower()}{note[1:] or NOTHING_TOLD}",))
    table = Table(
        id=f"tabella-adattamenti-{one.code.lower()}",
        caption=about,
        columns=("Adattamento", "Per chi", "Stato"),
        blocks=(Block("", shown[:MOST]),),
        words=(1, 2),
        note=note,
    )
    return Part("", "", tables=(table,))


def _left_out(left_out: int, shown: int) -> str:
    said = []
    if left_out:
        said.append(
            "Gli adattamenti fatti per una sola persona non sono mostrati: qui ne è passata più di una."
        )
    if shown > MOST:
        said.append(f"I primi {MOST} di {shown}.")
    return " ".join(said)


def _records(one: Adapting) -> Iterator[Line | None]:
    """A line for each accommodation; None for one that may be somebody else's."""
    order = list(one.study.instrument.occasions)
    told = sorted(one.study.responses, key=lambda response: order.index(response.questionnaire.occasion))
    numbers = sorted({item.record for item in one.study.instrument.items.values() if item.declared == WHAT})
    for record in numbers:
        what = _latest(told, f"{WHAT}.{record}", text=True)
        if not what:
            continue
        individual = any(response.raw(f"{LEVEL}.{record}") == INDIVIDUAL for response in told)
        if individual and not one.alone:
            yield None
            continue
        state = _latest(told, f"{TODAY}.{record}") or _latest(told, f"{MADE}.{record}") or PROPOSED
        yield Line(what, (_latest(told, f"{LEVEL}.{record}") or NOTHING, state))


def _latest(told: list[Response], item: str, *, text: bool = False) -> str:
    """The last thing said of an item."""
    words = [written(response, item) if text else said(response, item) for response in told]
    return next(filter(None, reversed(words)), "")
