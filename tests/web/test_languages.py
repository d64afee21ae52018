"""English for the staff and companies; Italian for participants, whoever used the browser before."""

from itertools import chain

import html5lib
import pytest
from flask import Flask
from sqlalchemy import Engine

from surveyapp.instruments.catalogue import Catalogue
from surveyapp.storage.engine import writing
from surveyapp.study.demonstration import fill
from tests.factories import NOW
from tests.web import marks
from tests.web.company_walk import every_company_page
from tests.web.walk import every_kind_of_page


# The words of a page do not hang on the database.
@pytest.mark.parametrize("database", ["sqlite"])
def test_every_word_on_pages_of_staff_and_companies_has_an_english(
    app: Flask, engine: Engine, catalogue: Catalogue
) -> None:
    """Whatever is no message, no word of an instrument and no name, is named here with its page."""
    with writing(engine) as connection:
        fill(connection, catalogue, NOW)
    marks.mark(app)
    left: dict[str, list[str]] = {}
    for name, page in chain(every_kind_of_page(app), every_company_page(app)):
        tree = html5lib.parse(page.marked, namespaceHTMLElements=False)
        if tree.get("lang") == "en" and (words := marks.not_translated(tree)):
            left.setdefault(name, words)
    assert not left, "\n".join(f"{name}: {words}" for name, words in left.items())
