"""Reports and exports."""

from pathlib import Path

import click

from surveyapp.cli.progress import beside, followed
from surveyapp.cli.root import cli, ready
from surveyapp.storage.engine import reading


@cli.group(invoke_without_command=True)
@click.option("--instrument", "instrument_id", default="aut", show_default=True, help="Lo strumento.")
@click.option("--out", "folder", type=click.Path(path_type=Path), help="La cartella da scrivere.  [required]")
@click.pass_context
def report(context: click.Context, instrument_id: str, folder: Path | None) -> None:
    """Scrive il rapporto sul cambiamento osservato: report.html e results.csv."""
    if context.invoked_subcommand:
        return
    if folder is None:
        raise click.MissingParameter(ctx=context, param=context.command.params[1])
    from surveyapp.reports.change_report import write_report

    _, engine, catalogue = ready()
    with reading(engine) as connection:
        say_written(write_report(connection, catalogue, instrument_id, folder))


# What reports.exports.write can make; known here so that a wrong name is refused before pandas is loaded.
FORMATS = ("csv", "wide", "xlsx", "sav", "dta", "r", "ddi", "codebook", "valoris", "all")


@cli.command()
@click.option("--instrument", "instrument_id", default="aut", show_default=True, help="Lo strumento.")
@click.option("--format", "kind", type=click.Choice(FORMATS), default="csv", show_default=True)
@click.option(
    "--out", "folder", required=True, type=click.Path(path_type=Path), help="La cartella da scrivere."
)
@click.option("--territory", help="Solo questo territorio, per esempio «Ambito di Cremona».")
@click.option("--identified", is_flag=True, help="Con i codici, le date e i testi veri.")
def export(instrument_id: str, kind: str, folder: Path, territory: str | None, identified: bool) -> None:
    """Esporta le risposte inviate: de-identificate, se non si chiede altro."""
    from surveyapp.reports.exports.release import key_of
    from surveyapp.reports.exports.write import write_exports

    settings, engine, catalogue = ready()
    with reading(engine) as connection, followed("Esportazione") as tell, beside(folder) as there:
        written = write_exports(
            connection,
            catalogue,
            instrument_id,
            there,
            kinds=[kind],
            identified=identified,
            territory=territory,
            key=key_of(settings.secret_key),
            tell=tell,
        )
    say_written([folder / path.relative_to(there) for path in written])


def say_written(paths: list[Path]) -> None:
    """Say where the files are."""
    for path in paths:
        click.echo(f"Scritto {path}")
