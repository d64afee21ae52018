"""Files made to cost time: each is refused or read within a bound, however its entries multiply."""

import tracemalloc
from collections.abc import Callable

import pytest

from tests.instruments.effort import calls_of
from tests.instruments.files import HERE, problems

VALID = HERE / "valid"
RULES = (VALID / "rules.yaml").read_text(encoding="utf-8")
ACCOMMODATIONS = (VALID / "accommodations.yaml").read_text(encoding="utf-8")
PLACEMENT = (VALID / "placement.yaml").read_text(encoding="utf-8")
OWN = (VALID / "self_assessment.yaml").read_text(encoding="utf-8")
RULE = "{is: {REGOLE_A: 3}}"
OPTIONS = "1: No, 2: Un po', 3: Sì"
MB = 1_000_000


def several(count: int, of: Callable[[int], str], between: str = ", ") -> str:
    return between.join(of(number) for number in range(count))


def flat(count: int, rule: Callable[[int], str], codes: int = 9, kind: str = "choice", more: str = "") -> str:
    """So many items in one section, each with its rule."""
    options = several(codes, lambda code: f"{code + 1}: a{code}")
    items = several(
        count,
        lambda number: (
            f"      - {{id: REGOLE_I{number}, criterion: c, {rule(number)}text: {{P: {{std: t}}}}}}"
        ),
        "\n",
    )
    return f"""id: regole
version: 0.1.0
title: R
occasions:
  T0: {{title: I, window: {{anchor: path_start, from_days: 0, to_days: 30, late_days: 60}}}}
formats:
  R: {{kind: {kind}, options: {{{options}}}}}
forms:
  P:
    title: P
    respondent: participant
    consent: p@0.1.0
    occasions: [T0]
    variants: {{std: {{title: s, minutes: 5}}}}
    no_value: {{}}
sections:
  - id: S
    title: S
    occasions: [T0]
    format: {{P: {{std: R}}}}
    items:
{items}
{more or "scales: []"}
"""


def one_scale(items: str, minimum: int = 1, more: str = "") -> str:
    return (
        "scales:\n  - {id: S, title: t, construct: c, kind: reflective, method: pomp_mean, "
        f"items: [{items}], {more}min_valid: {{P: {minimum}}}}}\n"
    )


def either(first: int, second: int, code: int) -> str:
    return f"{{any: [{{is: {{REGOLE_I{first}: {code}}}}}, {{is: {{REGOLE_I{second}: 2}}}}]}}"


def never_true(number: int) -> str:
    """A rule that no answers make true, on forty other items."""
    if not 40 <= number < 70:
        return ""
    pairs = several(20, lambda place: either(place, place + 20, number % 9 + 1))
    return f"show_if: {{all: [{pairs}, {{is: {{REGOLE_I39: 1}}}}, {{is: {{REGOLE_I39: 2}}}}]}}, "


def tangled(number: int) -> str:
    """A rule that no answers make true, but that no single condition gives away."""
    if not 30 <= number < 42:
        return ""
    parts = several(24, lambda one: either(one, (one * 7 + 3) % 30, number % 9 + 1))
    return f"show_if: {{all: [{parts}, {{not: {{all: [{parts}]}}}}]}}, "


def of_several(number: int) -> str:
    if number < 5:
        return ""
    parts = several(40, lambda code: f"{{not: {{is: {{REGOLE_I{number % 5}: {code + 1}}}}}}}")
    return f"show_if: {{all: [{parts}, {{answered: REGOLE_I{number % 5}}}]}}, "


MANY = several(700, lambda number: f"REGOLE_I{number}")
LEFT = several(9000, lambda _: "REGOLE_I1")

RECORD_ITEM = "- {{id: ACC_X{}, criterion: c, format: {{C: {{std: LINE}}}}, text: {{C: {{std: t}}}}}}"
SCALE = (
    "- {{id: S{}, title: t, construct: c, kind: derived, method: pomp_mean, items: [REGOLE_I1], "
    "min_valid: {{P: 1}}}}"
)
INDEX = f"- {{{{id: X{{}}, title: t, scales: [{several(500, 'S{}'.format)}], min_valid: 500}}}}"
FACT = "- {{id: D{0}, title: t, rule: {{is: {{REGOLE_I{0}: 1}}}}}}"
COUNT = (
    f"- {{{{id: D{{}}, title: t, count: {{{{items: [{several(300, 'REGOLE_I{}'.format)}], codes: [1]}}}}}}}}"
)
ALERT = (
    "- {{id: A{}, kind: flag, title: t, rule: {{all: [{{where: {{form: [P, O], variant: [std, easy], "
    "province: [a, b, c], ambito: [d, e], paid: [yes, no]}}}}, {{is: {{QIL_REL4: 1}}}}, "
    "{{is: {{QIL_REL4: 2}}}}]}}}}"
)
TRIED = '        - {text: "Ti piace quando'
LONG_RULE = f"{{any: [{several(99, '{{where: {{ambito: a{}}}}}'.format)}]}}"


def lines(count: int, of: str, margin: str = "  ") -> str:
    """So many lines, each with its number."""
    return several(count, lambda number: f"{margin}{of.format(number)}\n", "")


