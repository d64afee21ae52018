"""A rule as the entries that an instrument file has for it, and back. Pure."""

from collections.abc import Callable, Mapping
from typing import Any

from surveyapp.instruments.fields import Fields
from surveyapp.instruments.read_rules import read_rule
from surveyapp.instruments.rule import Rule
from surveyapp.instruments.source import parse
from surveyapp.instruments.writer import write_yaml

Tree = dict[str, Any]
RULE = "show_if"


def tree_of(rule: Rule) -> Tree:
    """The entries of a rule."""
    return {rule.operator: _TREES[rule.operator](rule)}


def rule_at(node: Mapping[str, Any]) -> Rule | None:
    """The rule that says when a question or section is asked; None where there is none."""
    if RULE not in node:
        return None
    root, _problems = parse(write_yaml({RULE: node[RULE]}).encode())
    return read_rule(Fields(root, []).optional_child(RULE))


def written(number: float) -> str:
    """A number as a file has it: without needless decimals, with a point."""
    return f"{number:.2f}".rstrip("0").rstrip(".")


def _one_or_more(values: list[str]) -> str | list[str]:
    return values[0] if len(values) == 1 else values


def _codes(rule: Rule) -> Tree:
    return {rule.item: _one_or_more([str(code) for code in rule.codes])}


def _limit(rule: Rule) -> Tree:
    return {rule.item: written(rule.number)}


def _among(rule: Rule) -> Tree:
    return {field: _one_or_more(list(values)) for field, values in rule.among}


def _parts(rule: Rule) -> list[Tree]:
    return [tree_of(part) for part in rule.parts]


_TREES: Mapping[str, Callable[[Rule], Any]] = {
    "answered": lambda rule: rule.item,
    "known": lambda rule: rule.item,
    "is": _codes,
    "at_least": _limit,
    "at_most": _limit,
    "where": _among,
    "all": _parts,
    "any": _parts,
    "not": lambda rule: tree_of(rule.parts[0]),
}
