"""Passwords of staff accounts: hashed with argon2, refused when weak, made when none is chosen."""

import secrets
import unicodedata
from collections.abc import Mapping

from argon2 import PasswordHasher

from surveyapp.study.errors import RefusedError

SHORTEST = 12
LONGEST = 200
SHORTEST_NAME = 4  # of an address: nearly every password has the letters of a shorter one
FEWEST_CHARACTERS = 5  # different ones: "aaaaaaaaaaaa" is long and weak
# OWASP's figures for argon2id: 19 MiB, so that eight sign-ins at once fit a small server.
ARGON2: Mapping[str, int] = {"time_cost": 2, "memory_cost": 19 * 1024, "parallelism": 1}
# Letters and digits that nobody mistakes for one another, four groups of five: 98 bits.
_ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"
_GROUPS, _GROUP = 4, 5

_hasher = PasswordHasher(ARGON2["time_cost"], ARGON2["memory_cost"], ARGON2["parallelism"])


def new_password() -> str:
    """A password at random, easy to copy by hand."""
    groups = ("".join(secrets.choice(_ALPHABET) for _ in range(_GROUP)) for _ in range(_GROUPS))
    return "-".join(groups)


def hashed(password: str, email: str) -> str:
    """What is stored of a password; raises RefusedError, which never repeats it, when it is weak."""
    same = unicodedata.normalize("NFKD", password)  # as the sign-in page does
    if not SHORTEST <= len(same) <= LONGEST:
        raise RefusedError(f"la password deve avere almeno {SHORTEST} caratteri (e non più di {LONGEST})")
    if len(set(same)) < FEWEST_CHARACTERS:
        raise RefusedError("la password ripete sempre gli stessi caratteri: scegline un'altra")
    name = email.partition("@")[0].casefold()
    if len(name) >= SHORTEST_NAME and name in same.casefold():
        raise RefusedError("la password contiene il nome dell'indirizzo e-mail: scegline un'altra")
    return _hasher.hash(same)
