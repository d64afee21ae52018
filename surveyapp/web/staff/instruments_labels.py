"""The words of sheets.labels as the staff pages show them, in the language of who reads."""

from collections.abc import Mapping

from surveyapp.web.languages import later
from surveyapp.web.placement_types import PLACEMENT_TYPES

FIELDS: Mapping[str, str] = {
    "province": later("Provincia"),
    "ambito": later("Ambito"),
    "placement_type": later("Tipo di inserimento"),
    "paid": later("L'inserimento è pagato?"),
    "host_type": later("Chi ospita"),
    "executing_host": later("Chi ospita è anche l'ente esecutore?"),
    "occasion": later("Rilevazione"),
    "form": later("Scheda"),
    "variant": later("Versione"),
}
YES_NO: Mapping[str, str] = {"yes": later("Sì"), "no": later("No")}
VALUES: Mapping[str, Mapping[str, str]] = {
    "placement_type": PLACEMENT_TYPES,
    "paid": YES_NO,
    "host_type": {"company": later("Azienda"), "cooperative": later("Cooperativa")},
    "executing_host": YES_NO,
}
KINDS: Mapping[str, str] = {
    "reflective": later("riflessiva"),
    "formative": later("formativa"),
    "derived": later("derivata"),
}
METHODS: Mapping[str, str] = {
    "pomp_mean": later("media delle risposte valide, da 0 a 100"),
    "mean": later("media delle risposte valide, nell'unità del formato"),
    "any_positive": later("1 se almeno una risposta è sopra 0, se no 0"),
}
ALERTS: Mapping[str, str] = {
    "alert": later("avviso subito a chi deve intervenire"),
    "flag": later("nota per gli operatori"),
}
MANUAL: Mapping[str, str] = {
    "purpose": later("A che cosa serve"),
    "who": later("Chi risponde"),
    "when": later("Quando"),
    "how": later("Come si risponde"),
    "reading": later("Come si leggono i punteggi"),
    "limits": later("Che cosa non dice"),
}
# Before the days of a window.
ANCHORS: Mapping[str, str] = {
    "path_start": later("Rispetto all'inizio del percorso: {days}."),
    "path_end": later("Rispetto alla fine del percorso: {days}."),
    "activity_start": later("Rispetto alla prima attività in cui si può osservare la persona: {days}."),
    "placement_start": later("Rispetto all'inizio dell'inserimento: {days}."),
    "placement_end": later("Rispetto alla fine dell'inserimento: {days}."),
    "agreement_end": later("Rispetto alla scadenza della convenzione: {days}."),
    "accompaniment_start": later("Rispetto all'inizio dell'accompagnamento: {days}."),
    "accompaniment_end": later("Rispetto alla fine dell'accompagnamento: {days}."),
    "submitted": later("Rispetto all'invio della volta prima: {days}."),
}


def value_label(field: str, value: str) -> str:
    """The words for a value of a field of the context; the value itself where the list is open."""
    return VALUES.get(field, {}).get(value, value)
