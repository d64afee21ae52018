"""The command line: each command calls one use case and says in Italian what it did."""

from surveyapp.cli import instruments, people, results, server
from surveyapp.cli.root import cli, main

__all__ = ["cli", "instruments", "main", "people", "results", "server"]
