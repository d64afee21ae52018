"""What can still be compared, scale by scale, in each form and variant (decision 10)."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from surveyapp.instruments.comparison_fields import grouped, in_both
from surveyapp.instruments.comparison_frame import at_occasion
from surveyapp.instruments.comparison_model import (
    EQUAL,
    LEVEL_WORDS,
    LEVELS,
    MAJOR,
    NOT_COMPARABLE,
    SHORT_SUFFIX,
    TO_JUSTIFY,
    Asked,
    Change,
    Comparability,
    Measure,
    greatest,
)
from surveyapp.instruments.comparison_texts import asked_items
from surveyapp.instruments.measures import Index, Scale
from surveyapp.instruments.model import Instrument, Item

# Added and dropped items leave a scale that can be compared on the common ones, if enough of it stays.
LEAST_COMMON = 3
LEAST_SHARE = 0.6  # of the longer of the two scales

GONE = "in questa scheda e versione non c'è più un punteggio"
NEWER_RULE = "il punteggio si calcola per tutte e due le versioni con la regola più nuova"
COMMON_ONLY = "si confronta solo sulle domande in comune"
TOO_FEW = f"restano in comune meno di {LEAST_COMMON} domande, o meno del 60 per cento della scala"


@dataclass(frozen=True)
class _Scored:
    """The items that a scale scores in one form and variant, by occasion, and those that it leaves out."""

    at: Mapping[str, tuple[str, ...]]
    left_out: frozenset[str]

    @property
    def items(self) -> list[str]:
        """Each item once."""
        return list(dict.fromkeys(name for names in self.at.values() for name in names))


def comparability(
    before: Instrument, after: Instrument, changes: Iterable[Change]
) -> dict[Measure, Comparability]:
    """What can be compared of every scale (short ones included) and index that the older version scores."""
    old, new = _measured(before), _measured(after)
    found = list(changes)
    rows = {measure: _row(measure, scored, new.get(measure), found) for measure, scored in old.items()}
    return rows | dict(_indices(before, after, rows))


def compositions(before: Instrument, after: Instrument) -> Iterator[Change]:
    """Scales whose items are no longer the same, in any form, variant or occasion."""
    old, new = _measured(before), _measured(after)
    found = []
    for measure in in_both(old, new):
        for occasion in in_both(old[measure].at, new[measure].at):
            more, less = _difference(old[measure], new[measure], occasion)
            found += [(measure[0], f"in più {name}") for name in more]
            found += [(measure[0], f"in meno {name}") for name in less]
    for scale, words in grouped(found).items():
        yield Change(f"scales.{scale}.items", f"la scala {scale} cambia domande: {', '.join(words)}", MAJOR)


def _measured(instrument: Instrument) -> dict[Measure, _Scored]:
    """What is scored: by scale, form and variant."""
    items = asked_items(instrument)
    found = {}
    for scale in (scale for declared in instrument.scales for scale in _with_short(declared)):
        for form in dict.fromkeys([*scale.min_valid, *(f for at in scale.min_valid_at.values() for f in at)]):
            names = [name for name in _declared(scale.scored(form)) if name in items]
            variants = dict.fromkeys(v for name in names for f, v in items[name].wordings if f == form)
            for variant in variants:
                asked = [items[name] for name in names if (form, variant) in items[name].wordings]
                left_out = frozenset(_declared(scale.leave_out.get(form, ())))
                found[scale.id, form, variant] = _Scored(_by_occasion(instrument, form, asked), left_out)
    return found


def _with_short(scale: Scale) -> Iterator[Scale]:
    yield scale
    if scale.short:
        minima = dict.fromkeys(scale.min_valid, scale.short.min_valid)
        yield replace(
            scale, id=scale.id + SHORT_SUFFIX, items=scale.short.items, min_valid=minima, min_valid_at={}
        )


def _declared(names: Iterable[str]) -> list[str]:
    """Ids as the files have them: the records of a repeating section are one item."""
    return list(dict.fromkeys(name.partition(".")[0] for name in names))


def _by_occasion(instrument: Instrument, form: str, items: Iterable[Item]) -> dict[str, tuple[str, ...]]:
    pairs = (
        (occasion, item.id)
        for item in items
        for occasion in item.occasions
        if at_occasion(instrument, form, occasion)
    )
    return {occasion: tuple(names) for occasion, names in grouped(pairs).items()}


def _difference(old: _Scored, new: _Scored, occasion: str) -> tuple[list[str], list[str]]:
    """What an occasion scores more and less. An item that one version leaves out is asked all the same: there
    the rule of the score changed, not the scale."""
    was, now = old.at[occasion], new.at[occasion]
    more = [name for name in now if name not in was and name not in old.left_out]
    less = [name for name in was if name not in now and name not in new.left_out]
    return more, less


def _row(measure: Measure, old: _Scored, new: _Scored | None, changes: list[Change]) -> Comparability:
    if new is None:
        return Comparability(measure, NOT_COMPARABLE, (GONE,))
    common = in_both(dict.fromkeys([*old.items, *new.items]), _common(old, new))
    found = [*_by_composition(old, new), *_by_changes(measure, common, changes)]
    level = greatest((level for level, _ in found), LEVELS) or EQUAL
    return Comparability(measure, level, tuple(dict.fromkeys(reason for _, reason in found)), tuple(common))


def _common(old: _Scored, new: _Scored) -> set[str]:
    """The items that both versions ask and that the newer rule can score."""
    return {
        name
        for occasion in in_both(old.at, new.at)
        for name in {*old.at[occasion], *new.at[occasion]}
        if not any(name in names for names in _difference(old, new, occasion))
    }


def _by_composition(old: _Scored, new: _Scored) -> Iterator[tuple[str, str]]:
    for occasion in old.at:
        if occasion not in new.at:
            yield NOT_COMPARABLE, f"non si chiede più a {occasion}"
            continue
        more, less = _difference(old, new, occasion)
        common = len({*old.at[occasion], *new.at[occasion]}) - len(more) - len(less)
        if more or less:
            enough = common >= LEAST_COMMON and common >= LEAST_SHARE * (common + max(len(more), len(less)))
            what = ", ".join([*(f"in più {name}" for name in more), *(f"in meno {name}" for name in less)])
            level, words = (TO_JUSTIFY, COMMON_ONLY) if enough else (NOT_COMPARABLE, TOO_FEW)
            yield level, f"{occasion}: {what}; {words}"


def _by_changes(measure: Measure, common: list[str], changes: list[Change]) -> Iterator[tuple[str, str]]:
    scale, form, variant = measure
    own: set[Asked] = {(name, form, variant) for name in (scale, *common)}
    for change in changes:
        if change.touches & own and change.level != EQUAL:
            yield change.level, change.sentence
        elif change.touches & own and change.rescored:
            yield EQUAL, NEWER_RULE


def _indices(
    before: Instrument, after: Instrument, rows: Mapping[Measure, Comparability]
) -> Iterator[tuple[Measure, Comparability]]:
    """An index can be compared as its worst scale can, where the older version has all of its scales."""
    newer = {index.id: index for index in after.indices}
    scored = _measured(after)
    for index in before.indices:
        for form, variant in dict.fromkeys(row[1:] for row in rows if row[0] in index.scales):
            measure = (index.id, form, variant)
            yield measure, _index(measure, newer.get(index.id), rows, scored)


def _index(
    measure: Measure,
    index: Index | None,
    rows: Mapping[Measure, Comparability],
    scored: Mapping[Measure, _Scored],
) -> Comparability:
    asked = [(name, *measure[1:]) for name in index.scales] if index else []
    parts = [part for part in asked if part in rows or part in scored]
    if not parts:
        return Comparability(measure, NOT_COMPARABLE, (GONE,))
    levels = {part[0]: rows[part].level if part in rows else NOT_COMPARABLE for part in parts}
    reasons = tuple(f"{name}: {LEVEL_WORDS[level]}" for name, level in levels.items() if level != EQUAL)
    return Comparability(measure, greatest(levels.values(), LEVELS), reasons)
