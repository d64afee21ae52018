"""Rules from their entries: the operator is the only name, what it needs stands under it."""

from collections.abc import Callable, Mapping

from surveyapp.instruments.fields import Fields
from surveyapp.instruments.rule import CONTEXT_VALUES, OWN_FIELDS, Rule
from surveyapp.instruments.rules import OPERATORS

CONTEXT_FIELDS = (*CONTEXT_VALUES, *OWN_FIELDS)
# Nobody reads a longer rule; and each condition, with its codes, is looked at for each item of a section.
MOST_CONDITIONS = 100


def read_rule(fields: Fields | None) -> Rule | None:
    """The rule under these entries; None when there are none, or (a problem is noted) when it is no rule."""
    if fields is None:
        return None
    rule = _rule(fields)
    if rule and rule.size() > MOST_CONDITIONS:
        fields.report(
            f"la regola è troppo lunga: al massimo {MOST_CONDITIONS} fra condizioni, codici e valori"
        )
        return None
    return rule


def _rule(fields: Fields) -> Rule | None:
    with fields:
        operators = fields.names()
        unknown = [name for name in operators if name not in OPERATORS]
        for name in unknown:
            fields.report(f"«{name}» non è un operatore: {', '.join(OPERATORS)}", name)
        if len(operators) != 1:
            fields.report("una regola ha un operatore solo, come «answered: AUT_OB1»")
        if unknown or len(operators) != 1:
            return None
        return _READ[operators[0]](operators[0], fields)


def _item(operator: str, fields: Fields) -> Rule | None:
    if fields.has_text(operator):
        return Rule(operator, item=fields.text(operator))
    fields.report(
        f"«{operator}» nomina una domanda sola, come «{operator}: AUT_OB1»; per più domande usa «all» o «any»"
    )
    return None


def _codes(operator: str, fields: Fields) -> Rule | None:
    with fields.child(operator) as about:
        item = _only_name(about)
        return Rule(operator, item=item, codes=about.integers(item)) if item else None


def _limit(operator: str, fields: Fields) -> Rule | None:
    with fields.child(operator) as about:
        item = _only_name(about)
        return Rule(operator, item=item, number=about.number(item)) if item else None


def _only_name(fields: Fields) -> str:
    names = fields.names()
    if len(names) == 1:
        return names[0]
    fields.report(
        "qui serve una domanda sola con il suo codice o numero, come «is: {ACC_Q1: 3}»; per più domande "
        "usa «all» o «any»"
    )
    return ""


def _where(operator: str, fields: Fields) -> Rule | None:
    with fields.child(operator) as about:
        among = tuple((name, _values(about, name)) for name in about.names())
        if not among:
            about.report("qui serve un campo del contesto, come «where: {ambito: Cremona}»")
        return Rule(operator, among=among)


def _values(fields: Fields, name: str) -> tuple[str, ...]:
    if name not in CONTEXT_FIELDS:
        fields.report(f"«{name}» non è un campo del contesto: {', '.join(CONTEXT_FIELDS)}", name)
    values, allowed = fields.one_or_more(name), CONTEXT_VALUES.get(name, ())
    for value in values:
        if allowed and value not in allowed:
            fields.report(f"«{name}» può essere solo: {', '.join(allowed)}; non «{value}»", name)
    return values


def _parts(operator: str, fields: Fields) -> Rule | None:
    children = fields.children(operator)
    if not children and fields.has_list(operator):
        fields.report(f"in «{operator}» serve almeno una regola", operator)
    parts = [_rule(child) for child in children]
    return Rule(operator, parts=tuple(part for part in parts if part))


def _opposite(operator: str, fields: Fields) -> Rule | None:
    part = _rule(fields.child(operator))
    return Rule(operator, parts=(part,)) if part else None


_READ: Mapping[str, Callable[[str, Fields], Rule | None]] = {
    "answered": _item,
    "known": _item,
    "is": _codes,
    "at_least": _limit,
    "at_most": _limit,
    "where": _where,
    "all": _parts,
    "any": _parts,
    "not": _opposite,
}
