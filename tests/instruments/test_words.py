"""Words that change with the context, and what a respondent reads."""

import pytest

from surveyapp.instruments.model import Instrument
from surveyapp.instruments.path import Questionnaire
from surveyapp.instruments.reader import read_instrument
from surveyapp.instruments.rule import Context
from tests.instruments.files import HERE

OWN = (HERE / "valid" / "self_assessment.yaml").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def aut() -> Instrument:
    return read_instrument(OWN.encode())


def read_in(instrument: Instrument, context: Context, variant: str = "std", occasion: str = "EXPOST") -> str:
    asked = Questionnaire(instrument, "P", variant, occasion, context)
    return asked.words(asked.wording(instrument.items["AUT_BEN2"]).text)


@pytest.mark.parametrize(
    ("placement_type", "expected"),
    [
        ("TIS", "Mi piace il tirocinio."),
        ("LAB", "Mi piace il laboratorio."),
        ("ASS", "Mi piace questo contratto."),
        ("A14", "Mi piace questo periodo."),
        ("", "Mi piace questo periodo."),
    ],
)
def test_words_follow_the_placement(aut: Instrument, placement_type: str, expected: str) -> None:
    assert read_in(aut, Context(placement_type=placement_type)) == expected


def test_words_may_follow_variant_and_occasion() -> None:
    by_variant = OWN.replace(
        "by: placement_type, TIS: il tirocinio, LAB: il laboratorio, ASS:", "by: variant, easy:"
    )
    found = read_instrument(by_variant.encode())
    assert read_in(found, Context(), "easy") == "Ti piace questo contratto?"
    assert read_in(found, Context(), "std") == "Mi piace questo periodo."
    by_occasion = by_variant.replace("by: variant, easy:", "by: occasion, EXPOST:")
    found = read_instrument(by_occasion.encode())
    assert read_in(found, Context()) == "Mi piace questo contratto."
    # A retest has the words of what it repeats.
    assert read_in(found, Context(), occasion="RETEST") == "Mi piace questo contratto."
    assert read_in(found, Context(), occasion="FU6") == "Mi piace questo periodo."


def test_braces_of_answers_stay_for_who_knows_them(aut: Instrument) -> None:
    asked = Questionnaire(aut, "P", "std", "EXPOST")
    assert asked.words("Volevi «{AUT_OB1}» e {il tirocinio}") == "Volevi «{AUT_OB1}» e questo periodo"
    assert asked.words("{} { } {{il tirocinio}}") == "{} { } {questo periodo}"


def test_fields_named_by_words_are_looked_at(aut: Instrument) -> None:
    assert aut.context_fields == {"placement_type", "paid"}


def test_practice_glossary_and_manual_are_read(aut: Instrument) -> None:
    tried = aut.forms["P"].practice["easy"]
    assert [(question.text, question.format.id) for question in tried] == [
        ("Ti piace la pizza?", "R3"),
        ("Ti piace quando piove?", "R3"),
    ]
    assert aut.glossary == {"tutor": "È la persona che ti segue al lavoro."}
    assert list(aut.manual) == ["purpose", "who", "when", "how", "reading", "limits"]
    assert aut.indicators == ("I15",)


def test_formats_keep_their_bounds(aut: Instrument) -> None:
    hours, note = aut.formats["HOURS"], aut.formats["NOTE"]
    assert (hours.least, hours.most, hours.decimals, hours.unit) == (1, 48, 1, "ore alla settimana")
    assert (note.max_length, note.lines) == (300, 1)
    assert [aut.formats[name].bounds for name in ("R3", "N10", "SUPPORT", "HOURS", "DAY", "NOTE")] == [
        (1, 3), (1, 10), None, None, None, None,
    ]  # fmt: skip
    assert aut.formats["SUPPORT"].codes == {1, 2, 3}
