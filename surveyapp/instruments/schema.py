"""The JSON Schemas (draft 2020-12) of the files of the folder, from the constants that the readers use.

Editors complete and check with it while somebody writes. It says of one file what can be said without
looking at two places at once; the reader says the rest.
"""

import json
from collections.abc import Mapping

from surveyapp.instruments import schema_parts as parts
from surveyapp.instruments.answers import LENGTHS, OFFERED_REASONS
from surveyapp.instruments.fields import CODE, VERSION
from surveyapp.instruments.file_checks import CONSENTS, MODULES, PLANS
from surveyapp.instruments.read_items import MOST_RECORDS
from surveyapp.instruments.reader import (
    ANCHORS,
    CONSENT,
    INSTRUMENT_ID,
    MANUAL,
    MOST_MINUTES,
    MOST_PRACTICE,
    RESPONDENTS,
)
from surveyapp.instruments.schema_others import consent_schema, plan_schema
from surveyapp.instruments.schema_parts import (
    DRAFT,
    FLAG,
    RULE,
    TEXT,
    Schema,
    by_two,
    entries,
    list_of,
    matching,
    named,
    one_of,
    told,
    whole,
)


def schema(*, module: bool = False) -> Schema:
    """The schema of the files of instruments, or of modules: these need no forms and occasions of their own,
    and include nothing."""
    own = {
        "occasions": told(named(_occasion(), CODE), "Quando si chiede, nell'ordine del percorso."),
        "forms": told(named(_form(), CODE), "Lo strumento come lo vede chi risponde: P, O, C..."),
    }
    needed = {**_head(), **({} if module else own)}
    include = {"include": told(list_of(_include()), "I moduli, con la versione esatta e la regola.")}
    optional = {**(own if module else include), **_optional()}
    return {
        **DRAFT,
        "title": "Il file di un modulo" if module else "Il file di uno strumento",
        **entries({**needed, **_content()}, optional),
        "$defs": {
            "rule": told(parts.rule(), "Una regola: un operatore solo, e ciò che gli serve."),
            "where": parts.where(),
        },
    }


def schema_files() -> Mapping[str, Schema]:
    """Every schema, by the place of its file in the folder of the instruments."""
    return {
        "schema.json": schema(),
        f"{MODULES}schema.json": schema(module=True),
        f"{PLANS}schema.json": plan_schema(),
        f"{CONSENTS}schema.json": consent_schema(),
    }


def schema_text(found: Schema) -> str:
    """A schema as its file holds it."""
    return json.dumps(found, ensure_ascii=False, indent=2) + "\n"


def _head() -> Mapping[str, Schema]:
    return {
        "id": told(matching(INSTRUMENT_ID), "Da 2 a 16 lettere minuscole o cifre: il nome della cartella."),
        "version": told(matching(VERSION), "MAGGIORE.MINORE.CORREZIONE, come 0.1.0: il nome del file."),
        "title": told(TEXT, "Il nome che si legge."),
    }


def _content() -> Mapping[str, Schema]:
    return {
        "formats": told(named(parts.response_format(), CODE), "I modi di rispondere."),
        "sections": told(list_of(_section()), "Le sezioni, nell'ordine in cui si chiedono."),
        "scales": told(list_of(parts.scale()), "Le domande che danno un punteggio insieme."),
    }


def _optional() -> Mapping[str, Schema]:
    manual = entries({name: told(TEXT, words) for name, words in _MANUAL.items() if name in MANUAL})
    return {
        "indicators": told(list_of(TEXT), "Gli indicatori del progetto che le risposte alimentano."),
        "manual": told(manual, "Che cosa dice il manuale: tutte e sei le voci, o nessuna."),
        "words": told(named(_word()), "Parole che cambiano con il contesto; nei testi stanno fra graffe."),
        "glossary": told(named(TEXT), "Parole difficili, spiegate dove si incontrano."),
        "indices": told(list_of(parts.index()), "Medie di più scale."),
        "gaps": told(list_of(parts.gap()), "Differenze fra i punti di vista."),
        "derived": told(list_of(parts.derived()), "Dati che si calcolano dalle risposte."),
        "alerts": told(list_of(parts.alert()), "Che cosa segnalare allo staff."),
    }


_MANUAL = {
    "purpose": "A che cosa serve.",
    "who": "Chi risponde, e chi no.",
    "when": "Quando si compila.",
    "how": "Come si risponde, o come si osserva.",
    "reading": "Come si leggono i punteggi.",
    "limits": "Che cosa non dice.",
}


