from shop.cart import Cart
from shop.stock import Stock


def test_total():
    cart = Cart(Stock(book=2, apple=10))
    assert cart.add("book", 1000, "book")
    assert cart.add("apple", 50, "food", count=10)
    assert cart.total() == 1070 + 10 * 54


def test_sold_out():
    cart = Cart(Stock(book=1))
    assert not cart.add("book", 1000, "book", count=2)
    assert cart.total() == 0
