"""A small shop: what the sample workflow records the tests of."""
