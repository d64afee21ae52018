"""Keys of administrations: short enough to be typed, without letters and digits that look alike."""

from random import Random, SystemRandom

ALPHABET = "23456789ABCDEFGHJKMNPQRTUVWXYZ"  # 30 signs: no 0 O, no 1 I L, no S beside 5
LENGTH = 10


def new_key(chance: Random | None = None) -> str:
    """A fresh key, from the operating system's randomness unless told otherwise."""
    return "".join((chance or SystemRandom()).choices(ALPHABET, k=LENGTH))
