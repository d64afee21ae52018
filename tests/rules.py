"""Addresses are prepared once for all applications of the tests, which have the same ones."""

from collections.abc import Callable
from typing import Any

from werkzeug.routing import Rule

_BUILT: dict[object, Callable[..., tuple[str, str]]] = {}


class RememberedRule(Rule):
    """Writing the code that builds an address takes half of the time of making an application."""

    def _compile_builder(self, append_unknown: bool = True) -> Callable[..., tuple[str, str]]:
        key: Any = (self.rule, tuple(self._trace), repr(self.defaults), append_unknown)
        if key not in _BUILT:
            _BUILT[key] = super()._compile_builder(append_unknown)
        return _BUILT[key]
