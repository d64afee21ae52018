"""From a command's words to one questionnaire."""

import pytest

from surveyapp.sheets.asked import Wish, questionnaire
from surveyapp.sheets.errors import SheetError
from tests.sheets.instruments import ALL, EVERY

REFUSED = [
    (Wish(form="X"), "la scheda «X» non c'è; ci sono: P, C"),
    (Wish(form="p"), "la scheda «p» non c'è (volevi dire «P»?); ci sono: P, C"),
    (
        Wish(variant="eays"),
        "nella scheda P la versione «eays» non c'è (volevi dire «easy»?); ci sono: easy, std",
    ),
    (
        Wish(form="C", occasion="T2"),
        "nella scheda C la rilevazione «T2» non c'è; ci sono: T0, T1, AGAIN",
    ),
    (Wish(length="shrot"), "la lunghezza «shrot» non c'è (volevi dire «short»?); ci sono: full, short, mini"),
    (
        Wish(context={"placement_type": "TIX"}),
        "per «Tipo di inserimento» il valore «TIX» non c'è (volevi dire «TIS» o «TIR»?); ci sono: ",
    ),
]


def test_without_a_wish_the_first_of_everything_is_taken() -> None:
    found = questionnaire(EVERY, Wish())
    assert (found.form, found.variant, found.occasion, found.length) == ("P", "easy", "T0", "full")
    assert questionnaire(EVERY, Wish(form="C")).variant == "std"


def test_a_wish_is_followed() -> None:
    wish = Wish("P", "std", "AGAIN", "short", {"ambito": "Cremona", "placement_type": "TIS"})
    found = questionnaire(EVERY, wish)
    assert (found.form, found.variant, found.occasion, found.length) == ("P", "std", "AGAIN", "short")
    assert (found.context.ambito, found.context.placement_type) == ("Cremona", "TIS")


@pytest.mark.parametrize(("wish", "sentence"), REFUSED)
def test_what_does_not_exist_is_refused_with_near_names(wish: Wish, sentence: str) -> None:
    with pytest.raises(SheetError) as refused:
        questionnaire(EVERY, wish)
    assert str(refused.value).startswith(sentence)


def test_a_form_without_questions_says_what_to_change() -> None:
    with pytest.raises(SheetError, match=r"la scheda P non ha domande per EXANTE .* o indica «Ambito»"):
        questionnaire(ALL["qil@0.1.0"], Wish(form="P", occasion="EXANTE"))


def test_the_first_occasion_with_a_question_is_taken() -> None:
    assert questionnaire(ALL["qil@0.1.0"], Wish(form="P")).occasion == "INITINERE"
