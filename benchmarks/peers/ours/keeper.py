"""``celery`` with the keeper's command, which an installed package would bring by itself."""

from celery.bin.celery import celery, main

from celery_durable_jobs.cli.durable_shards import durable_shards

celery.add_command(durable_shards)
main()
