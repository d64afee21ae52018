"""The instruments of this repository, read once for all tests."""

from functools import cache
from pathlib import Path

from surveyapp.instruments.catalogue import Catalogue, load

FOLDER = Path(__file__).parent.parent / "instruments"


@cache
def bundled() -> Catalogue:
    """Every instrument, consent text and the plan."""
    return load(FOLDER)
