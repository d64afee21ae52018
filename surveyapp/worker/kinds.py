"""What each kind of job does. Only the process of a job imports this: pandas comes with it."""

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from pathlib import Path

from sqlalchemy import Connection

from surveyapp.focus_groups.measured import keep_numbers
from surveyapp.instruments.catalogue import Catalogue
from surveyapp.reports.audiences import INTERNAL, PARTNER, Audience
from surveyapp.reports.cases.hidden import Promise
from surveyapp.reports.cases.sheet import write_case
from surveyapp.reports.change_report import Tell, write_report
from surveyapp.reports.exports.archive import zipped
from surveyapp.reports.exports.release import key_of
from surveyapp.reports.exports.write import write_exports
from surveyapp.reports.ledger import write_ledger
from surveyapp.reports.meetings.write import write_meeting, write_meetings
from surveyapp.reports.project.report import write_project
from surveyapp.reports.validation.report import write_validation
from surveyapp.settings import read_settings
from surveyapp.storage import alerts, jobs
from surveyapp.storage.case_jobs import YES
from surveyapp.storage.jobs import File
from surveyapp.worker import notices

Kind = Callable[[Connection, Catalogue, Mapping[str, str], Path, Tell], list[Path]]

CSV = "csv"
# The numbers of a report for programs.
RESULTS = "results.json"
MEDIA_TYPES: Mapping[str, str] = {
    ".html": "text/html; charset=utf-8",
    ".csv": "text/csv; charset=utf-8",
    ".txt": "text/plain; charset=utf-8",
    ".pdf": "application/pdf",
    ".zip": "application/zip",
    ".json": "application/json",
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
AUDIENCES: Mapping[str, Audience] = {INTERNAL: INTERNAL, PARTNER: PARTNER}


def _change(
    connection: Connection, catalogue: Catalogue, arguments: Mapping[str, str], folder: Path, tell: Tell
) -> list[Path]:
    return write_report(connection, catalogue, arguments["instrument"], folder, tell=tell)


def _project(
    connection: Connection, catalogue: Catalogue, arguments: Mapping[str, str], folder: Path, tell: Tell
) -> list[Path]:
    """Counts that the database does not know, and the network, are asked for on the command line only so far.

    Single tables and drawings come inside the archive.
    """
    audience = AUDIENCES[arguments.get("audience", INTERNAL)]
    written = write_project(connection, catalogue, folder, audience=audience, tell=tell)
    return [*(path for path in written if path.parent == folder), zipped(written, folder, "all")]


def _validation(
    connection: Connection, catalogue: Catalogue, arguments: Mapping[str, str], folder: Path, tell: Tell
) -> list[Path]:
    """Single tables and drawings come inside the archive."""
    written = write_validation(connection, catalogue, arguments["instrument"], folder, tell=tell)
    return [*(path for path in written if path.parent == folder), zipped(written, folder, "all")]


def _data(
    connection: Connection, catalogue: Catalogue, arguments: Mapping[str, str], folder: Path, tell: Tell
) -> list[Path]:
    """Everything that an export can be, in one archive, asked for on the page of the reports."""
    instrument, key = arguments["instrument"], key_of(read_settings().secret_key)
    written = write_exports(connection, catalogue, instrument, folder, kinds=["all"], key=key, tell=tell)
    return [zipped(written, folder, "all")]


def _meeting(
    connection: Connection, catalogue: Catalogue, arguments: Mapping[str, str], folder: Path, tell: Tell
) -> list[Path]:
    return write_meeting(connection, catalogue, int(arguments["meeting"]), folder, tell=tell)


def _meetings(
    connection: Connection, catalogue: Catalogue, _arguments: Mapping[str, str], folder: Path, tell: Tell
) -> list[Path]:
    return write_meetings(connection, catalogue, folder, tell=tell)


def _ledger(
    connection: Connection, catalogue: Catalogue, arguments: Mapping[str, str], folder: Path, tell: Tell
) -> list[Path]:
    """The page and the PDF; the file for other programs is made by the page that asks."""
    about = (arguments["instrument"], arguments["version"])
    written = write_ledger(connection, catalogue, *about, folder, tell=tell)
    return [path for path in written if path.suffix != ".json"]


# Which report is asked for under "report"; that on change has no such word.
CHANGE = "change"
VALIDATION = "validation"
REPORTS: Mapping[str, Kind] = {
    CHANGE: _change,
    "project": _project,
    VALIDATION: _validation,
    "export": _data,
    "meeting": _meeting,
    "meetings": _meetings,
    "ledger": _ledger,
}


def _report(
    connection: Connection, catalogue: Catalogue, arguments: Mapping[str, str], folder: Path, tell: Tell
) -> list[Path]:
    return REPORTS[arguments.get("report", CHANGE)](connection, catalogue, arguments, folder, tell)


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


# Each takes the arguments of the request and writes files in a folder: "instrument", for a report also
# "report" and "audience", for the synthesis of a focus group "meeting" (its id) and "code"; for an export
# "kinds" (of reports.exports.write) and "territory"; for a case see storage.case_jobs; or the id of an alert.
# Exports here are de-identified.
KINDS: Mapping[str, Kind] = {
    "report": _report,
    "export": _export,
    jobs.CASE: _case,
    alerts.NOTICE: _notice,
}


def keep(connection: Connection, arguments: Mapping[str, str], files: Iterable[File], now: datetime) -> None:
    """Keep of a job what stays beside its files: what a validation report says of each question."""
    if arguments.get("report") != VALIDATION:
        return
    for file in files:
        if file.name == RESULTS:
            keep_numbers(connection, arguments["instrument"], file.content, now)
