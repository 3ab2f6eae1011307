"""What is made of the peers' starts: figures, medians, ratios, the table and the page."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks.peers import environments, figures, page
from benchmarks.peers.peer import NAMES, load


def test_burst_counts_from_the_moment_to_the_last_start():
    found = figures.burst([(0, 100.5), (1, 102.0), (2, 101.0)], 3, 100.0)
    assert found["burst_s"] == 2.0
    assert found["burst_per_s"] == 1.5
    assert (found["burst_missing"], found["burst_twice"], found["burst_early"]) == (0, 0, 0)


def test_a_burst_that_did_not_end_has_a_rate_and_no_duration():
    found = figures.burst([(0, 100.5), (1, 102.0)], 3, 100.0)
    assert "burst_s" not in found
    assert found["burst_per_s"] == 1.0
    assert found["burst_missing"] == 1


def test_nothing_ran():
    assert figures.burst([], 2, 100.0) == {"burst_missing": 2, "burst_twice": 0, "burst_early": 0}
    assert "p50_ms" not in figures.lag([], [1.0])


def test_lag_counts_the_first_start_of_each_and_tells_of_early_and_double_ones():
    found = figures.lag([(0, 10.002), (1, 10.9), (1, 12.0), (2, 12.004)], [10.0, 11.0, 12.0, 13.0])
    assert found["p50_ms"] == pytest.approx(2.0, abs=0.01)
    assert found["max_ms"] == pytest.approx(4.0, abs=0.01)
    assert (found["lag_missing"], found["lag_twice"], found["lag_early"]) == (1, 1, 1)


def test_rounds_become_medians_and_troubles_sums():
    rounds = [
        {"calls_per_s": 10.0, "burst_missing": 1, "scheduled_in_time": True},
        {"calls_per_s": 30.0, "burst_missing": 0, "scheduled_in_time": False},
        {"calls_per_s": 20.0, "burst_missing": 2, "scheduled_in_time": True},
    ]
    found = figures.combined(rounds)
    assert found["calls_per_s"] == 20.0
    assert found["calls_per_s_range"] == [10.0, 30.0]
    assert found["burst_missing"] == 3
    assert found["scheduled_in_time"] is False
    assert figures.combined([], ["no Node"]) == {"not_measured": "no Node"}
    assert figures.remarks(figures.combined([{"p50_ms": 1.0}], ["it ended"])) == "1 more rounds failed: it ended"


@pytest.mark.parametrize(
    ("ours", "theirs", "more", "times"),
    [(20.0, 10.0, True, 2.0), (2.0, 10.0, False, 5.0), (None, 1.0, True, None), (1.0, None, False, None)],
)
def test_above_one_we_are_ahead(ours: float | None, theirs: float | None, more: bool, times: float | None):
    assert figures.ratio(ours, theirs, more) == times


def test_table_and_page(tmp_path: Path):
    results = {
        "ours": {"calls_per_s": 4_000.0, "p50_ms": 2.0},
        "rq": {"calls_per_s": 1_000.0, "p50_ms": 500.0, "burst_missing": 7},
        "bullmq": {"not_measured": "Node and npm are not installed"},
    }
    table = figures.table(results, {"ours": "us", "rq": "RQ"}, "ours").splitlines()
    assert "1,000 (4.00x)" in table[2]
    assert "500 (250x)" in table[2]
    assert table[2].endswith("burst: 7 missing")
    assert table[3].endswith("not measured: Node and npm are not installed")

    file = tmp_path / "page.md"
    file.write_text(f"before\n{page.BEGIN}\nold\n{page.END}\nafter\n")
    page.write({"results": results, "machine": {"cores": 2}}, [load(name) for name in results], file)
    text = file.read_text()
    assert text.startswith("before\n")
    assert text.endswith("\nafter\n")
    assert "old" not in text
    assert "1,000 (4.00x)" in text
    file.write_text("no marks")
    with pytest.raises(ValueError, match="marks"):
        page.write({"results": {}, "machine": {}}, [], file)


def test_each_peer_is_pinned_and_tells_what_it_promises(tmp_path: Path):
    for name in NAMES:
        peer = load(name)
        assert peer.title
        assert peer.source
        assert peer.waits_in
        assert peer.killed
        if not peer.node:
            assert all("==" in line for line in peer.requirements_file.read_text().splitlines() if line[0] != "#")
        with pytest.raises(environments.NotMeasuredError, match="prepare"):
            environments.programs(peer, tmp_path)
