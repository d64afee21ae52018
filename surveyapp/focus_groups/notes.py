"""Notes and their codes: what a typed criterion means, who codes twice, how far they agree. Pure."""

import hashlib
import re
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass
from difflib import get_close_matches
from math import ceil

from surveyapp.focus_groups.coding import TWICE_AT_LEAST, Agreement, coding_agreement, used_by
from surveyapp.instruments.catalogue import Catalogue

LONGEST_NOTE = 4000
LONGEST_TITLE = 200
# Between the id and the title of a criterion, as the list offers them.
BETWEEN = " – "
# Criteria that no instrument has: N-1, N-2.
NEW = re.compile(r"N-(\d+)")


@dataclass(frozen=True)
class Coded:
    """One code of an excerpt: who says that it is about which criterion. In the order in which they came."""

    excerpt: int
    coder: str
    criterion: str


@dataclass(frozen=True)
class Doubly:
    """How much of a meeting was coded twice, and how far the two agree."""

    excerpts: int
    drawn: int
    twice: int
    agreement: Agreement

    @property
    def is_enough(self) -> bool:
        """Whether at least a fifth was coded twice."""
        return bool(self.excerpts) and self.twice >= TWICE_AT_LEAST * self.excerpts


def criteria_of(catalogue: Catalogue, new: Mapping[str, str]) -> dict[str, str]:
    """Every criterion, id and title: the items of all instruments as they are now, then the new ones."""
    instruments = sorted({one for one, _ in catalogue.instruments})
    sources = [catalogue.newest(one) for one in instruments] + list(catalogue.modules.values())
    found = {item.id: item.criterion for one in sources for item in one.declared.values() if item.criterion}
    return found | dict(new)


def meant(typed: str, criteria: Mapping[str, str]) -> str | None:
    """The criterion that somebody typed: its id, its title, the line of the list, or a part of one of them.

    None where nothing fits, or more than one does.
    """
    words = typed.strip().casefold()
    if not words:
        return None
    lines = {code: f"{code}{BETWEEN}{title}".casefold() for code, title in criteria.items()}
    whole = [code for code, line in lines.items() if words in (line, *line.split(BETWEEN, 1))]
    found = whole or [code for code, line in lines.items() if words in line]
    return found[0] if len(found) == 1 else None


def near(typed: str, criteria: Mapping[str, str]) -> list[str]:
    """Up to five criteria that may have been meant, as lines of the list."""
    words = typed.strip().casefold()
    lines = {code: f"{code}{BETWEEN}{title}" for code, title in criteria.items()}
    holding = [line for line in lines.values() if words and words in line.casefold()]
    titles = {title.casefold(): lines[code] for code, title in criteria.items()}
    alike = [titles[one] for one in get_close_matches(words, titles, n=5, cutoff=0.5)]
    return list(dict.fromkeys(holding + alike))[:5]


def next_code(known: Iterable[str]) -> str:
    """The code of the next new criterion."""
    numbers = [int(match[1]) for code in known if (match := NEW.fullmatch(code))]
    return f"N-{max(numbers, default=0) + 1}"


def drawn(keys: Mapping[int, str]) -> frozenset[int]:
    """The excerpts that a second person codes too: a fifth, rounded up, drawn by the digests of their keys.

    Whoever draws again gets the same ones.
    """
    order = sorted(keys, key=lambda excerpt: hashlib.sha256(keys[excerpt].encode()).hexdigest())
    return frozenset(order[: ceil(TWICE_AT_LEAST * len(order))])


def may_see(codes: Sequence[Coded], viewer: str) -> list[Coded]:
    """The codes that somebody may see: the own ones, and those of others where the own are there already."""
    mine = {code.excerpt for code in codes if code.coder == viewer}
    return [code for code in codes if code.excerpt in mine]


def coded_twice(codes: Sequence[Coded], keys: Mapping[int, str]) -> Doubly:
    """How far the first and the second coder of each excerpt agree (see `coding_agreement`)."""
    first, second = _sides(codes)
    agreement = coding_agreement(first, second, used_by(first, second))
    return Doubly(len(keys), len(drawn(keys)), len(first.keys() & second.keys()), agreement)


def _sides(codes: Sequence[Coded]) -> tuple[dict[int, Set[str]], dict[int, Set[str]]]:
    """The criteria of the first and of the second coder, by excerpt."""
    coders: dict[int, list[str]] = {}
    for code in codes:
        known = coders.setdefault(code.excerpt, [])
        if code.coder not in known:
            known.append(code.coder)
    sides: tuple[dict[int, Set[str]], dict[int, Set[str]]] = ({}, {})
    for code in codes:
        place = coders[code.excerpt].index(code.coder)
        if place < len(sides):
            sides[place][code.excerpt] = sides[place].get(code.excerpt, frozenset()) | {code.criterion}
    return sides
