"""Words of the pages of decisions: outcomes with their marks, what a decision is about."""

from collections.abc import Mapping

from surveyapp.web.languages import later

OUTCOMES: Mapping[str, tuple[str, str]] = {
    "open": (later("Da decidere"), "due"),
    "accepted": (later("Accolta"), "done"),
    "rejected": (later("Respinta"), "lost"),
    "postponed": (later("Rinviata"), "open"),
}
OBJECT_WORDS: Mapping[str, str] = {
    "item": later("Una domanda"),
    "criterion": later("Un criterio"),
    "scale": later("Una scala"),
    "rule": later("Una regola"),
    "instrument": later("Lo strumento intero"),
}
