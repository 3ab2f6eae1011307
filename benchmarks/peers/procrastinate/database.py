"""``create`` makes an empty database with procrastinate's schema, ``drop`` removes it."""

import sys

import psycopg
from app import DATABASE, app

with psycopg.connect("", autocommit=True) as connection:
    connection.execute(f'DROP DATABASE IF EXISTS "{DATABASE}" WITH (FORCE)')
    if sys.argv[1] == "create":
        connection.execute(f'CREATE DATABASE "{DATABASE}"')

if sys.argv[1] == "create":
    with app.open():
        app.schema_manager.apply_schema()
