"""Change of the same people: who is paired, on which items, and why the others are lost."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from types import MappingProxyType

import pytest
from sqlalchemy import Connection, select

from surveyapp.instruments.catalogue import Catalogue
from surveyapp.instruments.model import Instrument, Item
from surveyapp.reports.change import change, change_rows
from surveyapp.reports.numbers import TOO_FEW, Figure, Numbers, Place
from surveyapp.reports.pairs import Match, matches
from surveyapp.reports.reading import load
from surveyapp.storage.tables import Path
from tests.reports.invented import a_path, answered, scale_items

LATE = datetime(2026, 8, 10, 9, 0, tzinfo=UTC)


def changes(connection: Connection, catalogue: Catalogue) -> Numbers:
    return Numbers(tuple(change_rows(load(connection, catalogue, "aut"))))


def at(statistic: str, numbers: Numbers, **values: str) -> Figure:
    place = {"version": "0.1.0", "scale": "AUT_BEN", "occasion": "EXANTE-EXPOST", "variant": "std"}
    found = numbers.figure(Place(**({"form": "P"} | place | values)), statistic)
    assert found is not None
    return found


def a_pair(connection: Connection, catalogue: Catalogue, before: list, after: list, **values) -> None:
    path_id = a_path(connection)
    answered(connection, catalogue, path_id, "EXANTE", scale_items("AUT_BEN", before), **values)
    answered(connection, catalogue, path_id, "EXPOST", scale_items("AUT_BEN", after))


def test_change_uses_the_items_valid_both_times(connection: Connection, catalogue: Catalogue):
    # On all valid items the person would go from 50 to 62.5; on the common four there is no change.
    for _ in range(10):
        a_pair(connection, catalogue, [5, 3, 3, 3, "NS"], [5, 3, 3, 3, 5])
    a_pair(connection, catalogue, [1, 1, 5, 1, 1], [5, 5, 1, 5, 5])
    numbers = changes(connection, catalogue)
    assert at("mean_change", numbers).value == pytest.approx(100 / 11)
    assert [at(name, numbers).value for name in ("improved", "unchanged", "worsened")] == [1, 10, 0]
    assert at("share_by_chance", numbers).value == pytest.approx(1 / 22)


def test_too_few_common_items_make_no_pair(connection: Connection, catalogue: Catalogue):
    a_pair(connection, catalogue, ["NS", 3, 3, 3, 3], [3, "NS", 3, 3, 3])
    numbers = changes(connection, catalogue)
    assert at("n_pairs", numbers).value == 0
    assert at("lost_few_common", numbers).value == 1
    assert at("n_pairs", numbers, scale="AUT_AUD").value == 1


def test_each_lost_person_has_a_reason(connection: Connection, catalogue: Catalogue):
    a_pair(connection, catalogue, [3] * 5, [4] * 5)
    answered(connection, catalogue, a_path(connection), "EXANTE")
    answered(connection, catalogue, a_path(connection), "EXPOST")
    changed = a_path(connection)
    answered(connection, catalogue, changed, "EXANTE")
    answered(connection, catalogue, changed, "EXPOST", variant="easy", default=2)
    numbers = changes(connection, catalogue)
    reasons = ("n_pairs", "lost_no_after", "lost_no_before", "lost_variant_changed", "lost_version_changed")
    assert [at(reason, numbers).value for reason in reasons] == [1, 1, 1, 1, 0]
    assert at("n_pairs", numbers).n == 4


def test_a_change_of_variant_is_an_outcome_of_its_own(connection: Connection, catalogue: Catalogue):
    path_id = a_path(connection)
    answered(connection, catalogue, path_id, "EXANTE", variant="easy", default=2)
    answered(connection, catalogue, path_id, "EXPOST")
    numbers = changes(connection, catalogue)
    assert at("variant_changed", numbers, scale="", variant="easy", subset="easy-std").value == 1


def revised(catalogue: Catalogue, revise: Callable[[Instrument], Instrument]) -> Catalogue:
    """The catalogue with a version 0.2.0 of the self-assessment."""
    newer = revise(replace(catalogue.newest("aut"), version="0.2.0", digest="1" * 64))
    return Catalogue(MappingProxyType({**catalogue.instruments, ("aut", "0.2.0"): newer}), catalogue.consents)


def reworded(item_id: str) -> Callable[[Instrument], Instrument]:
    """The same instrument with one question in other words."""

    def item(one: Item) -> Item:
        words = {key: replace(asked, text=f"Oggi: {asked.text}") for key, asked in one.wordings.items()}
        return replace(one, wordings=words) if one.id == item_id else one

    def revise(instrument: Instrument) -> Instrument:
        sections = (replace(one, items=tuple(map(item, one.items))) for one in instrument.sections)
        return replace(instrument, sections=tuple(sections))

    return revise


def across_versions(connection: Connection, catalogue: Catalogue, two: Catalogue) -> None:
    path_id = a_path(connection)
    answered(connection, catalogue, path_id, "EXANTE")
    answered(connection, two, path_id, "EXPOST", instrument_file=two.newest("aut"))


def test_a_version_that_changed_nothing_is_paired(connection: Connection, catalogue: Catalogue):
    two = revised(catalogue, lambda instrument: instrument)
    across_versions(connection, catalogue, two)
    numbers = changes(connection, two)
    assert at("n_pairs", numbers).value == 1
    assert not [place for place in numbers.places("n_pairs") if place.subset == "equal_versions"]


def test_pairs_to_justify_stay_with_an_analysis_without_them(connection: Connection, catalogue: Catalogue):
    two = revised(catalogue, reworded("AUT_BEN1"))
    across_versions(connection, catalogue, two)
    a_pair(connection, catalogue, [3] * 5, [4] * 5)
    numbers = changes(connection, two)
    assert at("n_pairs", numbers).value == 2
    assert at("n_pairs", numbers, subset="equal_versions").value == 1
    assert not [place for place in numbers.places("n_pairs") if place.scale == "AUT_AUD" and place.subset]


def test_scales_that_cannot_be_compared_are_not_paired(connection: Connection, catalogue: Catalogue):
    def other_answers(instrument: Instrument) -> Instrument:
        formats = {
            name: replace(one, options=one.options[:-1]) if name == "R5" else one
            for name, one in instrument.formats.items()
        }

        def item(one: Item) -> Item:
            words = {
                key: replace(asked, format=formats[asked.format.id]) for key, asked in one.wordings.items()
            }
            return replace(one, wordings=words)

        sections = (replace(one, items=tuple(map(item, one.items))) for one in instrument.sections)
        return replace(instrument, formats=formats, sections=tuple(sections))

    two = revised(catalogue, other_answers)
    across_versions(connection, catalogue, two)
    numbers = changes(connection, two)
    assert at("lost_version_changed", numbers).value == 1
    assert at("n_pairs", numbers).value == 0


def test_a_key_that_changed_scores_both_sides_by_the_newer_rule(connection: Connection, catalogue: Catalogue):
    def turned(instrument: Instrument) -> Instrument:
        def item(one: Item) -> Item:
            return replace(one, reversed=True) if one.id == "AUT_BEN1" else one

        sections = (replace(one, items=tuple(map(item, one.items))) for one in instrument.sections)
        return replace(instrument, sections=tuple(sections))

    two = revised(catalogue, turned)
    for _ in range(10):
        path_id = a_path(connection)
        answered(connection, catalogue, path_id, "EXANTE", scale_items("AUT_BEN", [5, 3, 3, 3, 3]))
        newest = two.newest("aut")
        answered(
            connection,
            two,
            path_id,
            "EXPOST",
            scale_items("AUT_BEN", [1, 3, 3, 3, 3]),
            instrument_file=newest,
        )
    numbers = changes(connection, two)
    # 5 then 1 of 5, turned round: from 1 to 5, twenty points more of a hundred.
    assert at("mean_change", numbers).value == pytest.approx(20)


def test_nine_pairs_give_counts_only(connection: Connection, catalogue: Catalogue):
    for number in range(9):
        a_pair(connection, catalogue, [2] * 5, [2, 2, 2, 2 + number % 2, 3])
    numbers = changes(connection, catalogue)
    for statistic in ("mean_before", "mean_change", "dz", "share_improved", "share_by_chance"):
        assert (at(statistic, numbers).value, at(statistic, numbers).reason) == (None, TOO_FEW)
    assert at("improved", numbers).value == 9


def test_scales_not_asked_at_the_start_have_no_change(connection: Connection, catalogue: Catalogue):
    a_pair(connection, catalogue, [3] * 5, [3] * 5)
    scales = {place.scale for place in changes(connection, catalogue).places("n_pairs")}
    assert scales == {"AUT_BEN", "AUT_AUD", "AUT_OCC", "AUT_INC"}


def test_follow_up_appears_when_somebody_reached_it(connection: Connection, catalogue: Catalogue):
    path_id = a_path(connection)
    answered(connection, catalogue, path_id, "EXANTE")
    assert not changes(connection, catalogue).rows
    answered(connection, catalogue, path_id, "FU6")
    assert {place.occasion for place in changes(connection, catalogue).places("n_pairs")} == {"EXANTE-FU6"}


def test_late_and_other_mode_pairs_stay_with_an_analysis_beside(connection: Connection, catalogue: Catalogue):
    for number in range(20):
        late, helped = number < 5, 5 <= number < 8
        values = {"closed_at": LATE} if late else {}
        mode = "assisted" if helped else "self"
        a_pair(connection, catalogue, [2, 2, 4, 2, 1 + number % 3], [3] * 5, mode=mode, **values)
    numbers = changes(connection, catalogue)
    assert at("n_pairs", numbers).value == 20
    assert at("n_pairs", numbers, subset="on_time").value == 15
    assert at("n_pairs", numbers, subset="same_mode").value == 17
    assert at("mean_change", numbers, subset="on_time").n == 15


def test_pairs_with_a_flag_stay_with_an_analysis_beside(connection: Connection, catalogue: Catalogue):
    for number in range(20):
        flags = "too_quick" if number < 4 else "" if number < 12 else None
        a_pair(connection, catalogue, [2, 2, 4, 2, 1 + number % 3], [3] * 5, flags=flags)
    numbers = changes(connection, catalogue)
    assert at("n_pairs", numbers).value == 20
    assert at("n_pairs", numbers, subset="unflagged").value == 16


def test_a_person_with_two_paths_is_one_pair(connection: Connection, catalogue: Catalogue):
    first = a_path(connection)
    person_id = _person_of(connection, first)
    second = a_path(connection, person_id=person_id, number=2)
    answered(connection, catalogue, first, "EXANTE")
    for occasion in ("EXANTE", "EXPOST"):
        answered(connection, catalogue, second, occasion)
    (match,) = matches(load(connection, catalogue, "aut"), "EXANTE", "EXPOST")
    assert match.loss is None
    assert match.known.administration.path_number == 2


def test_change_of_nobody_is_empty_and_not_an_error():
    assert (change([None, None]).n, change([(1.0, 2.0)]).n) == (0, 1)


def test_a_match_has_at_least_one_side():
    with pytest.raises(ValueError, match="at least one side"):
        _ = Match(None, None).known


def _person_of(connection: Connection, path_id: int) -> int:
    return connection.scalar(select(Path.person_id).where(Path.id == path_id))
