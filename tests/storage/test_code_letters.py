"""Letters of short codes: none that is taken for another, read however they are typed, never stored."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from surveyapp.storage.code_letters import (
    ALPHABET,
    LENGTH,
    LONGEST_TYPED,
    WORDS,
    as_compared,
    code_hmac,
    grouped,
    new_code,
    source_hmac,
    spelled,
)

KEY, OTHER_KEY = "a" * 48, "b" * 48
CODES = st.text(ALPHABET, min_size=LENGTH, max_size=LENGTH)


def test_thirty_letters_and_none_of_those_that_look_alike() -> None:
    assert len(set(ALPHABET)) == len(ALPHABET) == 30
    assert not set("O0I1JU") & set(ALPHABET)


def test_codes_are_ten_letters_and_never_the_same() -> None:
    codes = {new_code() for _ in range(500)}
    assert len(codes) == 500
    assert all(len(code) == LENGTH and set(code) <= set(ALPHABET) for code in codes)
    assert set("".join(codes)) == set(ALPHABET)


def test_a_code_is_shown_in_groups_and_told_with_cities() -> None:
    assert grouped("K7MP3RXT9W") == "K7MP-3RX-T9W"
    assert spelled("K7M") == "K come Kursaal, 7, M come Milano"
    assert all(word.startswith(letter) for letter, word in WORDS.items())


@given(CODES, st.sampled_from(["", " ", "-", "–", " - ", ".", "\t", "\u00a0"]), st.booleans())
def test_however_it_is_typed_it_is_the_same_code(code: str, between: str, small: bool) -> None:
    typed = f" {between.join((code[:4], code[4:7], code[7:]))} "
    assert as_compared(typed.lower() if small else typed) == code


@pytest.mark.parametrize(("typed", "code"), [("0O", "QQ"), ("1Ii", "LLL"), ("uU", "VV")])
def test_what_looks_like_a_letter_of_codes_is_read_as_that(typed: str, code: str) -> None:
    assert as_compared(typed) == code


@given(st.text())
def test_anything_typed_is_read_without_failing(typed: str) -> None:
    assert len(as_compared(typed)) <= LONGEST_TYPED * 3
    assert len(code_hmac(KEY, as_compared(typed))) == 64


def test_what_is_stored_hangs_on_the_key_and_on_the_use() -> None:
    stored = {code_hmac(KEY, "X"), code_hmac(OTHER_KEY, "X"), source_hmac(KEY, "X"), code_hmac(KEY, "Y")}
    assert len(stored) == 4
    assert code_hmac(KEY, "X") == code_hmac(KEY, "X")
