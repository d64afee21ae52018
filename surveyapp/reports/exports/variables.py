"""The variables of one form and variant: name, label, codes and reasons, from every version answered."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from types import MappingProxyType

from surveyapp.instruments.answers import SKIPPED, Answer, ResponseFormat
from surveyapp.instruments.model import Instrument, Item
from surveyapp.instruments.path import Questionnaire
from surveyapp.instruments.rules import codes_of, number_of
from surveyapp.reports.exports.missing import BY_REASON, NOT_ASKED
from surveyapp.reports.frames import BLANK

Value = int | float | str | date | None

NOMINAL, ORDINAL, SCALE = "nominal", "ordinal", "scale"
YES_NO: Mapping[int, str] = {0: "No", 1: "Sì"}
# Every question may be skipped, left without an answer on paper, or lie off the path.
_ALWAYS = (SKIPPED, BLANK, NOT_ASKED)
_BRACES = re.compile(r"\{[^{}]*\}")


@dataclass(frozen=True)
class Variable:
    """One column. `item` is the id of its question, empty for what is no question.

    `kind` is code, steps, number, date, chosen (one option of several), text, word, count, yes_no or score.
    `values` are the labels of its codes, `reasons` those of the reasons for no value; `option` is what a
    `chosen` column is about; `known` are the codes or the ends that a value may have.
    """

    name: str
    label: str
    kind: str
    measure: str
    item: str = ""
    question: str = ""
    stem: str = ""
    values: Mapping[int, str] = field(default_factory=lambda: MappingProxyType({}))
    reasons: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    option: int | None = None
    known: tuple[int, ...] = ()
    decimals: int = 0
    versions: tuple[str, ...] = ()

    def read(self, answer: Answer) -> Value:
        """The value of an answer in this column; None where it has none, or none of this kind."""
        return _READ[self.kind](self, answer)


def _code(_variable: Variable, answer: Answer) -> Value:
    return answer.value


def _number(variable: Variable, answer: Answer) -> Value:
    found = number_of(answer)
    return int(found) if found is not None and not variable.decimals and found.is_integer() else found


def _date(_variable: Variable, answer: Answer) -> Value:
    try:
        return date.fromisoformat(answer.text or "")
    except ValueError:  # an older version asked for something else
        return None


def _chosen(variable: Variable, answer: Answer) -> Value:
    codes = codes_of(answer)
    return int(variable.option in codes) if codes else None


def _text(_variable: Variable, answer: Answer) -> Value:
    return answer.text


_READ: Mapping[str, Callable[[Variable, Answer], Value]] = {
    "code": _code,
    "steps": _code,
    "number": _number,
    "date": _date,
    "chosen": _chosen,
    "text": _text,
}
# The kind of variable that each kind of format makes; several options make a column each.
_KINDS = {"choice": "code", "steps": "steps", "number": "number", "date": "date", "text": "text"}


def item_variables(versions: Sequence[Instrument], form: str, variant: str) -> list[Variable]:
    """The variables of every question that a form and variant ask, those of the newest version first.

    `versions` are newest first. Of a question that several have, the newest gives the words; codes and
    reasons that only older ones had are kept. Names are not legal yet.
    """
    found: dict[tuple[str, str], Variable] = {}
    for instrument in versions:
        for item in instrument.items.values():
            if (form, variant) in item.wordings:
                for variable in _of_item(Questionnaire(instrument, form, variant, _first(instrument)), item):
                    key = variable.item, variable.name
                    found[key] = _joined(found[key], variable) if key in found else variable
    return list(found.values())


def _first(instrument: Instrument) -> str:
    return next(iter(instrument.occasions))


def _of_item(asked: Questionnaire, item: Item) -> Iterator[Variable]:
    declared = asked.wording(item).format
    one = _variable(asked, item, declared)
    if declared.kind != "multi":
        yield one
        return
    for option in declared.options:
        yield replace(
            one,
            name=f"{item.id}_c{option.code}",
            label=f"{option.label} – {one.label}",
            kind="chosen",
            values=YES_NO,
            known=tuple(YES_NO),
            option=option.code,
        )


def _variable(asked: Questionnaire, item: Item, declared: ResponseFormat) -> Variable:
    text = shown(asked, asked.wording(item).text)
    record = f" ({item.record})" if item.record else ""
    return Variable(
        name=item.id,
        item=item.id,
        label=f"{item.criterion}{record}: {text}",
        question=text,
        stem=declared.stem or "",
        kind=_KINDS.get(declared.kind, "code"),
        measure=_measure(asked.instrument, declared),
        values=_labels(declared),
        reasons=_reasons(asked, item, declared),
        known=_known(declared),
        decimals=declared.decimals,
        versions=(asked.instrument.version,),
    )


def shown(asked: Questionnaire, text: str) -> str:
    """A question with the words of no context in particular; what a person wrote earlier is left open."""
    return " ".join(_BRACES.sub("…", asked.words(text)).split())


def _labels(declared: ResponseFormat) -> Mapping[int, str]:
    """The labels that say more than their code."""
    return {one.code: one.label for one in declared.options if one.label != str(one.code)}


def _known(declared: ResponseFormat) -> tuple[int, ...]:
    if declared.kind == "number":
        return (declared.least, declared.most)
    return tuple(option.code for option in declared.options)


def _reasons(asked: Questionnaire, item: Item, declared: ResponseFormat) -> Mapping[str, str]:
    offered = {reason: asked.no_value_label(item, reason) for reason in declared.no_value}
    return offered | {reason: BY_REASON[reason].label for reason in _ALWAYS}


def _measure(instrument: Instrument, declared: ResponseFormat) -> str:
    """Numbers are scale; options are degrees where a scale counts them, or where they say so themselves."""
    if declared.kind in ("number", "date"):
        return SCALE
    is_ordered = declared.kind == "steps" or declared.pictures or min(declared.codes, default=0) < 0
    return ORDINAL if is_ordered or declared.id in _scored_formats(instrument) else NOMINAL


def _scored_formats(instrument: Instrument) -> frozenset[str]:
    scored = {item for scale in instrument.scales for item in scale.items}
    items = [instrument.items[name] for name in scored if name in instrument.items]
    return frozenset(wording.format.id for item in items for wording in item.wordings.values())


def _joined(newer: Variable, older: Variable) -> Variable:
    """The newer one, with codes and reasons that only the older one had."""
    more = tuple(code for code in older.known if code not in newer.known and newer.kind != "number")
    ends = (min(newer.known + older.known), max(newer.known + older.known)) if newer.kind == "number" else ()
    return replace(
        newer,
        values={**older.values, **newer.values},
        reasons={**older.reasons, **newer.reasons},
        known=ends or newer.known + more,
        decimals=max(newer.decimals, older.decimals),
        versions=newer.versions + older.versions,
    )


def shortened(text: str, longest: int, *, encoded: bool = False) -> str:
    """A text of at most so many characters (or bytes of UTF-8), cut after a word and ending in "…"."""
    measure: Callable[[str], int] = (lambda part: len(part.encode())) if encoded else len
    if measure(text) <= longest:
        return text
    kept = text[:longest]
    while measure(f"{kept}…") > longest:
        kept = kept[:-1]
    whole = kept.rpartition(" ")[0]
    return f"{(whole or kept).rstrip(' ,;:.')}…"


def distinct(labels: Mapping[int, str], longest: int) -> Mapping[int, str]:
    """Labels cut to so many bytes, none of them twice: R makes factors of them."""
    cut = {code: shortened(label, longest, encoded=True) for code, label in labels.items()}
    twice = _twice(cut.values())
    return {code: f"{label} ({code})" if label in twice else label for code, label in cut.items()}


def _twice(labels: Iterable[str]) -> frozenset[str]:
    all_labels = list(labels)
    return frozenset(label for label in all_labels if all_labels.count(label) > 1)
