"""What the register refuses, in sentences that say what to do."""

from collections.abc import Iterable

from surveyapp.instruments.source import Problem


class RefusedError(Exception):
    """The register refuses; the message is one Italian sentence that says why and what to do."""


class ImportRefusedError(RefusedError):
    """Nothing was imported; `problems` hold every reason with its line (and its file, of several)."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = sorted(set(problems), key=lambda found: (found.file, found.line, found.message))
        super().__init__("\n".join(f"riga {problem.line}: {problem.message}" for problem in self.problems))
