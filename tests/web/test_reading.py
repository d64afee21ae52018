"""What arrives from a page becomes an answer of its format, or a reason in words why it is none."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from surveyapp.instruments.answers import Answer, Option, ResponseFormat
from surveyapp.web.reading import RefusedError, Sent, read

OPTIONS = tuple(Option(code, f"opzione {code}") for code in (1, 2, 3, 10))
CHOICE = ResponseFormat("C", "choice", OPTIONS, no_value=("NS",))
LIST = ResponseFormat("L", "multi", OPTIONS, no_value=("NS", "NA"))
HOURS = ResponseFormat("H", "number", least=1, most=48, decimals=1)
FINE = ResponseFormat("F", "number", least=0, most=10, decimals=2)
WHOLE = ResponseFormat("W", "number", least=-10, most=200, no_value=("NS",))
DAY = ResponseFormat("D", "date")
TEXT = ResponseFormat("T", "text", max_length=5, no_value=("NS",))


def refusal(declared: ResponseFormat, sent: Sent) -> str:
    with pytest.raises(RefusedError) as refused:
        read(declared, sent)
    return refused.value.words


@pytest.mark.parametrize("declared", [CHOICE, LIST, HOURS, WHOLE, DAY, TEXT])
def test_nothing_sent_is_no_answer(declared: ResponseFormat) -> None:
    assert read(declared, Sent()) is None


@pytest.mark.parametrize(("sent", "answer"), [("10", Answer(value=10)), ("NS", Answer(reason="NS"))])
def test_a_choice_is_a_code_or_a_reason(sent: str, answer: Answer) -> None:
    assert read(CHOICE, Sent((sent,))) == answer


def test_several_boxes_are_their_codes_in_order() -> None:
    assert read(LIST, Sent(("10", "1", "3", "1"))) == Answer(text="1,3,10")
    assert read(LIST, Sent(("2",))) == Answer(text="2")


@pytest.mark.parametrize("sent", ["4", "01", "+1", "1.0", "1,2", "NO", "skipped", "due", "٣", " 1"])
@pytest.mark.parametrize("declared", [CHOICE, LIST])
def test_only_the_values_of_options_are_taken(declared: ResponseFormat, sent: str) -> None:
    assert refusal(declared, Sent((sent,))) == "not_an_option"


def test_a_reason_that_is_not_offered_is_refused() -> None:
    assert refusal(WHOLE, Sent(reasons=("NA",))) == "not_an_option"
    assert refusal(DAY, Sent(reasons=("NS",))) == "not_an_option"


@pytest.mark.parametrize("declared", [LIST, WHOLE, TEXT])
def test_a_reason_alone_is_the_answer(declared: ResponseFormat) -> None:
    assert read(declared, Sent(reasons=("NS",))) == Answer(reason="NS")


@pytest.mark.parametrize(
    ("declared", "sent", "words"),
    [
        (WHOLE, Sent(("5",), ("NS",)), "both_written"),
        (WHOLE, Sent(("cinque",), ("NS",)), "both_written"),
        (TEXT, Sent(("ciao",), ("NS",)), "both_written"),
        (LIST, Sent(("1",), ("NS",)), "both_chosen"),
        (LIST, Sent((), ("NS", "NA")), "both_chosen"),
    ],
)
def test_an_answer_beside_a_reason_is_asked_about(declared: ResponseFormat, sent: Sent, words: str) -> None:
    assert refusal(declared, sent) == words


@pytest.mark.parametrize("declared", [CHOICE, HOURS, DAY, TEXT])
def test_two_answers_where_one_is_asked_are_refused(declared: ResponseFormat) -> None:
    assert refusal(declared, Sent(("1", "2"))) == "several"


@pytest.mark.parametrize(
    ("sent", "answer"),
    [
        ("22", Answer(value=22)),
        ("22,5", Answer(text="22.5")),
        ("22.5", Answer(text="22.5")),
        ("22,50", Answer(text="22.5")),
        ("22,", Answer(value=22)),
        ("22,0", Answer(value=22)),
        ("007", Answer(value=7)),
        ("+5", Answer(value=5)),
        ("1", Answer(value=1)),
        ("48", Answer(value=48)),
        ("48,0", Answer(value=48)),
    ],
)
def test_a_number_is_stored_in_one_way(sent: str, answer: Answer) -> None:
    assert read(HOURS, Sent((sent,))) == answer


@pytest.mark.parametrize(
    "sent", ["0", "0,9", "48,1", "-0,5", "49", "-5", "1e1", "1.000,5", "ventidue", "1.0.0", "22 ore", "٣"]
)
@pytest.mark.parametrize("more", ["", "9" * 30, "9" * 1_000_000])
def test_what_is_no_number_in_range_is_refused(sent: str, more: str) -> None:
    assert refusal(HOURS, Sent((sent + more,))) in ("not_a_number", "one_decimal")


@pytest.mark.parametrize(
    ("declared", "sent", "words"),
    [
        (WHOLE, "2,5", "not_whole"),
        (WHOLE, "2,0", "not_whole"),
        (WHOLE, "1.000", "not_whole"),
        (HOURS, "2,55", "one_decimal"),
        (HOURS, "1.000", "one_decimal"),
        (FINE, "2,555", "two_decimals"),
        (FINE, "2.000", "two_decimals"),
    ],
)
def test_more_decimals_than_asked_are_never_guessed(declared: ResponseFormat, sent: str, words: str) -> None:
    assert refusal(declared, Sent((sent,))) == words


def test_numbers_below_zero_where_they_are_asked() -> None:
    assert read(WHOLE, Sent(("-10",))) == Answer(value=-10)
    assert read(WHOLE, Sent(("-0",))) == Answer(value=0)
    assert refusal(WHOLE, Sent(("-11",))) == "not_a_number"


@pytest.mark.parametrize(
    "sent",
    ["31/12/2026", "31-12-2026", "31.12.2026", "31 12 2026", "31 / 12 / 2026", "2026-12-31", "31/12-2026"],
)
def test_a_date_may_be_written_in_many_ways(sent: str) -> None:
    assert read(DAY, Sent((sent,))) == Answer(text="2026-12-31")


@pytest.mark.parametrize(
    ("sent", "day"), [("1/2/2026", "2026-02-01"), ("29.2.2028", "2028-02-29"), ("2026-2-1", "2026-02-01")]
)
def test_days_and_months_may_have_one_digit(sent: str, day: str) -> None:
    assert read(DAY, Sent((sent,))) == Answer(text=day)


@pytest.mark.parametrize(
    "sent", ["31/02/2026", "29/2/2026", "0/1/2026", "1/0/2026", "12/31/2026", "2026-13-01"]
)
def test_a_day_that_does_not_exist_is_refused(sent: str) -> None:
    assert refusal(DAY, Sent((sent,))) == "no_such_day"


@pytest.mark.parametrize(
    "sent", ["31/12/26", "oggi", "31 dicembre 2026", "31122026", "/", "31/12/2026x", "٣/1/2026"]
)
@pytest.mark.parametrize("more", ["", "9" * 1_000_000])
def test_what_is_no_date_is_refused(sent: str, more: str) -> None:
    assert refusal(DAY, Sent((sent + more,))) == "not_a_date"


@pytest.mark.parametrize("sent", ["31/12/0026", "31/12/1826", "31/12/2206", "9999-12-31"])
def test_a_year_far_away_is_asked_about(sent: str) -> None:
    assert refusal(DAY, Sent((sent,))) == "strange_year"


def test_a_text_has_a_longest_length() -> None:
    assert read(TEXT, Sent(("èèèèè",))) == Answer(text="èèèèè")
    assert refusal(TEXT, Sent(("èèèèèè",))) == "too_long"


def test_a_text_may_be_the_name_of_a_reason() -> None:
    assert read(TEXT, Sent(("NS",))) == Answer(text="NS")


@pytest.mark.parametrize(
    ("declared", "words"), [(TEXT, "unreadable"), (HOURS, "not_a_number"), (DAY, "not_a_date")]
)
def test_bytes_that_were_taken_out_are_told(declared: ResponseFormat, words: str) -> None:
    assert refusal(declared, Sent(("1/1/26",), unreadable=True)) == words


@given(
    st.sampled_from([CHOICE, LIST, HOURS, FINE, WHOLE, DAY, TEXT]),
    st.lists(st.text(max_size=12), max_size=3),
    st.lists(st.sampled_from(["NS", "NA", "NO", "x"]), max_size=2),
)
def test_anything_is_an_answer_nothing_or_refused(
    declared: ResponseFormat, values: list[str], reasons: list[str]
) -> None:
    try:
        found = read(declared, Sent(tuple(filter(None, values)), tuple(reasons)))
    except RefusedError:
        return
    assert found is None or sum(part is not None for part in (found.value, found.text, found.reason)) == 1
