"""Rules with part of their conditions decided."""

from surveyapp.instruments.rule import Rule
from surveyapp.sheets.folding import bounds, folded, given
from tests.sheets.test_words import all_, any_, is_, not_, where

OPEN = Rule("known", item="B")
EASY = given({"form": "P", "variant": "easy"})


def test_what_is_known_of_the_context_is_put_in() -> None:
    rule = any_(
        all_(where(form="P", variant="std"), is_("A", 3)), all_(where(form="P", variant="easy"), is_("A", 2))
    )
    assert folded(rule, EASY) == any_(all_(is_("A", 2)))
    assert folded(None, EASY) is True


def test_what_hangs_on_other_fields_stays() -> None:
    mixed = where(form="P", placement_type="TIS")
    assert folded(mixed, EASY) == mixed
    assert folded(where(form="C", placement_type="TIS"), EASY) is False


def test_open_conditions_are_taken_against_and_for_the_rule() -> None:
    def known(rule: Rule) -> bool:
        return rule.operator == "known"

    assert bounds(all_(OPEN, is_("A", 1)), known) == (False, all_(is_("A", 1)))
    assert bounds(any_(OPEN, is_("A", 1)), known) == (any_(is_("A", 1)), True)
    assert bounds(not_(OPEN), known) == (False, True)
    assert bounds(all_(not_(all_(OPEN, is_("A", 1)))), known) == (all_(not_(all_(is_("A", 1)))), True)
    assert bounds(True, known) == (True, True)
