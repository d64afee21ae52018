"""The chain of one item or criterion, from what was said to its words and back. Pure.

What a published version says can be walked back to the excerpt it came from, and forward to its statistics.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
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
    meeting_id: int
    audience: str
    on: date | None
    kind: str
    text: str


@dataclass(frozen=True)
class Asked:
    """What the experts of one audience were asked in one round: a criterion, or a wording of a version."""

    round: str
    round_id: int
    meeting: str
    audience: str
    scale: str
    version: str
    form: str
    variant: str


@dataclass(frozen=True)
class Rated(Asked):
    """What the experts of one audience gave to it in one round; audiences are never pooled."""

    validity: ContentValidity


@dataclass(frozen=True)
class Understood:
    """What readers understood of a wording in one meeting: how many yes, partly, no.

    `meanings` is what it means to those who consented to be quoted.
    """

    meeting: str
    meeting_id: int
    version: str
    form: str
    variant: str
    yes: int
    partly: int
    no: int
    meanings: tuple[str, ...] = ()


@dataclass(frozen=True)
class Measured:
    """A statistic from responses to one version, of one length of its form ("" for the full one).

    `scale` is empty for what does not depend on one.
    """

    version: str
    form: str
    variant: str
    length: str
    occasion: str
    scale: str
    statistic: str
    value: float | None
    n: int


@dataclass(frozen=True)
class Ground:
    """What a decision rests on: a kind with a number, or a sentence."""

    kind: str
    reference: str


@dataclass(frozen=True)
class Decided:
    """A decision about it, what it rests on, and the version that carries it out, where there is one."""

    code: str
    proposal: str
    outcome: str
    reason: str
    by: str
    on: date | None
    evidence: tuple[Ground, ...]
    version: str


@dataclass(frozen=True)
class Changed:
    """A change of a version since the one before, and the decision behind it; None where none is named.

    `kind` is for texts: what their authors say of the meaning.
    """

    version: str
    before: str
    place: str
    sentence: str
    kind: str
    because: Decided | None


@dataclass(frozen=True)
class Chain:
    """Everything that is known of one item or criterion, in the order of time within each part.

    `withheld` are excerpts that somebody is still to code without knowing how others coded them.
    """

    instrument: str
    item: str
    criterion: str
    wordings: tuple[Worded, ...]
    said: tuple[Said, ...] = ()
    rated: tuple[Rated, ...] = ()
    understood: tuple[Understood, ...] = ()
    decided: tuple[Decided, ...] = ()
    measured: tuple[Measured, ...] = ()
    withheld: int = 0


@dataclass(frozen=True)
class Span:
    """A wording with the versions in a row that have it; `before` are the words that it took the place of."""

    form: str
    variant: str
    first: str
    last: str
    text: str
    before: str = ""


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


def spans(found: Iterable[Worded]) -> tuple[Span, ...]:
    """Wordings without repetitions, form by form and variant by variant, oldest first."""
    by_wording: dict[tuple[str, str], list[Span]] = {}
    for one in found:
        own = by_wording.setdefault((one.form, one.variant), [])
        if own and own[-1].text == one.text:
            own[-1] = replace(own[-1], last=one.version)
        else:
            before = own[-1].text if own else ""
            own.append(Span(one.form, one.variant, one.version, one.version, one.text, before))
    return tuple(span for own in by_wording.values() for span in own)


def rated(judgements: Iterable[tuple[Asked, int | None]]) -> tuple[Rated, ...]:
    """One line an audience, round and wording; who did not answer has None and is left out."""
    gathered: dict[Asked, list[int]] = {}
    for asked, value in judgements:
        own = gathered.setdefault(asked, [])
        if value is not None:
            own.append(value)
    return tuple(Rated(**vars(asked), validity=content_validity(own)) for asked, own in gathered.items())


def as_json(
    chains: Sequence[Chain], published: Mapping[str, Sequence[str]], changes: Sequence[Changed] = ()
) -> str:
    """The ledger of an instrument for other programs; `published` are its versions with what stands beside.

    Its schema is `surveyapp/focus_groups/ledger.schema.json`.
    """
    written = {
        "format": FORMAT,
        "instrument": chains[0].instrument if chains else "",
        "versions": {version: list(said) for version, said in published.items()},
        "changes": [asdict(change) for change in changes],
        "items": [asdict(chain) for chain in chains],
    }
    return json.dumps(written, ensure_ascii=False, indent=1, default=_written) + "\n"


def _written(value: object) -> str:
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(f"{type(value).__name__} has no place in the ledger.")
