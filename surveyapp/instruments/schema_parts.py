"""Pieces of the JSON Schema of instrument files: what a value may be, rules, response formats, measures.

A value may be written as a text or as what an editor makes of it (`12`, `true`): the reader reads texts.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from surveyapp.instruments.answers import KINDS_OF_FORMAT, OFFERED_REASONS
from surveyapp.instruments.fields import CODE, NUMBER
from surveyapp.instruments.measures import METHODS
from surveyapp.instruments.read_formats import (
    LARGEST_NUMBER,
    LONGEST_TEXT,
    MOST_DECIMALS,
    MOST_LINES,
    PICTURES,
    WITH_OPTIONS,
)
from surveyapp.instruments.read_measures import KINDS_OF_ALERT, KINDS_OF_SCALE, WAYS
from surveyapp.instruments.rule import CONTEXT_VALUES
from surveyapp.instruments.rules import OPERATORS

Schema = dict[str, Any]

DRAFT: Schema = {"$schema": "https://json-schema.org/draft/2020-12/schema"}
TEXT: Schema = {"type": ["string", "number", "boolean"], "pattern": r"\S"}
FLAG: Schema = {"enum": [True, False, "true", "false"]}
CODE_OF_OPTION: Schema = {"type": ["integer", "string"], "pattern": "^-?[0-9]{1,9}$"}
RULE: Schema = {"$ref": "#/$defs/rule"}


def told(schema: Schema, description: str) -> Schema:
    """A schema with the words that an editor shows."""
    return {**schema, "description": description}


def whole(lowest: int, highest: int) -> Schema:
    """A whole number between two bounds."""
    return {**CODE_OF_OPTION, "minimum": lowest, "maximum": highest}


def one_of(values: Iterable[str]) -> Schema:
    """A word of a closed list."""
    return {"enum": list(values)}


def matching(pattern: str) -> Schema:
    """A text of a given form."""
    return {"type": "string", "pattern": f"^(?:{pattern})$"}


def list_of(schema: Schema, **limits: int | bool) -> Schema:
    """A list of such things."""
    return {"type": "array", "items": schema, **limits}


def named(schema: Schema, names: str = "") -> Schema:
    """Entries under free names, or (at least one) under names of a given form."""
    limits = {"propertyNames": {"pattern": f"^(?:{names})$"}, "minProperties": 1} if names else {}
    return {"type": "object", "additionalProperties": schema, **limits}


def by_two(schema: Schema) -> Schema:
    """Entries by form and variant."""
    return named(named(schema))


def entries(needed: Mapping[str, Schema], optional: Mapping[str, Schema] | None = None) -> Schema:
    """Entries under known names, and no others."""
    return {
        "type": "object",
        "properties": {**needed, **(optional or {})},
        "required": list(needed),
        "additionalProperties": False,
    }


def _one_or_more(schema: Schema) -> Schema:
    return {"anyOf": [schema, list_of(schema, minItems=1)]}


def _of_one_item(schema: Schema) -> Schema:
    return {**named(schema), "minProperties": 1, "maxProperties": 1}


_OPERATORS: Mapping[str, tuple[Schema, str]] = {
    "answered": (TEXT, "Vera quando la domanda ha un valore o un testo: non una ragione, non saltata."),
    "known": (TEXT, "Vera quando la domanda aveva una risposta in una rilevazione precedente."),
    "is": (
        _of_one_item(_one_or_more(CODE_OF_OPTION)),
        "Vera quando il codice della domanda è uno di questi, come {ACC_Q1: [3, 4]}.",
    ),
    "at_least": (
        _of_one_item({"type": ["number", "string"], "pattern": f"^(?:{NUMBER})$"}),
        "Vera quando il codice o il numero della domanda non è più basso, come {ACC_Q2: 1}.",
    ),
    "at_most": (
        _of_one_item({"type": ["number", "string"], "pattern": f"^(?:{NUMBER})$"}),
        "Vera quando il codice o il numero della domanda non è più alto, come {OSS_CON: 2}.",
    ),
    "where": ({"$ref": "#/$defs/where"}, "Vera quando il contesto ha uno di questi valori, per ogni campo."),
    "all": (list_of(RULE, minItems=1), "Vera quando lo sono tutte queste regole."),
    "any": (list_of(RULE, minItems=1), "Vera quando lo è almeno una di queste regole."),
    "not": (RULE, "Vera quando questa regola non lo è."),
}

_FIELDS = {
    "province": "La provincia.",
    "ambito": "L'Ambito territoriale.",
    "placement_type": "Il tipo di inserimento.",
    "paid": "Se l'inserimento è pagato: yes o no.",
    "host_type": "Chi ospita: azienda (company) o cooperativa (cooperative).",
    "executing_host": "Se chi ospita è anche l'ente esecutore: yes o no.",
    "occasion": "La rilevazione.",
    "form": "La scheda.",
    "variant": "La versione della scheda.",
}


def context_fields() -> Mapping[str, Schema]:
    """The fields of the context, each with its values."""
    return {
        name: told(one_of(CONTEXT_VALUES[name]) if CONTEXT_VALUES.get(name) else TEXT, words)
        for name, words in _FIELDS.items()
    }


def rule() -> Schema:
    """A rule: one operator and what it needs."""
    operators = {name: told(*_OPERATORS[name]) for name in OPERATORS}
    return {**entries({}, operators), "minProperties": 1, "maxProperties": 1}


def where() -> Schema:
    """A condition on the context."""
    fields = {
        name: told(_one_or_more(schema), schema["description"]) for name, schema in context_fields().items()
    }
    return {**entries({}, fields), "minProperties": 1}


# What only some kinds of format have: entry, its schema, the kinds that need it, the kinds that may have it.
_OF_KIND: Mapping[str, tuple[Schema, tuple[str, ...], tuple[str, ...]]] = {
    "options": (
        told(
            {**named(TEXT, "-?[0-9]{1,9}"), "minProperties": 2},
            "Le opzioni: il codice, che resta per sempre, e le parole che si leggono.",
        ),
        WITH_OPTIONS,
        (),
    ),
    "minimum": (
        told(whole(-LARGEST_NUMBER, LARGEST_NUMBER), "Il numero più basso che si può scrivere."),
        ("number",),
        (),
    ),
    "maximum": (
        told(whole(-LARGEST_NUMBER, LARGEST_NUMBER), "Il numero più alto che si può scrivere."),
        ("number",),
        (),
    ),
    "decimals": (told(whole(0, MOST_DECIMALS), "Quanti decimali ha il numero."), (), ("number",)),
    "unit": (told(TEXT, "Che cosa si conta, come «ore alla settimana»."), (), ("number",)),
    "max_length": (told(whole(1, LONGEST_TEXT), "Quanti caratteri al massimo."), ("text",), ()),
    "lines": (
        told(whole(1, MOST_LINES), "Quante righe ha il riquadro: 1 per un testo breve."),
        (),
        ("text",),
    ),
}


def response_format() -> Schema:
    """How an item is answered: what it needs and may have depends on its kind."""
    reasons = told(
        list_of(one_of(OFFERED_REASONS), uniqueItems=True), "Le ragioni offerte oltre alle opzioni."
    )
    kinds = "choice: un'opzione; steps: una scala di numeri; multi: più opzioni; number, date, text."
    shared = {
        "stem": told(TEXT, "Una frase sopra le risposte."),
        "pictures": told(one_of(PICTURES), "amount: un cerchio vuoto, mezzo, pieno accanto a tre opzioni."),
        "no_value": reasons,
        "labels": told(named(TEXT), "Le parole di una ragione, al posto di quelle della scheda."),
    }
    own = {name: schema for name, (schema, _, _) in _OF_KIND.items()}
    whole_format = entries({"kind": told(one_of(KINDS_OF_FORMAT), kinds)}, {**shared, **own})
    return {**whole_format, "allOf": [_if_kind(kind) for kind in KINDS_OF_FORMAT]}


def _if_kind(kind: str) -> Schema:
    needed = [name for name, (_, needing, _) in _OF_KIND.items() if kind in needing]
    others = [name for name, (_, *kinds) in _OF_KIND.items() if not any(kind in found for found in kinds)]
    return {
        "if": {"properties": {"kind": {"const": kind}}, "required": ["kind"]},
        "then": {"required": needed, "properties": dict.fromkeys(others, False)},
    }


def id_and_title(description: str) -> Mapping[str, Schema]:
    """The two entries that everything computed has."""
    return {"id": told(matching(CODE), description), "title": told(TEXT, "Il nome che si legge.")}


def scale() -> Schema:
    """A scale."""
    minima = named(whole(1, 9999))
    needed = {
        **id_and_title("L'id della scala, per sempre."),
        "construct": told(TEXT, "Che cosa misura."),
        "kind": told(one_of(KINDS_OF_SCALE), "reflective: alfa ha senso; formative; derived."),
        "method": told(
            one_of(METHODS),
            "pomp_mean: media da 0 a 100; mean: media dei numeri; any_positive: 1 se uno è sopra 0.",
        ),
        "items": told(list_of(TEXT, minItems=1), "Le domande della scala."),
        "min_valid": told(minima, "Per ogni scheda, quante risposte valide servono."),
    }
    short = entries(
        {
            "items": told(list_of(TEXT), "Le domande della forma breve."),
            "min_valid": told(whole(1, 9999), "Quante risposte valide servono."),
        }
    )
    optional = {
        "min_valid_at": told(named(minima, CODE), "Per rilevazione e scheda, dove si chiedono meno domande."),
        "leave_out": told(named(list_of(TEXT)), "Per scheda, le domande che chiede e non contano."),
        "short": told(short, "La scala della scheda breve, che ha un punteggio suo."),
    }
    return entries(needed, optional)


def index() -> Schema:
    """An index."""
    return entries(
        {
            **id_and_title("L'id dell'indice, per sempre."),
            "scales": told(list_of(TEXT, minItems=1), "Le scale di cui è la media, tutte da 0 a 100."),
            "min_valid": told(whole(1, 9999), "Quante scale con un punteggio servono."),
        }
    )


def gap() -> Schema:
    """A difference between forms."""
    return entries(
        {
            **id_and_title("L'id della differenza, per sempre."),
            "scales": told(list_of(TEXT, minItems=1), "Le scale che si confrontano."),
            "forms": told(list_of(TEXT, minItems=2), "Le schede che si confrontano, a due a due."),
            "min_common": told(whole(1, 9999), "Quanti criteri paralleli in comune servono."),
        }
    )


def derived() -> Schema:
    """A derived fact, in one of three ways."""
    share = entries(
        {
            "of": told(TEXT, "Il dato che le ripetizioni devono avere."),
            "among": told(TEXT, "Il dato di quelle che contano."),
            "at_least": told(whole(1, 100), "Quante su cento, almeno."),
        }
    )
    count = entries(
        {
            "items": told(list_of(TEXT, minItems=1), "Le domande che si contano."),
            "codes": told(_one_or_more(CODE_OF_OPTION), "I codici che si contano."),
        }
    )
    optional = {
        "rule": told(RULE, "Sì o no, secondo le risposte."),
        "share": told(share, "Sì quando ce l'ha almeno una ripetizione, e abbastanza di quelle che contano."),
        "count": told(count, "Quante domande hanno uno dei codici."),
        "records": told(TEXT, "La sezione che si ripete: la regola si guarda per ogni ripetizione."),
        "forms": told(list_of(TEXT), "Le schede che lo calcolano; tutte, se manca."),
        "occasions": told(list_of(TEXT), "Le rilevazioni che lo calcolano; tutte, se manca."),
    }
    whole_fact = entries(id_and_title("L'id del dato, per sempre."), optional)
    return {**whole_fact, "oneOf": [{"required": [way]} for way in WAYS]}


def alert() -> Schema:
    """An alert or a flag."""
    return entries(
        {
            **id_and_title("L'id della segnalazione, per sempre."),
            "kind": told(one_of(KINDS_OF_ALERT), "alert: si dice subito a chi deve agire; flag: una nota."),
            "rule": told(RULE, "Quando scatta: guarda almeno una domanda."),
        }
    )
