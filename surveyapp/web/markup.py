"""Markup that is the same for everybody, rendered once: choices, ticked and not, and explained words."""

from collections.abc import Collection
from typing import Any

from flask import current_app, g, render_template, request
from markupsafe import Markup

from surveyapp.web.languages import ITALIAN, language
from surveyapp.web.question_page import Choice, Key, QuestionPage

# Published versions never change: each choice of a page without and with its tick; the words explained. Only
# in Italian: where there is English, several questions stand on a page. The footer by the page it stands on.
_CHOICES: dict[Key, tuple[tuple[Choice, Markup, Markup], ...]] = {}
_TERMS: dict[Key, Markup] = {}
_FOOTERS: dict[tuple[str, bool], Markup] = {}


def choices(page: QuestionPage, checked: Collection[str] = ()) -> Markup:
    """The radio buttons or boxes of a question, those with these values ticked."""
    made = _CHOICES if language() == ITALIAN else {}
    if page.key not in made:
        made[page.key] = tuple(
            (choice, _made("choice", page, choice, place, False), _made("choice", page, choice, place, True))
            for place, choice in enumerate(page.choices, 1)
        )
    return Markup("").join(
        ticked if choice.value in checked else plain for choice, plain, ticked in made[page.key]
    )


def terms(page: QuestionPage) -> Markup:
    """What words of the question mean, each to be opened."""
    made = _TERMS if language() == ITALIAN else {}
    if page.key not in made:
        made[page.key] = _made("terms", page)
    return made[page.key]


def footer_links(shared: object) -> Markup:
    """The links under every page; with one more where several people use the device."""
    made = _FOOTERS if language() == ITALIAN else {}
    page = "" if g.get("failed") else request.endpoint or ""
    if (page, bool(shared)) not in made:
        links = render_template("footer_links.html", page=page, shared=shared)
        made[page, bool(shared)] = Markup(links)  # nosec B704  # noqa: S704 - made by an autoescaped template
    return made[page, bool(shared)]


def _made(macro: str, *values: Any) -> Markup:
    macros = current_app.jinja_env.get_template("macros/question.html").module
    return Markup(getattr(macros, macro)(*values))  # nosec B704  # noqa: S704 - made by an autoescaped template
