"""Two versions of the instrument in versions/before.yaml: the older as it is, the newer with some edits."""

import re
from collections.abc import Mapping
from pathlib import Path

from surveyapp.instruments.assembly import Part
from surveyapp.instruments.comparison import NO_KINDS, compare
from surveyapp.instruments.comparison_model import Comparison
from surveyapp.instruments.model import Instrument
from surveyapp.instruments.reader import read_instrument, read_part

BEFORE = (Path(__file__).parent / "versions" / "before.yaml").read_text(encoding="utf-8")
OLDER = read_instrument(BEFORE.encode())

Edit = tuple[str, str]

ITEMS = "items: [PROVA_A1, PROVA_A2, PROVA_A3, PROVA_A4, PROVA_A5]"
FEWER = (ITEMS, ITEMS.replace(", PROVA_A5", ""))  # an item taken from a scale


def line_of(item: str) -> str:
    """The line of an item that is written on one."""
    return next(line for line in BEFORE.splitlines(keepends=True) if f"{{id: {item}," in line)


def newer(*edits: Edit) -> Instrument:
    """The next version, with the first place of each edit replaced."""
    text = BEFORE
    for old, new in (*edits, ("version: 1.2.3", "version: 2.0.0")):
        assert old in text, old
        text = text.replace(old, new, 1)
    return read_instrument(text.encode())


def difference(*edits: Edit, kinds: Mapping[str, str] = NO_KINDS) -> Comparison:
    return compare(OLDER, newer(*edits), kinds)


def levels(found: Comparison) -> dict[str, str]:
    """What is not equal, by scale, form and variant in one word."""
    return {
        " ".join(measure): row.level for measure, row in found.comparability.items() if row.level != "equal"
    }


def sentences(found: Comparison) -> set[str]:
    return {change.sentence for change in found.changes}


def without_variant() -> Instrument:
    """The newer version without the easy variant of form P."""
    text = re.sub(r"(, )?\beasy: (\{[^}]*\}|\"[^\"]*\"|[^,}\n]*)", "", BEFORE)
    text = text.replace("      easy:\n        - {text: Ti piace la pizza?, format: R3}\n", "")
    return read_instrument(text.replace("    practice:\n", "").replace("{, ", "{").encode())


def without_operator() -> Instrument:
    """The newer version without form O and what only that form asks."""
    text = re.sub(r"  O:\n    title.*?\nsections", "\nsections", BEFORE, flags=re.DOTALL)
    text = re.sub(r"  - id: OSTACOLI.*?\nscales", "\nscales", text, flags=re.DOTALL)
    text = re.sub(r"\n *O: \{std: [^}]*\}", "", text).replace(", O: {std: R5}", "").replace(", O: 1", "")
    text = re.sub(r"  - \{id: PROVA_C_.*\n", "", text).replace("    leave_out: {O: [PROVA_A2]}\n", "")
    return read_instrument(re.sub(r"gaps:\n.*\n", "", text).encode())


MODULE = """\
id: mod
version: 0.1.0
title: Modulo
formats:
  R3: {kind: choice, pictures: amount, options: {1: No, 2: Un po', 3: Sì}, no_value: [NS]}
sections:
  - id: MOD
    title: Modulo
    occasions: [T0]
    format: {P: {std: R3, easy: R3}}
    items:
      - {id: MOD_1, criterion: Bene, text: {P: {std: Mi va bene., easy: Ti va bene?}}}
scales:
  - {id: MOD_S, title: S, construct: S., kind: formative, method: pomp_mean, items: [MOD_1],
     min_valid: {P: 1}}
"""


def module(*edits: Edit, version: str = "0.1.0") -> Instrument:
    return _module(version, *edits).instrument


def with_module(version: str, *edits: Edit) -> Instrument:
    """The newer version with a module of its own."""
    text = BEFORE.replace("scales:\n", f"include:\n  - {{module: mod, version: {version}}}\n\nscales:\n", 1)
    return read_instrument(text.encode(), {("mod", version): _module(version, *edits)})


def _module(version: str, *edits: Edit) -> Part:
    text = MODULE.replace("0.1.0", version)
    for old, new in edits:
        assert old in text, old
        text = text.replace(old, new, 1)
    return read_part(text.encode(), "modules/mod.yaml", module=True)
