"""What each kind of job does. Only the process of a job imports this: pandas comes with it."""

from collections.abc import Callable, Mapping
from pathlib import Path

from sqlalchemy import Connection

from surveyapp.instruments.catalogue import Catalogue
from surveyapp.reports.cases.hidden import Promise
from surveyapp.reports.cases.sheet import write_case
from surveyapp.reports.change_report import Tell, write_report
from surveyapp.reports.exports.archive import zipped
from surveyapp.reports.exports.release import key_of
from surveyapp.reports.exports.write import write_exports
from surveyapp.settings import read_settings
from surveyapp.storage import alerts, jobs
from surveyapp.storage.case_jobs import YES
from surveyapp.worker import notices

Kind = Callable[[Connection, Catalogue, Mapping[str, str], Path, Tell], list[Path]]

CSV = "csv"
MEDIA_TYPES: Mapping[str, str] = {
    ".html": "text/html; charset=utf-8",
    ".csv": "text/csv; charset=utf-8",
    ".txt": "text/plain; charset=utf-8",
    ".pdf": "application/pdf",
    ".zip": "application/zip",
}


def _report(
    connection: Connection, catalogue: Catalogue, arguments: Mapping[str, str], folder: Path, tell: Tell
) -> list[Path]:
    return write_report(connection, catalogue, arguments["instrument"], folder, tell=tell)


def _export(
    connection: Connection, catalogue: Catalogue, arguments: Mapping[str, str], folder: Path, tell: Tell
) -> list[Path]:
    kinds = arguments.get("kinds", CSV).split(",")
    written = write_exports(
        connection,
        catalogue,
        arguments["instrument"],
        folder,
        kinds=kinds,
        territory=arguments.get("territory"),
        key=key_of(read_settings().secret_key),
        tell=tell,
    )
    return written if kinds == [CSV] else [zipped(written, folder, arguments["instrument"])]


def _case(
    connection: Connection, catalogue: Catalogue, arguments: Mapping[str, str], folder: Path, tell: Tell
) -> list[Path]:
    tell(10, "Leggo le risposte.")
    promise = Promise(read_settings().consent_gaps.get("vede", ""), arguments["with_host"] == YES)
    may_know = arguments["alerts"] == YES
    return write_case(
        connection, catalogue, arguments["person"], folder, promise, may_know_of_alerts=may_know
    )


def _notice(
    connection: Connection, _catalogue: Catalogue, arguments: Mapping[str, str], _folder: Path, _tell: Tell
) -> list[Path]:
    if not alerts.is_read(connection, int(arguments["alert"])):
        notices.tell_of_an_alert(read_settings())
    return []


# Each takes the arguments of the request and writes files in a folder: "instrument", for an export also
# "kinds" (of reports.exports.write) and "territory"; for a case see storage.case_jobs; or the id of an alert.
# Exports here are de-identified.
KINDS: Mapping[str, Kind] = {
    "report": _report,
    "export": _export,
    jobs.CASE: _case,
    alerts.NOTICE: _notice,
}
