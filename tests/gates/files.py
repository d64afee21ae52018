"""The files of the project and how a static check walks them; it checks their ends, and YAML that reads."""

import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import yaml

ROOT = Path(__file__).parent.parent.parent
GIT_FILES = ["/usr/bin/env", "git", "ls-files", "--cached", "--others", "--exclude-standard"]
NOT_TEXT = (".png", ".woff2", ".ico", ".sav", ".xlsx", ".db")
# Read by our own strict reader, faults on purpose included; written by R.
NOT_OURS_TO_CHECK = ("tests/instruments/", "tests/reference/")
CONFLICT = ("<<<<<<< ", ">>>>>>> ")

Check = Callable[[Path, str], list[str]]


def project_files() -> list[Path]:
    """Every text file that is or will be in the repository, by its path from the top."""
    listed = subprocess.run(GIT_FILES, cwd=ROOT, capture_output=True, text=True, check=True)
    names = sorted({Path(name) for name in listed.stdout.splitlines()})
    return [name for name in names if name.suffix not in NOT_TEXT and (ROOT / name).is_file()]


def check(problems: Check) -> int:
    """Print the problems of every file of the project; the exit status."""
    found = [
        problem
        for name in project_files()
        if not name.as_posix().startswith(NOT_OURS_TO_CHECK)
        for problem in problems(name, (ROOT / name).read_text(encoding="utf-8"))
    ]
    sys.stdout.write("".join(f"{problem}\n" for problem in found))
    return 1 if found else 0


def problems(path: Path, text: str) -> list[str]:
    """Traces of a merge, a last line without its end, YAML that does not read."""
    found = [
        f"{path}: a conflict of two changes is left"
        for line in text.splitlines()
        if line.startswith(CONFLICT)
    ]
    if text and not text.endswith("\n"):
        found.append(f"{path}: the last line has no end")
    return [*found, *(_of_yaml(path, text) if path.suffix in (".yaml", ".yml") else ())]


def _of_yaml(path: Path, text: str) -> Iterator[str]:
    try:
        yaml.safe_load(text)
    except yaml.YAMLError as error:
        yield f"{path}: {error}"


if __name__ == "__main__":
    sys.exit(check(problems))
