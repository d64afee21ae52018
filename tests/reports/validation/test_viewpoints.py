"""Points of view: differences on parallel criteria, standard variant only, and facts as counts."""

import pytest
from sqlalchemy import Connection

from surveyapp.instruments.catalogue import Catalogue
from surveyapp.reports.numbers import TOO_FEW
from surveyapp.reports.validation.viewpoints import viewpoint_rows
from tests.reports.invented import a_path, answer
from tests.reports.validation.seen import at, numbers_of, sent, value

PO = {"occasion": "EXPOST", "subset": "gap:P-O"}
# Of this scale BEN1, BEN2 and BEN3 (reversed) are parallel; BEN4 is not.
PERSON = {"QIL_BEN1": 5, "QIL_BEN2": 4, "QIL_BEN3": 3, "QIL_BEN4": 5}
OPERATOR = {"QIL_BEN1": 3, "QIL_BEN2": 4, "QIL_BEN3": 3, "QIL_BEN4": 1}


def a_pair(connection: Connection, catalogue: Catalogue, **values: object) -> int:
    path_id = a_path(connection)
    default = 2 if values.get("variant") == "easy" else 3
    person = PERSON if default == 3 else {}
    sent(connection, catalogue, "qil", path_id, "EXPOST", person, form="P", default=default, **values)
    sent(connection, catalogue, "qil", path_id, "EXPOST", OPERATOR | {"QIL_REL4": 0})
    return path_id


def test_a_difference_rests_on_parallel_criteria(connection: Connection, catalogue: Catalogue):
    for _ in range(10):
        a_pair(connection, catalogue)
    numbers = numbers_of(connection, catalogue, "qil", viewpoint_rows)
    whole = PO | {"scale": "QIL_BEN", "territory": "Tutti i territori"}
    found = at(numbers, "difference", **whole)
    assert (found.value, found.n) == (pytest.approx(100 * 2 / 3 / 4), 10)
    assert [value(numbers, end, **whole) for end in ("limit_low", "limit_high")] == [found.value] * 2
    assert value(numbers, "difference", **whole | {"territory": "Provincia di Bergamo"}) == found.value


def test_the_easy_version_is_left_out_and_counted(connection: Connection, catalogue: Catalogue):
    for variant in ("std", "easy", "easy"):
        a_pair(connection, catalogue, variant=variant)
    numbers = numbers_of(connection, catalogue, "qil", viewpoint_rows)
    assert [value(numbers, name, **PO) for name in ("both_forms", "left_out_easy")] == [3, 2]
    found = at(numbers, "difference", scale="QIL_BEN", **PO)
    assert (found.value, found.n, found.reason) == (None, 1, TOO_FEW)


def test_too_few_common_criteria_make_no_difference(connection: Connection, catalogue: Catalogue):
    path_id = a_path(connection)
    gone = {"QIL_BEN1": "NS", "QIL_BEN2": "NA"}
    sent(connection, catalogue, "qil", path_id, "EXPOST", gone, form="P")
    sent(connection, catalogue, "qil", path_id, "EXPOST", {"QIL_REL4": 0})
    numbers = numbers_of(connection, catalogue, "qil", viewpoint_rows)
    assert at(numbers, "difference", scale="QIL_BEN", **PO).n == 0
    assert value(numbers, "few_common", scale="QIL_BEN", **PO) == 1


def test_one_pair_a_person_the_first_of_the_occasion(connection: Connection, catalogue: Catalogue):
    path_id = a_pair(connection, catalogue)
    for form in ("P", "O"):
        sent(connection, catalogue, "qil", path_id, "EXPOST", {"QIL_REL4": 1}, form=form, number=2)
    numbers = numbers_of(connection, catalogue, "qil", viewpoint_rows)
    assert value(numbers, "both_forms", **PO) == 1


def test_a_fact_is_counted_and_never_scored(connection: Connection, catalogue: Catalogue):
    for given in (0, 0, 1, "NS"):
        sent(connection, catalogue, "qil", a_path(connection), "EXPOST", {"QIL_REL4": given})
    open_one = sent(connection, catalogue, "qil", a_path(connection), "EXPOST", {"QIL_REL4": None})
    answer(connection, open_one, "QIL_REL4", "skipped")
    numbers = numbers_of(connection, catalogue, "qil", viewpoint_rows)
    fact = {"item": "QIL_REL4", "form": "O", "subset": "facts"}
    counts = ("asked", "count_0", "count_1", "missing_NS", "missing_skipped")
    assert [value(numbers, name, **fact) for name in counts] == [5, 2, 1, 1, 1]


def test_an_instrument_with_one_point_of_view_has_no_numbers(connection: Connection, catalogue: Catalogue):
    sent(connection, catalogue, "oss", a_path(connection), "EXPOST")
    assert numbers_of(connection, catalogue, "oss", viewpoint_rows).rows == ()
