"""Every operator, with answers that are there, that are missing and that are still to come."""

from itertools import product

import pytest

from surveyapp.instruments.answers import Answer
from surveyapp.instruments.rule import Context, Rule, all_of
from surveyapp.instruments.rules import OPERATORS, Seen, codes_of, holds, number_of, settled
from tests.instruments.files import missing, text, value

TRUE, FALSE, OPEN = Rule("answered", "T"), Rule("answered", "F"), Rule("answered", "O")
NOW = {"T": value(1), "F": missing("skipped")}
LOGIC = {True: TRUE, False: FALSE, None: OPEN}


def seen(now: dict[str, Answer], earlier: dict[str, Answer] | None = None) -> Seen:
    """What a rule may look at; an item that is not named is still to come."""
    return Seen(now.get, earlier or {})


def said(rule: Rule, answer: Answer) -> bool | None:
    return holds(rule, seen({"A": answer}))


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        (value(0), True),
        (value(-1), True),
        (text("Un lavoro"), True),
        (text("1,3"), True),
        (missing("NS"), False),
        (missing("NA"), False),
        (missing("NO"), False),
        (missing("skipped"), False),
    ],
)
def test_answered_is_a_value_or_a_text(answer: Answer, expected: bool) -> None:
    assert said(Rule("answered", "A"), answer) is expected


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        (value(2), True),
        (value(4), False),
        (text("1,3"), True),
        (text("4,5"), False),
        (text("3"), True),
        (text("2.5"), False),
        (text("due"), False),
        (missing("NS"), False),
    ],
)
def test_is_looks_for_one_of_the_codes(answer: Answer, expected: bool) -> None:
    assert said(Rule("is", "A", codes=(2, 3)), answer) is expected


@pytest.mark.parametrize(
    ("answer", "at_least", "at_most"),
    [
        (value(10), True, True),
        (value(11), True, False),
        (value(9), False, True),
        (text("10.5"), True, False),
        (text("9.99"), False, True),
        (text("1,3"), False, False),
        (text("dieci"), False, False),
        (missing("skipped"), False, False),
    ],
)
def test_limits_compare_codes_and_numbers(answer: Answer, at_least: bool, at_most: bool) -> None:
    assert said(Rule("at_least", "A", number=10), answer) is at_least
    assert said(Rule("at_most", "A", number=10), answer) is at_most


def test_known_looks_at_earlier_occasions_alone() -> None:
    known = Rule("known", "A")
    assert holds(known, seen({"A": value(1)})) is False
    assert holds(known, seen({}, {"A": text("Prima")})) is True
    assert holds(known, seen({}, {"A": missing("skipped")})) is False


@pytest.mark.parametrize("operator", ["answered", "is", "at_least", "at_most"])
def test_an_answer_to_come_leaves_a_condition_open(operator: str) -> None:
    assert holds(Rule(operator, "A", codes=(1,)), seen({})) is None


@pytest.mark.parametrize(("first", "second"), list(product(LOGIC, LOGIC)))
def test_three_valued_logic_is_kleenes(first: bool | None, second: bool | None) -> None:
    parts = (LOGIC[first], LOGIC[second])
    both = False if False in (first, second) else None if None in (first, second) else True
    either = True if True in (first, second) else None if None in (first, second) else False
    assert holds(Rule("all", parts=parts), seen(NOW)) is both
    assert holds(Rule("any", parts=parts), seen(NOW)) is either
    opposite = None if first is None else not first
    assert holds(Rule("not", parts=(LOGIC[first],)), seen(NOW)) is opposite


CREMONA = Rule("where", among=(("ambito", ("Cremona", "Crema")), ("paid", ("yes",))))


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ({"ambito": "Cremona", "paid": "yes"}, True),
        ({"ambito": "Crema", "paid": "yes"}, True),
        ({"ambito": "Crema", "paid": "no"}, False),
        ({"ambito": "Bergamo", "paid": "yes"}, False),
        ({"paid": "yes"}, False),
        ({}, False),
    ],
)
def test_where_needs_every_field(facts: dict[str, str], expected: bool) -> None:
    assert settled(CREMONA, facts) is expected
    assert settled(Rule("not", parts=(CREMONA,)), facts) is not expected


HERE, ELSEWHERE = {"ambito": "Cremona", "paid": "yes"}, {"ambito": "Lodi"}


@pytest.mark.parametrize(
    ("rule", "here", "elsewhere"),
    [
        (Rule("all", parts=(CREMONA, TRUE)), Rule("all", parts=(TRUE,)), False),
        (Rule("any", parts=(CREMONA, TRUE)), True, Rule("any", parts=(TRUE,))),
        (Rule("not", parts=(TRUE,)), Rule("not", parts=(TRUE,)), Rule("not", parts=(TRUE,))),
        (
            Rule("any", parts=(Rule("all", parts=(CREMONA, TRUE)), FALSE)),
            Rule("any", parts=(Rule("all", parts=(TRUE,)), FALSE)),
            Rule("any", parts=(FALSE,)),
        ),
        (Rule("all", parts=(CREMONA, CREMONA)), True, False),
        (TRUE, TRUE, TRUE),
    ],
)
def test_the_context_is_decided_first_and_leaves_the_rest(
    rule: Rule, here: Rule | bool, elsewhere: Rule | bool
) -> None:
    assert settled(rule, HERE) == here
    assert settled(rule, ELSEWHERE) == elsewhere


def test_no_rule_is_always_true() -> None:
    assert settled(None, {}) is True


def test_a_context_that_was_not_decided_is_no_answer() -> None:
    with pytest.raises(ValueError, match="must be settled first"):
        holds(CREMONA, seen({}))


def test_a_rule_knows_what_it_looks_at() -> None:
    rule = Rule("any", parts=(Rule("all", parts=(CREMONA, TRUE)), Rule("not", parts=(FALSE,))))
    assert rule.items() == {"T", "F"}
    assert rule.fields() == {"ambito", "paid"}
    assert rule.leaves() == (CREMONA, TRUE, FALSE)
    assert rule.size() == 3 + 1 + 1
    assert rule.about({"T": "T.2"}).items() == {"T.2", "F"}


def test_rules_join_into_one() -> None:
    assert all_of(None, None) is None
    assert all_of(None, TRUE) is TRUE
    assert all_of(TRUE, FALSE) == Rule("all", parts=(TRUE, FALSE))


def test_a_context_forgets_what_nobody_looks_at() -> None:
    known = Context(province="Bergamo", ambito="Cremona", paid="yes")
    assert known.only(["ambito"]) == Context(ambito="Cremona")


def test_codes_and_numbers_of_an_answer() -> None:
    assert codes_of(text("-1,2")) == {-1, 2}
    assert codes_of(missing("NS")) == codes_of(text("1, 2")) == frozenset()
    assert [number_of(answer) for answer in (value(3), text("22.5"), text("x"), missing("NS"))] == [
        3.0, 22.5, None, None,
    ]  # fmt: skip


def test_the_list_of_operators_is_closed() -> None:
    assert list(OPERATORS) == [
        "answered", "known", "is", "at_least", "at_most", "where", "all", "any", "not",
    ]  # fmt: skip
