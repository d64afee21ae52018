"""The answers of a response, section by section and record by record, in words."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

from markupsafe import Markup

from surveyapp.collection.response import Response
from surveyapp.instruments.model import Item
from surveyapp.sheets.answers import SKIPPED_WORDS, in_words
from surveyapp.web.languages import gettext as _
from surveyapp.web.languages import italian
from surveyapp.web.question_page import QuestionPage, question_page


@dataclass(frozen=True)
class ReviewedAnswer:
    """One line of the review; `words` has one entry for each option of a list."""

    item_id: str
    text: str
    words: tuple[str, ...]


@dataclass(frozen=True)
class ReviewedSection:
    """The answers under one title."""

    title: str | Markup
    answers: tuple[ReviewedAnswer, ...]


def reviewed(response: Response) -> list[ReviewedSection]:
    """Every question on the path with the words of its answer, under its section; records one by one."""
    pages = [(question_page(response.questionnaire, item), item) for item in response.path]
    return [
        ReviewedSection(title, tuple(_answer(response, page, item) for page, item in group))
        for title, group in groupby(pages, key=lambda one: one[0].heading)
    ]


def answer_words(words: Iterable[str]) -> Markup:
    """The words of an answer as they are shown: Italian, but for what stands in place of an answer."""
    return Markup("\n").join(
        _("Domanda saltata") if word == SKIPPED_WORDS else italian(word) for word in words
    )


def _answer(response: Response, page: QuestionPage, item: Item) -> ReviewedAnswer:
    given = response.answers.get(item.id)
    words = in_words(response.questionnaire, item, given) if given else (SKIPPED_WORDS,)
    return ReviewedAnswer(item.id, page.worded(response.texts), words)
