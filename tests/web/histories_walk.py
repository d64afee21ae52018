"""Every kind of page around the history of a question or criterion, with something of every kind in it."""

from collections.abc import Iterator

from flask import Flask

from surveyapp.storage import excerpts
from surveyapp.storage.engine import writing
from surveyapp.web.services import Services
from tests.factories import NOW
from tests.focus_groups.ledger_rows import ITEM, create_chain, create_numbers
from tests.staff.people import sign_in
from tests.web.pages import Page, visit


def every_page_of_histories(app: Flask) -> Iterator[tuple[str, Page]]:
    """The name of each kind, and a page of it; there is an account of Socialis."""
    services: Services = app.extensions["surveyapp"]
    with writing(services.engine) as connection:
        made = create_chain(connection, "FG7")
        create_numbers(connection)
        excerpts.add_criterion(connection, "N-71", "Il tempo del tutor", made.meeting, NOW)
    client = app.test_client()
    sign_in(client, "socialis")
    yield "item history", visit(client, f"/gestione/storia/aut/{ITEM}")
    histories = visit(client, "/gestione/storia/criteri")
    yield "criterion histories", histories
    yield "criterion history", visit(client, histories.links["N-71"])
