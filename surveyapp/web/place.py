"""Where a question stands: "Domanda 3 di 10", or within its record of a section that repeats."""

from markupsafe import Markup

from surveyapp.collection.response import Response
from surveyapp.instruments.model import Item
from surveyapp.web.languages import around
from surveyapp.web.languages import gettext as _
from surveyapp.web.question_page import question_page, section_of


def place(response: Response, item: Item) -> str | Markup:
    """The position in words. N is the longest path still possible: it never grows (see decision 11).

    Records are counted apart: twelve that are possible would make of N a number that says nothing.
    """
    section = section_of(response.questionnaire.instrument, item) if item.record else None
    ids = [
        other.id
        for other in response.longest
        if other.record == item.record
        and (section is None or section_of(response.questionnaire.instrument, other) is section)
    ]
    n = ids.index(item.id) + 1 if item.id in ids else 1
    if section is None:
        return _("Domanda {} di {}").format(n, len(ids))
    heading = question_page(response.questionnaire, item).heading
    return around(_("{}: domanda {} di {}"), heading, n, len(ids))
