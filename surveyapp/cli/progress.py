"""Long work on the command line: how far it is, and files that are there whole or not at all."""

import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import click

# The steps of the progress shown while something is made.
WHOLE = 100


@contextmanager
def followed(label: str) -> Iterator[Callable[[int, str], None]]:
    """What tells how far long work is: a bar on a terminal, nothing else where nobody looks."""
    with click.progressbar(length=WHOLE, label=label) as bar:

        def tell(progress: int, message: str) -> None:
            bar.label = f"{label}: {message}"
            bar.update(progress - bar.pos)

        yield tell
        bar.update(WHOLE - bar.pos)


@contextmanager
def beside(folder: Path) -> Iterator[Path]:
    """A new folder beside; what is in it goes to the folder when all is done, and nowhere when it is not."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    temporary = Path(tempfile.mkdtemp(dir=folder.parent, prefix=f".{folder.name}."))
    try:
        yield temporary
        for path in sorted(found for found in temporary.rglob("*") if found.is_file()):
            target = folder / path.relative_to(temporary)
            target.parent.mkdir(parents=True, exist_ok=True)
            path.replace(target)
    finally:
        shutil.rmtree(temporary, ignore_errors=True)
