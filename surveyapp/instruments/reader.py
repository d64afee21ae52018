"""From an instrument file to frozen objects, or to every problem of the file at once."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType

from surveyapp.instruments import assembly, checks
from surveyapp.instruments.answers import OFFERED_REASONS, ResponseFormat
from surveyapp.instruments.fields import VERSION, Fields
from surveyapp.instruments.model import (
    Form,
    Include,
    Instrument,
    Occasion,
    Practice,
    Variant,
    Window,
    Word,
)
from surveyapp.instruments.places import Places, Subject
from surveyapp.instruments.read_formats import read_format
from surveyapp.instruments.read_items import by_two_names, format_of, read_section
from surveyapp.instruments.read_measures import (
    read_alerts,
    read_derived,
    read_gaps,
    read_indices,
    read_list,
    read_scales,
)
from surveyapp.instruments.read_rules import CONTEXT_FIELDS, read_rule
from surveyapp.instruments.source import InvalidFileError, Node, Problem, UnreadableError, digest, parse

ANCHORS = (
    "path_start",
    "path_end",
    "activity_start",
    "placement_start",
    "placement_end",
    "agreement_end",
    "accompaniment_start",
    "accompaniment_end",
    "submitted",
)
RESPONDENTS = ("participant", "operator", "host", "executing_body", "client_firm", "employment_office")
MANUAL = ("purpose", "who", "when", "how", "reading", "limits")
INSTRUMENT_ID = "[a-z][a-z0-9]{1,15}"
CONSENT = f"[a-z][a-z0-9_]*@{VERSION}"
MOST_PRACTICE = 2
MOST_MINUTES = 240


def read_instrument(
    data: bytes, modules: Mapping[tuple[str, str], assembly.Part] | None = None
) -> Instrument:
    """Read one instrument file and assemble it with its modules.

    Raises InvalidFileError with all problems: those of the YAML alone when it is unreadable, else those of
    the entries, else those of the assembly, else those of the whole (see checks.py).
    """
    part = read_part(data)
    instrument, problems = assembly.assemble(part, modules or {})
    problems = problems or [_located(part, found) for found in checks.all_of(instrument)]
    if problems:
        raise InvalidFileError(problems)
    return instrument


def read_part(data: bytes, file: str = "", *, module: bool = False) -> assembly.Part:
    """Read one file for itself: an instrument without its modules, or a module (named `file` in problems).

    Raises InvalidFileError with the problems of the YAML, else with those of the entries.
    """
    try:
        root, problems = parse(data)
    except UnreadableError as error:
        raise InvalidFileError([replace(found, file=file) for found in error.problems]) from None
    places = Places()
    with Fields(root, problems) as fields:
        instrument = _Reading(places).instrument(fields, root, module=module)
    if problems:
        raise InvalidFileError([replace(found, file=file) for found in problems])
    where = {subject: (file, line) for subject, line in places.lines.items()}
    return assembly.Part(instrument, where)


def _located(part: assembly.Part, found: tuple[Subject, str]) -> Problem:
    subject, text = found
    file, line = part.places[subject]
    return Problem(line, text, file)


@dataclass(frozen=True)
class _Reading:
    """One pass over one file."""

    places: Places

    def instrument(self, fields: Fields, root: Node, *, module: bool) -> Instrument:
        named, head = self.places.named, _head(fields)
        formats = named("format", fields.child("formats"), read_format)
        occasions = fields.optional_child("occasions") if module else fields.child("occasions")
        forms = fields.optional_child("forms") if module else fields.child("forms")
        return Instrument(
            **head,
            digest=digest(root),
            occasions=named("occasion", occasions, _occasion),
            formats=formats,
            forms=named("form", forms, lambda code, form: _form(code, form, formats)),
            sections=tuple(
                read_section(section, formats, self.places) for section in fields.children("sections")
            ),
            scales=read_scales(fields, self.places),
            indices=read_indices(fields, self.places),
            gaps=read_gaps(fields, self.places),
            derived=read_derived(fields, self.places),
            alerts=read_alerts(fields, self.places),
            words=named("word", fields.optional_child("words"), _word, codes=False),
            glossary=self._glossary(fields.optional_child("glossary")),
            manual=_manual(fields.optional_child("manual")),
            indicators=fields.words("indicators", ()),
            includes=() if module else read_list(fields, "include", self._include),
        )

    def _glossary(self, fields: Fields | None) -> Mapping[str, str]:
        if fields is None:
            return MappingProxyType({})
        with fields:
            for name in fields.names():
                self.places.lines["glossary", name] = fields.line_of(name)
            return MappingProxyType({name: fields.text(name) for name in fields.names()})

    def _include(self, fields: Fields) -> Include:
        module = fields.text("module")
        if ("include", module) in self.places.lines:
            fields.report(f"il modulo «{module}» è già incluso: si include una volta sola", "module")
        self.places.lines["include", module] = fields.line
        return Include(module, fields.version(), read_rule(fields.optional_child("show_if")))


def _head(fields: Fields) -> dict[str, str]:
    return {
        "id": fields.matching("id", INSTRUMENT_ID, "servono da 2 a 16 lettere minuscole o cifre"),
        "version": fields.version(),
        "title": fields.text("title"),
    }


def _occasion(code: str, fields: Fields) -> Occasion:
    title, repeats = fields.text("title"), fields.optional("repeats")
    with fields.child("window") as window:
        return Occasion(
            code,
            title,
            Window(
                anchor=window.one_of("anchor", ANCHORS),
                from_days=window.integer("from_days"),
                to_days=window.integer("to_days"),
                late_days=window.integer("late_days"),
                every_days=window.integer("every_days", 1, default=0),
            ),
            repeats,
        )


def _form(code: str, fields: Fields, formats: Mapping[str, ResponseFormat]) -> Form:
    return Form(
        code=code,
        title=fields.text("title"),
        respondent=fields.one_of("respondent", RESPONDENTS),
        consent=fields.matching(
            "consent", CONSENT, "serve un testo e la sua versione, come participant@0.1.0"
        ),
        occasions=fields.words("occasions"),
        variants=Places().named("variant", fields.child("variants"), _variant),
        no_value=_no_value(fields.child("no_value")),
        practice=_practice(fields.optional_child("practice"), formats),
    )


def _variant(code: str, fields: Fields) -> Variant:
    return Variant(code, fields.text("title"), fields.integer("minutes", 1, MOST_MINUTES))


def _no_value(fields: Fields) -> Mapping[tuple[str, str], str]:
    with fields:
        for reason in fields.names():
            if reason not in OFFERED_REASONS:
                fields.report(f"«{reason}» non è una ragione: {', '.join(OFFERED_REASONS)}", reason)
    return MappingProxyType(by_two_names(fields))


def _practice(
    fields: Fields | None, formats: Mapping[str, ResponseFormat]
) -> Mapping[str, tuple[Practice, ...]]:
    if fields is None:
        return MappingProxyType({})
    with fields:
        tried = {}
        for variant in fields.names():
            tried[variant] = read_list(fields, variant, lambda question: _question(question, formats))
            if len(tried[variant]) > MOST_PRACTICE:
                fields.report(f"le domande di prova sono al massimo {MOST_PRACTICE}", variant)
        return MappingProxyType(tried)


def _question(fields: Fields, formats: Mapping[str, ResponseFormat]) -> Practice:
    named = format_of(fields, "format", formats)
    return Practice(fields.text("text"), formats.get(named, ResponseFormat("", "")))


def _word(_name: str, fields: Fields) -> Word:
    by, default = fields.one_of("by", CONTEXT_FIELDS), fields.text("default")
    values = [name for name in fields.names() if name not in ("by", "default")]
    return Word(by, MappingProxyType({value: fields.text(value) for value in values}), default)


def _manual(fields: Fields | None) -> Mapping[str, str]:
    if fields is None:
        return MappingProxyType({})
    with fields:
        return MappingProxyType({name: fields.text(name) for name in MANUAL})
