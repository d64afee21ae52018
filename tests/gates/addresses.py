"""Plugin of pytest: the code that writes an address is compiled once, not anew for each application.

Tests make thousands of applications with the same two hundred addresses, and werkzeug compiles two functions
for each: four fifths of the time that an application takes to begin. They depend on the rule alone.
"""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from werkzeug.routing import Rule

Builder = Callable[..., tuple[str, str]]


@pytest.fixture(scope="session", autouse=True)
def addresses_compiled_once() -> Iterator[None]:
    """Keep what werkzeug compiled, by rule and defaults, until the end of the run."""
    compiled: dict[Any, Builder] = {}
    compile_builder: Callable[[Rule, bool], Builder] = vars(Rule)["_compile_builder"]

    def once(rule: Rule, append_unknown: bool = True) -> Builder:
        key = (rule.rule, tuple((rule.defaults or {}).items()), append_unknown)
        if key not in compiled:
            compiled[key] = compile_builder(rule, append_unknown)
        return compiled[key]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Rule, "_compile_builder", once)
        yield
