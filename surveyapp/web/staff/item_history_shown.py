"""The chain of an item ready for its page: wordings with what changed, judgements, numbers, in words."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from babel.numbers import format_decimal, format_percent

from surveyapp.focus_groups import ratings
from surveyapp.focus_groups.decisions import Evidence
from surveyapp.focus_groups.ledger import Chain, Decided, Measured, Rated, Understood, spans
from surveyapp.instruments.model import Instrument
from surveyapp.storage.statistic_tables import VALUE_FROM
from surveyapp.web.languages import dates, later
from surveyapp.web.languages import gettext as _
from surveyapp.web.staff import grounds, shown
from surveyapp.web.staff.decision_words import OUTCOMES
from surveyapp.web.staff.focus_words import AUDIENCES
from surveyapp.web.staff.instruments_differences import Piece, words_apart
from surveyapp.web.staff.instruments_known import OTHER_YEAR
from surveyapp.web.staff.instruments_words import LENGTHS
from surveyapp.web.staff.rating_choices import KINDS
from surveyapp.web.staff.rating_results import GRADES, VERDICTS
from surveyapp.web.wordings import in_words

# The columns of the numbers, in order: what each is called.
STATISTICS: Mapping[str, str] = {
    "missing": later("Senza risposta"),
    "not_known": later("«Non so»"),
    "floor": later("Valore più basso"),
    "ceiling": later("Valore più alto"),
    "item_rest": later("r con la scala"),
    "alpha_if_dropped": later("Alfa senza la domanda"),
}
CHANGE = "scale_change"
COUNTS = ("missing", "not_known")
SHARES = ("floor", "ceiling")
# A number of one scale, where the question counts in several.
OF_SCALE = later("%(scale)s: %(number)s")


@dataclass(frozen=True)
class Wording:
    """A wording with the versions that have it; what changed since the words before."""

    form: str
    variant: str
    versions: str
    pieces: tuple[Piece, ...]


@dataclass(frozen=True)
class Judged:
    """What one audience gave to one thing; `wording` is empty for the criterion."""

    one: Rated
    audience: str
    what: str
    wording: str
    value: str
    kappa: str
    words: str
    mark: str
    divergent: bool


@dataclass(frozen=True)
class Read:
    """What readers understood of one wording in one meeting."""

    one: Understood
    wording: str


@dataclass(frozen=True)
class Taken:
    """A decision, with links to what it rests on."""

    one: Decided
    words: str
    mark: str
    on: str
    evidence: tuple[grounds.Ground, ...]


@dataclass(frozen=True)
class Numbers:
    """The numbers of the same answers: one cell a column; a change has one."""

    where: str
    occasion: str
    cells: tuple[str, ...]


def wordings(chain: Chain, versions: Mapping[str, Instrument]) -> list[Wording]:
    """The words through the versions, each once, in the context in which they mostly are."""
    found = []
    for one in spans(chain.wordings):
        of = versions[one.last]
        now, before = in_words(of, one.text), in_words(of, one.before)
        pieces = words_apart(before, now) if before else [Piece("", now)]
        form, variant = _titles(versions.values(), one.form, one.variant)
        found.append(Wording(form, variant, _from_to(one.first, one.last), tuple(pieces)))
    return found


def judged(chain: Chain, versions: Mapping[str, Instrument]) -> list[Judged]:
    """The judgements; two audiences a quarter apart on the same thing are told."""
    apart: dict[tuple[object, ...], dict[str, ratings.ContentValidity]] = {}
    for one in chain.rated:
        apart.setdefault(_thing(one), {})[one.audience] = one.validity
    return [_judged(one, versions, ratings.divergent(apart[_thing(one)])) for one in chain.rated]


def read(chain: Chain, versions: Mapping[str, Instrument]) -> list[Read]:
    """The tests of readers."""
    return [Read(one, _wording(versions, one.version, one.form, one.variant)) for one in chain.understood]


def taken(found: Iterable[Decided], told: Mapping[Evidence, grounds.Ground]) -> list[Taken]:
    """The decisions."""
    return [
        Taken(
            one,
            *OUTCOMES[one.outcome],
            on=shown.day(one.on, OTHER_YEAR) if one.on else "",
            evidence=tuple(told[ground.kind, ground.reference] for ground in one.evidence),
        )
        for one in found
    ]


def measured(chain: Chain, versions: Mapping[str, Instrument]) -> list[Numbers]:
    """What the answers say, one line a version, form, variant, length and occasion."""
    return _numbers(chain, versions, tuple(STATISTICS))


def changed(chain: Chain, versions: Mapping[str, Instrument]) -> list[Numbers]:
    """The change of the scales that the question counts in."""
    return _numbers(chain, versions, (CHANGE,))


def decimal(number: float | None, digits: str = "0.00") -> str:
    """A number as it is written here; a dash where there is none."""
    return "–" if number is None else str(format_decimal(number, digits, locale=dates()))


def _titles(versions: Iterable[Instrument], form: str, variant: str) -> tuple[str, str]:
    """The newest titles of a form and a variant; the codes where no version has them."""
    forms = [one.forms[form] for one in versions if form in one.forms]
    variants = [one.variants[variant] for one in forms if variant in one.variants]
    title = f"{form}: {forms[-1].title}" if forms else form
    return title, variants[-1].title if variants else variant


def _from_to(first: str, last: str) -> str:
    if first == last:
        return first
    return _("da %(first)s a %(last)s", first=first, last=last)


def _wording(versions: Mapping[str, Instrument], version: str, form: str, variant: str) -> str:
    return ", ".join((*_titles(versions.values(), form, variant), version)) if form else ""


def _thing(one: Rated) -> tuple[object, ...]:
    return (one.round_id, one.scale, one.version, one.form, one.variant)


def _judged(one: Rated, versions: Mapping[str, Instrument], divergent: bool) -> Judged:
    words, mark = VERDICTS[one.validity.accepted]
    grade = f" ({GRADES[one.validity.grade]})" if one.validity.grade else ""
    return Judged(
        one=one,
        audience=AUDIENCES[one.audience],
        what=KINDS[one.scale],
        wording=_wording(versions, one.version, one.form, one.variant),
        value=decimal(one.validity.value, "0.00#"),
        kappa=f"{decimal(one.validity.kappa)}{grade}",
        words=words,
        mark=mark,
        divergent=divergent,
    )


def _numbers(chain: Chain, versions: Mapping[str, Instrument], columns: Sequence[str]) -> list[Numbers]:
    lines: dict[tuple[str, ...], list[Measured]] = {}
    for one in chain.measured:
        if one.statistic in columns:
            key = (one.version, one.form, one.variant, one.length, one.occasion)
            lines.setdefault(key, []).append(one)
    return [
        Numbers(
            where=_where(versions, *key[:4]),
            occasion=_occasion(versions, key[4]),
            cells=tuple(_cell([one for one in found if one.statistic == name]) for name in columns),
        )
        for key, found in lines.items()
    ]


def _where(versions: Mapping[str, Instrument], version: str, form: str, variant: str, length: str) -> str:
    whole = _wording(versions, version, form, variant)
    return f"{whole}, {LENGTHS[length]}" if length else whole


def _occasion(versions: Mapping[str, Instrument], code: str) -> str:
    titles = {one.code: one.title for found in versions.values() for one in found.occasions.values()}
    return " → ".join(titles.get(part, part) for part in code.split("-"))


def _cell(found: Sequence[Measured]) -> str:
    """The number; with its scale where there are several."""
    if len(found) < 2:
        return "".join(_number(one) for one in found)
    return "; ".join(str(OF_SCALE) % {"scale": one.scale, "number": _number(one)} for one in found)


def _number(one: Measured) -> str:
    n = _("n = %(n)s", n=one.n)
    if one.value is None:
        return _("meno di %(least)s (%(n)s)", least=VALUE_FROM, n=n) if one.n < VALUE_FROM else f"– ({n})"
    return WRITTEN.get(one.statistic, _plain)(one.value, one.n)


def _plain(value: float, n: int) -> str:
    return f"{decimal(value)} ({_('n = %(n)s', n=n)})"


def _count(value: float, n: int) -> str:
    return _("%(part)s su %(whole)s", part=round(value), whole=n)


def _share(value: float, n: int) -> str:
    return f"{format_percent(value / n, locale=dates())} ({_count(value, n)})"


def _signed(value: float, n: int) -> str:
    return f"{decimal(value, '+0.00;−0.00')} ({_('n = %(n)s', n=n)})"


WRITTEN: Mapping[str, Callable[[float, int], str]] = {
    **dict.fromkeys(COUNTS, _count),
    **dict.fromkeys(SHARES, _share),
    CHANGE: _signed,
}


def sections(chain: Chain) -> Iterator[tuple[str, str, int]]:
    """The parts of the page: anchor, heading, how much there is."""
    yield "parole", _("Le parole"), len(spans(chain.wordings))
    yield "estratti", _("Che cosa si è detto"), len(chain.said)
    yield "giudizi", _("I giudizi degli esperti"), len(chain.rated)
    yield "lettori", _("Che cosa hanno capito i lettori"), len(chain.understood)
    yield "decisioni", _("Le decisioni"), len(chain.decided)
    yield "risposte", _("Che cosa dicono le risposte"), len(chain.measured)
