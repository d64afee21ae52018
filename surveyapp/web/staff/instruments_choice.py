"""Which form is looked at, in which context: read from the address, with the nearest where it is wrong."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from surveyapp.instruments.answers import FULL, LENGTHS
from surveyapp.instruments.model import Form, Instrument
from surveyapp.instruments.path import ANYWHERE, Questionnaire
from surveyapp.instruments.rule import Context, Rule
from surveyapp.study.territory import AMBITI, PROVINCES, WHOLE_PROVINCES
from surveyapp.web.languages import around, italian, later
from surveyapp.web.languages import gettext as _
from surveyapp.web.staff import instruments_words
from surveyapp.web.staff.instruments_labels import FIELDS, VALUES
from surveyapp.web.staff.instruments_words import answered_by
from surveyapp.web.staff.places import place_words

NOT_SAID: dict[str, str] = {"": later("non indicato")}
# The fields of the context, apart from the territory, by their name in the address.
FIELDS_ASKED: Mapping[str, str] = {
    "inserimento": "placement_type",
    "pagato": "paid",
    "ospite": "host_type",
    "esecutore": "executing_host",
}
OF_THE_INSTRUMENT = ("variante", "rilevazione")
WITHOUT_CONTEXT = ("scheda", "variante", "rilevazione", "lunghezza")
# Every territory by what stands in the address: "Bergamo/", "Cremona/Cremona".
TERRITORIES: Mapping[str, tuple[str, str]] = {
    f"{province}/{ambito}": (province, ambito)
    for province in sorted(PROVINCES.values())
    for ambito in ("", *(() if province in WHOLE_PROVINCES else AMBITI.get(province, ())))
}
WRONG_CONTEXT = later("«{label}»: quello che chiede l'indirizzo non c'è; sotto vale «{chosen}».")


@dataclass(frozen=True)
class Picker:
    """A list to pick from: its name in the address, its label, the words of each value, the one picked.

    `note` says that the address asked for something that is not in the list.
    """

    name: str
    label: str
    options: Mapping[str, str]
    picked: str
    note: str = ""

    @property
    def is_italian(self) -> bool:
        """Whether the words of the values are those of the instrument."""
        return self.name in OF_THE_INSTRUMENT


@dataclass(frozen=True)
class Picked:
    """The questionnaire to show, and the lists it was picked from."""

    questionnaire: Questionnaire
    pickers: tuple[Picker, ...]

    @property
    def form(self) -> Form:
        """The form that is looked at."""
        return self.questionnaire.instrument.forms[self.questionnaire.form]

    @property
    def context_matters(self) -> bool:
        """Whether anything hangs on territory and placement."""
        return any(picker.name not in WITHOUT_CONTEXT for picker in self.pickers)

    @property
    def notes(self) -> list[str]:
        """What the address asked for and there is not."""
        return [picker.note for picker in self.pickers if picker.note]


def picked(instrument: Instrument, asked: Mapping[str, str]) -> Picked:
    """What the address asks for, each part on its own; the instrument has at least one form."""
    form_picker = _picker(
        asked,
        "scheda",
        _("Scheda"),
        _forms(instrument),
        "",
        _("Questa scheda non c'è: sotto è la {chosen}."),
    )
    form = instrument.forms[form_picker.picked]
    around = _around(instrument, form, asked)
    context = _context(around)
    within = _within(instrument, form, context, asked)
    variant, occasion, length = (picker.picked for picker in within)
    questionnaire = Questionnaire(instrument, form.code, variant, occasion, context, length)
    return Picked(questionnaire, (form_picker, *within, *around))


def _picker(
    asked: Mapping[str, str], name: str, label: str, options: Mapping[str, str], default: str, wrong: str
) -> Picker:
    usual = default if default in options else next(iter(options))
    wanted = asked.get(name, usual)
    if wanted in options:
        return Picker(name, label, options, wanted)
    chosen = italian(options[usual]) if name in OF_THE_INSTRUMENT else options[usual]
    return Picker(name, label, options, usual, around(wrong, label=label, chosen=chosen))


def _forms(instrument: Instrument) -> Mapping[str, str]:
    return {code: f"{code}, {answered_by(form)}" for code, form in instrument.forms.items()}


def _within(
    instrument: Instrument, form: Form, context: Context, asked: Mapping[str, str]
) -> tuple[Picker, ...]:
    """Variant, occasion and length of a form."""
    variants = {one.code: one.title for one in form.variants.values()}
    occasions = _occasions(instrument, form)
    first = _first_occasion(instrument, form, context)
    return (
        _picker(
            asked,
            "variante",
            _("Versione"),
            variants,
            "",
            _("La scheda %(form)s non ha questa versione: sotto è la {chosen}.", form=form.code),
        ),
        _picker(
            asked,
            "rilevazione",
            _("Rilevazione"),
            occasions,
            first,
            _("La scheda %(form)s non si compila a questa rilevazione: sotto è «{chosen}».", form=form.code),
        ),
        _picker(
            asked,
            "lunghezza",
            _("Lunghezza"),
            _lengths(instrument, form),
            FULL,
            _("La scheda %(form)s non ha questa lunghezza: sotto è {chosen}.", form=form.code),
        ),
    )


def _occasions(instrument: Instrument, form: Form) -> Mapping[str, str]:
    """The occasions of a form, the retests of its occasions too."""
    return {code: one.title for code, one in instrument.occasions.items() if one.asked_as in form.occasions}


def _lengths(instrument: Instrument, form: Form) -> Mapping[str, str]:
    here = [item for item in instrument.items.values() if any(code == form.code for code, _ in item.wordings)]
    shorter = [length for length in LENGTHS if any(length in item.lengths for item in here)]
    return {length: instruments_words.LENGTHS[length] for length in (FULL, *shorter)}


def _around(instrument: Instrument, form: Form, asked: Mapping[str, str]) -> tuple[Picker, ...]:
    """The fields of the context that this instrument looks at."""
    usual = _usual_context(instrument, form)
    fields = [
        _picker(
            asked, name, FIELDS[field], NOT_SAID | dict(VALUES[field]), getattr(usual, field), WRONG_CONTEXT
        )
        for name, field in FIELDS_ASKED.items()
        if field in instrument.context_fields
    ]
    if not instrument.context_fields & {"province", "ambito"}:
        return tuple(fields)
    here = next((name for name, where in TERRITORIES.items() if where[1] == usual.ambito != ""), "")
    words = NOT_SAID | {name: place_words(*where) for name, where in TERRITORIES.items()}
    return (_picker(asked, "territorio", _("Territorio"), words, here, WRONG_CONTEXT), *fields)


def _context(around: tuple[Picker, ...]) -> Context:
    found = {picker.name: picker.picked for picker in around}
    province, ambito = TERRITORIES.get(found.pop("territorio", ""), ("", ""))
    fields = {FIELDS_ASKED[name]: value for name, value in found.items()}
    return Context(province=province, ambito=ambito, **fields)


def _usual_context(instrument: Instrument, form: Form) -> Context:
    """Where the form has questions: anywhere, else where one of the modules is asked."""
    contexts = [ANYWHERE, *(_where(include.show_if) for include in instrument.includes)]
    return next((one for one in contexts if _first_occasion(instrument, form, one)), ANYWHERE)


def _where(rule: Rule | None) -> Context:
    """A context of which the rule of a module speaks."""
    leaves = rule.leaves() if rule else ()
    return replace(ANYWHERE, **{name: values[0] for leaf in leaves for name, values in leaf.among})


def _first_occasion(instrument: Instrument, form: Form, context: Context) -> str:
    """The first occasion at which the form asks something; "" when there is none."""
    for code in _occasions(instrument, form):
        if Questionnaire(instrument, form.code, form.default_variant, code, context).asked:
            return code
    return ""
