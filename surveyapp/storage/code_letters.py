"""Short codes that are typed and told on the telephone: their letters, and what is stored of them.

Thirty letters and digits. O and 0, I and 1 are not among them: on paper nobody tells them apart. J is not,
because in Italian it is "i lunga" and whoever hears that writes I; U is not, because by hand it looks like V
and "u" sounds like "vu". Letters whose names rhyme (bi, ci, di, gi, pi, ti, vi; effe, esse; emme, enne) would
leave too few: each is told with the name of a city (WORDS), as Italians do. What a code never holds and looks
like something it may hold is read as that.

Ten of them are 49 bits, too few for a bare hash (OWASP ASVS 6.5.2): what is stored is an HMAC with a key of
the server, so that a stolen copy of the database opens nothing.
"""

import hmac
import secrets
from collections.abc import Mapping

WORDS: Mapping[str, str] = {
    "A": "Ancona", "B": "Bologna", "C": "Como", "D": "Domodossola", "E": "Empoli", "F": "Firenze",
    "G": "Genova", "H": "Hotel", "K": "Kursaal", "L": "Livorno", "M": "Milano", "N": "Napoli",
    "P": "Padova", "Q": "Quarto", "R": "Roma", "S": "Savona", "T": "Torino", "V": "Venezia",
    "W": "Washington", "X": "Xilofono", "Y": "York", "Z": "Zara",
}  # fmt: skip
ALPHABET = "".join(WORDS) + "23456789"
LENGTH = 10
GROUPS = (4, 3, 3)
# Longer than any way of writing ten letters with something between them.
LONGEST_TYPED = 60

_LOOKS_LIKE = str.maketrans("O01IU", "QQLLV")


def new_code() -> str:
    """A fresh code, as it is compared."""
    return "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))


def grouped(code: str) -> str:
    """A code as it is shown: «K7MP-3RX-T9W»."""
    first, second, _ = GROUPS
    return "-".join((code[:first], code[first : first + second], code[first + second :]))


def spelled(code: str) -> str:
    """A code as it is told: «K come Kursaal, 7, M come Milano»."""
    return ", ".join(f"{letter} come {WORDS[letter]}" if letter in WORDS else letter for letter in code)


def as_compared(typed: str) -> str:
    """What was typed, without case, blanks and marks between the letters."""
    written = "".join(letter for letter in typed[:LONGEST_TYPED].upper() if letter.isascii())
    return "".join(filter(str.isalnum, written)).translate(_LOOKS_LIKE)


def code_hmac(secret_key: str, code: str) -> str:
    """What is stored of a code."""
    return _keyed(secret_key, "short code", code)


def source_hmac(secret_key: str, address: str) -> str:
    """What is stored of the address from which wrong codes came."""
    return _keyed(secret_key, "source of wrong codes", address)


def _keyed(secret_key: str, use: str, text: str) -> str:
    """HMAC-SHA256 with a key derived for this use alone: the same key never signs two kinds of things."""
    key = hmac.digest(secret_key.encode(), use.encode(), "sha256")
    return hmac.digest(key, text.encode(), "sha256").hex()
