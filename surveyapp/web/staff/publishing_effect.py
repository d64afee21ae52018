"""Who keeps the version before and who gets a new one, ready for its page."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Row

from surveyapp.focus_groups.drafts import INSTRUMENT
from surveyapp.instruments.catalogue import Catalogue
from surveyapp.instruments.comparison_model import NOT_COMPARABLE, TO_JUSTIFY, Comparability
from surveyapp.study.impact import IN_FORCE
from surveyapp.study.plan import impact_of
from surveyapp.web.languages import later

# The rule of the plan in a sentence.
RULES: Mapping[str, str] = {
    "path": later("Chi ha cominciato un percorso tiene la sua versione fino alla fine."),
    "series": later("Un inserimento tiene la versione con cui sono cominciate le sue schede."),
    "accompaniment": later("Un accompagnamento di un'azienda tiene la versione con cui è cominciato."),
    IN_FORCE: later("Ogni volta si usa la versione in uso quel giorno."),
}
# What has begun already, by rule.
KEPT: Mapping[str, str] = {
    "path": later("Percorsi già cominciati che continuano con la %(version)s: %(n)s."),
    "series": later("Inserimenti già cominciati che continuano con la %(version)s: %(n)s."),
    "accompaniment": later("Accompagnamenti già cominciati che continuano con la %(version)s: %(n)s."),
}


@dataclass(frozen=True)
class Effect:
    """The rule in words; what goes on with each version, in sentences; questionnaires that get the new one;
    comparisons before and after that will have both versions, to justify and lost."""

    rule: str
    kept: tuple[str, ...]
    renewed: int
    to_justify: int
    lost: int


def effect(
    connection: Connection, catalogue: Catalogue, draft: Row[Any], changed: Sequence[Comparability]
) -> Effect | None:
    """What publishing a draft does to what is open; None for what the plan never asks (a module)."""
    if draft.kind != INSTRUMENT:
        return None
    found = impact_of(connection, catalogue, draft.instrument)
    if found is None:
        return None
    levels = {row.level for row in changed}
    return Effect(
        str(RULES[found.rule]),
        tuple(
            str(KEPT[found.rule]) % {"version": number, "n": count} for number, count in found.kept.items()
        ),
        found.renewed,
        to_justify=found.crossing if TO_JUSTIFY in levels else 0,
        lost=found.crossing if NOT_COMPARABLE in levels else 0,
    )
