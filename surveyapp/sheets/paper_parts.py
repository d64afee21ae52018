"""The parts of a form on paper: numbers, rules in words, records, where to go on."""

from collections.abc import Iterator
from dataclasses import dataclass

from surveyapp.instruments.answers import ResponseFormat
from surveyapp.instruments.model import Item, Section
from surveyapp.instruments.path import Questionnaire
from surveyapp.instruments.rule import Rule, all_of
from surveyapp.instruments.rules import is_there
from surveyapp.sheets.folding import folded
from surveyapp.sheets.occasions import known_before
from surveyapp.sheets.question import Question, question
from surveyapp.sheets.words import Names, either, only_if, own_words

# The line that brings a record over from an earlier occasion, and what rules say of it.
EARLIER = "Dalla volta scorsa"
EARLIER_LINE = (f"la riga «{EARLIER}» è piena", f"la riga «{EARLIER}» è vuota")
# How many records of a repeating section are printed; who has more takes another sheet.
RECORDS = 3


@dataclass(frozen=True)
class Block:
    """Questions under one title. `record` counts the records of a repeating section from one.

    `rule` says who answers them, `prepared` is the line that who prepares the sheet fills in, `after` what to
    do at the end.
    """

    title: str
    questions: tuple[Question, ...]
    rule: str = ""
    record: int = 0
    prepared: str = ""
    after: str = ""


@dataclass(frozen=True)
class _Part:
    """The items of one section, or of one of its records, as they are asked here."""

    section: Section
    record: int
    items: tuple[Item, ...]


