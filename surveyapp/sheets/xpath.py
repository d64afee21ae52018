"""Rules as XPath for `relevant`: what ODK and KoBo read."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from surveyapp.instruments.answers import ResponseFormat
from surveyapp.instruments.rule import Rule
from surveyapp.sheets.folding import folded

# Fields of rules that have another name in the form: a retest asks the items of the occasion it repeats.
FIELD_NAMES = {"occasion": "asked_as"}


@dataclass(frozen=True)
class Read:
    """How an item is read: what it says now (or said before, where it is not asked now), and what it said
    before. None where there is no such question in the form."""

    declared: ResponseFormat
    value: str | None
    before: str | None


Reader = Callable[[str], Read]


def xpath(rule: Rule | None, read: Reader) -> str | bool:
    """The rule in XPath; True or False where it does not hang on anything."""
    left = folded(rule, lambda leaf: _possible(leaf, read))
    return _expression(left, read) if isinstance(left, Rule) else left


def _possible(leaf: Rule, read: Reader) -> bool | None:
    """A condition on a question that the form does not have never holds."""
    if leaf.operator == "where":
        return None
    found = read(leaf.item)
    return None if (found.before if leaf.operator == "known" else found.value) else False


def _expression(rule: Rule, read: Reader) -> str:
    if rule.operator == "not":
        return f"not({_expression(rule.parts[0], read)})"
    if rule.operator == "where":
        return both(_one_of(field_ref(name), map(token, values)) for name, values in rule.among)
    if rule.parts:
        parts = [_expression(part, read) for part in rule.parts]
        return both(parts) if rule.operator == "all" else one_of(parts)
    return _ON_ANSWER[rule.operator](rule, read(rule.item))


def _answered(found: Read, value: str) -> str:
    if found.declared.kind == "multi":
        refused = [f"not(selected({value}, {string(reason)}))" for reason in found.declared.no_value]
    else:
        refused = [f"{value} != {string(reason)}" for reason in _mixed_reasons(found.declared)]
    return both([f"{value} != ''", *refused])


def _mixed_reasons(declared: ResponseFormat) -> tuple[str, ...]:
    """The reasons that stand among the options; numbers, dates and texts have a question of their own."""
    return declared.no_value if declared.options else ()


def _is(rule: Rule, found: Read) -> str:
    value, codes = found.value or "", [str(code) for code in rule.codes]
    if found.declared.kind == "multi":
        return one_of(f"selected({value}, {string(code)})" for code in codes)
    if found.declared.kind == "number":
        return one_of(f"{value} = {code}" for code in codes)
    return _one_of(value, codes)


_ON_ANSWER: Mapping[str, Callable[[Rule, Read], str]] = {
    "answered": lambda _rule, found: _answered(found, found.value or ""),
    "known": lambda _rule, found: _answered(found, found.before or ""),
    "is": _is,
    "at_least": lambda rule, found: f"{found.value} >= {rule.number:g}",
    "at_most": lambda rule, found: f"{found.value} <= {rule.number:g}",
}


def ref(name: str) -> str:
    """A question of the form by its name."""
    return f"${{{name}}}"


def field_ref(field: str) -> str:
    """A field of the context, or the occasion, form or variant."""
    return ref(FIELD_NAMES.get(field, field))


def equals(value: str, text: str) -> str:
    """That a question has this value."""
    return f"{value} = {string(text)}"


def _one_of(value: str, texts: Iterable[str]) -> str:
    return one_of(equals(value, text) for text in texts)


def one_of(parts: Iterable[str]) -> str:
    """That one of these holds, in brackets where there are several."""
    found = list(dict.fromkeys(parts))
    return found[0] if len(found) == 1 else f"({' or '.join(found)})"


def both(parts: Iterable[str]) -> str:
    """That all of these hold, in brackets where there are several."""
    found = list(dict.fromkeys(parts))
    return found[0] if len(found) == 1 else f"({' and '.join(found)})"


def every(*tests: str | bool) -> str | bool:
    """That all of these tests hold; True or False where that is sure."""
    if False in tests:
        return False
    left = [test for test in tests if isinstance(test, str)]
    return both(left) if left else True


def unless(test: str | bool) -> str | bool:
    """That a test does not hold."""
    return f"not({test})" if isinstance(test, str) else not test


def choose(test: str | bool, yes: str, no: str) -> str:
    """One value where a test holds, the other where it does not."""
    return f"if({test}, {yes}, {no})" if isinstance(test, str) else yes if test else no


def cases(pairs: Iterable[tuple[str, str]], default: str) -> str:
    """The value of the first condition that holds, else the default: nested ifs."""
    found = default
    for condition, value in reversed(list(pairs)):
        found = f"if({condition}, {value}, {found})"
    return found


def string(text: str) -> str:
    """A text as XPath string; XPath 1.0 has no escapes, so quotes of both kinds are put together."""
    if "'" not in text:
        return f"'{text}'"
    if '"' not in text:
        return f'"{text}"'
    parts = [f"'{part}'" for part in text.split("'")]
    apostrophe = ', "\'", '
    return f"concat({apostrophe.join(parts)})"


def token(value: str) -> str:
    """A value of an open list as the name of a choice: without blanks and quotes."""
    return "".join(character if character.isalnum() else "_" for character in value)
