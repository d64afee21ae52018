"""The report over the whole project."""

from pathlib import Path

import click

from surveyapp.cli.progress import beside, followed
from surveyapp.cli.results import report, say_written
from surveyapp.cli.root import FileThere, Stop, ready
from surveyapp.storage.engine import reading
from surveyapp.study.errors import ImportRefusedError

FOLDER = click.Path(path_type=Path)
FILE = FileThere()
PAIR = (FILE, FILE)


@report.command("project")
@click.option("--out", "folder", required=True, type=FOLDER, help="La cartella da scrivere.")
@click.option("--counts", type=FILE, help="Il file CSV dei conteggi che il database non conosce.")
@click.option("--nodes", nargs=2, type=PAIR, help="I nodi della rete: file CSV dell'inizio e della fine.")
@click.option("--ties", nargs=2, type=PAIR, help="I legami della rete: file CSV dell'inizio e della fine.")
@click.option(
    "--audience",
    type=click.Choice(["internal", "partner"]),
    default="internal",
    show_default=True,
    help="Per chi: internal è tutto, partner si può dare a chiunque.",
)
@click.option("--previous", type=FILE, help="Il results.json dell'ultimo rapporto per i partner.")
def project_report(
    folder: Path,
    counts: Path | None,
    nodes: tuple[Path, Path] | None,
    ties: tuple[Path, Path] | None,
    audience: str,
    previous: Path | None,
) -> None:
    """Scrive il rapporto di tutto il progetto, con i 16 indicatori."""
    from surveyapp.reports.audiences import PARTNER
    from surveyapp.reports.project.report import write_project

    if bool(nodes) != bool(ties):
        raise Stop("la rete ha bisogno di --nodes e di --ties, ognuno con due file")
    if previous and audience != PARTNER:
        raise Stop("--previous serve al rapporto per i partner: aggiungi --audience partner")
    if audience == PARTNER and folder.is_dir() and any(folder.iterdir()):
        raise Stop(f"«{folder}» non è vuota: il rapporto per i partner vuole una cartella nuova, solo sua")
    _, engine, catalogue = ready()
    with reading(engine) as connection, followed("Rapporto del progetto") as tell, beside(folder) as there:
        try:
            paths = write_project(
                connection,
                catalogue,
                there,
                counts=counts,
                nodes=nodes,
                ties=ties,
                audience=audience,  # type: ignore[arg-type]  # click.Choice gives one of the two
                previous=previous,
                tell=tell,
            )
        except ImportRefusedError as error:
            raise _refused(error, counts) from error
    say_written([folder / path.relative_to(there) for path in paths])


def _refused(error: ImportRefusedError, counts: Path | None) -> Stop:
    """Every problem with its file and line, then what to do."""
    for problem in error.problems:
        click.echo(f"{problem.file or counts}:{problem.line}: {problem.message}", err=True)
    return Stop("non ho scritto niente. Correggi le righe qui sopra e riprova.")
