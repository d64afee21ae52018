"""The JSON Schemas of the other files of the folder: the study plan, and information and consent texts."""

from collections.abc import Mapping

from surveyapp.instruments import schema_parts as parts
from surveyapp.instruments.answers import FULL, LENGTHS
from surveyapp.instruments.consents import CONSENT_ID
from surveyapp.instruments.fields import CODE, VERSION
from surveyapp.instruments.plan import PLACEMENTS, SUBJECTS, VERSION_RULES
from surveyapp.instruments.rule import CONTEXT_VALUES
from surveyapp.instruments.schema_parts import (
    DRAFT,
    RULE,
    TEXT,
    Schema,
    entries,
    list_of,
    matching,
    named,
    one_of,
    told,
)


def plan_schema() -> Schema:
    """The schema of study plans. Their rules look at territory and placement only."""
    needed = {
        "id": told(one_of(["plan"]), "Il piano si chiama plan."),
        **_version_and_title(),
        "parameters": told(named(_parameter(), CODE), "Le scelte del progetto, ognuna con il suo valore."),
        "entries": told(list_of(_entry()), "Che cosa si propone, a chi, quando e in quale versione."),
    }
    rule, where = (one["properties"] for one in (parts.rule(), parts.where()))
    operators = {name: rule[name] for name in ("where", "all", "any", "not")}
    fields = {name: where[name] for name in CONTEXT_VALUES}
    return {
        **DRAFT,
        "title": "Il file di un piano di rilevazione",
        **entries(needed),
        "$defs": {
            "rule": told(
                {**entries({}, operators), "minProperties": 1, "maxProperties": 1},
                "Una regola su territorio e inserimento.",
            ),
            "where": {**entries({}, fields), "minProperties": 1},
        },
    }


def consent_schema() -> Schema:
    """The schema of information and consent texts."""
    needed = {
        "id": told(matching(CONSENT_ID), "Il nome della cartella: lettere minuscole, cifre o _."),
        **_version_and_title(),
        "variants": told(named(_text(), CODE), "Il testo di ogni versione: easy, std."),
    }
    return {**DRAFT, "title": "Il file di un testo di consenso", **entries(needed)}


def _version_and_title() -> Mapping[str, Schema]:
    return {
        "version": told(matching(VERSION), "MAGGIORE.MINORE.CORREZIONE, come 0.1.0: il nome del file."),
        "title": told(TEXT, "Il nome che si legge."),
    }


def _parameter() -> Schema:
    options = told(
        named(TEXT, CODE), "Le scelte possibili, con le loro parole. Senza, il valore è un numero."
    )
    return entries(
        {
            "title": told(TEXT, "Che cosa si sceglie."),
            "value": told(TEXT, "La scelta che vale adesso."),
        },
        {"options": options},
    )


def _entry() -> Schema:
    needed = {
        "id": told(matching(CODE), "L'id della riga del piano."),
        "instrument": told(TEXT, "L'id dello strumento."),
        "form": told(TEXT, "La scheda: P, O, C..."),
        "subject": told(
            one_of(SUBJECTS), "Di che cosa parla: percorso, inserimento, convenzione, accompagnamento."
        ),
        "occasions": told(list_of(TEXT), "Le rilevazioni in cui si propone."),
        "version": told(one_of(VERSION_RULES), "Quale versione riceve chi ha già cominciato."),
    }
    retest = entries(
        {
            "occasion": told(TEXT, "La rilevazione che chiede di nuovo."),
            "share": told(TEXT, "Il parametro che dice a quanti su cento."),
        }
    )
    return entries(
        needed,
        {
            "placements": told(one_of(PLACEMENTS), "Quali inserimenti della persona."),
            "show_if": told(RULE, "Si propone solo dove questa regola è vera."),
            "full_if": told(RULE, "Dove è vera la scheda è intera, altrove ha la lunghezza «length»."),
            "length": told(one_of((FULL, *LENGTHS)), "La lunghezza dove «full_if» non è vera."),
            "needs": told(TEXT, "La domanda a cui si deve aver già risposto nello stesso percorso."),
            "second_rater": told(
                TEXT, "Il parametro che dice per quante schede su cento c'è un secondo parere."
            ),
            "retest": told(retest, "La ripetizione dopo una o due settimane."),
        },
    )


def _text() -> Schema:
    return entries(
        {
            "information": told(list_of(TEXT, minItems=1), "Le frasi che si leggono prima di scegliere."),
            "accept": told(TEXT, "Le parole del sì."),
            "refuse": told(TEXT, "Le parole del no."),
            "talk": told(TEXT, "Le parole di chi vuole prima parlarne."),
        },
        {"optional": told(named(TEXT, CODE), "I consensi in più, che si possono lasciare vuoti.")},
    )
