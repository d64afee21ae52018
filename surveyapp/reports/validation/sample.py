"""Who answered, how, and who was lost on the way: per form, over all territories and in each."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date

import pandas as pd

from analysis.attrition import Step, flow
from surveyapp.reports.coverage import coverage_rows
from surveyapp.reports.frames import Response, Study
from surveyapp.reports.numbers import Figure, Place, Row, count, estimated, placed
from surveyapp.reports.pairs import LEGACY

# How many of the submitted questionnaires are so (rulings R1, R8; flags: blueprint 3.5).
TRAITS: Mapping[str, Callable[[Response], bool]] = {
    "late": lambda one: one.administration.late,
    "legacy": lambda one: one.administration.source == LEGACY,
    "flagged": lambda one: bool(one.administration.flags),
}


def sample_rows(study: Study, today: date) -> list[Row]:
    """Counts per form, occasion and territory, then how the questionnaires were answered, then the flow."""
    rows: list[Row] = []
    for form, theirs in by_form(study):
        rows += [Row(replace(row.place, form=form), row.figure) for row in coverage_rows(theirs, today)]
        rows += _answered_rows(form, theirs)
        rows += _flow_rows(form, theirs)
    return rows


def by_form(study: Study) -> Iterator[tuple[str, Study]]:
    """The part of a study that each form makes, in the order of the instrument."""
    for form in study.instrument.forms:
        asked = tuple(one for one in study.administrations if one.form == form)
        if asked:
            answered = tuple(one for one in study.responses if one.questionnaire.form == form)
            yield form, replace(study, administrations=asked, responses=answered)


def _answered_rows(form: str, study: Study) -> Iterator[Row]:
    """Variants, modes, lengths and traits of the first response of each person and occasion."""
    alike: dict[str, list[Response]] = {}
    for response in study.firsts:
        alike.setdefault(response.questionnaire.occasion, []).append(response)
    for occasion, found in alike.items():
        place = Place(version=_versions(found), form=form, occasion=occasion)
        yield from placed(place, _answered(found))


def _answered(found: list[Response]) -> Iterator[Figure]:
    n = len(found)
    yield count("people", n, n)
    for prefix, key in KEYS.items():
        for value, times in sorted(Counter(map(key, found)).items()):
            yield count(f"{prefix}:{value}", times, n)
    for name, test in TRAITS.items():
        yield count(f"answered_{name}", sum(map(test, found)), n)


KEYS: Mapping[str, Callable[[Response], str]] = {
    "variant": lambda one: one.variant,
    "mode": lambda one: one.mode,
    "length": lambda one: one.questionnaire.length,
}


def _flow_rows(form: str, study: Study) -> Iterator[Row]:
    """Who of the people is there at each occasion that all pass; repeats and retests are no occasion."""
    there: dict[str, set[str]] = {}
    for response in study.firsts:
        there.setdefault(response.questionnaire.occasion, set()).add(response.administration.person_code)
    occasions = [
        code for code, one in study.instrument.occasions.items() if one.repeats is None and code in there
    ]
    people = sorted(set().union(*(there[code] for code in occasions)))
    if len(occasions) < 2:
        return
    present = pd.DataFrame(
        {code: [person in there[code] for person in people] for code in occasions}, index=people
    )
    for step in flow(present):
        place = Place(version=_versions(study.firsts), form=form, occasion=step.occasion, subset="flow")
        yield from placed(place, _step(step, len(people)))


def _step(step: Step, people: int) -> list[Figure]:
    counts = ("present", "lost", "returned", "always")
    return [
        *(count(name, getattr(step, name), people) for name in counts),
        estimated("share_present", step.share_present),
    ]


def _versions(found: Sequence[Response]) -> str:
    return " + ".join(sorted({one.version for one in found}))
