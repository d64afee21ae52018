"""The pages on which a filled-in form is typed."""

from surveyapp.instruments.answers import Answer
from surveyapp.instruments.catalogue import Catalogue
from surveyapp.instruments.path import Questionnaire
from surveyapp.sheets.paper import paper
from surveyapp.sheets.paper_entry import (
    BLANK,
    UNCLEAR,
    EntryPage,
    entry_pages,
    first_to_type,
    numbers,
    wanted,
)
from surveyapp.sheets.paper_parts import RECORDS
from tests.sheets.instruments import GAPS, consents

YES, NO, SAID = Answer(value=1), Answer(value=2), Answer(text="Pause più lunghe")


def accommodations(catalogue: Catalogue) -> Questionnaire:
    """A company's form, whose inventory repeats twelve times."""
    return Questionnaire(catalogue.newest("acc"), "C", "std", "T0")


def inventory(asked: Questionnaire) -> list[EntryPage]:
    return [page for page in entry_pages(asked) if page.record]


def ids(pages: list[EntryPage]) -> list[str]:
    return [page.id for page in pages]


def typed(page: EntryPage, **read: Answer) -> dict[str, Answer]:
    """A page on which only some items were filled in, named without their record."""
    return {item.id: read.get(item.declared, BLANK) for item in page.items}


def test_they_ask_what_is_printed_in_the_order_of_the_sheet(catalogue: Catalogue) -> None:
    for instrument in {name for name, _ in catalogue.instruments}:
        found = catalogue.newest(instrument)
        for form in found.forms.values():
            asked = Questionnaire(found, form.code, form.default_variant, form.occasions[0])
            text = consents(found)[form.code][form.default_variant]
            printed = [
                question.code for block in paper(asked, text, GAPS, ()).blocks for question in block.questions
            ]
            typed_codes = [
                item.id for page in entry_pages(asked) if page.record <= RECORDS for item in page.items
            ]
            assert typed_codes == printed, (instrument, form.code)
            assert list(numbers(asked)) == printed


def test_a_repeating_part_has_a_page_for_each_record(catalogue: Catalogue) -> None:
    asked = accommodations(catalogue)
    pages = inventory(asked)
    assert [page.record for page in pages] == list(range(1, 13))
    assert pages[3].items[0].id not in numbers(asked)  # it stands on a further sheet


def test_a_record_follows_one_that_was_described(catalogue: Catalogue) -> None:
    pages = inventory(accommodations(catalogue))
    first, second = pages[:2]
    for read, expected in (
        ({}, 1),
        (typed(first), 1),
        (typed(first, ACC_I01=NO), 1),
        (typed(first, ACC_I01=NO, ACC_I04=SAID), 1),
        (typed(first, ACC_I01=YES), 2),
        (typed(first, ACC_I04=SAID), 2),
        (typed(first, ACC_I04=UNCLEAR), 2),
        (typed(first, ACC_I01=YES) | typed(second), 2),
        (typed(first, ACC_I01=YES) | typed(second, ACC_I01=YES), 3),
    ):
        assert len(wanted(pages, read, ())) == expected, read


def test_a_record_that_is_asked_is_typed_whatever_stands_before(catalogue: Catalogue) -> None:
    pages = inventory(accommodations(catalogue))
    known = pages[2].items[1].id
    assert ids(wanted(pages, {}, (known,))) == [pages[0].id, pages[2].id]


def test_the_first_page_that_is_not_complete_comes_next(catalogue: Catalogue) -> None:
    pages = entry_pages(Questionnaire(catalogue.newest("aut"), "P", "easy", "EXANTE"))
    first = typed(pages[0])
    assert first_to_type(pages, {}) == pages[0]
    assert first_to_type(pages, first) == pages[1]
    del first["AUT_BEN5"]
    assert first_to_type(pages, first) == pages[0]
    everything = {item: read for page in pages for item, read in typed(page).items()}
    assert first_to_type(pages, everything) is None
