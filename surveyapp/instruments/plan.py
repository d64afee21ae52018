"""The study plan: a versioned file that says which form is due for whom, when and in which version."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from surveyapp.instruments.answers import FULL, LENGTHS
from surveyapp.instruments.fields import Fields
from surveyapp.instruments.model import Instrument
from surveyapp.instruments.places import Places
from surveyapp.instruments.read_measures import read_list
from surveyapp.instruments.read_rules import read_rule
from surveyapp.instruments.rule import OWN_FIELDS, Rule
from surveyapp.instruments.source import InvalidFileError, Problem, UnreadableError, parse

SUBJECTS = ("path", "placement", "agreement", "accompaniment")
# Which version an open series keeps (rulings on versions): that of its first administration, or the newest.
VERSION_RULES = ("path", "series", "accompaniment", "in_force")
PLACEMENTS = ("reference", "others", "all")


@dataclass(frozen=True)
class Parameter:
    """A choice with its value, and the words of each value where these are a closed list."""

    code: str
    title: str
    value: str
    options: Mapping[str, str]

    @property
    def number(self) -> int:
        """The value as a number; raises ValueError for a value that is a word."""
        return int(self.value)


@dataclass(frozen=True)
class Retest:
    """An occasion that asks again, for a share (per cent) of the respondents named by a parameter."""

    occasion: str
    share: str


@dataclass(frozen=True)
class Entry:
    """One form that is due from somebody about each subject of a kind.

    `placements` says which placements of a person; `needs` is an item that must have been answered about the
    same path before; `length` is used where `full_if` does not hold (without it: always); `second_rater`
    names the parameter with the share (per cent) of second observers.
    """

    id: str
    instrument: str
    form: str
    subject: str
    occasions: tuple[str, ...]
    version: str
    placements: str = "all"
    show_if: Rule | None = None
    full_if: Rule | None = None
    length: str = FULL
    needs: str | None = None
    second_rater: str | None = None
    retest: Retest | None = None


@dataclass(frozen=True)
class Plan:
    """One version of the study plan."""

    id: str
    version: str
    title: str
    parameters: Mapping[str, Parameter]
    entries: tuple[Entry, ...]
    lines: Mapping[str, int]

    def number(self, code: str) -> int:
        """The value of a parameter that is a number; raises KeyError and ValueError."""
        return self.parameters[code].number


def read_plan(data: bytes) -> Plan:
    """Read a study plan; raises InvalidFileError with all its problems."""
    try:
        root, problems = parse(data)
    except UnreadableError as error:
        raise InvalidFileError(error.problems) from None
    places = Places()
    with Fields(root, problems) as fields:
        plan = Plan(
            id=fields.matching("id", "plan", "il piano si chiama plan"),
            version=fields.version(),
            title=fields.text("title"),
            parameters=places.named("parameter", fields.child("parameters"), _parameter),
            entries=read_list(fields, "entries", lambda entry: _entry(entry, places), required=True),
            lines={name: line for (kind, name), line in places.lines.items() if kind == "entry"},
        )
    problems += [
        Problem(plan.lines.get(entry.id, 1), text) for entry in plan.entries for text in _inside(plan, entry)
    ]
    if problems:
        raise InvalidFileError(problems)
    return plan


def problems_with(plan: Plan, instruments: Mapping[str, Instrument]) -> list[Problem]:
    """What the plan asks of the instruments (by id, the newest) and these do not have."""
    return [
        Problem(plan.lines[entry.id], f"{entry.id}: {text}")
        for entry in plan.entries
        for text in _asked(entry, instruments.get(entry.instrument))
    ]


def _parameter(code: str, fields: Fields) -> Parameter:
    options = fields.optional_child("options")
    parameter = Parameter(code, fields.text("title"), fields.text("value"), _options(options))
    if options and parameter.value not in parameter.options:
        known = ", ".join(parameter.options)
        fields.report(f"«{parameter.value}» non è fra le scelte: {known}", "value")
    elif not options and not parameter.value.isdecimal():
        fields.report("un parametro senza «options» è un numero intero", "value")
    return parameter


def _options(fields: Fields | None) -> Mapping[str, str]:
    if fields is None:
        return MappingProxyType({})
    with fields:
        return MappingProxyType({name: fields.text(name) for name in fields.codes()})


def _entry(fields: Fields, places: Places) -> Entry:
    return Entry(
        id=places.id("entry", fields),
        instrument=fields.text("instrument"),
        form=fields.text("form"),
        subject=fields.one_of("subject", SUBJECTS),
        occasions=fields.words("occasions"),
        version=fields.one_of("version", VERSION_RULES),
        placements=fields.one_of("placements", PLACEMENTS, "all"),
        show_if=read_rule(fields.optional_child("show_if")),
        full_if=read_rule(fields.optional_child("full_if")),
        length=fields.one_of("length", (FULL, *LENGTHS), FULL),
        needs=fields.optional("needs"),
        second_rater=fields.optional("second_rater"),
        retest=_retest(fields.optional_child("retest")),
    )


def _retest(fields: Fields | None) -> Retest | None:
    if fields is None:
        return None
    with fields:
        return Retest(fields.text("occasion"), fields.text("share"))


def _inside(plan: Plan, entry: Entry) -> list[str]:
    """What an entry names and the plan does not have."""
    shares = [entry.second_rater, entry.retest.share if entry.retest else None]
    found = [
        f"{entry.id}: «{share}» non è fra i parametri"
        for share in shares
        if share and share not in plan.parameters
    ]
    found += [
        f"{entry.id}: le regole del piano guardano solo territorio e inserimento («where»)"
        for rule in (entry.show_if, entry.full_if)
        if rule and (rule.items() or rule.fields() & set(OWN_FIELDS))
    ]
    if entry.placements != "all" and entry.subject != "placement":
        found.append(f"{entry.id}: «placements» vale quando «subject» è placement")
    return found


def _asked(entry: Entry, instrument: Instrument | None) -> list[str]:
    if instrument is None:
        return [f"lo strumento «{entry.instrument}» non esiste"]
    form = instrument.forms.get(entry.form)
    if form is None:
        return [f"{entry.instrument} non ha la scheda «{entry.form}»"]
    asked = {*entry.occasions, *([entry.retest.occasion] if entry.retest else [])}
    found = [
        f"la scheda {entry.form} di {entry.instrument} non ha la rilevazione «{code}»"
        for code in sorted(asked)
        if code not in instrument.occasions or instrument.occasions[code].asked_as not in form.occasions
    ]
    if entry.needs and entry.needs not in instrument.items:
        found.append(f"«needs» nomina «{entry.needs}», che {entry.instrument} non ha")
    return found
