"""A text that looks like holding who somebody is, and texts that do not."""

import pytest

from surveyapp.focus_groups.names import looks_like_names, now_told, untold


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Ieri Marco è arrivato tardi", ("Marco",)),
        ("Marco e Anna, poi ancora Marco", ("Marco", "Anna")),
        ("scrivete a anna.rossi@example.org, grazie", ("anna.rossi@example.org",)),
        ("il numero è 035 123 4567", ("035 123 4567",)),
        ("chiamate il +39 333.1234567", ("+39 333.1234567",)),
    ],
)
def test_what_says_who_somebody_is_is_found(text: str, found: tuple[str, ...]) -> None:
    assert looks_like_names(text) == found


@pytest.mark.parametrize(
    "text",
    [
        "P3 dice che il tutor fa la differenza",
        "il 31/12/2026 alle 10.30",
        "l'art. 14 del d.lgs. 276/2003, quota di 12000 euro",
        "una rosa di criteri, con grazia",
        "il Collocamento Mirato di Bergamo",
        "",
    ],
)
def test_codes_days_and_places_are_no_names(text: str) -> None:
    assert looks_like_names(text) == ()


def test_who_writes_is_told_of_each_name_once() -> None:
    first = untold("Marco e Rosa", "")
    assert first == ("Marco", "Rosa")
    told = now_told("", first)
    assert untold("Rosa e Anna", told) == ("Anna",)
    assert untold("Marco", now_told(told, ("Anna",))) == ()
