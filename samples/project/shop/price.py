"""Prices, in cents."""

RATES = {"book": 7, "food": 7}


def with_tax(cents, kind):
    """The price with the tax of its kind, rounded half up."""
    rate = RATES.get(kind, 19)
    return cents + (cents * rate + 50) // 100


def discount(cents, percent):
    if not 0 <= percent <= 100:
        raise ValueError(f"a discount of {percent} %")
    return cents - cents * percent // 100


def text(cents):
    sign = ""
    if cents < 0:
        sign = "-"
        cents = -cents
    return f"{sign}{cents // 100}.{cents % 100:02}"
