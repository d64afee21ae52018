"""Questions read aloud: files made by a program, and what there is."""

import click

from surveyapp.cli.compared import aligned
from surveyapp.cli.root import Stop, cli, now, ready
from surveyapp.instruments.catalogue import Catalogue
from surveyapp.instruments.model import Instrument
from surveyapp.sheets.aloud import forms_read, texts
from surveyapp.sheets.errors import SheetError, known
from surveyapp.storage import recordings
from surveyapp.storage.engine import reading
from surveyapp.study.generating import FormRead, all_forms
from surveyapp.study.recordings import readings, tally

HEADINGS = ("strumento", "scheda", "versione", "testi", "voce", "generati", "testo cambiato", "senza", "mai")


@cli.group()
def audio() -> None:
    """Le domande lette ad alta voce."""


@audio.command("generate")
@click.argument("name", metavar="[ID@VERSIONE]", default="")
@click.option("--form", default="", help="Solo questa scheda (P).")
@click.option("--variant", default="", help="Solo questa versione: easy o std.")
def generate_audio(name: str, form: str, variant: str) -> None:
    """Fa leggere a espeak-ng le domande che non hanno ancora una registrazione.

    Senza ID@VERSIONE, di tutti gli strumenti; solo ID vuol dire la versione più nuova. Le voci caricate dalle
    pagine del personale non si toccano, e vengono prima.
    """
    from surveyapp.study import generating
    from surveyapp.study.speaking import speaker

    _, engine, catalogue = ready()
    wanted = _wanted(catalogue, name, form, variant)
    speaks = speaker()
    made = there = removed = 0
    for done in generating.generate(engine, catalogue, wanted, speaks.say, now()):
        click.echo(f"{done.form.words}: fatti {done.made}, c'erano già {done.there}")
        made, there, removed = made + done.made, there + done.there, removed + done.removed
    click.echo(f"File audio fatti: {made}. Testi che avevano già una registrazione: {there}.")
    if removed:
        click.echo(f"Tolti {removed} file di testi che non ci sono più.")


@audio.command("list")
def list_audio() -> None:
    """Elenca quante domande hanno una registrazione, scheda per scheda."""
    _, engine, catalogue = ready()
    lines = []
    with reading(engine) as connection:
        for one in all_forms(list(catalogue.instruments.values())):
            rows = recordings.listed(connection, one.instrument.id, one.form, one.variant)
            found = readings(texts(one.instrument, one.form, one.variant), rows)
            numbers = [len(found), *tally(found).values()]
            name = f"{one.instrument.id}@{one.instrument.version}"
            lines.append((name, one.form, one.variant, *map(str, numbers)))
    for line in aligned(HEADINGS, lines):
        click.echo(line)


def _wanted(catalogue: Catalogue, name: str, form: str, variant: str) -> list[FormRead]:
    """The forms that a command names; Stop with the nearest names where there is no such one."""
    try:
        instruments = [_named(catalogue, name)] if name else list(catalogue.instruments.values())
        found = all_forms(instruments)
        if name and not forms_read(instruments[0]):
            raise SheetError(
                f"{name} non ha schede per i partecipanti: non c'è niente da leggere ad alta voce"
            )
        if form:
            known(form, dict.fromkeys(one.form for one in found), "la scheda per i partecipanti")
        if variant:
            known(variant, dict.fromkeys(one.variant for one in found), "la versione")
    except SheetError as error:
        raise Stop(str(error)) from error
    return [one for one in found if form in ("", one.form) and variant in ("", one.variant)]


def _named(catalogue: Catalogue, name: str) -> Instrument:
    """The version in use named `id@version`, or the newest one of `id`. Raises SheetError with near names."""
    instrument_id, _, version = name.partition("@")
    known(instrument_id, sorted({found for found, _ in catalogue.instruments}), "lo strumento")
    if not version:
        return catalogue.newest(instrument_id)
    versions = [written for found, written in catalogue.instruments if found == instrument_id]
    return catalogue.instruments[instrument_id, known(version, versions, f"di {instrument_id} la versione")]
