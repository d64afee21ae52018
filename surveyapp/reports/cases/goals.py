"""The goals in a person's own words, with how the person and the operator say that they went."""

from collections.abc import Iterator

from surveyapp.instruments.model import Item
from surveyapp.reports.cases.case import SELF, Case, is_own
from surveyapp.reports.cases.words import said, versions_of, written
from surveyapp.reports.frames import Response, Study
from surveyapp.reports.italian import NOTHING
from surveyapp.reports.tables import Block, Line, Part, Section, Table


def goals_section(case: Case) -> Section | None:
    """The goals in the person's own words with both ratings of the latest occasion at which one was given.

    Where the person's answers are not shown, the operator's ratings alone, without the words.
    """
    study = case.studies[SELF]
    items = [item for item in study.instrument.items.values() if item.carries]
    own, by_operator = _rated(study, items, mine=True), _rated(study, items, mine=False)
    latest = max((one for one in (own, by_operator) if one), key=lambda one: _turn(study, one), default=None)
    lines = tuple(_goals(study, items, *(_at(one, latest) for one in (own, by_operator))))
    if not lines:
        empty = "" if case.hidden else "La persona non ha ancora scritto obiettivi."
        return Section("obiettivi", "Gli obiettivi della persona", (empty,)) if empty else None
    columns = ("La persona", "L'operatore")[1 if case.hidden else 0 :]
    shown = tuple(Line(line.head, line.cells[-len(columns) :]) for line in lines)
    asked = [one for one in study.responses if one.given]
    table = Table(
        id="tabella-obiettivi",
        caption=f"Ci è riuscita? {_occasion(latest)}({versions_of(asked)})",
        columns=("Obiettivo", *columns),
        blocks=(Block("", shown),),
        words=(1, 2),
    )
    return Section("obiettivi", "Gli obiettivi della persona", parts=(Part("", "", tables=(table,)),))


def _rated(study: Study, items: list[Item], *, mine: bool) -> Response | None:
    """The latest response in which this side rated a goal."""
    found = [
        one
        for one in study.responses
        if is_own(one) == mine and one.administration.rater == 1 and any(said(one, item.id) for item in items)
    ]
    return max(found, key=lambda one: _turn(study, one), default=None)


def _turn(study: Study, response: Response) -> int:
    return list(study.instrument.occasions).index(response.questionnaire.asked_as)


def _at(response: Response | None, latest: Response | None) -> Response | None:
    """The response where it is of the latest occasion: two moments do not stand side by side."""
    if response is None or latest is None:
        return None
    return response if response.questionnaire.asked_as == latest.questionnaire.asked_as else None


def _goals(
    study: Study, items: list[Item], own: Response | None, by_operator: Response | None
) -> Iterator[Line]:
    for number_of_goal, item in enumerate(items, 1):
        text = next((words for one in study.responses if (words := written(one, item.carries or ""))), "")
        ratings = (said(own, item.id), said(by_operator, item.id))
        if text or any(ratings):
            head = f"«{text}»" if text else f"Obiettivo {number_of_goal}"
            yield Line(head, tuple(rating or NOTHING for rating in ratings))


def _occasion(response: Response | None) -> str:
    if response is None:
        return "Non ancora chiesto "
    asked = response.questionnaire
    return f"{asked.instrument.occasions[asked.asked_as].title} "
