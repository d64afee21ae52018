"""The pages on which offices and companies answer: a section each, or a record of a section that repeats."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby
from math import ceil

from markupsafe import Markup

from surveyapp.collection.response import Response
from surveyapp.collection.told_before import told_facts
from surveyapp.instruments.model import Item
from surveyapp.instruments.path import possible
from surveyapp.web.languages import gettext as _
from surveyapp.web.question_page import question_page, section_of

MOST_QUESTIONS = 12


@dataclass(frozen=True, eq=False)
class Part:
    """One page. `name` is its address: CUL, INV.2 for the second record, AFTER-2 for the rest of a long one.

    `facts` are what is known of its record from an earlier occasion; pages with the same `counted` are one in
    "Parte n di N", because nobody knows how many records there will be.
    """

    name: str
    counted: tuple[str, int]
    items: tuple[Item, ...]
    facts: tuple[Item, ...] = ()
    continues: bool = False

    @cached_property
    def ids(self) -> frozenset[str]:
        """The ids of everything that it may ask."""
        return frozenset(item.id for item in (*self.items, *self.facts))


@dataclass(frozen=True)
class Parts:
    """All pages of a response that are there or may still come, in order."""

    response: Response
    all: tuple[Part, ...]

    def named(self, name: str) -> Part | None:
        """The page with this name."""
        return next((part for part in self.all if part.name == name), None)

    def holding(self, item: Item) -> Part:
        """The page that asks an item; raises StopIteration when none does."""
        return next(part for part in self.all if item.id in part.ids)

    @property
    def next(self) -> Part | None:
        """Where to go on; None when everything on the path has an answer or was skipped."""
        item = self.response.next_item
        return self.holding(item) if item else None

    def after(self, part: Part) -> Part | None:
        """The page after this one, never past a question that is still open; None when nothing is left."""
        later = next((one for one in self._active if self._place(one) > self._place(part)), None)
        return self.next if later is None or self.is_ahead(later) else later

    def before(self, part: Part) -> Part | None:
        """The page before this one, or None at the start."""
        earlier = [one for one in self._active if self._place(one) < self._place(part)]
        return earlier[-1] if earlier else None

    @property
    def last(self) -> Part | None:
        """The last page that there is now."""
        return self._active[-1] if self._active else None

    def is_ahead(self, part: Part) -> bool:
        """Whether it asks nothing now, or comes after a question that is still open."""
        return part not in self._active or (
            self.next is not None and self._place(part) > self._place(self.next)
        )

    def asked(self, part: Part) -> list[Item]:
        """The questions of a page that are on the path now."""
        return [item for item in part.items if item.id in self._on_path]

    def open(self, part: Part) -> list[Item]:
        """Those without an answer, not even a skip."""
        return [item for item in self.asked(part) if item.id not in self.response.answers]

    def words(self, part: Part) -> str:
        """The position in words. N counts what may still come: it does not grow while answers come in."""
        left = {item.id for item in self.response.longest}
        counted = [one.counted for one in self.all if one.facts or any(item.id in left for item in one.items)]
        order = list(dict.fromkeys(counted))
        n = order.index(part.counted) + 1 if part.counted in order else 1
        words = _("Parte {} di {}, continua") if part.continues else _("Parte {} di {}")
        return words.format(n, len(order))

    def heading(self, part: Part) -> str | Markup:
        """The title of the section; of a record, with its number."""
        return question_page(self.response.questionnaire, (*part.items, *part.facts)[0]).heading

    @cached_property
    def _on_path(self) -> frozenset[str]:
        return frozenset(item.id for item in self.response.path)

    @cached_property
    def _active(self) -> list[Part]:
        return [part for part in self.all if part.facts or self.asked(part)]

    def _place(self, part: Part) -> int:
        return self.all.index(part)


def parts_of(response: Response) -> Parts:
    """The pages of a response: they hang on what is known from before, hardly on answers given now."""
    questionnaire, facts = response.questionnaire, told_facts(response)
    known = {item.id for item in facts}
    at_the_start = possible(questionnaire, {}, response.carried)
    # What a corrected fact brings back was not possible at the start.
    there = known | {item.id for item in (*at_the_start, *response.longest)}
    asked = [item for item in questionnaire.asked if item.id in there]
    return Parts(response, tuple(_parts(response, asked, known)))


def _parts(response: Response, asked: Sequence[Item], known: set[str]) -> Iterator[Part]:
    for (section, record), group in groupby(asked, lambda item: _section(response, item)):
        items = list(group)
        facts = tuple(item for item in items if item.id in known)
        pages = _pages([item for item in items if item.id not in known])
        for number, page in enumerate(pages, 1):
            name = f"{section}.{record}" if record else section
            yield Part(
                name=name if number == 1 else f"{name}-{number}",
                counted=(section, 0 if record else number),
                items=tuple(page),
                facts=facts if number == 1 else (),
                continues=number > 1,
            )


def _section(response: Response, item: Item) -> tuple[str, int]:
    section = section_of(response.questionnaire.instrument, item)
    return section.id if section else "", item.record


def _pages(items: list[Item]) -> list[list[Item]]:
    """The questions in equal pages, none too long; one empty page where there are none."""
    pages = max(1, ceil(len(items) / MOST_QUESTIONS))
    size = max(1, ceil(len(items) / pages))
    return [items[start : start + size] for start in range(0, len(items), size)] or [[]]
