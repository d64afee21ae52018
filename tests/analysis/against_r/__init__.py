"""Everything that is compared with R, one `Comparison` a number or set of numbers."""

from itertools import chain

from tests.analysis.against_r import agreement, change, groups, reliability, targets
from tests.analysis.against_r.comparison import Comparison

ALL: tuple[Comparison, ...] = tuple(
    chain.from_iterable(module.comparisons() for module in (reliability, agreement, change, targets, groups))
)
