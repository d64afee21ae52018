"""What each kind of job does. Only the process of a job imports this: pandas comes with it."""

from collections.abc import Callable, Mapping
from pathlib import Path

from sqlalchemy import Connection

from surveyapp.instruments.catalogue import Catalogue
from surveyapp.reports.change_report import Tell, write_report
from surveyapp.reports.export import write_csv
from surveyapp.settings import read_settings
from surveyapp.storage import alerts
from surveyapp.worker import notices

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


def _notice(
    connection: Connection, _catalogue: Catalogue, arguments: Mapping[str, str], _folder: Path, _tell: Tell
) -> list[Path]:
    if not alerts.is_read(connection, int(arguments["alert"])):
        notices.tell_of_an_alert(read_settings())
    return []


# Each takes the arguments of the request ("instrument", or the id of an alert) and writes files in a folder.
KINDS: Mapping[str, Kind] = {"report": _report, "export": _export, alerts.NOTICE: _notice}
