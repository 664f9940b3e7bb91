"""Coroutines: awaiting, gathering, cancelling, asynchronous iteration."""

import asyncio


class Turns:
    def __init__(self, n):
        self.left = n

    def __aiter__(self):
        return self

    async def __anext__(self):
        if self.left == 0:
            raise StopAsyncIteration
        self.left -= 1
        await asyncio.sleep(0)
        return self.left


class Door:
    async def __aenter__(self):
        await asyncio.sleep(0)
        return self

    async def __aexit__(self, kind, value, trace):
        await asyncio.sleep(0)
        return False


async def letters(n):
    for i in range(n):
        await asyncio.sleep(0)
        yield chr(97 + i)


async def worker(turns):
    seen = 0
    async with Door():
        async for _ in Turns(turns):
            seen += 1
    return seen


async def forever():
    while True:
        await asyncio.sleep(0)


async def main():
    results = await asyncio.gather(*(worker(n) for n in range(4)))
    task = asyncio.ensure_future(forever())
    for _ in range(3):
        await asyncio.sleep(0)
    task.cancel()
    try:
        await task
    except asyncio.CancelledError:
        results.append("cancelled")
    return results, [letter async for letter in letters(3)]


def run():
    return asyncio.run(main())


if __name__ == "__main__":
    print(run())
