import pytest
from shop import price


@pytest.mark.parametrize("cents, kind, expected", [(1000, "book", 1070), (1000, "toy", 1190), (50, "food", 54)])
def test_with_tax(cents, kind, expected):
    assert price.with_tax(cents, kind) == expected


def test_discount():
    assert price.discount(999, 10) == 900


def test_discount_out_of_range():
    with pytest.raises(ValueError):
        price.discount(999, 101)
