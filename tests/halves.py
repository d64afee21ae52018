"""`make test`: the suite in two processes at a time: a machine has two cores, and one of them would wait.

The other half needs nothing of this one, and opens no address in its own process: it talks to servers, to
commands and to databases. What both have covered of the pure core is counted together.
"""

import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import IO

ROOT = Path(__file__).parent.parent
OTHER_HALF = tuple(f"tests/{name}" for name in ("stories", "study", "storage", "reports", "worker"))
LEAST_COVERED = 100  # per cent of the branches of the pure core


def main() -> int:
    """Run both halves; what the other one says stands at the end. 0 when all is passed and covered."""
    with tempfile.TemporaryFile() as told:
        other = _pytest("other", told, *OTHER_HALF)
        this = _pytest("this", None, *(f"--ignore={path}" for path in OTHER_HALF))
        outcomes = [half.wait() for half in (this, other)]
        told.seek(0)
        print(told.read().decode(errors="replace"), flush=True)  # noqa: T201 - what the other half said
    covered = [_coverage("combine", "--quiet"), _coverage("report", f"--fail-under={LEAST_COVERED}")]
    return next(filter(None, [*outcomes, *covered]), 0)


def _pytest(name: str, told: IO[bytes] | None, *arguments: str) -> subprocess.Popen[bytes]:
    command = [_beside("pytest"), "--cov", "--cov-report=", "-p", "no:cacheprovider", *arguments]
    environment = os.environ | {"COVERAGE_FILE": str(ROOT / f".coverage.{name}")}
    return subprocess.Popen(command, cwd=ROOT, env=environment, stdout=told, stderr=told)


def _coverage(*arguments: str) -> int:
    return subprocess.run([_beside("coverage"), *arguments], cwd=ROOT, check=False).returncode


def _beside(program: str) -> str:
    return str(Path(sys.executable).with_name(program))


if __name__ == "__main__":
    sys.exit(main())
