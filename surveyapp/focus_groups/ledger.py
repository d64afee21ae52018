"""The chain of one item or criterion, from what was said to its words and back. Pure.

What a published version says can be walked back to the excerpt it came from, and forward to its statistics.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date

from surveyapp.focus_groups.ratings import ContentValidity, content_validity
from surveyapp.instruments.comparison_model import numbers
from surveyapp.instruments.model import Instrument

FORMAT = "surveyapp-ledger-1"


@dataclass(frozen=True)
class Worded:
    """One wording in one version; `changed` is whether the version before had other words."""

    version: str
    form: str
    variant: str
    text: str
    changed: bool


@dataclass(frozen=True)
class Said:
    """An excerpt that was coded to it. Without the consent to be quoted `text` is empty."""

    excerpt: int
    meeting: str
    audience: str
    on: date | None
    kind: str
    text: str


@dataclass(frozen=True)
class Rated:
    """What the experts of one audience gave to it in one round."""

    round: str
    meeting: str
    audience: str
    scale: str
    version: str
    form: str
    variant: str
    validity: ContentValidity


@dataclass(frozen=True)
class Understood:
    """What readers understood of a wording: how many yes, partly, no."""

    version: str
    form: str
    variant: str
    yes: int
    partly: int
    no: int


@dataclass(frozen=True)
class Measured:
    """A statistic from responses to one version."""

    version: str
    form: str
    variant: str
    occasion: str
    statistic: str
    value: float | None
    n: int


@dataclass(frozen=True)
class Decided:
    """A decision about it, what it rests on, and the version that carries it out, where there is one."""

    code: str
    proposal: str
    outcome: str
    reason: str
    by: str
    on: date | None
    evidence: tuple[str, ...]
    version: str


@dataclass(frozen=True)
class Chain:
    """Everything that is known of one item or criterion, in the order of time within each part."""

    instrument: str
    item: str
    criterion: str
    wordings: tuple[Worded, ...]
    said: tuple[Said, ...] = ()
    rated: tuple[Rated, ...] = ()
    understood: tuple[Understood, ...] = ()
    decided: tuple[Decided, ...] = ()
    measured: tuple[Measured, ...] = ()


def wordings(versions: Iterable[Instrument], item_id: str) -> tuple[Worded, ...]:
    """The words of an item in every version that has it, oldest first, form by form, variant by variant."""
    found: list[Worded] = []
    last: dict[tuple[str, str], str] = {}
    for instrument in sorted(versions, key=lambda one: numbers(one.version)):
        item = instrument.declared.get(item_id)
        for (form, variant), wording in item.wordings.items() if item else ():
            before = last.get((form, variant))
            changed = before is not None and before != wording.text
            found.append(Worded(instrument.version, form, variant, wording.text, changed))
            last[form, variant] = wording.text
    return tuple(found)


def rated(judgements: Iterable[tuple[tuple[str, ...], int | None]]) -> tuple[Rated, ...]:
    """One line an audience, round and wording; who did not answer has None and is left out.

    Each judgement is ((round, meeting, audience, scale, version, form, variant), value).
    """
    gathered: dict[tuple[str, ...], list[int]] = {}
    for about, value in judgements:
        own = gathered.setdefault(about, [])
        if value is not None:
            own.append(value)
    return tuple(
        Rated(name, meeting, audience, scale, version, form, variant, content_validity(values))
        for (name, meeting, audience, scale, version, form, variant), values in gathered.items()
    )


def as_json(chains: Sequence[Chain], published: Mapping[str, Sequence[str]]) -> str:
    """The ledger of an instrument for other programs; `published` are its versions with what stands beside.

    Its schema is `surveyapp/focus_groups/ledger.schema.json`.
    """
    written = {
        "format": FORMAT,
        "instrument": chains[0].instrument if chains else "",
        "versions": {version: list(said) for version, said in published.items()},
        "items": [asdict(chain) for chain in chains],
    }
    return json.dumps(written, ensure_ascii=False, indent=1, default=_written) + "\n"


def _written(value: object) -> str:
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(f"{type(value).__name__} has no place in the ledger.")
