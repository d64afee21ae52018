"""Every kind of page is opened on PostgreSQL too: other tests open them all on SQLite."""

from itertools import chain

import pytest
from flask import Flask
from sqlalchemy import Engine

from surveyapp.instruments.catalogue import Catalogue
from surveyapp.storage.engine import writing
from surveyapp.study.demonstration import fill
from tests.factories import NOW
from tests.web.company_walk import every_company_page
from tests.web.walk import every_kind_of_page


@pytest.mark.parametrize("database", ["postgresql"])
def test_every_kind_of_page_opens(app: Flask, engine: Engine, catalogue: Catalogue) -> None:
    with writing(engine) as connection:
        fill(connection, catalogue, NOW)
    assert len({name for name, _ in chain(every_kind_of_page(app), every_company_page(app))}) > 80
