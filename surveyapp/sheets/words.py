"""A rule as an Italian sentence: for forms on paper, the codebook and the pages of the staff."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

from surveyapp.instruments.answers import ResponseFormat
from surveyapp.instruments.model import Instrument, Item
from surveyapp.instruments.rule import Rule
from surveyapp.sheets.labels import FIELDS, VALUES

# From this many conditions on it is shorter to say once what all of them ask for.
ALIKE = 3
# From this many codes on it is shorter to name the ones that are left out, if these are few.
MANY_CODES = 4
FEW_CODES = 2

Pair = tuple[str, str]  # what is said when the condition holds, and when it does not

# What is said of an answer, to who answers ("tu") and about who answers.
TO_PERSON: Mapping[str, Pair] = {
    "answered": ("hai risposto {at}", "non hai risposto {at}"),
    "known": ("avevi già risposto {at} la volta scorsa", "la volta scorsa non avevi risposto {at}"),
    "choice": ("hai risposto {codes} {at}", "non hai risposto {codes} {at}"),
    "multi": ("hai scelto {codes} {at}", "non hai scelto {codes} {at}"),
    "other": ("hai risposto {at} qualcosa di diverso da {codes}", ""),
    "alike": ("hai risposto {codes} almeno una volta {at}", ""),
    "at_least": ("hai scritto almeno {number} {at}", "non hai scritto almeno {number} {at}"),
    "at_most": ("hai scritto al massimo {number} {at}", "non hai scritto al massimo {number} {at}"),
}
IN_GENERAL: Mapping[str, Pair] = {
    "answered": ("c'è una risposta {at}", "non c'è una risposta {at}"),
    "known": (
        "c'è già una risposta {at} da una rilevazione precedente",
        "non c'è ancora una risposta {at} da una rilevazione precedente",
    ),
    "choice": ("la risposta {at} è {codes}", "la risposta {at} non è {codes}"),
    "multi": ("fra le risposte {at} c'è {codes}", "fra le risposte {at} non c'è {codes}"),
    "other": ("c'è una risposta {at} diversa da {codes}", ""),
    "alike": ("almeno una delle risposte {at} è {codes}", ""),
    "at_least": ("il numero scritto {at} è almeno {number}", "il numero scritto {at} non è almeno {number}"),
    "at_most": (
        "il numero scritto {at} è al massimo {number}",
        "il numero scritto {at} non è al massimo {number}",
    ),
}
# What is said of the context; for other values and fields, "FIELD: VALUE".
CONTEXT: Mapping[tuple[str, str], Pair] = {
    ("paid", "yes"): ("l'inserimento è pagato", "l'inserimento non risulta pagato"),
    ("paid", "no"): ("l'inserimento è senza paga", "l'inserimento non risulta senza paga"),
    ("host_type", "company"): ("chi ospita è un'azienda", "chi ospita non è un'azienda"),
    ("host_type", "cooperative"): ("chi ospita è una cooperativa", "chi ospita non è una cooperativa"),
    ("executing_host", "yes"): (
        "chi ospita è anche l'ente esecutore",
        "chi ospita non risulta ente esecutore",
    ),
    ("executing_host", "no"): (
        "chi ospita non è l'ente esecutore",
        "non risulta che chi ospita sia diverso dall'ente esecutore",
    ),
}
FIELD_WORDS: Mapping[str, Pair] = {
    "province": ("la provincia è {values}", "la provincia non è {values}"),
    "ambito": ("l'Ambito è {values}", "l'Ambito non è {values}"),
    "placement_type": ("il tipo di inserimento è {values}", "il tipo di inserimento non è {values}"),
    "paid": ("l'inserimento è pagato o no", "non si sa se l'inserimento è pagato"),
    "host_type": ("chi ospita è {values}", "chi ospita non è {values}"),
    "executing_host": (
        "si sa se chi ospita è l'ente esecutore",
        "non si sa se chi ospita è l'ente esecutore",
    ),
    "occasion": ("la rilevazione è {values}", "la rilevazione non è {values}"),
    "form": ("la scheda è {values}", "la scheda non è {values}"),
    "variant": ("si usa la {values}", "non si usa la {values}"),
}


@dataclass(frozen=True)
class Names:
    """How sentences name things.

    `at` says where an answer stands ("alla domanda 12"), `format_of` gives the response format of an item
    (None where it is not known), `own` the words for codes of occasions, forms and variants, by field and
    code, `known` what is said of items whose earlier answer stands on the sheet, `listed` where the answers
    of several items stand; `to_person` speaks to who answers.
    """

    at: Callable[[str], str]
    format_of: Callable[[str], ResponseFormat | None]
    own: Mapping[tuple[str, str], str]
    to_person: bool = False
    known: Mapping[str, Pair] = field(default_factory=dict)
    listed: Callable[[list[str]], str] | None = None


def names_by_id(instrument: Instrument, form: str | None = None, variant: str | None = None) -> Names:
    """Names that call items by their id: "a QIL_REL4". Labels are those of this form and variant."""

    def format_of(item_id: str) -> ResponseFormat | None:
        item = instrument.items.get(item_id) or _declared(instrument, item_id)
        return _format(item, form, variant) if item else None

    def listed(ids: list[str]) -> str:
        return f"a {', '.join(ids)}"

    return Names(lambda item_id: f"a {item_id}", format_of, own_words(instrument), listed=listed)


def _declared(instrument: Instrument, item_id: str) -> Item | None:
    return next((item for item in instrument.items.values() if item.declared == item_id), None)


def _format(item: Item, form: str | None, variant: str | None) -> ResponseFormat:
    wording = item.wordings.get((form or "", variant or "")) or next(iter(item.wordings.values()))
    return wording.format


def own_words(instrument: Instrument) -> dict[tuple[str, str], str]:
    """The titles of occasions, forms and variants, by field and code."""
    words = {("occasion", code): f"«{found.title}»" for code, found in instrument.occasions.items()}
    words |= {("form", code): f"{code} («{found.title}»)" for code, found in instrument.forms.items()}
    return words | {
        ("variant", code): found.title
        for form in instrument.forms.values()
        for code, found in form.variants.items()
    }


def condition(rule: Rule, names: Names, *, holds: bool = True) -> str:
    """The rule as a clause without its "se": "la risposta a QIL_REL4 è «Sì»"; the contrary if not `holds`."""
    if rule.operator == "not":
        return condition(rule.parts[0], names, holds=not holds)
    if rule.operator in ("all", "any"):
        return _joined(rule, names, holds)
    if rule.operator == "where":
        return _where(rule, names, holds)
    return _on_answer(rule, names, holds)


def only_if(rule: Rule, names: Names) -> str:
    """The instruction at a question on paper: "Rispondi solo se ...", "Rispondere solo se ..."."""
    return f"{'Rispondi' if names.to_person else 'Rispondere'} solo se {condition(rule, names)}."


def _joined(rule: Rule, names: Names, holds: bool) -> str:
    """Parts in a row; the contrary of "all" is that one of them fails, and the other way round."""
    every = (rule.operator == "all") == holds
    alike = [] if every or not holds or names.listed is None else _alike(rule.parts, names)
    said = [_alike_words(alike, names)] if alike else []
    left = [part for part in rule.parts if part not in alike]
    said += [_bracketed(part, names, holds, within_all=every) for part in left]
    return (" e " if every else " oppure ").join(dict.fromkeys(said))


def _alike(parts: tuple[Rule, ...], names: Names) -> list[Rule]:
    """The conditions that ask several items for the same answer; none where they are few."""
    found: dict[tuple[str, ...], list[Rule]] = {}
    for part in parts:
        if part.operator == "is":
            labels = _labels(part.codes, names.format_of(part.item))
            found.setdefault(tuple(labels), []).append(part)
    most = max(found.values(), key=len, default=[])
    return most if len(most) >= ALIKE else []


def _alike_words(alike: list[Rule], names: Names) -> str:
    codes = either(_labels(alike[0].codes, names.format_of(alike[0].item)))
    at = names.listed([part.item for part in alike]) if names.listed else ""
    return (TO_PERSON if names.to_person else IN_GENERAL)["alike"][0].format(at=at, codes=codes)


def _bracketed(part: Rule, names: Names, holds: bool, *, within_all: bool) -> str:
    inner, inner_holds = part, holds
    while inner.operator == "not":
        inner, inner_holds = inner.parts[0], not inner_holds
    said = condition(inner, names, holds=inner_holds)
    if inner.operator not in ("all", "any") or len(inner.parts) == 1:
        return said
    inner_all = (inner.operator == "all") == inner_holds
    return said if inner_all == within_all else f"({said})"


def _on_answer(rule: Rule, names: Names, holds: bool) -> str:
    if rule.operator == "known" and rule.item in names.known:
        return names.known[rule.item][0 if holds else 1]
    declared = names.format_of(rule.item)
    kind, codes = _kind(rule, declared), _codes(rule, declared)
    left_out = [option.code for option in declared.options if option.code not in codes] if declared else []
    if declared and declared.no_value:
        left_out = []  # "something else" would also be "I do not know"
    if holds and len(codes) >= MANY_CODES and 0 < len(left_out) <= FEW_CODES:
        kind, codes = "other", left_out
    said = (TO_PERSON if names.to_person else IN_GENERAL)[kind][0 if holds else 1]
    listed = either(_labels(codes, declared)) if holds else neither(_labels(codes, declared))
    return said.format(at=names.at(rule.item), codes=listed, number=written(rule.number))


def _kind(rule: Rule, declared: ResponseFormat | None) -> str:
    if rule.operator in ("answered", "known"):
        return rule.operator
    if rule.operator != "is" and (declared is None or not declared.options):
        return rule.operator
    return "multi" if declared and declared.kind == "multi" else "choice"


def _codes(rule: Rule, declared: ResponseFormat | None) -> list[int]:
    """The codes for which a condition on a code holds."""
    if rule.operator == "is":
        return list(rule.codes)
    tests: Mapping[str, Callable[[int], bool]] = {
        "at_least": lambda code: code >= rule.number,
        "at_most": lambda code: code <= rule.number,
    }
    test = tests.get(rule.operator)
    return [option.code for option in declared.options if test(option.code)] if declared and test else []


def _labels(codes: Iterable[int], declared: ResponseFormat | None) -> list[str]:
    labels = {option.code: option.label for option in declared.options} if declared else {}
    return [f"«{labels.get(code, str(code))}»" for code in codes]


def _where(rule: Rule, names: Names, holds: bool) -> str:
    said = [_field(name, values, names, holds) for name, values in rule.among]
    return (" e " if holds else " oppure ").join(said)


def _field(name: str, values: tuple[str, ...], names: Names, holds: bool) -> str:
    if len(values) == 1 and (name, values[0]) in CONTEXT:
        return CONTEXT[name, values[0]][0 if holds else 1]
    own = [names.own.get((name, value)) or _value(name, value) for value in values]
    return FIELD_WORDS[name][0 if holds else 1].format(values=either(own) if holds else neither(own))


def _value(field: str, value: str) -> str:
    """A value in a sentence: a name of the closed lists between quotes, a place as it is."""
    return f"«{value_label(field, value)}»" if field in VALUES else value


def value_label(field: str, value: str) -> str:
    """The words for a value of a field of the context; the value itself where the list is open."""
    return VALUES.get(field, {}).get(value, value)


def field_label(field: str) -> str:
    """The words for a field of the context."""
    return FIELDS[field]


def either(words: list[str]) -> str:
    """Words of which one is enough: "A, B o C"."""
    return " o ".join(filter(None, (", ".join(words[:-1]), words[-1]))) if words else ""


def neither(words: list[str]) -> str:
    """Words of which none may be, after a "non": "né A né B"."""
    return " ".join(f"né {word}" for word in words) if len(words) > 1 else "".join(words)


def written(number: float) -> str:
    """A number without needless decimals, with a decimal comma."""
    return f"{number:g}".replace(".", ",")
