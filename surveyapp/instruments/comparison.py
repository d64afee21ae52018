"""What changed between two versions of an instrument: the least version step, and what can still be compared.

Pure. What no program can tell, whether a changed text still means the same, is declared by place (see
comparison_texts); everything else is found. The rules are those of decision 10.
"""

from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType

from surveyapp.instruments import comparison_formats as formats
from surveyapp.instruments import comparison_frame as frame
from surveyapp.instruments import comparison_measures as measures
from surveyapp.instruments import comparison_questions as questions
from surveyapp.instruments.comparison_model import Change, Comparison
from surveyapp.instruments.comparison_scales import comparability, compositions
from surveyapp.instruments.comparison_texts import texts
from surveyapp.instruments.model import Instrument

NO_KINDS: Mapping[str, str] = MappingProxyType({})

FOUND: tuple[Callable[[Instrument, Instrument], Iterator[Change]], ...] = (
    frame.instrument,
    frame.modules,
    frame.occasions,
    frame.forms,
    questions.come_and_go,
    questions.forms_of_items,
    questions.occasions_of_items,
    questions.moved,
    questions.order,
    questions.sections,
    questions.items,
    formats.formats,
    measures.scales,
    compositions,
    measures.computed,
    measures.alerts,
)
# What finds texts, whose kinds are declared.
WITH_KINDS = (formats.switched, texts)


def compare(before: Instrument, after: Instrument, kinds: Mapping[str, str] = NO_KINDS) -> Comparison:
    """Everything that differs between two versions of one instrument (or module), the older one first.

    `kinds` says of changed texts, by place, whether they are a `typo`, have the `same meaning` or a `new
    meaning`; for those that it does not name the second is proposed. Raises ValueError for two instruments.
    """
    if before.id != after.id:
        raise ValueError(f"two instruments: {before.id} and {after.id}")
    changes = [change for found in FOUND for change in found(before, after)]
    changes += [change for found in WITH_KINDS for change in found(before, after, kinds)]
    of_texts = {change.place for change in changes if change.kind}
    return Comparison(
        instrument=before.id,
        before=before.version,
        after=after.version,
        changes=tuple(changes),
        comparability=MappingProxyType(comparability(before, after, changes)),
        unchanged_places=tuple(place for place in kinds if place not in of_texts),
    )
