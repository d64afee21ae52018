"""The register: people, links, invented people."""

from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import click
from sqlalchemy import Connection, Engine

from surveyapp.cli.root import FileThere, Stop, address, cli, now, ready, refused_lines
from surveyapp.instruments.catalogue import Catalogue
from surveyapp.settings import Settings
from surveyapp.storage.code_letters import grouped
from surveyapp.storage.engine import writing
from surveyapp.study.errors import ImportRefusedError

if TYPE_CHECKING:
    from surveyapp.study.links import DueLink


@cli.command()
@click.option("--clear", is_flag=True, help="Toglie i dati di dimostrazione.")
@click.option("--if-empty", is_flag=True, help="Non fa niente se il database contiene già persone.")
def demo(clear: bool, if_empty: bool) -> None:
    """Riempie un database vuoto con 147 persone e risposte inventate."""
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
    """Il registro: persone e percorsi, enti, convenzioni, inserimenti, accompagnamenti."""


FILE = FileThere()
# What is said of each kind of file after an import.
ADDED = {
    "organisations": ("Enti nuovi", "Completati"),
    "agreements": ("Convenzioni nuove", "Completate"),
    "placements": ("Inserimenti nuovi", "Completati"),
    "accompaniments": ("Accompagnamenti nuovi", "Completati"),
}


@study.command("import")
@click.argument("files", nargs=-1, required=True, type=FILE)
def import_files(files: tuple[Path, ...]) -> None:
    """Legge il registro da file CSV: persone, enti, convenzioni, inserimenti, accompagnamenti.

    I file possono essere più di uno, in qualsiasi ordine. Se una riga è sbagliata non cambia niente.
    """
    from surveyapp.study.register_files import read_files
    from surveyapp.study.register_import import import_files

    settings, engine, catalogue = _ready_for_real_data()
    moment = now().astimezone(settings.time_zone)
    try:
        read = read_files({str(file): file.read_bytes() for file in files})
        with writing(engine) as connection:
            done = import_files(connection, catalogue, read, moment)
    except ImportRefusedError as error:
        raise refused_lines(error) from error
    if people := done.people:
        click.echo(
            f"Persone nuove: {people.added}. Percorsi aggiornati: {people.ended}."
            f" Già presenti: {people.unchanged}."
        )
    for kind, found in done.others.items():
        new, completed = ADDED[kind]
        click.echo(f"{new}: {found.added}. {completed}: {found.completed}. Già presenti: {found.unchanged}.")
    click.echo(f"Questionari da proporre: {done.administrations}.")


@study.command("responses")
@click.argument("file", type=FILE)
@click.option("--instrument", "instrument_id", required=True, help="Lo strumento: aut, qil, oss…")
def import_responses(file: Path, instrument_id: str) -> None:
    """Legge le risposte raccolte prima del sito, su carta o in un foglio: una riga per questionario.

    Ogni questionario entra con la sua data vera. Se una riga è sbagliata non cambia niente.
    """
    from surveyapp.study import legacy_import
    from surveyapp.study.plan import carry_out

    settings, engine, catalogue = _ready_for_real_data()
    try:
        rows = legacy_import.read_file(file.read_bytes(), catalogue, instrument_id)
        with writing(engine) as connection:
            done = legacy_import.import_responses(
                connection, catalogue, instrument_id, rows, now(), settings.time_zone
            )
            # Answers may open what the plan waits for: goals, for the operator's form.
            carry_out(connection, catalogue, now().astimezone(settings.time_zone).date())
    except ImportRefusedError as error:
        raise refused_lines(error, str(file)) from error
    click.echo(
        f"Questionari nuovi: {done.added}. Già previsti: {done.filled}. Già presenti: {done.unchanged}."
        f" Risposte: {done.answers}."
    )
    if done.off_path:
        click.echo(
            f"Risposte a domande che, date le altre, non si fanno: {done.off_path}. Restano, e non contano."
        )


def _ready_for_real_data() -> tuple[Settings, Engine, Catalogue]:
    settings, engine, catalogue = ready()
    if settings.missing_gaps:
        raise Stop(
            "prima di registrare persone vere scrivi chi tratta i dati e chi risponde alle domande."
            f" Mancano le impostazioni: {', '.join(settings.missing_gaps)}"
        )
    return settings, engine, catalogue


