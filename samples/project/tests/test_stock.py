import pytest
from shop.stock import SoldOut, Stock


@pytest.fixture
def stock():
    return Stock(apple=3, pear=1)


def test_take(stock):
    stock.take("apple", 2)
    assert stock.counts["apple"] == 1


def test_sold_out(stock):
    with pytest.raises(SoldOut):
        stock.take("plum")


def test_missing(stock):
    assert list(stock.missing({"apple": 1, "pear": 2, "plum": 1})) == ["pear", "plum"]
