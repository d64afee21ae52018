"""A rule with some of its conditions decided: what is left to ask when form, variant or time are known."""

from collections.abc import Callable, Mapping

from surveyapp.instruments.rule import Rule
from surveyapp.instruments.rules import decided

Decide = Callable[[Rule], bool | None]


def folded(rule: Rule | None, decide: Decide) -> Rule | bool:
    """The rule with the conditions that `decide` knows put in; True where there is no rule."""
    return True if rule is None else decided(rule, decide)


def given(facts: Mapping[str, str]) -> Decide:
    """Conditions on these fields of the context are decided; those on others as well stay."""

    def decide(rule: Rule) -> bool | None:
        if any(name in facts and facts[name] not in values for name, values in rule.among):
            return False
        return True if rule.among and all(name in facts for name, _ in rule.among) else None

    return decide


def bounds(rule: Rule | bool, is_open: Callable[[Rule], bool]) -> tuple[Rule | bool, Rule | bool]:
    """The rule when its open conditions are all taken against it, and all for it.

    It is sure where the first holds, and impossible where the second does not, whatever the open ones say.
    """
    if isinstance(rule, bool):
        return rule, rule
    return _bound(rule, is_open, for_it=False), _bound(rule, is_open, for_it=True)


def _bound(rule: Rule, is_open: Callable[[Rule], bool], *, for_it: bool) -> Rule | bool:
    if rule.operator == "not":
        return folded(
            Rule("not", parts=(_ground(_bound(rule.parts[0], is_open, for_it=not for_it)),)), _known
        )
    if rule.parts:
        parts = tuple(_ground(_bound(part, is_open, for_it=for_it)) for part in rule.parts)
        return folded(Rule(rule.operator, parts=parts), _known)
    return for_it if is_open(rule) else rule


# A truth as a rule, so that it can stand among the parts of another one.
_TRUTH = {True: Rule("true"), False: Rule("false")}


def _ground(rule: Rule | bool) -> Rule:
    return rule if isinstance(rule, Rule) else _TRUTH[rule]


def _known(rule: Rule) -> bool | None:
    return {"true": True, "false": False}.get(rule.operator)