def _occasion() -> Schema:
    days = {
        "anchor": told(one_of(ANCHORS), "Da quale data si contano i giorni."),
        "from_days": told(whole(-9999, 9999), "Il primo giorno."),
        "to_days": told(whole(-9999, 9999), "L'ultimo giorno: dopo, la risposta è in ritardo."),
        "late_days": told(whole(-9999, 9999), "L'ultimo giorno in cui si accetta."),
    }
    again = {"every_days": told(whole(1, 9999), "Dopo quanti giorni si chiede di nuovo.")}
    return entries(
        {
            "title": told(TEXT, "Il nome che si legge."),
            "window": told(entries(days, again), "In quali giorni si chiede."),
        },
        {"repeats": told(TEXT, "La rilevazione che questa ripete, poco dopo: stesse domande.")},
    )


def _form() -> Schema:
    variant = entries(
        {
            "title": told(TEXT, "Il nome che si legge."),
            "minutes": told(whole(1, MOST_MINUTES), "Quanti minuti ci vogliono, di solito."),
        }
    )
    reasons = {**named(named(TEXT)), "propertyNames": one_of(OFFERED_REASONS)}
    question = entries(
        {"text": told(TEXT, "La domanda di prova."), "format": told(TEXT, "Il formato con cui si prova.")}
    )
    return entries(
        {
            "title": told(TEXT, "Il titolo che legge chi risponde."),
            "respondent": told(one_of(RESPONDENTS), "Chi risponde."),
            "consent": told(matching(CONSENT), "Il testo di consenso e la versione, come participant@0.1.0."),
            "occasions": told(list_of(TEXT), "Le rilevazioni in cui si compila, senza le ripetizioni."),
            "variants": told(named(variant, CODE), "Le versioni, per prima quella proposta: easy, std."),
            "no_value": told(reasons, "Le parole di NS, NA e NO, per versione."),
        },
        {
            "practice": told(
                named(list_of(question, maxItems=MOST_PRACTICE)),
                "Al massimo due domande per provare, per versione; non contano.",
            )
        },
    )


def _include() -> Schema:
    return entries(
        {
            "module": told(TEXT, "L'id del modulo."),
            "version": told(matching(VERSION), "La versione esatta del modulo."),
        },
        {"show_if": told(RULE, "Dove si usa: una regola sul contesto («where»).")},
    )


def _word() -> Schema:
    fields = parts.context_fields()
    needed = {
        "by": told(one_of(fields), "Il campo del contesto con cui le parole cambiano."),
        "default": told(TEXT, "Le parole in tutti gli altri casi."),
    }
    return {"type": "object", "properties": needed, "required": list(needed), "additionalProperties": TEXT}


def _section() -> Schema:
    repeat = entries(
        {
            "times": told(whole(2, MOST_RECORDS), "Quante volte, al massimo."),
            "gate": told(TEXT, "La prima domanda della sezione, che chiede se c'è altro: 1 è sì."),
        },
        {"known_by": told(TEXT, "La domanda a testo che rende nota una ripetizione già descritta.")},
    )
    return entries(
        {
            "id": told(matching(CODE), "L'id della sezione."),
            "title": told(TEXT, "Il titolo che si legge."),
            "items": told(list_of(_item()), "Le domande."),
        },
        {**_shared(), "repeat": told(repeat, "Si chiede una volta per ogni cosa che si descrive.")},
    )


def _shared() -> Mapping[str, Schema]:
    """What a section says once for its items, and an item may say for itself."""
    return {
        "source": told(TEXT, "Da dove viene il criterio: seed, FG, letteratura, proposta."),
        "occasions": told(list_of(TEXT), "Le rilevazioni in cui si chiede, senza le ripetizioni."),
        "format": told(by_two(TEXT), "Il formato, per scheda e versione."),
        "show_if": told(RULE, "Si chiede solo quando questa regola è vera."),
    }


def _item() -> Schema:
    needed = {
        "id": told(matching(CODE), "L'id della domanda, per sempre: lo strumento, _ e lettere o cifre."),
        "criterion": told(TEXT, "Il criterio, in poche parole."),
        "text": told(by_two(TEXT), "La domanda, per scheda e versione."),
    }
    optional = {
        **_shared(),
        "hint": told(by_two(TEXT), "Una riga sotto la domanda, per scheda e versione."),
        "core": told(FLAG, "true: è nella scheda breve e nel suo punteggio."),
        "reversed": told(FLAG, "true: i numeri si girano prima di contarli."),
        "lengths": told(list_of(one_of(LENGTHS)), "In quali schede più brevi si chiede."),
        "parallel": told(FLAG, "false: le schede chiedono cose diverse, e non si confrontano."),
        "carries": told(TEXT, "La domanda il cui testo torna: si chiede solo se quel testo c'è."),
        "recalls": told(TEXT, "La domanda il cui testo torna, se c'è."),
        "icf": told(TEXT, "I codici ICF che tocca."),
    }
    return entries(needed, optional)
