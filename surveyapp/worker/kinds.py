"""What each kind of job does. Only the process of a job imports this: pandas comes with it."""

from collections.abc import Callable, Mapping
from pathlib import Path

from sqlalchemy import Connection

from surveyapp.instruments.catalogue import Catalogue
from surveyapp.reports.change_report import Tell, write_report
from surveyapp.reports.export import write_csv

Kind = Callable[[Connection, Catalogue, Mapping[str, str], Path, Tell], list[Path]]

MEDIA_TYPES: Mapping[str, str] = {".html": "text/html; charset=utf-8", ".csv": "text/csv; charset=utf-8"}


def _report(
    connection: Connection, catalogue: Catalogue, arguments: Mapping[str, str], folder: Path, tell: Tell
) -> list[Path]:
    return write_report(connection, catalogue, arguments["instrument"], folder, tell=tell)


def _export(
    connection: Connection, catalogue: Catalogue, arguments: Mapping[str, str], folder: Path, tell: Tell
) -> list[Path]:
    tell(10, "Leggo e scrivo le risposte.")
    return write_csv(connection, catalogue, arguments["instrument"], folder)


# Each takes the arguments of the request, of which all have "instrument", and writes files in a folder.
KINDS: Mapping[str, Kind] = {"report": _report, "export": _export}
