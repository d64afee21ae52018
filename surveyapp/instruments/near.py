"""Names that somebody may have meant."""

from collections.abc import Iterable
from difflib import get_close_matches

CLOSE = 0.55


def meant(name: str, known: Iterable[str]) -> str:
    """` (volevi dire «qil»?)`, to stand after an unknown name; empty when no known name is near."""
    names = {one.casefold(): one for one in known}
    near = [names[found] for found in get_close_matches(name.casefold(), names, n=2, cutoff=CLOSE)]
    return f" (volevi dire {' o '.join(f'«{found}»' for found in near)}?)" if near else ""
