"""How templates are made."""

from collections.abc import MutableMapping
from typing import Any

from flask.templating import Environment


class Templates(Environment):
    """Flask's environment; its templates have their globals in one dictionary, made when they are loaded.

    Jinja looks them up in a chain of two, so that they may change later; ours never do, and each page would
    read the chain from end to end several times.
    """

    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        """The globals of a template, with those of its own."""
        return {**self.globals, **(d or {})}
