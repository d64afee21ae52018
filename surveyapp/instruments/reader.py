"""From an instrument file to frozen objects, or to every problem of the file at once."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import TypeVar

from surveyapp.instruments import checks
from surveyapp.instruments.fields import CODE, CODE_IN_WORDS, VERSION, Fields, as_integer
from surveyapp.instruments.model import (
    METHODS,
    OFFERED_REASONS,
    Form,
    Instrument,
    Item,
    Occasion,
    Option,
    ResponseFormat,
    Rule,
    Scale,
    Section,
    ShortForm,
    Variant,
    Window,
    Wording,
)
from surveyapp.instruments.rules import OPERATORS
from surveyapp.instruments.source import InvalidFileError, Problem, UnreadableError, digest, parse

T = TypeVar("T")

ANCHORS = ("path_start", "path_end")
RESPONDENTS = ("participant", "operator", "host", "executing_body", "client_firm", "employment_office")
KINDS_OF_FORMAT = ("choice", "steps", "text")
PICTURES = ("amount",)
LONGEST_TEXT = 20000
PICTURES = ("amount",)
KINDS_OF_SCALE = ("reflective", "formative", "derived")


def read_instrument(data: bytes) -> Instrument:
    """Read one instrument file.

    Raises InvalidFileError with all problems: those of the YAML alone when it is unreadable, else those of
    the entries, else those of the whole (see checks.py).
    """
    try:
        root, problems = parse(data)
    except UnreadableError as error:
        raise InvalidFileError(error.problems) from None
    reading = _Reading(problems)
    with Fields(root, problems) as fields:
        instrument = reading.instrument(fields, digest(root))
    if not problems:
        problems += [Problem(reading.lines[subject], text) for subject, text in checks.all_of(instrument)]
    if problems:
        raise InvalidFileError(problems)
    return instrument


@dataclass(frozen=True)
class _Defaults:
    """What a section says once for all its items."""

    occasions: tuple[str, ...]
    formats: Mapping[tuple[str, str], str]
    source: str


class _Reading:
    """One pass over one file: remembers declared formats and the line of each subject for the checks."""

    def __init__(self, problems: list[Problem]) -> None:
        self.problems = problems
        self.lines: dict[checks.Subject, int] = {}
        self.formats: Mapping[str, ResponseFormat] = {}

    def instrument(self, fields: Fields, file_digest: str) -> Instrument:
        self.formats = self._named("format", fields.child("formats"), self._format)
        return Instrument(
            id=fields.matching("id", "[a-z][a-z0-9]{1,15}", "servono da 2 a 16 lettere minuscole o cifre"),
            version=fields.version(),
            title=fields.text("title"),
            digest=file_digest,
            occasions=self._named("occasion", fields.child("occasions"), self._occasion),
            formats=self.formats,
            forms=self._named("form", fields.child("forms"), self._form),
            sections=tuple(self._section(section) for section in fields.children("sections")),
            scales=tuple(self._scale(scale) for scale in fields.children("scales")),
        )

    def _named(self, kind: str, fields: Fields, read: Callable[[str, Fields], T]) -> Mapping[str, T]:
        with fields:
            entries = {}
            for name in fields.codes():
                self.lines[kind, name] = fields.line_of(name)
                with fields.child(name) as child:
                    entries[name] = read(name, child)
            return MappingProxyType(entries)

    def _id(self, kind: str, fields: Fields) -> str:
        """An id that no other section, item or scale has."""
        written = fields.matching("id", CODE, CODE_IN_WORDS)
        if (kind, written) in self.lines:
            fields.report(f"l'id «{written}» è già usato alla riga {self.lines[kind, written]}", "id")
        elif written:
            self.lines[kind, written] = fields.line_of("id")
        return written

    def _occasion(self, code: str, fields: Fields) -> Occasion:
        title = fields.text("title")
        with fields.child("window") as window:
            return Occasion(
                code,
                title,
                Window(
                    anchor=window.one_of("anchor", ANCHORS),
                    from_days=window.integer("from_days"),
                    to_days=window.integer("to_days"),
                    late_days=window.integer("late_days"),
                ),
            )

    def _format(self, format_id: str, fields: Fields) -> ResponseFormat:
        kind = fields.one_of("kind", KINDS_OF_FORMAT)
        if not kind:
            fields.names()  # Which other entries are right depends on the kind: one problem is enough.
        no_value = fields.words("no_value", ())
        for reason in no_value:
            if reason not in OFFERED_REASONS or no_value.count(reason) > 1:
                fields.report(f"«no_value» elenca, una volta sola: {', '.join(OFFERED_REASONS)}", "no_value")
        options = self._options(fields.child("options")) if kind in ("choice", "steps") else ()
        pictures = fields.one_of("pictures", PICTURES, "") or None
        if pictures and len(options) != 3:
            fields.report("i disegni «amount» (vuoto, mezzo, pieno) sono per tre opzioni", "pictures")
        return ResponseFormat(
            id=format_id,
            kind=kind,
            options=options,
            no_value=no_value,
            labels=self._labels(fields.optional_child("labels"), no_value),
            stem=fields.optional("stem"),
            pictures=pictures,
            max_length=fields.integer("max_length", 1, LONGEST_TEXT) if kind == "text" else 0,
        )

    def _options(self, fields: Fields) -> tuple[Option, ...]:
        labels: dict[int, str] = {}
        with fields:
            for code in fields.names():
                label, number = fields.text(code), as_integer(code)
                if number is None:
                    fields.report(f"il codice di un'opzione è un numero intero, non «{code}»", code)
                elif number in labels:
                    fields.report(f"il codice {number} è di due opzioni: ogni opzione ha il suo", code)
                else:
                    labels[number] = label
            if len(labels) < 2:
                fields.report("servono almeno due opzioni, come «1: No»")
        return tuple(Option(code, label) for code, label in labels.items())

    def _labels(self, fields: Fields | None, no_value: tuple[str, ...]) -> Mapping[str, str]:
        if fields is None:
            return MappingProxyType({})
        with fields:
            for reason in fields.names():
                if reason not in no_value:
                    fields.report(f"«{reason}» non è fra le ragioni di «no_value» di questo formato", reason)
            return MappingProxyType({reason: fields.text(reason) for reason in fields.names()})

    def _form(self, code: str, fields: Fields) -> Form:
        return Form(
            code=code,
            title=fields.text("title"),
            respondent=fields.one_of("respondent", RESPONDENTS),
            consent=fields.matching(
                "consent",
                f"[a-z][a-z0-9_]*@{VERSION}",
                "serve un testo e la sua versione, come participant@0.1.0",
            ),
            occasions=fields.words("occasions"),
            variants=self._named("variant", fields.child("variants"), self._variant),
            no_value=self._no_value(fields.child("no_value")),
        )

    def _variant(self, code: str, fields: Fields) -> Variant:
        return Variant(code, fields.text("title"), fields.integer("minutes", 1, 240))

    def _no_value(self, fields: Fields) -> Mapping[tuple[str, str], str]:
        with fields:
            for reason in fields.names():
                if reason not in OFFERED_REASONS:
                    fields.report(f"«{reason}» non è una ragione: {', '.join(OFFERED_REASONS)}", reason)
        return MappingProxyType(_by_two_names(fields))

    def _section(self, fields: Fields) -> Section:
        with fields:
            defaults = _Defaults(
                fields.words("occasions", ()),
                self._formats(fields.optional_child("format")),
                fields.text("source", "proposta"),
            )
            return Section(
                id=self._id("section", fields),
                title=fields.text("title"),
                items=tuple(self._item(item, defaults) for item in fields.children("items")),
            )

    def _item(self, fields: Fields, defaults: _Defaults) -> Item:
        with fields:
            return Item(
                id=self._id("item", fields),
                criterion=fields.text("criterion"),
                source=fields.text("source", defaults.source),
                occasions=fields.words("occasions", defaults.occasions),
                wordings=self._wordings(fields, defaults.formats),
                core=fields.flag("core"),
                reversed=fields.flag("reversed"),
                show_if=self._rule(fields),
                carries=fields.optional("carries"),
            )

    def _wordings(
        self, fields: Fields, defaults: Mapping[tuple[str, str], str]
    ) -> Mapping[tuple[str, str], Wording]:
        texts = _by_two_names(fields.child("text"))
        hints = _by_two_names(fields.optional_child("hint"))
        own = self._formats(fields.optional_child("format"))
        formats = {**defaults, **own}
        for key, written in (("hint", hints), ("format", own)):
            for form, variant in written.keys() - texts.keys():
                fields.report(f"scheda {form}, versione {variant}: qui c'è «{key}» ma non «text»", key)
        wordings = {}
        for (form, variant), text in texts.items():
            declared = self.formats.get(formats.get((form, variant), ""))
            if declared:
                wordings[form, variant] = Wording(text, declared, hints.get((form, variant)))
            elif (form, variant) not in formats:
                fields.report(
                    f"scheda {form}, versione {variant}: manca «format», qui o all'inizio della sezione",
                    "text",
                )
        return MappingProxyType(wordings)

    def _formats(self, fields: Fields | None) -> dict[tuple[str, str], str]:
        return _by_two_names(fields, self.formats)

    def _rule(self, fields: Fields) -> Rule | None:
        rule = fields.optional_child("show_if")
        if rule is None:
            return None
        with rule:
            operators = rule.names()
            for operator in operators:
                if operator not in OPERATORS:
                    rule.report(f"«{operator}» non è un operatore: {', '.join(OPERATORS)}", operator)
            if len(operators) != 1:
                rule.report("una regola ha un operatore solo, come «answered: AUT_OB1»")
                return None
            return Rule(operators[0], rule.text(operators[0]))

    def _scale(self, fields: Fields) -> Scale:
        with fields:
            return Scale(
                id=self._id("scale", fields),
                title=fields.text("title"),
                construct=fields.text("construct"),
                kind=fields.one_of("kind", KINDS_OF_SCALE),
                method=fields.one_of("method", METHODS),
                items=fields.words("items"),
                min_valid=self._counts(fields.child("min_valid")),
                short=self._short(fields),
            )

    def _counts(self, fields: Fields) -> Mapping[str, int]:
        with fields:
            return MappingProxyType({form: fields.integer(form) for form in fields.names()})

    def _short(self, fields: Fields) -> ShortForm | None:
        short = fields.optional_child("short")
        if short is None:
            return None
        with short:
            return ShortForm(short.words("items"), short.integer("min_valid"))


def _by_two_names(fields: Fields | None, allowed: Iterable[str] = ()) -> dict[tuple[str, str], str]:
    """Texts under two names: form and variant, or reason and variant."""
    texts: dict[tuple[str, str], str] = {}
    if fields is None:
        return texts
    with fields:
        for outer in fields.names():
            with fields.child(outer) as child:
                for inner in child.names():
                    texts[outer, inner] = child.one_of(inner, allowed) if allowed else child.text(inner)
    return texts
