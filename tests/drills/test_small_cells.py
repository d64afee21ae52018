"""Ten thousand random releases of linked tables, each attacked: minutes, so not with the other tests."""

import pytest

from tests.analysis.test_linked import attack_random_releases

pytestmark = pytest.mark.drill


def test_ten_thousand_random_releases_give_no_small_count_away() -> None:
    attack_random_releases(5_000)
