"""The ways to turn the valid values of a scale into one number: a new way is a line here and a test."""

from collections.abc import Callable, Mapping, Sequence
from statistics import fmean

Method = Callable[[Sequence[int], int, int], float]


def pomp(value: float, minimum: int, maximum: int) -> float:
    """Percent of maximum possible, 0-100 (Cohen, Cohen, Aiken & West 1999)."""
    return 100 * (value - minimum) / (maximum - minimum)


# Each takes the valid values, already reversed, and the bounds of the response format.
METHODS: Mapping[str, Method] = {
    "pomp_mean": lambda values, minimum, maximum: pomp(fmean(values), minimum, maximum),
    "mean": lambda values, _minimum, _maximum: fmean(values),
    "any_positive": lambda values, _minimum, _maximum: float(any(value > 0 for value in values)),
}
