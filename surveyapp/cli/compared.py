"""A comparison in words for the screen, and as JSON for other programs."""

import json
from collections.abc import Iterator, Sequence

from surveyapp.instruments.comparison_model import LEVEL_WORDS, Comparison

KIND_WORDS = {
    "typo": "refuso o aiuto",
    "same meaning": "stesso significato",
    "new meaning": "significato nuovo",
}
NO_REASON = "non cambia niente che la tocchi"


def in_words(found: Comparison) -> Iterator[str]:
    """The lines that say what changed, what to declare, and what can still be compared."""
    yield f"{found.instrument}: dalla versione {found.before} alla {found.after}"
    if not found.changes:
        yield "Non cambia niente."
        return
    yield f"Passo minimo: {found.step}; la versione nuova è almeno la {found.least_version}."
    yield from ("", "CHE COSA CAMBIA")
    for change in found.changes:
        kind = (
            f" [{KIND_WORDS[change.kind]}{'' if change.declared else ', da dichiarare'}]"
            if change.kind
            else ""
        )
        yield f"  {change.step:<5}  {change.sentence}{kind}"
    yield from _to_declare(found)
    yield from ("", "CHE COSA SI PUÒ ANCORA CONFRONTARE")
    yield from aligned(
        ("scala", "scheda", "versione", "confronto", "perché"),
        [
            (*measure, LEVEL_WORDS[row.level], "; ".join(row.reasons) or NO_REASON)
            for measure, row in found.comparability.items()
        ],
    )


def _to_declare(found: Comparison) -> Iterator[str]:
    """A file of kinds to begin with."""
    if found.undeclared:
        yield from ("", "DA DICHIARARE: copia queste righe in un file, correggile e usalo con --kinds")
        yield from (
            "  # typo: refuso o aiuto; same meaning: stesso significato; new meaning: serve un id nuovo",
            "  kinds:",
        )
        yield from (f"    {change.place}: {change.kind}" for change in found.undeclared)


def aligned(head: Sequence[str], rows: Sequence[Sequence[str]]) -> Iterator[str]:
    """A table in columns as wide as their longest cell; the last one is free."""
    table = [head, *rows]
    widths = [max(len(row[column]) for row in table) for column in range(len(head) - 1)]
    for row in table:
        cells = [cell.ljust(width) for cell, width in zip(row, widths, strict=False)]
        yield "  " + "  ".join([*cells, row[-1]]).rstrip()


def as_json(found: Comparison) -> str:
    """Everything of a comparison."""
    return json.dumps(
        {
            "instrument": found.instrument,
            "before": found.before,
            "after": found.after,
            "step": found.step,
            "least_version": found.least_version,
            "changes": [
                {
                    "place": change.place,
                    "sentence": change.sentence,
                    "step": change.step,
                    "level": change.level,
                    "kind": change.kind,
                    "declared": change.declared,
                }
                for change in found.changes
            ],
            "comparability": [
                {
                    **dict(zip(("scale", "form", "variant"), measure, strict=True)),
                    "level": row.level,
                    "reasons": list(row.reasons),
                    "common": list(row.common),
                }
                for measure, row in found.comparability.items()
            ],
        },
        ensure_ascii=False,
        indent=2,
    )
