"""A closed list of operators on answers, written in instrument files as data."""

from collections.abc import Callable, Mapping

from surveyapp.instruments.model import Answer, Rule

OPERATORS: dict[str, Callable[[Answer], bool]] = {
    "answered": lambda answer: answer.reason is None,
}


def holds(rule: Rule, answers: Mapping[str, Answer]) -> bool | None:
    """Whether the rule holds for these answers; None while the item it asks about has no answer yet."""
    answer = answers.get(rule.item)
    return None if answer is None else OPERATORS[rule.operator](answer)
