"""What somebody is about to buy."""

from shop import price
from shop.stock import SoldOut


class Cart:
    def __init__(self, stock):
        self.stock = stock
        self.items = []

    def add(self, name, cents, kind="other", count=1):
        try:
            self.stock.take(name, count)
        except SoldOut:
            return False
        for _ in range(count):
            self.items.append((name, cents, kind))
        return True

    def total(self, percent=0):
        total = 0
        for _, cents, kind in self.items:
            total += price.with_tax(cents, kind)
        return price.discount(total, percent)

    def receipt(self):
        lines = [f"{name} {price.text(cents)}" for name, cents, _ in self.items]
        lines.append(f"total {price.text(self.total())}")
        return "\n".join(lines)
