"""The person's own goals: how many wrote some, and how person and operator say that it went (rulings R2)."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace

from analysis.agreement import weighted_kappa
from surveyapp.reports.frames import PARTICIPANT, Response, Study
from surveyapp.reports.levels import LEVEL, MISSING_REASONS
from surveyapp.reports.numbers import ALL_VARIANTS, EVERYWHERE, Place, Row, count, estimated, placed
from surveyapp.reports.validation.twice import frame

# What the person wants to be able to do, and how it went; each rating repeats the goal with its number.
GOALS = ("AUT_OB1", "AUT_OB2", "AUT_OB3")
RATINGS = ("AUT_OBR1", "AUT_OBR2", "AUT_OBR3")
OPERATOR = "O"
SCALE = "AUT_OBR"
BY_BOTH = "by_both"


def goal_rows(study: Study) -> list[Row]:
    """Counts of goals and ratings, then person beside operator with Cohen's weighted kappa (1968).

    Counts are of goals, up to three a person; kappa is on the first goal that both rated, and only where both
    have the same options. Nothing for an instrument that does not ask for goals.
    """
    if GOALS[0] not in study.instrument.items:
        return []
    return [*_written_rows(study), *_rating_rows(study), *_both_rows(study)]


def _written_rows(study: Study) -> Iterator[Row]:
    asked = [one for one in study.firsts if GOALS[0] in {item.id for item in one.path}]
    for version in sorted({one.version for one in asked}):
        same = [one for one in asked if one.version == version]
        for territory in (EVERYWHERE, *sorted({one.administration.territory for one in same})):
            inside = [one for one in same if territory in (EVERYWHERE, one.administration.territory)]
            wrote = Counter(sum(_wrote(one, goal) for goal in GOALS) for one in inside)
            place = Place(
                version,
                SCALE,
                territory=territory,
                occasion=inside[0].questionnaire.occasion,
                variant=ALL_VARIANTS,
                form=PARTICIPANT,
                subset="written",
            )
            counts = [
                count(f"wrote_{number}", wrote[number], len(inside)) for number in range(len(GOALS) + 1)
            ]
            yield from placed(place, [count("asked", len(inside), len(inside)), *counts])


def _wrote(response: Response, goal: str) -> bool:
    given = response.given.get(goal)
    return bool(given and given.answer.text)


def _rating_rows(study: Study) -> Iterator[Row]:
    """How goals were rated, by version, form, occasion and variant: goals, not people."""
    alike: dict[tuple[str, str, str, str], list[Response]] = {}
    for one in _rating(study):
        asked = one.questionnaire
        alike.setdefault((one.version, asked.form, asked.occasion, asked.variant), []).append(one)
    for (version, form, occasion, variant), found in alike.items():
        place = Place(version, SCALE, occasion=occasion, variant=variant, form=form, subset="rated")
        codes = [one.raw(item) for one in found for item in _asked(one)]
        missing = [one.missing.get(item) for one in found for item in _asked(one)]
        n, options = len(codes), sorted(_codes(found[0]))
        yield from placed(place, [count("people", len(found), len(found)), count("goals", n, n)])
        yield from placed(place, [count(f"count_{code}", codes.count(code), n) for code in options])
        yield from placed(place, [count(f"missing_{why}", missing.count(why), n) for why in MISSING_REASONS])


def _both_rows(study: Study) -> Iterator[Row]:
    """Person x operator, goal by goal, for each variant of the person."""
    operators = {
        (one.administration.subject, one.questionnaire.occasion): one
        for one in reversed(_rating(study))
        if one.questionnaire.form == OPERATOR
    }
    alike: dict[tuple[str, str, str], list[tuple[Response, Response]]] = {}
    for one in _rating(study):
        other = operators.get((one.administration.subject, one.questionnaire.occasion))
        if one.questionnaire.form == PARTICIPANT and other:
            key = (one.version, one.questionnaire.occasion, one.variant)
            alike.setdefault(key, []).append((one, other))
    for (version, occasion, variant), found in alike.items():
        place = Place(version, SCALE, occasion=occasion, variant=variant, form=PARTICIPANT, subset=BY_BOTH)
        yield from _crossed(place, found)


def _crossed(place: Place, found: list[tuple[Response, Response]]) -> Iterator[Row]:
    rated = [_rated(person, operator) for person, operator in found]
    goals = [goal for theirs in rated for goal in theirs]
    n, cells = len(goals), Counter(goals)
    own, others = (_codes(one) for one in found[0])
    yield from placed(place, [count("people", len(found), len(found)), count("goals", n, n)])
    for mine in sorted(own):
        row = [count(f"operator_{theirs}", cells[mine, theirs], n) for theirs in sorted(others)]
        yield from placed(replace(place, subset=f"{BY_BOTH}:{mine}"), row)
    if own == others:
        # One goal a person: three of the same person are not three people (R9).
        both = frame([(float(theirs[0][0]), float(theirs[0][1])) for theirs in rated if theirs])
        kappa = weighted_kappa(both[0], both[1], sorted(map(float, own)), level=LEVEL)
        yield Row(place, estimated("kappa", kappa))


def _rated(person: Response, operator: Response) -> list[tuple[int, int]]:
    """The codes of both, for each goal that both rated."""
    both = [(person.raw(item), operator.raw(item)) for item in _asked(person)]
    return [(mine, theirs) for mine, theirs in both if mine is not None and theirs is not None]


def _rating(study: Study) -> list[Response]:
    """The first response of each person and occasion that rates a goal; retests ask again."""
    return [
        one
        for one in study.firsts
        if _asked(one) and study.instrument.occasions[one.questionnaire.occasion].repeats is None
    ]


def _asked(response: Response) -> list[str]:
    return [item.id for item in response.path if item.id in RATINGS]


def _codes(response: Response) -> frozenset[int]:
    """The codes by which goals are rated in a response."""
    questionnaire = response.questionnaire
    return questionnaire.wording(questionnaire.instrument.items[RATINGS[0]]).format.codes
