"""What is invented of people beside their answers, from their codes alone: it changes no other draw."""

import hashlib

CONTACT, QUOTATION = "contact_after_6_months", "quotation"
PERSON_FORM, QUOTABLE_VARIANT = "P", "std"  # the standard text alone asks for quotations


def sex_of(code: str) -> str | None:
    """F or M; now and then the register does not say it."""
    number = _number(code, "sex")
    return None if number < 12 else "F" if number < 125 else "M"


def optional_consents(code: str, form: str, variant: str | None, *, contact: bool) -> str:
    """The optional consents of a participant as they are stored."""
    quotes = form == PERSON_FORM and variant == QUOTABLE_VARIANT and _number(code, QUOTATION) < 140
    given = ((CONTACT, contact), (QUOTATION, quotes))
    return ",".join(name for name, there in given if there)


def _number(code: str, about: str) -> int:
    return hashlib.sha256(f"{code}|{about}".encode()).digest()[0]
