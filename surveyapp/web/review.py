"""The answers of a response, section by section, in words."""

from dataclasses import dataclass

from surveyapp.collection.response import Response
from surveyapp.web.forms import as_sent
from surveyapp.web.question_page import question_page

SKIPPED_WORDS = "Domanda saltata"


@dataclass(frozen=True)
class ReviewedAnswer:
    """One line of the review."""

    item_id: str
    text: str
    answer: str


@dataclass(frozen=True)
class ReviewedSection:
    """The answers under one title."""

    title: str
    answers: tuple[ReviewedAnswer, ...]


def reviewed(response: Response) -> list[ReviewedSection]:
    """The sections on the path with every question and the words of its answer; empty ones are left out."""
    asked = {item.id for item in response.path}
    sections = []
    for section in response.questionnaire.instrument.sections:
        answers = tuple(_answer(response, item.id) for item in section.items if item.id in asked)
        if answers:
            sections.append(ReviewedSection(section.title, answers))
    return sections


def _answer(response: Response, item_id: str) -> ReviewedAnswer:
    page = question_page(response.questionnaire, response.questionnaire.instrument.items[item_id])
    given = response.answers.get(item_id)
    sent = as_sent(given) if given else ""
    words = page.label_of(sent) if sent else SKIPPED_WORDS
    return ReviewedAnswer(item_id, page.worded(dict(response.carried)), words)
