"""Personal links are keys: only what cannot open anything is stored of them."""

import hashlib
import secrets


def new_token() -> str:
    """A fresh token of 256 random bits."""
    return secrets.token_urlsafe(32)


def token_sha256(token: str) -> str:
    """What is stored of a token (256 random bits, so a bare hash is enough)."""
    return hashlib.sha256(token.encode()).hexdigest()
