"""Rules that can never be true are found, and no others: beside a search through everything."""

from collections.abc import Iterator
from itertools import combinations, product
from time import process_time

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from surveyapp.instruments import check_reach
from surveyapp.instruments.answers import SKIPPED, Answer
from surveyapp.instruments.check_reach import MOST_COMBINED, reachable
from surveyapp.instruments.model import Instrument
from surveyapp.instruments.reader import read_instrument
from surveyapp.instruments.rule import Rule
from surveyapp.instruments.rules import Seen, holds, settled
from tests.instruments.files import HERE

RULES = (HERE / "valid" / "rules.yaml").read_text(encoding="utf-8")
BEFORE = "show_if: {is: {REGOLE_A: 3}}"
MOMENTS = (("P", "easy", "T0"), ("P", "std", "T0"))
SKIP = Answer(reason=SKIPPED)

CODES = st.sets(st.integers(1, 3), min_size=1).map(lambda chosen: tuple(sorted(chosen)))
NUMBERS = st.sampled_from([0.0, 1.0, 2.0, 2.5, 3.0])
LEAVES = st.one_of(
    st.builds(Rule, st.just("is"), st.sampled_from(["REGOLE_A", "REGOLE_B"]), codes=CODES),
    st.builds(Rule, st.just("answered"), st.sampled_from(["REGOLE_A", "REGOLE_B", "REGOLE_C", "REGOLE_D"])),
    st.builds(Rule, st.sampled_from(["at_least", "at_most"]), st.just("REGOLE_C"), number=NUMBERS),
    st.builds(Rule, st.sampled_from(["at_least", "at_most"]), st.just("REGOLE_A"), number=st.just(2.0)),
    st.builds(
        Rule,
        st.just("where"),
        among=st.sampled_from(
            [
                (("paid", ("yes",)),),
                (("paid", ("no",)), ("variant", ("easy",))),
                (("variant", ("std",)),),
                (("occasion", ("T1",)),),
                (("form", ("O", "P")), ("ambito", ("Lodi",))),
            ]
        ),
    ),
)
RULES_OF_RULES = st.recursive(
    LEAVES,
    lambda inner: st.one_of(
        st.lists(inner, min_size=1, max_size=3).map(lambda parts: Rule("all", parts=tuple(parts))),
        st.lists(inner, min_size=1, max_size=3).map(lambda parts: Rule("any", parts=tuple(parts))),
        inner.map(lambda part: Rule("not", parts=(part,))),
    ),
    max_leaves=7,
)


@pytest.fixture(scope="module")
def instrument() -> Instrument:
    return read_instrument(RULES.replace("maximum: 40", "maximum: 4").replace("20.5", "4").replace(
        "REGOLE_C: 10}", "REGOLE_C: 1}").encode())  # fmt: skip


def everything() -> Iterator[tuple[dict[str, str], dict[str, Answer]]]:
    """Every context and every answer that the rules above can tell apart."""
    several = [
        Answer(text=",".join(map(str, chosen)))
        for count in (1, 2, 3)
        for chosen in combinations((1, 2, 3), count)
    ]
    answers = {
        "REGOLE_A": [*(Answer(value=code) for code in (1, 2, 3)), SKIP],
        "REGOLE_B": [*several, SKIP],
        "REGOLE_C": [*(Answer(value=number) for number in range(5)), SKIP],
        "REGOLE_D": [Answer(text="Un testo"), SKIP],
    }
    contexts = product(MOMENTS, ("yes", "no", ""), ("Lodi", ""))
    for (form, variant, occasion), paid, ambito in contexts:
        facts = {"form": form, "variant": variant, "occasion": occasion, "paid": paid, "ambito": ambito}
        for given_answers in product(*answers.values()):
            yield facts, dict(zip(answers, given_answers, strict=True))


EVERYTHING = list(everything())


def can_be_true(rule: Rule) -> bool:
    """By trying everything, with the logic that the path uses."""
    for facts, answers in EVERYTHING:
        left = settled(rule, facts)
        if left is True or (isinstance(left, Rule) and holds(left, Seen(answers.get, {}))):
            return True
    return False


@settings(deadline=None, max_examples=150)
@given(rule=RULES_OF_RULES)
@example(rule=Rule("all", parts=(Rule("is", "REGOLE_B", codes=(1,)), Rule("is", "REGOLE_B", codes=(2,)))))
@example(
    rule=Rule(
        "all", parts=(Rule("at_least", "REGOLE_C", number=2.5), Rule("at_most", "REGOLE_C", number=2.5))
    )
)
@example(rule=Rule("where", among=(("paid", ("no",)), ("variant", ("easy",)))))
def test_the_search_finds_what_trying_everything_finds(rule: Rule, instrument: Instrument) -> None:
    assert check_reach.Search(instrument).can_be_true(rule, MOMENTS) is can_be_true(rule)


def test_known_and_now_are_two_things(instrument: Instrument) -> None:
    search = check_reach.Search(instrument)
    new = Rule("all", parts=(Rule("not", parts=(Rule("known", "REGOLE_D"),)), Rule("answered", "REGOLE_D")))
    assert search.can_be_true(new, MOMENTS)
    both = Rule("all", parts=(Rule("known", "REGOLE_D"), Rule("not", parts=(Rule("known", "REGOLE_D"),))))
    assert not search.can_be_true(both, MOMENTS)


def test_a_day_is_there_or_not(instrument: Instrument) -> None:
    day = Rule("answered", "REGOLE_E")
    neither = Rule("all", parts=(day, Rule("not", parts=(day,))))
    assert not check_reach.Search(instrument).can_be_true(neither, MOMENTS)


def test_numbers_with_decimals_have_values_between(instrument: Instrument) -> None:
    halves = read_instrument(RULES.replace("maximum: 40}", "maximum: 40, decimals: 1}").encode())
    between = Rule(
        "all", parts=(Rule("at_least", "REGOLE_C", number=2.1), Rule("at_most", "REGOLE_C", number=2.9))
    )
    assert check_reach.Search(halves).can_be_true(between, MOMENTS)
    assert not check_reach.Search(instrument).can_be_true(between, MOMENTS)


def test_what_cannot_be_tried_may_be_true(instrument: Instrument) -> None:
    conditions = [Rule("is", "REGOLE_B", codes=(1 + number % 3,)) for number in range(MOST_COMBINED + 1)]
    never = Rule("all", parts=(Rule("not", parts=(Rule("answered", "REGOLE_B"),)), *conditions))
    assert check_reach.Search(instrument).can_be_true(never, MOMENTS)


def test_a_search_ends_in_time(instrument: Instrument) -> None:
    two = [Rule("at_least", "REGOLE_C", number=number) for number in (1, 2)]
    never = Rule("all", parts=(*two, Rule("at_most", "REGOLE_C", number=0)))
    search = check_reach.Search(instrument, left=2)
    start = process_time()
    assert search.can_be_true(never, MOMENTS)
    assert process_time() - start < 0.1
    assert not check_reach.Search(instrument).can_be_true(never, MOMENTS)


def test_nothing_is_told_of_a_sound_instrument(instrument: Instrument) -> None:
    assert list(reachable(instrument)) == []