@study.command("plan")
def carry_out_plan() -> None:
    """Prepara i questionari che il piano di rilevazione chiede fino a oggi; si può ripetere ogni giorno."""
    from surveyapp.study.plan import carry_out

    settings, engine, catalogue = ready()
    with writing(engine) as connection:
        done = carry_out(connection, catalogue, now().astimezone(settings.time_zone).date())
    click.echo(f"Questionari nuovi: {done.made}. Date cambiate: {done.moved}.")


@study.command("ask")
@click.argument("code")
@click.option("--instrument", required=True, help="Lo strumento: vip, qil, oss...")
@click.option("--form", required=True, help="La scheda: P, O, C, E, M, CM, ECIL.")
@click.option("--occasion", required=True, help="La rilevazione: REVISIONE, INITINERE...")
@click.option("--length", default="full", show_default=True, help="Quanto: full, short, mini.")
def ask_for(code: str, instrument: str, form: str, occasion: str, length: str) -> None:
    """Chiede un questionario che il piano non prevede da solo: una revisione, una scheda in più.

    CODE è il codice della persona, della convenzione o dell'ente. Il link lo stampa «surveyapp links».
    """
    from surveyapp.study.asking import Asked, ask
    from surveyapp.study.errors import RefusedError

    settings, engine, catalogue = ready()
    today = now().astimezone(settings.time_zone).date()
    try:
        with writing(engine) as connection:
            planned = ask(connection, catalogue, Asked(code, instrument, form, occasion, length), today)
    except RefusedError as error:
        raise Stop(str(error)) from error
    click.echo(
        f"Da compilare dal {planned.due_from:%d/%m/%Y} al {planned.due_to:%d/%m/%Y}:"
        f" {planned.instrument.id} {planned.instrument.version}, scheda {form}, {occasion}"
        + (f", numero {planned.number}." if planned.number > 1 else ".")
    )


@cli.command()
@click.option("--instrument", help="Solo di uno strumento (con --count, aut).")
@click.option("--form", help="Solo di una scheda: P, O, C, E, M, CM, ECIL.")
@click.option(
    "--occasion", help="Solo di una rilevazione: EXANTE, INITINERE, EXPOST... (con --count, EXANTE)."
)
@click.option("--count", type=click.IntRange(1, 10_000), help="Crea persone di prova: un link per riga.")
@click.option("--codes", is_flag=True, help="Aggiunge un codice di 10 segni, per chi non apre un link.")
def links(
    instrument: str | None, form: str | None, occasion: str | None, count: int | None, codes: bool
) -> None:
    """Stampa i link di chi deve rispondere: codice, chi risponde, scheda, rilevazione, territorio, link."""
    from surveyapp.study import links as personal_links
    from surveyapp.study.demonstration import INSTRUMENT

    settings, engine, catalogue = ready()
    moment, days = now(), settings.link_days
    with writing(engine) as connection:
        if count:
            for token in personal_links.demonstration_links(
                connection, catalogue, instrument or INSTRUMENT, occasion or "EXANTE", count, moment, days
            ):
                click.echo(address(settings, token))
            return
        wanted = personal_links.Wanted(instrument, form, occasion)
        today = moment.astimezone(settings.time_zone).date()
        due = personal_links.links_due(connection, catalogue, wanted, today, moment, days)
        lines = [_line(connection, settings, link, moment, codes) for link in due]
    for line in lines:
        click.echo("\t".join(line))
    if not due:
        click.echo("Nessun questionario da consegnare.", err=True)


def _line(
    connection: Connection, settings: Settings, link: "DueLink", moment: datetime, codes: bool
) -> list[str]:
    """The columns of one link; with `codes` a fresh short code is the last one."""
    from surveyapp.study.links import new_code

    asked = f"{link.instrument} {link.form}"
    line = [link.code, link.respondent, asked, link.occasion, link.territory, address(settings, link.token)]
    if codes:
        life = timedelta(settings.link_days)
        line.append(grouped(new_code(connection, settings.secret_key, link.administration_id, moment, life)))
    return line


def _has_people(connection: Connection) -> bool:
    from surveyapp.storage.register import holds_demonstration, holds_real_people

    return holds_demonstration(connection) or holds_real_people(connection)
