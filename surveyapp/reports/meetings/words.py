"""Words that the chapters of the syntheses share."""

from collections.abc import Mapping

from surveyapp.reports.tables import Block, Line, Part, Table

AUDIENCES: Mapping[str, str] = {
    "CM": "Collocamenti Mirati",
    "COOP": "Cooperative sociali e altri enti",
    "JOINT": "Gruppo congiunto",
    "READERS": "Lettori con disabilità",
}
# What a note says of a criterion, in the order of the page of the notes.
KINDS: Mapping[str, str] = {
    "new_criterion": "Criterio nuovo",
    "confirmation": "Conferma",
    "wording": "Formulazione",
    "risk": "Rischio",
    "context": "Contesto",
    "good_practice": "Buona prassi",
}
OUTCOMES: Mapping[str, str] = {
    "open": "Da decidere",
    "accepted": "Accolta",
    "rejected": "Respinta",
    "postponed": "Rinviata",
}
NEW = "nuovo"


def tabled(table: Table, *sentences: str, title: str = "") -> Part:
    """A part with one table; without a line there is no table."""
    lines = [line for block in table.blocks for line in block.lines]
    return Part(f"{table.id}-parte" if title else "", title, sentences, tables=(table,) if lines else ())


def block(lines: list[Line], title: str = "") -> tuple[Block, ...]:
    """Lines as the only block of a table."""
    return (Block(title, tuple(lines)),)
