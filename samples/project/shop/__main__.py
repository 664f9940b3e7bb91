"""Prints a price with its tax: python -m shop 1000 book."""

import sys

from shop import price

cents, kind = sys.argv[1:]
print(price.text(price.with_tax(int(cents), kind)))
