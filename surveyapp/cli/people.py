"""The register: people, links, invented people."""

from pathlib import Path

import click
from sqlalchemy import Connection

from surveyapp.cli.root import Stop, address, cli, now, ready
from surveyapp.storage.engine import writing
from surveyapp.study.errors import ImportRefusedError


@cli.command()
@click.option("--clear", is_flag=True, help="Toglie i dati di dimostrazione.")
@click.option("--if-empty", is_flag=True, help="Non fa niente se il database contiene già persone.")
def demo(clear: bool, if_empty: bool) -> None:
    """Riempie un database vuoto con 120 persone e risposte inventate."""
    from surveyapp.study import demonstration

    _, engine, catalogue = ready()
    with writing(engine) as connection:
        if clear:
            click.echo(f"Tolte {demonstration.clear(connection)} persone inventate.")
        elif not (if_empty and _has_people(connection)):
            made = demonstration.fill(connection, catalogue, now())
            click.echo(
                f"Dimostrazione: {made.people} persone inventate, {made.submitted} questionari compilati,"
                f" {made.answers} risposte."
            )


@cli.group()
def study() -> None:
    """Il registro delle persone e dei percorsi."""


@study.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def import_people(file: Path) -> None:
    """Legge persone e percorsi da un file CSV; se una riga è sbagliata non cambia niente."""
    from surveyapp.study import people_csv, register

    settings, engine, catalogue = ready()
    if settings.missing_gaps:
        raise Stop(
            "prima di registrare persone vere scrivi chi tratta i dati e chi risponde alle domande."
            f" Mancano le impostazioni: {', '.join(settings.missing_gaps)}"
        )
    try:
        rows = people_csv.read_people(file.read_bytes())
        with writing(engine) as connection:
            done = register.import_people(connection, catalogue, rows, now())
    except ImportRefusedError as error:
        for problem in error.problems:
            click.echo(f"{file}:{problem.line}: {problem.message}", err=True)
        raise Stop("non ho importato niente. Correggi le righe qui sopra e riprova.") from error
    click.echo(
        f"Persone nuove: {done.added}. Percorsi conclusi: {done.ended}. Già presenti: {done.unchanged}."
        f" Questionari da proporre: {done.administrations}."
    )


@cli.command()
@click.option("--instrument", "instrument_id", default="aut", show_default=True, help="Lo strumento.")
@click.option("--occasion", help="La rilevazione: EXANTE, EXPOST, FU6. Senza, tutte (con --count, EXANTE).")
@click.option("--count", type=click.IntRange(1, 10_000), help="Crea persone di prova: un link per riga.")
def links(instrument_id: str, occasion: str | None, count: int | None) -> None:
    """Stampa i link personali da consegnare: codice, rilevazione, territorio, link."""
    from surveyapp.study import links as personal_links

    settings, engine, catalogue = ready()
    instrument = catalogue.newest(instrument_id)
    moment = now()
    with writing(engine) as connection:
        if count:
            for token in personal_links.demonstration_links(
                connection, catalogue, instrument.id, occasion or "EXANTE", count, moment, settings.link_days
            ):
                click.echo(address(settings, token))
            return
        due = personal_links.links_due(
            connection, instrument, occasion, moment.date(), moment, settings.link_days
        )
    for link in due:
        click.echo(f"{link.person_code}\t{link.occasion}\t{link.territory}\t{address(settings, link.token)}")
    if not due:
        click.echo("Nessun questionario da consegnare.", err=True)


def _has_people(connection: Connection) -> bool:
    from surveyapp.storage.register import holds_demonstration, holds_real_people

    return holds_demonstration(connection) or holds_real_people(connection)
