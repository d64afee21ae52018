"""The least value of a smooth function within bounds."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
from scipy import optimize

from analysis.arrays import Floats

EXACTLY: Any = {"maxiter": 2000, "maxfun": 5000, "ftol": 1e-15, "gtol": 1e-9}
"""Go on to the last digits: the numbers are compared with those of other programs."""


def least(
    function: Callable[[Floats], tuple[float, Floats]], start: Floats, bounds: tuple[float, float]
) -> Floats:
    """Return where a function is least, given its value and slope (L-BFGS-B, Byrd and others 1995).

    Each coordinate stays within `bounds`.
    """
    each = [bounds] * len(start)
    found = optimize.minimize(function, start, jac=True, method="L-BFGS-B", bounds=each, options=EXACTLY)
    return np.asarray(found.x, dtype=float)
