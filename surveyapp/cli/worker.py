"""Long work, apart from the site."""

import logging

import click

from surveyapp.cli.root import cli, ready


@cli.command()
@click.option("--once", is_flag=True, help="Fa quello che è in attesa e finisce.")
def worker(once: bool) -> None:
    """Prepara rapporti ed esportazioni chiesti dalle pagine; «run» lo avvia da solo."""
    from surveyapp.worker.loop import work
    from surveyapp.worker.processes import stop_on_signals

    logging.basicConfig(format="%(asctime)s %(levelname)s %(message)s")
    settings, engine, _ = ready()
    taken = work(settings, engine, stop_on_signals(), once=once)
    if once:
        click.echo(f"Elaborazioni eseguite: {taken}.")
