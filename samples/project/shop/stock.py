"""What is in the shop."""


class SoldOut(Exception):
    pass


class Stock:
    def __init__(self, **counts):
        self.counts = counts

    def take(self, name, count=1):
        left = self.counts.get(name, 0)
        if left < count:
            raise SoldOut(name)
        self.counts[name] = left - count

    def missing(self, wanted):
        """Generates the names of which there are too few."""
        for name, count in wanted.items():
            if self.counts.get(name, 0) < count:
                yield name

    def __repr__(self):  # pragma: no cover
        return f"Stock({self.counts})"
