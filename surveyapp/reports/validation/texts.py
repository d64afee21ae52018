"""Open answers, question by question: for the team alone, with the territory and without a code of the "
"person."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from surveyapp.instruments.answers import ResponseFormat
from surveyapp.instruments.model import Item
from surveyapp.reports.frames import Response, Study
from surveyapp.reports.levels import MISSING_REASONS
from surveyapp.reports.numbers import ALL_VARIANTS, Place, Row, count, placed

TEXTS = "texts"
# The optional consent that lets somebody's sentences be quoted; only some consent texts ask for it.
QUOTATION = "quotation"


@dataclass(frozen=True)
class Written:
    """One text as it was written, and whether who wrote it has said that it may be quoted."""

    territory: str
    text: str
    quotable: bool


@dataclass(frozen=True)
class Question:
    """An open question as one form asks it at one occasion, in every version and variant."""

    form: str
    occasion: str
    item: str


def text_rows(study: Study) -> list[Row]:
    """How many wrote something at each open question, of those who were asked it; never the words."""
    return [row for asked, there in questions(study).items() for row in _rows(asked, there)]


def is_open(asked: ResponseFormat) -> bool:
    """Whether a format takes an open answer: text on one line only is a fact, such as a code or a role."""
    return asked.kind == "text" and asked.lines != 1


def questions(study: Study) -> dict[Question, list[Response]]:
    """The responses that were asked each open question, in the order of the instrument."""
    found: dict[Question, list[Response]] = {}
    for response in study.responses:
        asked = response.questionnaire
        for item in response.path:
            if is_open(asked.wording(item).format):
                question = Question(asked.form, asked.occasion, item.declared)
                there = found.setdefault(question, [])
                there += [] if there and there[-1] is response else [response]
    return dict(sorted(found.items(), key=lambda pair: _order(study, pair[0])))


def written(question: Question, there: list[Response]) -> list[Written]:
    """The texts of a question by territory and alphabet: their order says nothing of who wrote them."""
    found = [
        Written(response.administration.territory, text, _quotable(response))
        for response in there
        for text in _texts(response, question.item)
    ]
    return sorted(found, key=lambda one: (one.territory, one.text))


def _order(study: Study, question: Question) -> tuple[int, int, int]:
    places = [list(group) for group in (study.instrument.declared, study.instrument.occasions)]
    item, occasion = (
        order.index(name) if name in order else len(order)
        for order, name in zip(places, (question.item, question.occasion), strict=True)
    )
    forms = list(study.instrument.forms)
    return forms.index(question.form) if question.form in forms else len(forms), item, occasion


def _records(response: Response, declared: str) -> Iterator[Item]:
    return (item for item in response.path if item.declared == declared)


def _texts(response: Response, declared: str) -> Iterator[str]:
    for item in _records(response, declared):
        given = response.given.get(item.id)
        if given and given.answer.text and given.answer.text.strip():
            yield given.answer.text


def _quotable(response: Response) -> bool:
    """Whether the consent given with these answers says so: a box left empty, or never shown, is a no."""
    return QUOTATION in (response.administration.consents or "").split(",")


def _rows(question: Question, there: list[Response]) -> list[Row]:
    asked = [(response, item.id) for response in there for item in _records(response, question.item)]
    missing = [response.missing.get(item) for response, item in asked]
    found, n = written(question, there), len(asked)
    place = Place(
        " + ".join(sorted({response.version for response in there})),
        item=question.item,
        occasion=question.occasion,
        variant=ALL_VARIANTS,
        form=question.form,
        subset=TEXTS,
    )
    quotable = count("quotable", sum(one.quotable for one in found), len(found))
    rows = placed(place, [count("texts", len(found), n), quotable])
    rows += placed(place, [count(f"missing_{why}", missing.count(why), n) for why in MISSING_REASONS])
    for territory in sorted({one.territory for one in found}):
        here = sum(one.territory == territory for one in found)
        rows += placed(replace(place, territory=territory), [count("texts", here, len(found))])
    return rows
