"""Many files as one."""

import zipfile
from collections.abc import Iterable
from pathlib import Path


def zipped(paths: Iterable[Path], folder: Path, name: str) -> Path:
    """Put files of a folder in one archive beside them, under their places in the folder. Raises OSError."""
    archive = folder / f"{name}.zip"
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as written:
        for path in paths:
            written.write(path, path.relative_to(folder))
    return archive
