"""Plugin of pytest: which routes the tests opened, for the one test that looks at all of them at the end."""

from typing import Any

import pytest
from flask import request, request_finished
from werkzeug.wrappers import Response

from tests.halves import OTHER_HALF

# Answers that show the view did its work: a page, a redirect, an answer asked again.
WORKED = (*range(200, 400), 409, 422)

OPENED: set[tuple[str, str]] = set()


def _note(_sender: object, response: Response, **_: Any) -> None:
    if request.endpoint and response.status_code in WORKED:
        OPENED.add((request.method, request.endpoint))


request_finished.connect(_note)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Put the tests marked `whole_suite` last; leave them out where only a part of the suite runs."""
    last = [item for item in items if item.get_closest_marker("whole_suite")]
    items[:] = [item for item in items if item not in last]
    if _is_whole(config):
        items += last
    else:
        config.hook.pytest_deselected(items=last)


def _is_whole(config: pytest.Config) -> bool:
    """Whether everything runs that opens addresses in this process."""
    picked = any(config.getoption(name, None) for name in ("keyword", "markexpr", "lf", "deselect"))
    ignored = set(config.getoption("ignore") or ()) - set(OTHER_HALF)
    return config.args_source is pytest.Config.ArgsSource.TESTPATHS and not (picked or ignored)
