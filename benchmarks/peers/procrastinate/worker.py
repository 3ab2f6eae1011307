"""One worker process, with the settings that can't be given on the command line."""

import asyncio
import logging

import uvloop
from app import app

logging.disable(logging.INFO)
asyncio.set_event_loop_policy(uvloop.EventLoopPolicy())


async def main() -> None:
    """Run jobs for ever."""
    async with app.open_async():
        await app.run_worker_async(concurrency=30, fetch_job_polling_interval=0.02, delete_jobs="always")


asyncio.run(main())
