"""A rule as rows of menus: conditions side by side, on one answer or one field of the context each. Pure.

Rules within rules are not for menus: `menus` says so, and they stay as they are.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from surveyapp.focus_groups.rule_trees import written
from surveyapp.instruments.fields import NUMBER, as_integer
from surveyapp.instruments.rule import Rule

ITEM, WHERE = "item", "where"
ALL, ANY = "all", "any"
# What the menu of a row offers, by name: an operator, and whether it must hold.
CHOICES: Mapping[str, tuple[str, bool]] = {
    "is": ("is", True),
    "is_not": ("is", False),
    "at_least": ("at_least", True),
    "at_most": ("at_most", True),
    "answered": ("answered", True),
    "not_answered": ("answered", False),
    "known": ("known", True),
    "not_known": ("known", False),
    "where": ("where", True),
    "where_not": ("where", False),
}
LIMITS = ("at_least", "at_most")
# What a row still needs.
NO_CHOICE, NO_VALUE, NO_NUMBER = "choice", "value", "number"


@dataclass(frozen=True)
class Row:
    """A condition as it is chosen, maybe half: `about` an item, or (`kind`) a field of the context."""

    kind: str
    about: str
    choice: str
    values: tuple[str, ...] = ()
    number: str = ""


@dataclass(frozen=True)
class Menus:
    """The conditions of a rule, all of which or (`joined`) any of which must hold; without any: always."""

    joined: str = ALL
    rows: tuple[Row, ...] = ()


def menus(rule: Rule | None) -> Menus | None:
    """A rule as rows; None where it is too rich for them."""
    if rule is None:
        return Menus()
    joins = rule.operator in (ALL, ANY)
    rows = [_row(part) for part in (rule.parts if joins else (rule,))]
    known = tuple(row for row in rows if row is not None)
    return Menus(rule.operator if joins else ALL, known) if len(known) == len(rows) else None


def _row(rule: Rule) -> Row | None:
    holds = rule.operator != "not"
    leaf = rule if holds else rule.parts[0]
    choice = next((name for name, found in CHOICES.items() if found == (leaf.operator, holds)), "")
    if not choice or len(leaf.among) > 1:
        return None
    if leaf.among:
        ((field, values),) = leaf.among
        return Row(WHERE, field, choice, values)
    number = written(leaf.number) if choice in LIMITS else ""
    return Row(ITEM, leaf.item, choice, tuple(str(code) for code in leaf.codes), number)


def unfinished(chosen: Menus) -> dict[int, str]:
    """What rows still need before they are conditions, by their place."""
    found = {place: _needs(row) for place, row in enumerate(chosen.rows)}
    return {place: need for place, need in found.items() if need}


def _needs(row: Row) -> str:
    operator, _ = CHOICES.get(row.choice, ("", True))
    if not operator or (operator == WHERE) != (row.kind == WHERE):
        return NO_CHOICE
    if operator in LIMITS:
        return "" if re.fullmatch(NUMBER, _number(row)) else NO_NUMBER
    if operator == "is":
        codes = [as_integer(value) for value in row.values]
        return "" if codes and None not in codes else NO_VALUE
    return NO_VALUE if operator == WHERE and not row.values else ""


def _number(row: Row) -> str:
    """A number as a file has it, from one written as Italians write it."""
    return row.number.strip().replace(",", ".")


def rule_of(chosen: Menus) -> Rule | None:
    """The rule of rows of which none is unfinished; None without any."""
    parts = tuple(_condition(row) for row in chosen.rows)
    if len(parts) < 2:
        return parts[0] if parts else None
    return Rule(chosen.joined if chosen.joined in (ALL, ANY) else ALL, parts=parts)


def _condition(row: Row) -> Rule:
    operator, holds = CHOICES[row.choice]
    leaf = _LEAVES.get(operator, _on_item)(operator, row)
    return leaf if holds else Rule("not", parts=(leaf,))


def _on_item(operator: str, row: Row) -> Rule:
    return Rule(operator, item=row.about)


_LEAVES: Mapping[str, Callable[[str, Row], Rule]] = {
    "is": lambda operator, row: Rule(operator, item=row.about, codes=tuple(int(one) for one in row.values)),
    "at_least": lambda operator, row: Rule(operator, item=row.about, number=float(_number(row))),
    "at_most": lambda operator, row: Rule(operator, item=row.about, number=float(_number(row))),
    "where": lambda operator, row: Rule(operator, among=((row.about, row.values),)),
}
