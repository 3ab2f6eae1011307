"""One worker process, with the settings that can't be given on the command line."""

import asyncio
import logging

import uvloop
from app import handler, settings
from arq.worker import Worker

logging.disable(logging.INFO)
asyncio.set_event_loop_policy(uvloop.EventLoopPolicy())
Worker((handler,), redis_settings=settings, max_jobs=100, poll_delay=0.005, keep_result=0, log_results=False).run()
