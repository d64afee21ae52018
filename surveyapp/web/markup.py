"""Markup that is the same for everybody, rendered once: the choices of an item, with one of them checked."""

from flask import current_app
from markupsafe import Markup

from surveyapp.web.question_page import QuestionPage

# Published versions never change: (key of the page, checked value) -> markup.
_CHOICES: dict[tuple[tuple[str, str, str, str], str], Markup] = {}


def choices(page: QuestionPage, value: str) -> Markup:
    """The radio buttons of a question, the one with this value checked; none for a value it does not have."""
    checked = value if page.has(value) else ""
    key = (page.key, checked)
    if key not in _CHOICES:
        macros = current_app.jinja_env.get_template("macros/question.html").module
        _CHOICES[key] = Markup(macros.choices(page, checked))  # type: ignore[attr-defined]  # nosec B704  # noqa: S704 - made by an autoescaped template
    return _CHOICES[key]
