"""The syntheses of focus groups: of one meeting, and of the criteria over all of them."""

from pathlib import Path

import click

from surveyapp.cli.progress import beside, followed
from surveyapp.cli.results import report, say_written
from surveyapp.cli.root import Stop, ready
from surveyapp.instruments.near import meant
from surveyapp.storage import focus_groups
from surveyapp.storage.engine import reading

_FOLDER = click.option(
    "--out", "folder", required=True, type=click.Path(path_type=Path), help="La cartella da scrivere."
)


@report.command("meeting")
@click.argument("code")
@_FOLDER
def meeting_report(code: str, folder: Path) -> None:
    """Scrive la sintesi di un focus group: report.html, report.pdf e report.docx."""
    from surveyapp.reports.meetings.write import write_meeting

    _, engine, catalogue = ready()
    with reading(engine) as connection:
        meeting = focus_groups.id_of(connection, code)
        if meeting is None:
            known = [row.code for row in focus_groups.listed(connection)]
            raise Stop(f"nessun focus group ha il codice «{code}»{meant(code, known)}")
        with followed(f"Sintesi di {code}") as tell, beside(folder) as there:
            paths = write_meeting(connection, catalogue, meeting, there, tell=tell)
    say_written([folder / path.relative_to(there) for path in paths])


@report.command("meetings")
@_FOLDER
def meetings_report(folder: Path) -> None:
    """Scrive i criteri di tutti i focus group, incontro per incontro e gruppo per gruppo."""
    from surveyapp.reports.meetings.write import write_meetings

    _, engine, catalogue = ready()
    with reading(engine) as connection, followed("Focus group") as tell, beside(folder) as there:
        paths = write_meetings(connection, catalogue, there, tell=tell)
    say_written([folder / path.relative_to(there) for path in paths])
