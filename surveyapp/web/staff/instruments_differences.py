"""Two versions of an instrument side by side: texts, changes in sentences, comparability of scores."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from surveyapp.instruments.comparison_model import (
    LEVELS,
    MAJOR,
    MINOR,
    NEW_MEANING,
    PATCH,
    SAME_MEANING,
    SHORT_SUFFIX,
    TYPO,
    Change,
    Comparability,
    Comparison,
    Measure,
)
from surveyapp.instruments.comparison_texts import texts_of
from surveyapp.instruments.model import Instrument
from surveyapp.web.languages import around, italian, later
from surveyapp.web.languages import gettext as _
from surveyapp.web.staff.instruments_known import Status

# What each step asks of the number of the new version.
STEPS: Mapping[str, str] = {
    PATCH: later("Le differenze sono piccole: basta cambiare l'ultima cifra della versione."),
    MINOR: later("Le differenze chiedono almeno una nuova seconda cifra della versione."),
    MAJOR: later(
        "Le differenze sono grandi: cambia la prima cifra della versione (la seconda, prima della 1.0.0)."
    ),
}
LEVEL_WORDS: Mapping[str, Status] = dict(
    zip(
        LEVELS,
        (
            Status(later("Si confronta"), "done"),
            Status(later("Si confronta, da motivare"), "due"),
            Status(later("Non si confronta"), "lost"),
        ),
        strict=True,
    )
)
# Sentences on versions asked for, and when they are said.
WRONG: Sequence[tuple[str, Callable[[Sequence[str], Sequence[str]], bool]]] = (
    (
        later("L'indirizzo chiede una versione che non c'è: sotto confronti le più vicine."),
        lambda numbers, wanted: not set(wanted) <= set(numbers),
    ),
    (
        later("Hai scelto due volte la stessa versione: sotto la confronti con quella vicina."),
        lambda numbers, wanted: len(wanted) != len(set(wanted)),
    ),
)
SAME, TAKEN_OUT, PUT_IN = "", "del", "ins"

# Comparisons name variants by their codes.
VARIANTS: Mapping[str, str] = {
    "versione std": "versione standard",
    "versione easy": "versione semplice",
}
# What those who changed a text say of it.
KIND_WORDS: Mapping[str, str] = {
    TYPO: later("Corregge un errore di scrittura."),
    SAME_MEANING: later("Il significato è lo stesso."),
    NEW_MEANING: later("Il significato è un altro."),
}
UNDECLARED = later("Nessuno ha ancora scritto se il significato è lo stesso.")

_WORDS = re.compile(r"\s+|\w+|[^\w\s]")


@dataclass(frozen=True)
class Piece:
    """Some words of a text: the same in both, taken out ("del"), or put in ("ins")."""

    kind: str
    words: str


@dataclass(frozen=True)
class Pair:
    """A text before and after; an empty side was not there."""

    name: str
    before: tuple[Piece, ...]
    after: tuple[Piece, ...]


@dataclass(frozen=True)
class Row:
    """The comparability of a scale in one form and variant."""

    scale: str
    title: str
    form: str
    variant: str
    level: Status
    reasons: tuple[str, ...]


def asked_for(numbers: Sequence[str], asked: Mapping[str, str]) -> tuple[str, str, list[str]]:
    """The two versions to compare, the older first, and sentences on what was asked for and cannot be.

    Unless the address names others these are the newest two. `numbers` are at least two, the newest first.
    """
    wanted = [asked[name] for name in ("a", "da") if asked.get(name)]
    after = wanted[0] if wanted and wanted[0] in numbers else numbers[0]
    others = [number for number in wanted[1:] if number in numbers and number != after]
    before = others[0] if others else _nearest(numbers, after)
    first, second = sorted((before, after), key=numbers.index, reverse=True)
    notes = [words for words, wrong in WRONG if wrong(numbers, wanted)]
    return first, second, notes


def _nearest(numbers: Sequence[str], after: str) -> str:
    """The version before another one; after the oldest of all, the next."""
    place = numbers.index(after)
    return numbers[place + 1] if place + 1 < len(numbers) else numbers[place - 1]


def pairs(before: Instrument, after: Instrument) -> list[Pair]:
    """Every text that differs, in the order of the files; of what is only in one version, the questions."""
    old, new = texts_of(before), texts_of(after)
    found = []
    for place in dict.fromkeys([*old, *new]):
        text = new.get(place) or old[place]
        was, now = (side[place].words if place in side else "" for side in (old, new))
        alone = place not in old or place not in new
        if was != now and (not alone or ".text." in place):
            found.append(_pair(text.name, was, now))
    return found


def words_apart(was: str, now: str) -> Iterator[Piece]:
    """Two texts as one row of pieces, word by word."""
    old, new = _WORDS.findall(was), _WORDS.findall(now)
    for what, i, j, k, m in SequenceMatcher(str.isspace, old, new, autojunk=False).get_opcodes():
        if what == "equal":
            yield Piece(SAME, "".join(old[i:j]))
            continue
        if i < j:
            yield Piece(TAKEN_OUT, "".join(old[i:j]))
        if k < m:
            yield Piece(PUT_IN, "".join(new[k:m]))


def sentences(comparison: Comparison) -> list[tuple[str, str]]:
    """The changes as whole sentences; beside those of texts what was declared of them."""
    return [(sentence(change.sentence), _declared(change)) for change in comparison.changes]


def sentence(words: str) -> str:
    """Words as a sentence, with a capital letter and a full stop, and the variants by the names that people
    know.
    """
    for code, known in VARIANTS.items():
        words = words.replace(code, known)
    end = "" if words.endswith((".", "!", "?")) else "."
    return f"{words[:1].upper()}{words[1:]}{end}"


def _declared(change: Change) -> str:
    return KIND_WORDS.get(change.kind, "") if change.declared else UNDECLARED


def rows(before: Instrument, after: Instrument, comparability: Mapping[Measure, Comparability]) -> list[Row]:
    """Comparability, scale by scale."""
    versions = (before, after)
    titles = {one.id: italian(one.title) for version in versions for one in version.scales}
    titles |= {
        f"{scale}{SHORT_SUFFIX}": around(_("{title}, scheda breve"), title=title)
        for scale, title in titles.items()
    }
    titles |= {one.id: italian(one.title) for version in versions for one in version.indices}
    forms = {**before.forms, **after.forms}
    return [
        Row(
            scale=scale,
            title=titles.get(scale, ""),
            form=form,
            variant=forms[form].variants[variant].title,
            level=LEVEL_WORDS[found.level],
            reasons=tuple(sentence(reason) for reason in found.reasons),
        )
        for (scale, form, variant), found in comparability.items()
    ]


def _pair(name: str, was: str, now: str) -> Pair:
    pieces = list(words_apart(was, now))
    before = [piece for piece in pieces if piece.kind != PUT_IN]
    after = [piece for piece in pieces if piece.kind != TAKEN_OUT]
    return Pair(sentence(name).rstrip("."), _in_one(before), _in_one(after))


def _in_one(pieces: Sequence[Piece]) -> tuple[Piece, ...]:
    """Changed words that only blanks keep apart as one piece: they are read as one change."""
    joined: list[Piece] = []
    for piece in pieces:
        joined.append(piece)
        if _only_blanks_between(joined[-3:]):
            joined[-3:] = [Piece(piece.kind, "".join(part.words for part in joined[-3:]))]
    return tuple(joined)


def _only_blanks_between(pieces: Sequence[Piece]) -> bool:
    """Whether these are two changes with nothing but blanks between them."""
    kinds = [piece.kind for piece in pieces]
    return len(kinds) == 3 and kinds[0] == kinds[2] != kinds[1] == SAME and pieces[1].words.isspace()
