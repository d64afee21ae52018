"""The command line: each command calls one use case and says in Italian what it did."""

from surveyapp.cli import (
    audio,
    backup,
    case_sheets,
    collect,
    export_instruments,
    focus_groups,
    instruments,
    ledger,
    meetings,
    people,
    project,
    results,
    server,
    staff,
    validation,
    versions,
    worker,
)
from surveyapp.cli.root import cli, main

__all__ = [
    "audio",
    "backup",
    "case_sheets",
    "cli",
    "collect",
    "export_instruments",
    "focus_groups",
    "instruments",
    "ledger",
    "main",
    "meetings",
    "people",
    "project",
    "results",
    "server",
    "staff",
    "validation",
    "versions",
    "worker",
]
