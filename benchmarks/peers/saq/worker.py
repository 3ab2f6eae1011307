"""What the command ``saq app.settings --workers 2 --quiet`` does, on uvloop."""

import asyncio

import uvloop
from saq.runner import run

if __name__ == "__main__":
    asyncio.set_event_loop_policy(uvloop.EventLoopPolicy())
    run("app.settings", workers=2, quiet=True)
