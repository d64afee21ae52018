"""Exported files as tests look at them."""

import csv
import zipfile
from pathlib import Path


def rows(path: Path) -> list[dict[str, str]]:
    """The rows of a CSV file."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def contents(path: Path) -> bytes:
    """Everything in a file; of a packed one what is inside."""
    if not zipfile.is_zipfile(path):
        return path.read_bytes()
    with zipfile.ZipFile(path) as archive:
        return b"\n".join(archive.read(name) for name in archive.namelist())


def files(folder: Path) -> list[Path]:
    """Every file of a folder and of those below."""
    return sorted(path for path in folder.rglob("*") if path.is_file())
