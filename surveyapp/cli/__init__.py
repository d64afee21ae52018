"""The command line: each command calls one use case and says in Italian what it did."""

from surveyapp.cli import backup, instruments, people, results, server, staff, worker
from surveyapp.cli.root import cli, main

__all__ = ["backup", "cli", "instruments", "main", "people", "results", "server", "staff", "worker"]
