"""A cooperative that hosts and executes an agreement: staff read that two people should answer."""

import pytest
from flask.testing import FlaskClient
from sqlalchemy import Engine

from surveyapp.instruments.catalogue import Catalogue
from surveyapp.storage.engine import writing
from tests.factories import (
    create_administration,
    create_agreement,
    create_organisation,
    create_path,
    create_placement,
)
from tests.staff.people import enter
from tests.web.pages import visit

pytestmark = pytest.mark.usefixtures("staff")

NOTE = "Chi ospita è anche l'ente esecutore"


def shown(client: FlaskClient, engine: Engine, catalogue: Catalogue, form: str, *, same: bool) -> str:
    """The page of a form about a placement under article 14."""
    with writing(engine) as connection:
        body = create_organisation(connection, kind="cooperative_b")
        host = body if same else create_organisation(connection)
        agreement = create_agreement(connection, executing_body_id=body)
        path = create_path(connection)
        placement = create_placement(connection, path, host_id=host, type="A14", agreement_id=agreement)
        about = {"instrument": "qil", "form": form, "occasion": "INITINERE", "placement_id": placement}
        create_administration(connection, catalogue, path, key="ONEBODY222", **about)
    enter(client, "caseworker")
    return visit(client, "/gestione/somministrazioni/ONEBODY222").words


@pytest.mark.parametrize("form", ["C", "E"])
def test_two_people_are_asked_for_where_host_and_executing_body_are_one(
    client: FlaskClient, engine: Engine, catalogue: Catalogue, form: str
) -> None:
    assert NOTE in shown(client, engine, catalogue, form, same=True)


@pytest.mark.parametrize(("form", "same"), [("C", False), ("O", True)])
def test_nothing_is_said_elsewhere(
    client: FlaskClient, engine: Engine, catalogue: Catalogue, form: str, same: bool
) -> None:
    assert NOTE not in shown(client, engine, catalogue, form, same=same)
