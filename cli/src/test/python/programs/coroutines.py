"""asyncio: tasks, gather, cancellation, async generators and context managers."""

import asyncio


class Resource:
    async def __aenter__(self):
        await asyncio.sleep(0)
        return self

    async def __aexit__(self, *args):
        return False


async def ticks(n):
    for i in range(n):
        await asyncio.sleep(0)
        yield i


async def worker(n):
    total = 0
    async with Resource():
        async for i in ticks(n):
            total += i
    return total


async def forever():
    try:
        while True:
            await asyncio.sleep(0)
    except asyncio.CancelledError:
        return "cancelled"


async def main():
    endless = asyncio.create_task(forever())
    print(await asyncio.gather(*(worker(n) for n in range(6))))
    await asyncio.sleep(0)
    endless.cancel()
    print(await endless)
    print([i async for i in ticks(3)])


asyncio.run(main())
