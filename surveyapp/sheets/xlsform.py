"""An instrument as an XLSForm, for ODK and KoBo: its first questions pick form, variant and occasion.

Each form and variant has its own questions and lists of choices. What an application knows by itself is
asked: the context, the occasion, what was answered before. Words of the context are calculations. What was
said of a record before is asked inside its repeat, so that a rule outside cannot see it where the context
leaves the whole repeat out.
"""

from collections.abc import Callable, Iterator, Mapping

from surveyapp.instruments.consents import ConsentText
from surveyapp.instruments.model import Form, Instrument
from surveyapp.instruments.rule import CONTEXT_VALUES, Rule
from surveyapp.sheets.labels import LENGTHS
from surveyapp.sheets.occasions import occasions_of
from surveyapp.sheets.words import field_label, value_label
from surveyapp.sheets.xlsform_form import FormRows
from surveyapp.sheets.xlsform_rows import Lists, Row, literal, sheets
from surveyapp.sheets.xlsform_view import used_lengths, word_name
from surveyapp.sheets.xpath import cases, equals, field_ref, ref, string, token

ELSEWHERE = ("other", "Un altro")
Consents = Mapping[str, Mapping[str, ConsentText]]


def xlsform(
    instrument: Instrument, consents: Consents, gaps: Mapping[str, str]
) -> dict[str, list[tuple[str, ...]]]:
    """The sheets `survey`, `choices` and `settings`, each with its header.

    `consents` has the text of each form and variant; `gaps` fill it, what nobody filled stays in braces.
    """
    lists = Lists()
    survey = [*_first(instrument, lists), *_context(instrument, lists), *_words(instrument)]
    for form in instrument.forms.values():
        for variant in form.variants:
            rows = FormRows(instrument, form.code, variant, lists)
            survey += rows.rows(consents[form.code][variant], gaps)
    settings = {
        "form_title": literal(instrument.title),
        "form_id": instrument.id,
        "version": instrument.version,
    }
    return sheets(survey, lists, settings)


def _first(instrument: Instrument, lists: Lists) -> Iterator[Row]:
    forms = instrument.forms.values()
    yield Row(
        "text", "code", "Codice", "Della persona, dell'inserimento o dell'ente. Senza nomi.", required="yes"
    )
    yield Row("date", "day", "Data")
    named = lists.use("forms", [(form.code, f"{form.title} ({form.code})") for form in forms])
    yield Row(f"select_one {named}", "form", "Scheda", required="yes")
    for form in forms:
        yield from _choice(form, "variant", [(code, one.title) for code, one in form.variants.items()], lists)
    yield _picked(instrument, "variant", lambda form: tuple(form.variants))
    for form in forms:
        asked = [(code, instrument.occasions[code].title) for code in occasions_of(instrument, form)]
        yield from _choice(form, "occasion", asked, lists)
    yield _picked(instrument, "occasion", lambda form: occasions_of(instrument, form))
    yield _asked_as(instrument)
    lengths = ["full", *used_lengths(instrument)]
    if len(lengths) > 1:
        named = lists.use("lengths", [(length, LENGTHS[length]) for length in lengths])
        yield Row(f"select_one {named}", "length", "Lunghezza", default="full")


def _choice(form: Form, field: str, choices: list[tuple[str, str]], lists: Lists) -> Iterator[Row]:
    """The question of one form for its variant or occasion; none where there is no choice."""
    if len(choices) > 1:
        name = f"{field}.{form.code}"
        relevant = equals(ref("form"), form.code)
        yield Row(
            f"select_one {lists.use(name, choices)}",
            name,
            field_label(field),
            required="yes",
            relevant=relevant,
        )


def _picked(instrument: Instrument, field: str, codes_of: Callable[[Form], tuple[str, ...]]) -> Row:
    """The variant or occasion, whichever form was picked."""
    picked = [
        (equals(ref("form"), form.code), _one(form, field, codes_of(form)))
        for form in instrument.forms.values()
    ]
    return Row("calculate", field, calculation=cases(picked, "''"))


def _one(form: Form, field: str, codes: tuple[str, ...]) -> str:
    return ref(f"{field}.{form.code}") if len(codes) > 1 else string(codes[0])


def _asked_as(instrument: Instrument) -> Row:
    """The occasion whose items are asked: a retest asks those of another one."""
    repeated = [
        (equals(ref("occasion"), code), string(found.asked_as))
        for code, found in instrument.occasions.items()
        if found.repeats
    ]
    return Row("calculate", "asked_as", calculation=cases(repeated, ref("occasion")))


def _context(instrument: Instrument, lists: Lists) -> Iterator[Row]:
    """The fields of the context that anything looks at."""
    for name, closed in CONTEXT_VALUES.items():
        if name in instrument.context_fields:
            values = [
                (token(value), literal(value_label(name, value)))
                for value in closed or _named(instrument, name)
            ]
            listed = lists.use(f"context.{name}", values if closed else [*values, ELSEWHERE])
            yield Row(f"select_one {listed}", name, field_label(name))


def _named(instrument: Instrument, field: str) -> list[str]:
    """The values of an open field that rules or words name."""
    rules: list[Rule] = [rule for item in instrument.items.values() if (rule := item.show_if)]
    leaves = [leaf for rule in rules for leaf in rule.leaves()]
    values = [value for leaf in leaves for name, among in leaf.among if name == field for value in among]
    values += [value for word in instrument.words.values() if word.by == field for value in word.texts]
    return list(dict.fromkeys(values))


def _words(instrument: Instrument) -> Iterator[Row]:
    for place, word in enumerate(instrument.words.values()):
        texts = [
            (equals(field_ref(word.by), token(value)), string(text)) for value, text in word.texts.items()
        ]
        yield Row("calculate", word_name(place), calculation=cases(texts, string(word.default)))
