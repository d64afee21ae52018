"""Information and consent texts: versioned files like instruments, with named gaps filled by the settings."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from surveyapp.instruments.fields import Fields
from surveyapp.instruments.source import InvalidFileError, UnreadableError, digest, parse

GAPS = ("titolare", "contatto", "data", "figura", "chi", "nome", "vede")

CONSENT_ID = "[a-z][a-z0-9_]*"
_BRACES = re.compile(r"\{([^{}]*)\}")


@dataclass(frozen=True)
class ConsentText:
    """What one variant says, and the words on its choices. `optional` are extra consents by code."""

    information: tuple[str, ...]
    accept: str
    refuse: str
    talk: str
    optional: Mapping[str, str]


@dataclass(frozen=True)
class Consent:
    """One version of a consent text."""

    id: str
    version: str
    title: str
    digest: str
    variants: Mapping[str, ConsentText]


def read_consent(data: bytes) -> Consent:
    """Read one consent file; raises InvalidFileError with all its problems."""
    try:
        root, problems = parse(data)
    except UnreadableError as error:
        raise InvalidFileError(error.problems) from None
    with Fields(root, problems) as fields:
        consent = Consent(
            id=fields.matching("id", CONSENT_ID, "servono lettere minuscole, cifre o _"),
            version=fields.version(),
            title=fields.text("title"),
            digest=digest(root),
            variants=_variants(fields.child("variants")),
        )
    if problems:
        raise InvalidFileError(problems)
    return consent


def filled(text: str, gaps: Mapping[str, str]) -> str:
    """The text with its gaps filled; a gap nobody filled stays visible in braces."""
    return _BRACES.sub(lambda found: gaps.get(found[1]) or found[0], text)


def as_shown(text: ConsentText, gaps: Mapping[str, str]) -> str:
    """The whole text as one respondent read it: what the consent ledger keeps, line by line."""
    lines = [*text.information, *text.optional.values(), text.accept, text.refuse, text.talk]
    return "\n".join(filled(line, gaps) for line in lines)


def _variants(fields: Fields) -> Mapping[str, ConsentText]:
    with fields:
        texts = {}
        for variant in fields.codes():
            with fields.child(variant) as child:
                texts[variant] = _text(child)
        return MappingProxyType(texts)


def _text(fields: Fields) -> ConsentText:
    information = fields.lines_of_text("information")
    if fields.has("information") and not information:
        fields.report("in «information» serve almeno un testo", "information")
    for line, text in information:
        _check_gaps(fields, line, text)
    return ConsentText(
        information=tuple(text for _, text in information),
        accept=_with_gaps(fields, "accept"),
        refuse=_with_gaps(fields, "refuse"),
        talk=_with_gaps(fields, "talk"),
        optional=_optional(fields.optional_child("optional")),
    )


def _optional(fields: Fields | None) -> Mapping[str, str]:
    if fields is None:
        return MappingProxyType({})
    with fields:
        return MappingProxyType({code: _with_gaps(fields, code) for code in fields.codes()})


def _with_gaps(fields: Fields, key: str) -> str:
    text = fields.text(key)
    _check_gaps(fields, fields.line_of(key), text)
    return text


def _check_gaps(fields: Fields, line: int, text: str) -> None:
    for gap in _BRACES.findall(text):
        if gap not in GAPS:
            fields.report_at(line, f"nessuno riempie lo spazio {{{gap}}}; spazi ammessi: {', '.join(GAPS)}")
