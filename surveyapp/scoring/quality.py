"""Quality flags of one response: what to look at, in neutral terms. No answer is ever changed or left out.

Thresholds are those of the blueprint (3.5); what it leaves open is marked as ours.
"""

from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from datetime import datetime
from statistics import median

from surveyapp.instruments.answers import SCORABLE, SKIPPED, Answer, ResponseFormat
from surveyapp.instruments.model import Item
from surveyapp.instruments.path import NOTHING_CARRIED, Questionnaire, path
from surveyapp.scoring.sittings import one_occasion, steps

MOSTLY_YES = 0.90  # of the items of scales, those with the highest option chosen
MOSTLY_THE_SAME = 0.95  # of the items answered in the same way
QUICK_SECONDS = 2.0  # for a question, as the median
FEWEST_ITEMS = 10  # with fewer nothing is said about how they were answered (the blueprint has no minimum)

ACQUIESCENCE = "acquiescence"
SAME_ANSWER = "same_answer"
LAST_OPTION = "last_option"
TOO_QUICK = "too_quick"
INTERRUPTED = "interrupted"
# Said by who answers, not computed: see collection.helping.
SOMEONE_ELSE = "someone_else"
# In the order in which they are stored and shown.
FLAGS = (SOMEONE_ELSE, ACQUIESCENCE, SAME_ANSWER, LAST_OPTION, TOO_QUICK, INTERRUPTED)

Chosen = list[tuple[Item, ResponseFormat, str]]


def flags(
    questionnaire: Questionnaire,
    answers: Mapping[str, Answer],
    moments: Collection[datetime],
    carried: Mapping[str, Answer] = NOTHING_CARRIED,
) -> tuple[str, ...]:
    """The flags that these answers raise, in the order of FLAGS. Answers off the path say nothing.

    `moments` are those of every answer given on the site, changes included, in any order; none for what was
    answered on paper, where nothing is known of the pace.
    """
    chosen = _chosen(questionnaire, answers, carried)
    found = {*_patterns(questionnaire, chosen), *_paces(moments)}
    return tuple(flag for flag in FLAGS if flag in found)


def joined(flags: Collection[str]) -> str:
    """Flags as they are stored: in their order, each once."""
    return ",".join(flag for flag in FLAGS if flag in flags)


def _patterns(questionnaire: Questionnaire, chosen: Chosen) -> Iterator[str]:
    if _says_yes(questionnaire, chosen):
        yield ACQUIESCENCE
    for declared, often in _repeated(chosen):
        yield SAME_ANSWER
        if often == _last(declared):
            yield LAST_OPTION


def _paces(moments: Collection[datetime]) -> Iterator[str]:
    if len(moments) >= FEWEST_ITEMS:
        between = steps(moments)
        if between and median(between) < QUICK_SECONDS:
            yield TOO_QUICK
    if not one_occasion(moments):
        yield INTERRUPTED


def _chosen(
    questionnaire: Questionnaire, answers: Mapping[str, Answer], carried: Mapping[str, Answer]
) -> Chosen:
    """What was chosen in the questions with options on the path: a code, or a reason such as "Non lo so"."""
    found: Chosen = []
    for item in path(questionnaire, answers, carried):
        declared, answer = questionnaire.wording(item).format, answers.get(item.id)
        if answer and declared.kind in SCORABLE and answer.reason != SKIPPED:
            found.append((item, declared, answer.reason or str(answer.value)))
    return found


def _says_yes(questionnaire: Questionnaire, chosen: Chosen) -> bool:
    """Whether nearly all items of scales have the highest option, and all reversed ones that were answered.

    Without a reversed one nobody can tell contentment from saying yes to everything.
    """
    scored = {item for scale in questionnaire.instrument.scales for item in scale.scored(questionnaire.form)}
    given = [one for one in chosen if one[0].id in scored and one[2] not in one[1].no_value]
    highest = [item.reversed for item, declared, what in given if what == str(declared.maximum)]
    reversed_ones = sum(item.reversed for item, _, _ in given)
    if len(given) < FEWEST_ITEMS or not reversed_ones:
        return False
    return len(highest) >= MOSTLY_YES * len(given) and sum(highest) == reversed_ones


def _repeated(chosen: Chosen) -> Iterator[tuple[ResponseFormat, str]]:
    """The option chosen nearly always, for each format that enough items are answered in."""
    by_format: dict[str, list[tuple[ResponseFormat, str]]] = {}
    for _, declared, what in chosen:
        by_format.setdefault(declared.id, []).append((declared, what))
    for same in by_format.values():
        often, times = Counter(what for _, what in same).most_common(1)[0]
        if len(same) >= FEWEST_ITEMS and times >= MOSTLY_THE_SAME * len(same):
            yield same[0][0], often


def _last(declared: ResponseFormat) -> str:
    """The option that stands last among those of the scale, before "Non lo so" and the like."""
    return str(declared.options[-1].code)
