"""Every instrument, one at a time."""

import pytest

from surveyapp.instruments.model import Instrument
from tests.sheets.instruments import ALL


@pytest.fixture(params=ALL)
def instrument(request: pytest.FixtureRequest) -> Instrument:
    """The instrument with every construct, then each that is bundled."""
    return ALL[request.param]
