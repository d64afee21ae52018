"""A person of whom there is something to show."""

import pytest
from sqlalchemy import Connection

from surveyapp.instruments.catalogue import Catalogue
from tests.reports.cases.invented import OWN, a_person, a_placement, a_view, sent


@pytest.fixture
def path_id(connection: Connection, catalogue: Catalogue) -> int:
    """A person whose placement all three have seen, with a goal that both have rated."""
    path_id = a_person(connection)
    placement = a_placement(connection, path_id, code="IN-1")
    a_view(connection, catalogue, path_id, placement, "P", 4)
    decision = {"QIL_AZ1": "1,2", "QIL_AZ2": "2026-09-10", "QIL_AZ3": "il tutor"}
    a_view(connection, catalogue, path_id, placement, "O", 2, decision)
    a_view(connection, catalogue, path_id, placement, "C", 3, {"QIL_AZ1": 8})
    sent(connection, catalogue, path_id, "aut", "P", "EXANTE", {"AUT_OB1": OWN})
    sent(connection, catalogue, path_id, "aut", "P", "EXPOST", {"AUT_OBR1": 1})
    sent(connection, catalogue, path_id, "aut", "O", "EXPOST", {"AUT_OBR1": 2})
    return path_id
