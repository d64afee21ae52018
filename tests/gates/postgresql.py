"""Plugin of pytest: which tests of pages and reports run on PostgreSQL too.

Everything below the pages does: `tests/storage`, `collection`, `study`, `worker`, `cli`. Pages run on SQLite,
and on PostgreSQL too where they lock, count, or keep what people must not see; every kind of page is opened
there once (`tests/web/test_both_databases.py`). Reports read rows and compute without the database: they run
there too where the database chooses what they read, and once as a whole (`tests/reports/test_databases.py`).
`SURVEYAPP_TEST_EVERY_PAGE_TWICE=1` runs all of them on both.
"""

import os

import pytest

EVERY_PAGE_TWICE = "SURVEYAPP_TEST_EVERY_PAGE_TWICE"
ON_ONE = ("tests/web/", "tests/staff/", "tests/reports/")
ON_BOTH = frozenset(
    {
        "tests/reports/cases/test_network.py",
        "tests/reports/cases/test_sheet.py",
        "tests/reports/exports/test_tidy.py",
        "tests/reports/meetings/test_reading.py",
        "tests/reports/project/test_report.py",
        "tests/reports/test_frames.py",
        "tests/reports/validation/test_raters.py",
        "tests/reports/validation/test_texts.py",
        "tests/staff/test_access_matrix.py",
        "tests/staff/test_alerts.py",
        "tests/staff/test_calls.py",
        "tests/staff/test_failures.py",
        "tests/staff/test_links.py",
        "tests/staff/test_open_answers.py",
        "tests/staff/test_paper_twice.py",
        "tests/staff/test_scope.py",
        "tests/staff/test_sessions.py",
        "tests/staff/test_today.py",
        "tests/web/test_answering.py",
        "tests/web/test_bad_input.py",
        "tests/web/test_both_databases.py",
        "tests/web/test_codes.py",
        "tests/web/test_failures.py",
        "tests/web/test_inventory.py",
        "tests/web/test_problem_reports.py",
        "tests/web/test_shared_tablet.py",
        "tests/web/test_withdrawal.py",
    }
)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out pages on PostgreSQL, except where the database matters."""
    if os.environ.get(EVERY_PAGE_TWICE) == "1":
        return
    left_out = [item for item in items if _is_page_on_postgresql(item)]
    items[:] = [item for item in items if item not in set(left_out)]
    config.hook.pytest_deselected(items=left_out)


def _is_page_on_postgresql(item: pytest.Item) -> bool:
    file = item.nodeid.partition("::")[0]
    called = getattr(item, "callspec", None)
    on_postgresql = called is not None and called.params.get("database") == "postgresql"
    return on_postgresql and file.startswith(ON_ONE) and file not in ON_BOTH
