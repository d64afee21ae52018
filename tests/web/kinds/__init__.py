"""An instrument with every kind of answer, in a folder of its own that an application can use."""

import shutil
from pathlib import Path

from surveyapp.instruments import catalogue
from tests.conftest import ROOT

FILE = Path(__file__).parent / "0.1.0.yaml"


def make_folder(folder: Path) -> Path:
    """The instrument with the consents of the study, recorded as in use."""
    shutil.copytree(ROOT / "instruments" / "consents", folder / "consents")
    (folder / "kinds").mkdir()
    shutil.copy(FILE, folder / "kinds")
    catalogue.record(folder)
    return folder
