"""An instrument with every kind of answer, in a folder of its own that an application can use."""

import shutil
from datetime import date
from pathlib import Path

from surveyapp.instruments import catalogue
from tests.conftest import ROOT
from tests.instruments.published_files import published, write_version

FILE = Path(__file__).parent / "0.1.0.yaml"


def make_folder(folder: Path) -> Path:
    """The instrument with the consents of the study, recorded as in use."""
    shutil.copytree(ROOT / "instruments" / "consents", folder / "consents")
    (folder / "kinds").mkdir()
    shutil.copy(FILE, folder / "kinds")
    catalogue.record(folder)
    return folder


def add_two_versions(folder: Path) -> None:
    """An instrument whose second version says something in other words."""
    write_version(folder, "0.1.0")
    catalogue.record(folder)
    published(write_version(folder, "0.1.1", ("tutor: La persona", "tutor: Chi")), on=date(2026, 11, 1))
