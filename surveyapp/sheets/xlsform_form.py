"""The rows of one form and variant of an XLSForm: information, practice, earlier answers, sections."""

from collections.abc import Iterator, Mapping

from surveyapp.instruments.answers import Wording
from surveyapp.instruments.consents import ConsentText, filled
from surveyapp.instruments.model import Instrument, Item, Section
from surveyapp.instruments.path import Questionnaire
from surveyapp.sheets import xlsform_rows as rows
from surveyapp.sheets.choices import options, reasons
from surveyapp.sheets.xlsform_rows import Asked, Lists, Row, group, literal
from surveyapp.sheets.xlsform_view import BRACES, Place, View
from surveyapp.sheets.xpath import both, equals, ref

EARLIER = "Dalla volta scorsa"
EMPTY = "Vuoto se non c'è."
GAP = "……"


class FormRows:
    """Everything that one form and variant asks."""

    def __init__(self, instrument: Instrument, form: str, variant: str, lists: Lists) -> None:
        self.view = View(instrument, form, variant)
        self.form = instrument.forms[form]
        self.variant = self.form.variants[variant]
        self.lists = lists

    def rows(self, consent: ConsentText, gaps: Mapping[str, str]) -> list[Row]:
        """One group, asked when form and variant are these; its questions only after consent."""
        view = self.view
        here = both([equals(ref("form"), view.form), equals(ref("variant"), view.variant)])
        accepted = equals(ref(view.name("consent")), "accept")
        asked = [*self._glossary(), *self._practice(), *self._earlier(None), *self._sections()]
        inside = [*self._consent(consent, gaps), *group(view.name("questions"), "Domande", accepted, asked)]
        return group(view.name("form"), literal(f"{self.form.title}, {self.variant.title}"), here, inside)

    def _consent(self, consent: ConsentText, gaps: Mapping[str, str]) -> Iterator[Row]:
        view, written = self.view, [_written(line, gaps) for line in consent.information]
        yield Row("note", view.name("information"), "\n\n".join(written))
        said = {"accept": consent.accept, "refuse": consent.refuse, "talk": consent.talk}
        listed = self.lists.use(view.name("consent"), said.items())
        yield Row(f"select_one {listed}", view.name("consent"), "Che cosa scegli?", required="yes")
        if consent.optional:
            texts = [(code, _written(text, gaps)) for code, text in consent.optional.items()]
            listed = self.lists.use(view.name("optional"), texts)
            yield Row(f"select_multiple {listed}", view.name("optional"), "Se vuoi, accetta anche:")

    def _glossary(self) -> Iterator[Row]:
        glossary = self.view.instrument.glossary
        if glossary:
            told = "\n\n".join(f"{word}: {meaning}" for word, meaning in glossary.items())
            yield Row("note", self.view.name("glossary"), literal(f"Parole\n\n{told}"))

    def _practice(self) -> Iterator[Row]:
        for number, one in enumerate(self.form.practice.get(self.view.variant, ()), 1):
            asked = Asked(self.view.name(one.format.id, "practice"), one.format, options(one.format), ())
            name = self.view.name(f"practice{number}")
            yield rows.question(name, literal(one.text), "Per provare: non conta.", asked, self.lists)

    def _earlier(self, section: Section | None) -> Iterator[Row]:
        """The questions for earlier answers: of a repeating section inside it, all others at the start."""
        for name, occasions in self.view.earlier.items():
            place = self.view.places[name]
            if (place.section if place.section.repeat else None) is section:
                yield from self._earlier_rows(place.item, occasions)

    def _earlier_rows(self, item: Item, occasions: tuple[str, ...]) -> Iterator[Row]:
        view, before = self.view, self.view.name(item.id, "before")
        key = (view.form, view.variant) if view.asks(item) else next(iter(item.wordings))
        wording = item.wordings[key]
        label = f"{EARLIER} – {literal(BRACES.sub('…', wording.text))}"
        asked = self._asked(item, wording, *key)
        yield rows.question(before, label, EMPTY, asked, self.lists, **_when(view.at(occasions)))
        if view.asks(item):
            yield Row("calculate", view.name(item.id, "said"), calculation=view.said(view.places[item.id]))

    def _sections(self) -> Iterator[Row]:
        for section in self.view.instrument.sections:
            relevant = self.view.section_relevant(section)
            asked = [row for item in section.items for row in self._questions(Place(item, section))]
            if relevant is False or not asked:
                continue
            if section.repeat:
                asked = [*self._earlier(section), *asked]
            kind = "repeat" if section.repeat else "group"
            when = relevant if isinstance(relevant, str) else ""
            yield from group(self.view.name(section.id), literal(section.title), when, asked, kind)

    def _questions(self, place: Place) -> Iterator[Row]:
        view, item = self.view, place.item
        relevant = view.relevant(place) if view.asks(item) else False
        if relevant is False:
            return
        wording = item.wordings[view.form, view.variant]
        asked = self._asked(item, wording, view.form, view.variant)
        more = _when(relevant)
        yield rows.question(
            view.name(item.id),
            view.words(wording.text, place),
            " ".join(
                filter(None, (literal(wording.format.stem or ""), view.words(wording.hint or "", place)))
            ),
            asked,
            self.lists,
            **(more | self._at_most(place)),
        )
        why = rows.reason(view.name(item.id, "reason"), asked, self.lists, **more)
        yield from [why] if why else []

    def _at_most(self, place: Place) -> dict[str, str]:
        """The gate of a record says how many there may be."""
        repeat = place.section.repeat
        if repeat is None or place.item.id != repeat.gate:
            return {}
        return {
            "constraint": f"position(..) <= {repeat.times}",
            "constraint_message": f"Se ne possono descrivere al massimo {repeat.times}.",
        }

    def _asked(self, item: Item, wording: Wording, form: str, variant: str) -> Asked:
        instrument = self.view.instrument
        worded = Questionnaire(instrument, form, variant, next(iter(instrument.occasions)))
        named = f"{wording.format.id}.{form}.{variant}"
        return Asked(named, wording.format, options(wording.format), reasons(worded, item))


def _when(test: str | bool) -> dict[str, str]:
    """The column `relevant`; empty where it is always so."""
    return {"relevant": test} if isinstance(test, str) else {}


def _written(text: str, gaps: Mapping[str, str]) -> str:
    """A line of the information; dots where nobody filled a gap."""
    return literal(BRACES.sub(GAP, filled(text, gaps)))