def after_the_one_before(number: int) -> str:
    return f"show_if: {{is: {{REGOLE_I{number - 1}: 1}}}}, " if number else ""


# Refused before anything is built, or by their first look.
REFUSED = {
    "rules nested deep": RULES.replace(RULE, "{not: " * 5000 + RULE + "}" * 5000),
    "20 000 options": RULES.replace(OPTIONS, several(19_900, "{}: o".format)),
    "repeated for ever": ACCOMMODATIONS.replace("times: 12", "times: 999999999"),
    "a rule of a thousand conditions": RULES.replace(RULE, f"{{any: [{several(1000, lambda _: RULE)}]}}"),
    "a condition on a thousand codes": RULES.replace("A: 3}}", f"A: [{several(1000, str)}]}}}}", 1),
    "a thousand forms": OWN.replace("forms:\n", "forms:\n" + lines(2000, "F{}: {{}}")),
    "a thousand occasions": OWN.replace("occasions:\n", "occasions:\n" + lines(2000, "F{}: {{}}")),
    "many questions to try": OWN.replace(TRIED, lines(2500, "- {{text: a, format: R3}}", " " * 8) + TRIED),
    "a reason again and again": OWN.replace(
        "no_value: [NS]", f"no_value: [{several(18_000, lambda _: 'NS')}]", 1
    ),
    "records of records": ACCOMMODATIONS.replace("times: 12", "times: 30").replace(
        "  - id: DOPO", lines(700, RECORD_ITEM, " " * 6) + "  - id: DOPO"
    ),
}

# Read to the end, with faults or without.
READ = {
    "9000 options": RULES.replace(OPTIONS, several(9000, "{0}: o{0}".format)),
    "rules that are never true": flat(150, never_true),
    "rules that hang together": flat(42, tangled),
    "every combination of codes": flat(30, of_several, codes=40, kind="multi"),
    "a chain of rules": flat(850, after_the_one_before),
    "a long rule over a section": flat(1000, lambda _: "").replace(
        "    title: S\n", f"    title: S\n    show_if: {LONG_RULE}\n"
    ),
    "an occasion many times": flat(550, after_the_one_before).replace(
        "occasions: [T0]\n    format", f"occasions: [{several(6000, lambda _: 'T0')}]\n    format"
    ),
    "rules on nothing": flat(900, "show_if: {{is: {{REGOLE_Z{}: 1}}}}, ".format),
    "a scale of everything, left out": flat(
        700, lambda _: "", more=one_scale(MANY, more=f"leave_out: {{P: [{MANY}]}}, ")
    ),
    "a scale of one item, left out": flat(
        2,
        lambda _: "",
        more=one_scale(several(9000, lambda _: "REGOLE_I0"), more=f"leave_out: {{P: [{LEFT}]}}, "),
    ),
    "indices of many scales": flat(
        10, lambda _: "", more=f"scales:\n{lines(500, SCALE)}indices:\n{lines(8, INDEX)}"
    ),
    "facts on nothing": flat(300, lambda _: "", more=f"scales: []\nderived:\n{lines(1000, FACT)}"),
    "counts of everything": flat(300, lambda _: "", more=f"scales: []\nderived:\n{lines(30, COUNT)}"),
    "alerts on every context": PLACEMENT.replace("alerts:\n", "alerts:\n" + lines(200, ALERT)),
    "words of no value": OWN.replace("TIS: il tirocinio, ", several(8000, "V{}: x".format) + ", "),
    "braces without end": OWN.replace("Mi piace {il tirocinio}.", "{" * 200_000),
    "a thousand unknown names": OWN.replace(
        "Mi piace {il tirocinio}.", several(30_000, "{{n{}}}".format, "")
    ),
    "formats that are not there": OWN.replace(
        "formats:\n", "formats:\n" + lines(2500, "F{}: {{kind: date}}")
    ).replace("{P: {std: R5, easy: R3}}", f"{{P: {{{several(3000, 'v{}: NO'.format)}}}}}", 1),
}


@pytest.mark.parametrize("name", REFUSED)
def test_a_bomb_is_refused_at_once_and_in_little_memory(name: str) -> None:
    data = REFUSED[name].encode()
    told: list[str] = []
    calls_of(lambda: told.extend(problems(data)), 1_000_000)  # 541 000 at most; a true file takes 57 000
    assert told
    tracemalloc.start()
    problems(data)
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert most < 50 * MB


@pytest.mark.parametrize("name", READ)
def test_a_check_of_any_file_ends_soon(name: str) -> None:
    told: list[str] = []
    calls_of(lambda: told.extend(problems(READ[name].encode())), 6_000_000)  # 2 900 000 at most
    assert all(len(sentence) < 600 for sentence in told)


def test_what_can_never_be_true_is_found_also_there() -> None:
    told = problems(READ["rules that are never true"].encode())
    assert len(told) == 30
    assert all("non può essere mai vera" in sentence for sentence in told)


def test_a_long_list_of_names_is_told_in_part() -> None:
    (sentence,) = {
        line.partition(": ")[2]
        for line in problems(READ["formats that are not there"].encode())
        if "NO" in line
    }
    assert sentence.endswith("F17, F18, F19 e altre 2487")
