"""Random instruments, as the plain trees of their files."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from hypothesis import strategies as st

from surveyapp.instruments.answers import LENGTHS
from surveyapp.instruments.model import Instrument
from surveyapp.instruments.reader import read_instrument, read_part
from surveyapp.instruments.rule import CONTEXT_VALUES
from surveyapp.instruments.source import InvalidFileError
from surveyapp.instruments.writer import write_yaml

Document = dict[str, Any]
Draw = Callable[[st.SearchStrategy[Any]], Any]

FORMATS: Mapping[str, Document] = {
    "R3": {"kind": "choice", "options": {"1": "No", "2": "Un po'", "3": "Sì"}, "no_value": ["NS"]},
    "N5": {"kind": "steps", "options": {str(code): str(code) for code in range(1, 6)}, "no_value": ["NS"]},
    "MORE": {"kind": "multi", "options": {"1": "Uno", "2": "Due", "3": "Tre"}},
    "WHOLE": {"kind": "number", "minimum": "0", "maximum": "20"},
    "HALF": {"kind": "number", "minimum": "0", "maximum": "20", "decimals": "1"},
    "DAY": {"kind": "date"},
    "TXT": {"kind": "text", "max_length": "100"},
}
CODES = {"R3": [1, 2, 3], "N5": [1, 2, 3, 4, 5], "MORE": [1, 2, 3]}
OCCASIONS = ("T0", "T1", "T2")
VARIANTS = ("easy", "std")
VALUES = {**CONTEXT_VALUES, "province": ("Bergamo", "Cremona"), "ambito": ("Crema", "Cremona")}


@dataclass(frozen=True)
class Sketch:
    """What later items may look at: an item with where it is asked."""

    id: str
    format: str
    occasions: frozenset[str]
    forms: frozenset[str]
    lengths: frozenset[str]


def subset(draw: Draw, of: Any, least: int = 1) -> list[Any]:
    """Some of these, at least so many, in their order."""
    chosen = draw(st.sets(st.sampled_from(list(of)), min_size=least))
    return [one for one in of if one in chosen]


@dataclass(frozen=True)
class Frame:
    """When and in which forms and variants it is asked; `again` if the last occasion comes again."""

    occasions: tuple[str, ...]
    forms: Mapping[str, list[str]]
    again: bool


@st.composite
def frames(draw: Draw) -> Frame:
    """One to three occasions, the form of the person, and at times that of the operator."""
    forms = {"P": list(VARIANTS[: draw(st.integers(1, 2))])} | ({"O": ["std"]} if draw(st.booleans()) else {})
    return Frame(OCCASIONS[: draw(st.integers(1, 3))], forms, draw(st.booleans()))


@st.composite
def documents(draw: Draw, frame: Frame, instrument_id: str = "prova") -> Document:
    """An instrument of some sections and scales; most of them are valid."""
    writing = _Writing(draw, instrument_id.upper(), frame)
    sections = [writing.section(number) for number in range(draw(st.integers(1, 3)))]
    return {
        "id": instrument_id,
        "version": "0.1.0",
        "title": "Prova",
        "occasions": _occasions(draw, frame),
        "formats": dict(FORMATS),
        "words": {"il lavoro": {"by": "placement_type", "TIS": "il tirocinio", "default": "il lavoro"}},
        "forms": {code: _form(code, variants, frame) for code, variants in frame.forms.items()},
        "sections": sections,
        "scales": writing.scales(),
        "derived": writing.facts(),
        "alerts": writing.alerts(),
    }


def _occasions(draw: Draw, frame: Frame) -> Document:
    window = {"anchor": "placement_start", "from_days": "0", "to_days": "10", "late_days": "20"}
    found = {code: {"title": code, "window": dict(window)} for code in frame.occasions}
    if frame.again:
        found[frame.occasions[-1]]["window"]["every_days"] = "90"
    if draw(st.booleans()):
        repeated = {"title": "R", "repeats": frame.occasions[0], "window": {**window, "anchor": "submitted"}}
        found["RETEST"] = repeated
    return found


def _form(code: str, variants: list[str], frame: Frame) -> Document:
    return {
        "title": f"Scheda {code}",
        "respondent": {"P": "participant", "O": "operator"}[code],
        "consent": "participant@0.1.0",
        "occasions": list(frame.occasions),
        "variants": {variant: {"title": variant, "minutes": "5"} for variant in variants},
        "no_value": {"NS": dict.fromkeys(variants, "Non so")},
    }


class _Writing:
    """One instrument while it is written; `known` are the items so far."""

    def __init__(self, draw: Draw, prefix: str, frame: Frame) -> None:
        self.draw, self.prefix, self.frame = draw, prefix, frame
        self.known: list[Sketch] = []

    def section(self, number: int) -> Document:
        """A section, asked once or for each of some records."""
        head: Document = {"id": f"S{number}", "title": f"Sezione {number}"}
        outside = list(self.known)
        if self.draw(st.integers(0, 3)) == 0:
            gate = self._sketch(f"{number}G", "R3")
            text = Sketch(f"{self.prefix}_{number}T", "TXT", gate.occasions, gate.forms, gate.lengths)
            self.known += [gate, text]
            items = [self._item(gate, ruled=False), self._item(text, ruled=self.draw(st.booleans()))]
            head["repeat"] = {"times": str(self.draw(st.integers(2, 3))), "gate": gate.id}
            if self.draw(st.booleans()):
                head["repeat"]["known_by"] = text.id
            items += [
                self._inside(gate, f"{number}R{place}") for place in range(self.draw(st.integers(0, 2)))
            ]
            self.known = outside  # From outside its items have other names.
        else:
            items = [self._new(f"{number}A{place}") for place in range(self.draw(st.integers(1, 4)))]
        return {**head, "items": items}

    def _sketch(self, name: str, declared: str) -> Sketch:
        lengths = frozenset(subset(self.draw, LENGTHS, 0))
        return Sketch(
            f"{self.prefix}_{name}",
            declared,
            frozenset(subset(self.draw, self.frame.occasions)),
            frozenset(subset(self.draw, self.frame.forms)),
            lengths,
        )

    def _new(self, name: str) -> Document:
        sketch = self._sketch(name, self.draw(st.sampled_from(sorted(FORMATS))))
        item = self._item(sketch, ruled=self.draw(st.booleans()))
        self.known.append(sketch)
        return item

    def _inside(self, gate: Sketch, name: str) -> Document:
        declared = self.draw(st.sampled_from(sorted(FORMATS)))
        sketch = Sketch(f"{self.prefix}_{name}", declared, gate.occasions, gate.forms, gate.lengths)
        item = self._item(sketch, ruled=self.draw(st.booleans()))
        self.known.append(sketch)
        return item

    def _item(self, sketch: Sketch, *, ruled: bool) -> Document:
        words = {
            form: dict.fromkeys(self.frame.forms[form], f"{sketch.id} e {{il lavoro}}?")
            for form in self.frame.forms
            if form in sketch.forms
        }
        item: Document = {
            "id": sketch.id,
            "criterion": sketch.id,
            "occasions": [code for code in self.frame.occasions if code in sketch.occasions],
            "format": {form: dict.fromkeys(found, sketch.format) for form, found in words.items()},
            "text": words,
        }
        if sketch.lengths:
            item["lengths"] = sorted(sketch.lengths)
        if sketch.format in ("R3", "N5") and self.draw(st.booleans()):
            item["reversed"] = "true"
        if ruled:
            item["show_if"] = self._rule(sketch, 2)
        return item

    def _rule(self, about: Sketch, depth: int) -> Document:
        operator = self.draw(st.sampled_from(["leaf", "leaf", "all", "any", "not"] if depth else ["leaf"]))
        if operator == "leaf":
            return self._leaf(about)
        if operator == "not":
            return {"not": self._rule(about, depth - 1)}
        return {operator: [self._rule(about, depth - 1) for _ in range(self.draw(st.integers(1, 3)))]}

    def _leaf(self, about: Sketch) -> Document:
        looked_at = [sketch for sketch in self.known if self._may_look(about, sketch)]
        earlier = [sketch for sketch in self.known if self._was_asked(about, sketch)]
        kinds = ["where"] + ["now"] * 3 * bool(looked_at) + ["known"] * bool(earlier)
        kind = self.draw(st.sampled_from(kinds))
        if kind == "where":
            field = self.draw(st.sampled_from(sorted(VALUES)))
            return {"where": {field: subset(self.draw, VALUES[field])}}
        if kind == "known":
            return {"known": self.draw(st.sampled_from(earlier)).id}
        return self._on_answer(self.draw(st.sampled_from(looked_at)))

    def _on_answer(self, sketch: Sketch) -> Document:
        if sketch.format in ("WHOLE", "HALF"):
            operator = self.draw(st.sampled_from(["at_least", "at_most", "answered"]))
            number = self.draw(st.sampled_from(["0", "3", "7.5", "20"]))
        else:
            operator = self.draw(
                st.sampled_from(["is", "answered"] if sketch.format in CODES else ["answered"])
            )
            number = [str(code) for code in subset(self.draw, CODES.get(sketch.format, [1]))]
        return {operator: sketch.id if operator == "answered" else {sketch.id: number}}

    def _before(self, code: str) -> set[str]:
        place = self.frame.occasions.index(code)
        return set(self.frame.occasions[: place + (self.frame.again and code == self.frame.occasions[-1])])

    def _may_look(self, about: Sketch, before: Sketch) -> bool:
        return (
            about.forms <= before.forms
            and about.lengths <= before.lengths
            and all(({code} | self._before(code)) & before.occasions for code in about.occasions)
            and before is not about
        )

    def _was_asked(self, about: Sketch, before: Sketch) -> bool:
        return any(self._before(code) & before.occasions for code in about.occasions)

    def scales(self) -> list[Document]:
        """One scale of some items with the same degrees."""
        items = [sketch for sketch in self.known if sketch.format == "R3"]
        forms = [form for form in self.frame.forms if any(form in sketch.forms for sketch in items)]
        if not items:
            return []
        scale: Document = {
            "id": f"{self.prefix}_S",
            "title": "S",
            "construct": "S",
            "kind": "reflective",
            "method": self.draw(st.sampled_from(["pomp_mean", "mean", "any_positive"])),
            "items": [sketch.id for sketch in items],
            "min_valid": dict.fromkeys(forms, "1"),
        }
        if starred := [sketch.id for sketch in items if "short" in sketch.lengths]:
            scale["short"] = {"items": starred, "min_valid": "1"}
        return [scale]

    def facts(self) -> list[Document]:
        """A count of the items with options."""
        items = [sketch.id for sketch in self.known if sketch.format in CODES]
        count = {"items": items, "codes": ["1", "2"]}
        return [{"id": f"{self.prefix}_C", "title": "C", "count": count}] if items else []

    def alerts(self) -> list[Document]:
        """An alert on the first item with degrees."""
        items = [sketch.id for sketch in self.known if sketch.format in ("R3", "N5")]
        rule = {"at_least": {items[0]: "2"}} if items else {}
        return [{"id": f"{self.prefix}_F", "kind": "flag", "title": "F", "rule": rule}] if items else []


@st.composite
def instruments(draw: Draw) -> Instrument:
    """A valid instrument, in some cases with a module, read from its written file."""
    frame = draw(frames())
    document, parts = draw(documents(frame)), {}
    if draw(st.booleans()):
        module = _as_module(draw(documents(frame, "modulo")))
        parts["modulo", "0.1.0"] = read_part(write_yaml(module).encode(), "modulo.yaml", module=True)
        where = {"where": {"ambito": draw(st.sampled_from(["Crema", "Cremona"]))}}
        document["include"] = [{"module": "modulo", "version": "0.1.0", "show_if": where}]
    try:
        return read_instrument(write_yaml(document).encode(), parts)
    except InvalidFileError as error:
        # The only fault that the sketch above lets through; any other fails the test.
        if all("mai vera" in problem.message for problem in error.problems):
            return draw(st.nothing())
        raise


def _as_module(document: Document) -> Document:
    """A document without what its instrument has already."""
    for number, section in enumerate(document["sections"]):
        section["id"] = f"M{number}"
    return {name: node for name, node in document.items() if name not in ("occasions", "forms", "words")}