class Sheet:
    """One walk over a questionnaire: numbers first, then blocks that can name any number."""

    def __init__(self, asked: Questionnaire) -> None:
        self.asked = asked
        self.to_person = asked.instrument.forms[asked.form].respondent == "participant"
        self.parts = list(_parts(asked))
        ids = [item.id for part in self.parts for item in part.items]
        self.numbers = {item_id: number for number, item_id in enumerate(ids, 1)}
        own, known = own_words(asked.instrument), dict.fromkeys(self._prepared_items(), EARLIER_LINE)
        self.names = Names(self._at, self._format, own, self.to_person, known, self._listed)
        self._explained: set[str] = set()

    def blocks(self) -> Iterator[Block]:
        """Its parts in order, each record of a repeating section for itself."""
        for part in self.parts:
            rule = self._left(part.section.show_if)
            yield Block(
                title=part.section.title,
                questions=tuple(self._questions(part)),
                rule=self._whole_part(rule) if isinstance(rule, Rule) else "",
                record=part.record,
                prepared=self._prepared(part),
                after=self._after(part),
            )

    def _whole_part(self, rule: Rule) -> str:
        return only_if(rule, self.names).replace(" solo", " alle domande di questa parte solo", 1)

    def _questions(self, part: _Part) -> Iterator[Question]:
        stem: str | None = None
        for item in part.items:
            rule = self._own_rule(part, item)
            asked = question(self.asked, item, self.numbers)
            repeated = asked.stem == stem and self.asked.variant != "easy"
            stem = asked.stem
            yield asked.with_words(
                rule=only_if(rule, self.names) if isinstance(rule, Rule) else "",
                note=self._gate(part, item),
                terms=self._terms(asked),
                stem=None if repeated else stem,
            )

    def _own_rule(self, part: _Part, item: Item) -> Rule | bool:
        """The rule of the item itself, without that of its section; a gate is for a record not yet known."""
        declared = next(one for one in part.section.items if one.id == item.declared)
        names = {one.id: f"{one.id}.{part.record}" for one in part.section.items} if part.record else {}
        own = declared.show_if.about(names) if declared.show_if else None
        repeat = part.section.repeat
        if repeat and repeat.known_by and item.declared == repeat.gate:
            own = all_of(Rule("not", parts=(Rule("known", item=names[repeat.known_by]),)), own)
        return self._left(own)

    def _left(self, rule: Rule | None) -> Rule | bool:
        """What is left of a rule here: the context is known, and so is what was never asked before."""
        return folded(rule, self._decided)

    def _decided(self, rule: Rule) -> bool | None:
        if rule.operator == "where":
            return is_there(rule, self.asked.facts)
        item = self.asked.instrument.items.get(rule.item)
        return False if rule.operator == "known" and item and not self._known(item) else None

    def _known(self, item: Item) -> bool:
        return known_before(self.asked.instrument, item, self.asked.occasion)

    def _terms(self, asked: Question) -> tuple[tuple[str, str], ...]:
        """The words of the glossary that a question uses first."""
        glossary = self.asked.instrument.glossary
        found = [word for word in glossary if word not in self._explained and asked.says(word)]
        self._explained.update(found)
        return tuple((word, glossary[word]) for word in found)

    def _gate(self, part: _Part, item: Item) -> str:
        repeat = part.section.repeat
        if repeat is None or item.declared != repeat.gate:
            return ""
        declared = self.asked.wording(item).format
        no = either([f"«{option.label}»" for option in declared.options if option.code != 1])
        goes = f"vai alla domanda {self._next(part)}" if self._next(part) else "hai finito"
        said = f"Se la risposta è {no}, {goes}."
        return (
            said
            if self.to_person
            else said.replace("vai", "si va").replace("hai finito", "la scheda è finita")
        )

    def _next(self, part: _Part) -> int | None:
        """The first question after a section."""
        last = max(
            self.numbers[item.id] for one in self.parts if one.section is part.section for item in one.items
        )
        return last + 1 if last < len(self.numbers) else None

    def _prepared_items(self) -> Iterator[str]:
        """The texts that make a record known, where an earlier occasion may have asked them."""
        for part in self.parts:
            repeat = part.section.repeat
            name = f"{repeat.known_by}.{part.record}" if repeat and repeat.known_by else ""
            if name and self._known(self.asked.instrument.items[name]):
                yield name

    def _prepared(self, part: _Part) -> str:
        repeat = part.section.repeat
        name = f"{repeat.known_by}.{part.record}" if repeat else ""
        if name not in self.names.known:
            return ""
        text = self.asked.words(self.asked.wording(self.asked.instrument.items[name]).text)
        return f"{EARLIER} – {text}"

    def _after(self, part: _Part) -> str:
        repeat = part.section.repeat
        if repeat is None or part.record != min(RECORDS, repeat.times) or repeat.times <= RECORDS:
            return ""
        return f"Qui c'è posto per {RECORDS}. Se sono di più, si continua su un altro foglio uguale."

    def _at(self, item_id: str) -> str:
        if item_id in self.numbers:
            return f"alla domanda {self.numbers[item_id]}"
        item = self.asked.instrument.items[item_id]
        wording = item.wordings.get((self.asked.form, self.asked.variant)) or next(
            iter(item.wordings.values())
        )
        return f"alla domanda «{self.asked.words(wording.text)}» (non è in questo foglio)"

    def _listed(self, ids: list[str]) -> str:
        """Where the answers of several items stand: numbers in a row as "da 1 a 30"."""
        there = sorted(self.numbers[name] for name in ids if name in self.numbers)
        return f"alle domande {in_a_row(there)}"

    def _format(self, item_id: str) -> ResponseFormat | None:
        item = self.asked.instrument.items[item_id]
        wording = item.wordings.get((self.asked.form, self.asked.variant)) or next(
            iter(item.wordings.values())
        )
        return wording.format


def _parts(asked: Questionnaire) -> Iterator[_Part]:
    for section in asked.instrument.sections:
        records = range(1, min(RECORDS, section.repeat.times) + 1) if section.repeat else (0,)
        for record in records:
            ids = [f"{item.id}.{record}" if record else item.id for item in section.items]
            items = tuple(asked.asked_by_id[item_id] for item_id in ids if item_id in asked.asked_by_id)
            if items:
                yield _Part(section, record, items)


def in_a_row(numbers: list[int]) -> str:
    """Numbers in their order, those that follow each other as "da 1 a 30"."""
    return ", ".join(f"{a}" if a == b else f"da {a} a {b}" for a, b in _runs(numbers))


def _runs(numbers: list[int]) -> list[tuple[int, int]]:
    """First and last of numbers that follow each other."""
    runs: list[tuple[int, int]] = []
    for number in numbers:
        if runs and runs[-1][1] == number - 1:
            runs[-1] = (runs[-1][0], number)
        else:
            runs.append((number, number))
    return runs
