"""Tables fit the terminal, and nothing in them moves its cursor."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from celery_durable_jobs.cli.tables import Column, cells, clean, clean_lines, cut, fields, pad, table

ID = "1--UwmK2d3aBcDeFgHiJkLmNoPqRsT"


class TestClean:
    @pytest.mark.parametrize(
        ("given", "shown"),
        [
            ("plain", "plain"),
            ("zwei Wörter, 日本, 😀", "zwei Wörter, 日本, 😀"),
            ("a\nb", r"a\nb"),
            ("\x1b[31mred\x1b[0m", r"\x1b[31mred\x1b[0m"),
            ("\x9b2J", r"\x9b2J"),
            ("\u202eright to left", r"\u202eright to left"),
            ("bell\a, null\0, delete\x7f", r"bell\x07, null\x00, delete\x7f"),
            ("\ud800", r"\ud800"),
            (17, "17"),
        ],
    )
    def test_what_a_terminal_would_act_on_is_an_escape(self, given: object, shown: str):
        assert clean(given) == shown

    @given(st.text())
    def test_the_result_is_printable(self, text: str):
        assert clean(text).isprintable()

    def test_lines_stay_lines(self):
        assert clean_lines("one\n\ttwo\x1b\r\n") == ["one", r"    two\x1b"]
        assert clean_lines("") == [""]


class TestCut:
    @given(st.text(), st.integers(0, 40), st.booleans())
    def test_never_wider_than_asked(self, text: str, width: int, left: bool):
        assert cells(cut(clean(text), width, left=left)) <= width

    def test_an_ellipsis_stands_for_what_is_gone(self):
        assert cut("shop.orders.expire", 8) == "shop.or…"
        assert cut("shop.orders.expire", 8, left=True) == "….expire"
        assert cut("short", 8) == "short"
        assert cut("日本語", 4) == "日…"

    def test_pad(self):
        assert (pad("日本", 6), pad("7", 3, right=True)) == ("日本  ", "  7")


class TestTable:
    columns = (Column("ID"), Column("STATE"), Column("NAME", least=6), Column("TARGET", least=6, drop=1))
    row = (ID, "waiting", "a name that is rather long", "order:4711 of somebody")

    def test_into_a_pipe_nothing_is_cut(self):
        lines = table(self.columns, [self.row])
        assert lines[1].split("  ") == list(self.row)

    @pytest.mark.parametrize("width", [120, 100, 80, 72, 64, 60])
    def test_it_fits_and_ids_are_whole(self, width: int):
        lines = table(self.columns, [self.row, (ID, "dead", "\n", "x" * 300)], width)
        assert all(cells(line) <= width for line in lines)
        assert all(line.startswith(ID) for line in lines[1:])

    def test_columns_are_left_out_where_there_is_no_room(self):
        lines = table(self.columns, [self.row], 50)
        assert lines[0].split() == ["ID", "STATE", "NAME"]

    def test_an_id_is_whole_even_where_nothing_fits(self):
        assert ID in table(self.columns, [self.row], 20)[1]

    @given(st.lists(st.tuples(st.text(), st.text(), st.text(), st.text()), max_size=5), st.integers(22, 200))
    def test_every_row_is_one_line(self, rows: list[tuple[str, str, str, str]], width: int):
        columns = tuple(Column(title, least=4) for title in "ABCD")
        lines = table(columns, rows, width)
        assert len(lines) == len(rows) + 1
        assert all(line.isprintable() and cells(line) <= width for line in lines)


def test_fields_are_aligned():
    assert fields([("id", ID), ("gone", None), ("error", ["one", "two"]), ("name", "a\nb")]) == [
        f"id     {ID}",
        "error  one",
        "       two",
        r"name   a\nb",
    ]
