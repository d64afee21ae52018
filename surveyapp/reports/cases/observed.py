"""What operators observed, before and after."""

from collections.abc import Iterator
from dataclasses import replace

from surveyapp.reports.cases.case import OBSERVED, Case
from surveyapp.reports.cases.words import day_of, said, versions_of
from surveyapp.reports.frames import Response, Study
from surveyapp.reports.italian import number
from surveyapp.reports.pairs import START, Match, compared_scales, matches
from surveyapp.reports.tables import Block, Line, Part, Section, Table
from surveyapp.scoring.scores import scales_of

END = "EXPOST"
CONTEXT = "OSS_CTX"


def observed_section(case: Case) -> Section:
    """The areas of the observation sheet before and after, each scored on what was observed both times."""
    title, study = "Scheda di osservazione", case.studies[OBSERVED]
    first = _first(study)
    if first is None:
        return Section("osservazione", title, ("Nessuna scheda di osservazione inviata finora.",))
    sides = {START: first.before, END: first.after}
    there = {occasion: side for occasion, side in sides.items() if side}
    table = Table(
        id="tabella-osservazione",
        caption=f"Autonomia osservata, da 0 a 100 ({versions_of(there.values())})",
        columns=("Area", *(_observed_when(side) for side in there.values())),
        blocks=(Block("", tuple(_areas(first))),),
        note=_contexts(list(there.values())),
    )
    return Section("osservazione", title, parts=(Part("", "", tables=(table,)),))


def _first(study: Study) -> Match | None:
    """The first observer's sheets, at the start and at the end."""
    if not study.responses:
        return None
    own = tuple(one for one in study.responses if one.administration.rater == 1)
    found = matches(replace(study, responses=own), START, END)
    return next(iter(found), None)


def _areas(match: Match) -> Iterator[Line]:
    """Both sides on the items observed both times; where they cannot be compared, each as it is."""
    compared = {scale.id: scale for scale in compared_scales(match.asked, (START, END))}
    for scale in scales_of(match.known.questionnaire):
        pair = match.scores(compared[scale.id]) if scale.id in compared else None
        sides = [side for side in (match.before, match.after) if side]
        values = pair or [side.scores[scale.id].value if scale.id in side.scores else None for side in sides]
        yield Line(scale.title, tuple(number(value, 0) for value in values))


def _observed_when(response: Response) -> str:
    asked = response.questionnaire
    return f"{asked.instrument.occasions[asked.occasion].title}, {day_of(response)}"


def _contexts(sides: list[Response]) -> str:
    """Where it was observed: other contexts let other things be seen."""
    found = list(filter(None, (said(side, CONTEXT) for side in sides)))
    if len(set(found)) > 1:
        return (
            f"Contesti diversi: {found[0]}, poi {found[1]}. I due punteggi non si leggono come prima e dopo."
        )
    return f"Contesto: {found[0]}." if found else ""
