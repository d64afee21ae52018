"""Indicator I14: which companies and cooperatives keep what was adapted (D6, D7, D12)."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from analysis.linked import Sum
from surveyapp.reports.frames import Response, Study
from surveyapp.reports.numbers import Figure, Place, Row, count, placed
from surveyapp.reports.project.indicators import OUTCOMES
from surveyapp.reports.project.judged import SUCCESSES, Judged, N, added_up, judged_rows, parts_of
from surveyapp.reports.project.placed_after import MONTHS, months_later
from surveyapp.storage.register_rows import AccompanimentRow, Register
from surveyapp.study.subjects import host_type
from surveyapp.study.territory import territory

LAST = "T2"
FACT = "ACC_MANTIENE"
RULE = "assessable"
TARGET = OUTCOMES["I14"][2]
INTERVIEWED, ACCOMPANIED = "interviewed", "accompanied"
COMPANY, COOPERATIVE = "company", "cooperative"
KINDS = (COMPANY, COOPERATIVE)
# The day after which the last interview can be asked (D7): of each accompaniment, or of the whole project.
PROJECT_END = date(2029, 1, 6)


@dataclass(frozen=True)
class Adapted:
    """An organisation that was accompanied; `keeps` is None where nothing was asked or could be assessed."""

    organisation: str
    kind: str
    territory: str
    matured: bool
    interviewed: bool = False
    keeps: bool | None = None


BASES: Mapping[str, Callable[[Adapted], bool]] = {
    INTERVIEWED: lambda one: one.keeps is not None,
    ACCOMPANIED: lambda _one: True,
}
DUE: Mapping[str, Callable[[AccompanimentRow], date | None]] = {
    "after_accompaniment": lambda one: months_later(one.ended_on, MONTHS) if one.ended_on else None,
    "after_project": lambda _one: PROJECT_END,
}


def adapted(register: Register, study: Study | None, today: date, due: str) -> list[Adapted]:
    """The organisations accompanied, each once: with the first last interview there is."""
    interviews = _interviews(study)
    found: dict[str, Adapted] = {}
    begun = [one for one in register.accompaniments if one.started_on <= today]
    for one in sorted(begun, key=lambda one: (f"accompaniment:{one.id}" not in interviews, one.id)):
        interview = interviews.get(f"accompaniment:{one.id}")
        on = DUE[due](one)
        found.setdefault(
            one.organisation,
            Adapted(
                one.organisation,
                host_type(one.organisation_kind),
                territory(one.province, one.ambito),
                bool(interview) or (on is not None and on <= today),
                bool(interview),
                _keeps(interview),
            ),
        )
    return sorted(found.values(), key=lambda one: one.organisation)


def maintained_rows(found: Sequence[Adapted], version: str) -> list[Row]:
    """Every number of the indicator: both bases, together and for companies and cooperatives."""
    rows: list[Row] = []
    for base in BASES:
        rows += _rows(_place(version, base), found, base)
        for kind in KINDS:
            theirs = [one for one in found if one.kind == kind]
            rows += _rows(_place(version, base, kind), theirs, base)
    rows += placed(_whole(version), _flow(found))
    for name in sorted({one.territory for one in found}):
        theirs = [one for one in found if one.territory == name]
        rows += _rows(replace(_place(version, INTERVIEWED), territory=name), theirs, INTERVIEWED)
    return rows


def maintained_sums(version: str) -> list[Sum]:
    """How the counts over the whole project add up; those of territories stay inside."""
    whole = _whole(version)
    first, second = (_place(version, base) for base in BASES)
    sums = [
        Sum((second, N), ((whole, "matured"),)),
        Sum((whole, "matured"), ((whole, "interviewed"),)),
        Sum((whole, "interviewed"), ((first, N),)),
        Sum((second, N), ((first, N),)),
        Sum((second, SUCCESSES), ((first, SUCCESSES),), whole=True),
    ]
    for base in BASES:
        places = [_place(version, base, kind) for kind in KINDS]
        sums += [*parts_of(_place(version, base)), *added_up(_place(version, base), places)]
        sums += [one for place in places for one in parts_of(place)]
    for kind in KINDS:
        inside, outside = (_place(version, base, kind) for base in BASES)
        sums += [
            Sum((outside, N), ((inside, N),)),
            Sum((outside, SUCCESSES), ((inside, SUCCESSES),), whole=True),
        ]
    return sums


def _rows(place: Place, found: Iterable[Adapted], base: str) -> list[Row]:
    theirs = list(found)
    inside = [one for one in theirs if BASES[base](one)]
    keeping = sum(one.keeps is True for one in inside)
    if base == ACCOMPANIED:
        judged = Judged(keeping, len(inside), sum(one.keeps is None for one in inside), counted=True)
    else:
        judged = Judged(keeping, len(inside), sum(one.matured and not one.interviewed for one in theirs))
    return judged_rows(place, judged, TARGET, RULE)


def _flow(found: Sequence[Adapted]) -> list[Figure]:
    matured = [one for one in found if one.matured]
    interviewed = [one for one in matured if one.interviewed]
    return [
        count("matured", len(matured), len(found)),
        count("interviewed", len(interviewed), len(matured)),
        count("not_assessable", sum(one.keeps is None for one in interviewed), len(interviewed)),
    ]


def _place(version: str, base: str, kind: str = "") -> Place:
    return replace(_whole(version), subset=f"{base}:{kind}" if kind else base)


def _whole(version: str) -> Place:
    return Place(version=version, scale="I14", occasion=LAST, form="C")


def _interviews(study: Study | None) -> dict[str, Response]:
    found: dict[str, Response] = {}
    for one in sorted(study.responses if study else (), key=lambda one: one.administration.turn):
        if one.questionnaire.occasion == LAST:
            found.setdefault(one.administration.subject, one)
    return found


def _keeps(interview: Response | None) -> bool | None:
    found = interview.facts.get(FACT) if interview else None
    return found if isinstance(found, bool) else None
