"""Drills: the real server is killed or loses its database while people answer.

Without SURVEYAPP_DRILL_KILLS only the short one runs; with a number (`make drill`) all of them do.
"""

import os

import pytest

KILLS = "SURVEYAPP_DRILL_KILLS"
SHORT = 3


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if KILLS in os.environ:
        return
    long = [item for item in items if item.get_closest_marker("drill")]
    config.hook.pytest_deselected(items=long)
    items[:] = [item for item in items if item not in long]


@pytest.fixture
def kills() -> int:
    return int(os.environ.get(KILLS, SHORT))
