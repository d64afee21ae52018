"""Names of variables that SPSS, Stata and R all take."""

import re
from collections.abc import Iterable

LONGEST = 32  # Stata; SPSS takes 64
# What SPSS, Stata and R keep for themselves, in small letters: to SPSS capitals are the same.
RESERVED = frozenset(
    [
        *("all", "and", "by", "eq", "ge", "gt", "le", "lt", "ne", "not", "or", "to", "with"),
        *("byte", "double", "float", "if", "in", "int", "long", "strl", "using"),
        *("break", "else", "false", "for", "function", "inf", "na", "nan", "next", "null", "repeat", "true"),
        "while",
    ]
)
_NOT_ALLOWED = re.compile(r"[^A-Za-z0-9_]")
_STRING_TYPE = re.compile(r"str[0-9]+", re.IGNORECASE)


def legal(names: Iterable[str]) -> dict[str, str]:
    """A legal name for each name, in the same order; every two differ, whatever the case of the letters.

    Signs that are not allowed become "_" (ACC_I02.1 is ACC_I02_1), what is too long is cut, what is taken
    gets a number.
    """
    found: dict[str, str] = {}
    taken: set[str] = set()
    for name in names:
        found[name] = _free(_allowed(name), taken)
        taken.add(found[name].lower())
    return found


def _allowed(name: str) -> str:
    clean = _NOT_ALLOWED.sub("_", name)[:LONGEST]
    if not clean[:1].isalpha():
        clean = f"v_{clean}"[:LONGEST]
    kept = clean.rstrip("_")  # SPSS warns about names that end so
    is_reserved = kept.lower() in RESERVED or _STRING_TYPE.fullmatch(kept)
    return f"{kept}_v" if is_reserved else kept


def _free(name: str, taken: set[str]) -> str:
    number, found = 1, name
    while found.lower() in taken:
        number += 1
        ending = f"_{number}"
        found = name[: LONGEST - len(ending)] + ending
    return found
