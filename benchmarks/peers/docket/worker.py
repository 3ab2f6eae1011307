"""One worker process, with the settings that can't be given on the command line."""

import asyncio
from datetime import timedelta

import uvloop
from app import docket, handler
from docket import Worker


async def main() -> None:
    """Run jobs for ever."""
    soon = timedelta(milliseconds=5)
    async with docket:
        docket.register(handler)
        async with Worker(docket, concurrency=50, minimum_check_interval=soon, scheduling_resolution=soon) as worker:
            await worker.run_forever()


asyncio.set_event_loop_policy(uvloop.EventLoopPolicy())
asyncio.run(main())
