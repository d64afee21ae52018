"""The validation report of one instrument."""

from pathlib import Path

import click

from surveyapp.cli.progress import beside, followed
from surveyapp.cli.results import report, say_written
from surveyapp.cli.root import Stop, now, ready
from surveyapp.focus_groups.measured import keep_numbers
from surveyapp.storage.engine import reading, writing


@report.command("validation")
@click.option("--instrument", "instrument_id", required=True, help="Lo strumento, per esempio qil.")
@click.option("--territory", "territories", multiple=True, help="Solo questo territorio; si può ripetere.")
@click.option(
    "--out", "folder", required=True, type=click.Path(path_type=Path), help="La cartella da scrivere."
)
def validation_report(instrument_id: str, territories: tuple[str, ...], folder: Path) -> None:
    """Scrive il rapporto di validazione di uno strumento.

    Senza --territory tiene anche i numeri di ogni domanda, per le pagine che ne raccontano la storia.
    """
    from surveyapp.reports.validation.report import TerritoryError, write_validation

    _, engine, catalogue = ready()
    label = f"Validazione di {instrument_id}"
    with reading(engine) as connection, followed(label) as tell, beside(folder) as there:
        try:
            paths = write_validation(
                connection, catalogue, instrument_id, there, territories=territories, tell=tell
            )
        except TerritoryError as error:
            raise Stop(str(error)) from error
    if not territories:
        with writing(engine) as connection:
            keep_numbers(connection, instrument_id, (folder / "results.json").read_bytes(), now())
    say_written([folder / path.relative_to(there) for path in paths])
