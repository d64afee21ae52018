"""The closed list of operators: what each says of the answers seen so far, and of the context."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from surveyapp.instruments.answers import Answer
from surveyapp.instruments.rule import Rule

_NUMBER = re.compile(r"-?[0-9]{1,9}(\.[0-9]{1,2})?")
_CODES = re.compile(r"-?[0-9]{1,9}(,-?[0-9]{1,9})*")


@dataclass(frozen=True)
class Seen:
    """What a rule may look at: `now` is the answer of an item, None while it is still to come."""

    now: Callable[[str], Answer | None]
    earlier: Mapping[str, Answer]


def holds(rule: Rule, seen: Seen) -> bool | None:
    """Whether the rule holds; None while that hangs on an answer still to come (Kleene's logic)."""
    return OPERATORS[rule.operator](rule, seen)


def settled(rule: Rule | None, facts: Mapping[str, str]) -> Rule | bool:
    """The rule with its conditions on the context decided: what is left, or True or False."""
    if rule is None:
        return True
    return decided(rule, lambda leaf: is_there(leaf, facts) if leaf.operator == "where" else None)


def is_there(where: Rule, facts: Mapping[str, str]) -> bool:
    """Whether the context has one of the values of each field that a condition names."""
    return all(facts.get(name, "") in values for name, values in where.among)


def decided(rule: Rule, decide: Callable[[Rule], bool | None]) -> Rule | bool:
    """The rule with the conditions that `decide` knows (not None) put in: what is left, or True or False."""
    if not rule.parts:
        known = decide(rule)
        return rule if known is None else known
    return _SIMPLER[rule.operator](rule, [decided(part, decide) for part in rule.parts])


def has_value(answer: Answer | None) -> bool:
    """Whether an answer says something: a code, a number or a text."""
    return answer is not None and answer.reason is None


def codes_of(answer: Answer) -> frozenset[int]:
    """The code of an answer, or the codes of one with several; empty without a value."""
    if answer.value is not None:
        return frozenset([answer.value])
    if answer.text and _CODES.fullmatch(answer.text):
        return frozenset(int(code) for code in answer.text.split(","))
    return frozenset()


def number_of(answer: Answer) -> float | None:
    """The code or number of an answer; None without one."""
    if answer.value is not None:
        return float(answer.value)
    return float(answer.text) if answer.text and _NUMBER.fullmatch(answer.text) else None


def _on_answer(test: Callable[[Rule, Answer], bool]) -> Callable[[Rule, Seen], bool | None]:
    def look(rule: Rule, seen: Seen) -> bool | None:
        answer = seen.now(rule.item)
        return None if answer is None else test(rule, answer)

    return look


def _compared(test: Callable[[float, float], bool]) -> Callable[[Rule, Answer], bool]:
    def compare(rule: Rule, answer: Answer) -> bool:
        number = number_of(answer)
        return number is not None and test(number, rule.number)

    return compare


def _all(rule: Rule, seen: Seen) -> bool | None:
    found = [holds(part, seen) for part in rule.parts]
    return False if False in found else None if None in found else True


def _any(rule: Rule, seen: Seen) -> bool | None:
    found = [holds(part, seen) for part in rule.parts]
    return True if True in found else None if None in found else False


def _not(rule: Rule, seen: Seen) -> bool | None:
    found = holds(rule.parts[0], seen)
    return None if found is None else not found


def _unsettled(rule: Rule, _seen: Seen) -> bool:
    raise ValueError(f"the context of {rule} must be settled first")


OPERATORS: dict[str, Callable[[Rule, Seen], bool | None]] = {
    "answered": _on_answer(lambda _rule, answer: has_value(answer)),
    "known": lambda rule, seen: has_value(seen.earlier.get(rule.item)),
    "is": _on_answer(lambda rule, answer: bool(codes_of(answer) & set(rule.codes))),
    "at_least": _on_answer(_compared(lambda number, limit: number >= limit)),
    "at_most": _on_answer(_compared(lambda number, limit: number <= limit)),
    "where": _unsettled,
    "all": _all,
    "any": _any,
    "not": _not,
}


def _joined(decides: bool) -> Callable[[Rule, list[Rule | bool]], Rule | bool]:
    """For `all` a False part decides, for `any` a True one; settled parts that do not decide fall away."""

    def simpler(rule: Rule, parts: list[Rule | bool]) -> Rule | bool:
        if decides in parts:
            return decides
        left = tuple(part for part in parts if isinstance(part, Rule))
        return replace(rule, parts=left) if left else not decides

    return simpler


def _turned(rule: Rule, parts: list[Rule | bool]) -> Rule | bool:
    part = parts[0]
    return replace(rule, parts=(part,)) if isinstance(part, Rule) else not part


_SIMPLER = {"all": _joined(decides=False), "any": _joined(decides=True), "not": _turned}
