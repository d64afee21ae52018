"""The pages on which a filled-in form is typed: those of the printed form, in its order, with its numbers."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from surveyapp.instruments.answers import Answer
from surveyapp.instruments.model import Item, Section
from surveyapp.instruments.path import Questionnaire
from surveyapp.sheets.paper_parts import Sheet

# What stands on a sheet where there is no answer: nothing at all, or something that nobody can tell.
BLANK, UNCLEAR = Answer(reason="blank"), Answer(reason="unclear")
THERE = 1  # the code by which a gate says that there is a record


@dataclass(frozen=True)
class EntryPage:
    """One section of the form, or one record of a section that repeats, with the item that asks for it."""

    id: str
    title: str
    record: int
    items: tuple[Item, ...]
    gate: str = ""

    def is_typed(self, read: Mapping[str, Answer]) -> bool:
        """Whether all of it was typed."""
        return all(item.id in read for item in self.items)

    def describes(self, read: Mapping[str, Answer]) -> bool:
        """Whether a record was described here, so that another one may follow."""
        gate = read.get(self.gate, BLANK)
        if gate.value is not None and gate.value != THERE:
            return False
        return any(read.get(item.id, BLANK) != BLANK for item in self.items)


def entry_pages(asked: Questionnaire) -> tuple[EntryPage, ...]:
    """Every page that the form may need: more records than are printed stand on further sheets."""
    return tuple(page for section in asked.instrument.sections for page in _of_section(asked, section))


def wanted(
    pages: Collection[EntryPage], read: Mapping[str, Answer], on_path: Collection[str]
) -> list[EntryPage]:
    """The pages to be typed, given what was read: a further record only where there is one."""
    found: list[EntryPage] = []
    before: EntryPage | None = None
    for page in pages:
        follows = before is not None and before in found and before.describes(read)
        if page.record <= 1 or follows or any(item.id in on_path for item in page.items):
            found.append(page)
        before = page
    return found


def first_to_type(pages: Collection[EntryPage], read: Mapping[str, Answer]) -> EntryPage | None:
    """The first page that was not typed yet."""
    return next((page for page in pages if not page.is_typed(read)), None)


def numbers(asked: Questionnaire) -> Mapping[str, int]:
    """The number of each question on the printed form, by item id."""
    return Sheet(asked).numbers


def _of_section(asked: Questionnaire, section: Section) -> Iterator[EntryPage]:
    repeat = section.repeat
    for record in range(1, repeat.times + 1) if repeat else (0,):
        ids = [f"{item.id}.{record}" if record else item.id for item in section.items]
        items = tuple(asked.asked_by_id[item_id] for item_id in ids if item_id in asked.asked_by_id)
        gate = f"{repeat.gate}.{record}" if repeat else ""
        if items:
            yield EntryPage(
                f"{section.id}.{record}" if record else section.id, section.title, record, items, gate
            )
