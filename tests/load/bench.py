"""`make bench`: the rush at the opening, measured on the real server over loopback.

Prints `name value unit` lines, a target beside each figure that has one. A `_ratio` is a time
against the same number of requests, sent the same way in the same run, to `/healthz` (for
`…_during_…`: against the same rush alone); `rush_600_processor` is what one press takes of a
processor, in seconds, beside one `/healthz`. Each figure is the median of the repetitions.
"""

from __future__ import annotations

import argparse
import json
import statistics
import tempfile
from collections import defaultdict
from collections.abc import Callable
from functools import partial
from pathlib import Path

from rostrum.config import Config
from rostrum.store.database import connect
from tests.load import letter_measures, measures, order_measures, phones, scenes
from tests.load.measures import Figures, Stage
from tests.load.phones import Phone
from tests.load.served_instance import ServedInstance
from tests.load.server import running

TARGETS = {
    "rush_600_span_ratio": "at most 2.7",
    "rush_600_p99": "at most 1 s",
    "rush_horizon_burst": "at most 0.05 s",
    "rush_horizon_500": "at most 0.005 s",
    "order_mixed_burst": "at most 0.05 s",
    "order_mixed_500": "at most 0.005 s",
    "order_caddy_burst": "at most 0.05 s",
    "order_caddy_500": "at most 0.01 s",
    "healthz_beside_pipelined": "at most 0.1 s",
    "press_beside_pipelined": "at most 0.3 s",
    "healthz_beside_64_busy": "at most 0.1 s",
    "press_beside_64_busy": "at most 0.3 s",
    "public_list_ratio": "at least 0.5",
    "public_state_ratio": "at least 0.5",
    "rush_refused": "0",
    "rush_lost": "0",
    "rush_double": "0",
    "rush_gap": "0",
    "live_1000_last": "at most 0.5 s",
    "live_3000_last": "at most 1 s",
    "live_bytes_per_stream": "at most 25000 bytes",
    "live_during_rush_p99_ratio": "at most 2",
    "rush_during_letters_p99_ratio": "at most 1.5",
    "healthz_during_hostile_max": "at most 0.25 s",
    "letters_190_last_ready_ratio": "at most 1.3",
    "healthz_beside_190_letters": "at most 0.1 s",
    "letter_beside_slow_ones": "at most 2 s",
    "streams_dropped": "0",
    "growth_10000": "at most 1.5",
    "opening_page_ratio": "at least 0.12",
    "start_to_answer": "at most 1.5 s",
    "idle_memory": "at most 120000000 bytes",
}
LONG, SHORT, FRESH = 10_000, 200, 20
"""Registrations on the long and the short list, and further phones a repetition for each."""


def unit_of(name: str) -> str:
    """What a figure counts: bytes, requests, nothing (a ratio) or seconds."""
    if name.endswith("_ratio") or name == "growth_10000":
        return ""
    if name in ("live_bytes_per_stream", "idle_memory"):
        return "bytes"
    if name == "streams_dropped":
        return "streams"
    return "requests" if TARGETS.get(name) == "0" else "s"


def run(repeats: int, names: set[str], say: Callable[[str], None]) -> Figures:
    """The medians of so many repetitions of the named measurements, each on a fresh server."""
    found: dict[str, list[float]] = defaultdict(list)
    for number in range(1, repeats + 1):
        for name, measure in MEASUREMENTS.items():
            if name in names:
                for figure, value in measure().items():
                    found[figure].append(value)
                say(f"# {name}: {number} of {repeats}")
    if "growth" in names:
        found["growth_10000"] = growths(repeats)
    return {name: statistics.median(values) for name, values in found.items()}


def on_a_stage(measure: Callable[[Stage], Figures]) -> Figures:
    """What it measures on a server of its own, on a fresh database."""
    with tempfile.TemporaryDirectory(prefix="rostrum-bench-") as folder:
        config = Config(scenes.make_instance(Path(folder) / "instance"))
        db = connect(config.database)
        try:
            with running(config) as server:
                return measure(Stage(server, ServedInstance(server, db)))
        finally:
            db.close()


def start() -> Figures:
    """A server started while another one, the reference, has nothing to do."""
    with tempfile.TemporaryDirectory(prefix="rostrum-bench-") as folder:
        config = Config(scenes.make_instance(Path(folder) / "instance"))
        return on_a_stage(partial(measures.start, config=config))


def growths(repeats: int) -> list[float]:
    """Repetitions on two lists that are made once: ten thousand take a while."""
    values: list[float] = []

    def measure(stage: Stage) -> Figures:
        fresh = [list_of(stage, size, repeats * FRESH) for size in (LONG, SHORT)]
        for begin in range(0, repeats * FRESH, FRESH):
            long, short = (those[begin : begin + FRESH] for those in fresh)
            values.extend(measures.growth(stage, long, short).values())
        return {}

    on_a_stage(measure)
    return values


def list_of(stage: Stage, size: int, more: int) -> list[Phone]:
    """A debate with so many registrations; as many more phones that have yet to press."""
    _, signed_in = stage.served.ready(size + more)
    for begin in range(0, size, 500):
        stage.fire([phones.press(each) for each in signed_in[begin : min(begin + 500, size)]])
    return signed_in[size:]


MEASUREMENTS: dict[str, Callable[[], Figures]] = {
    "rush": partial(on_a_stage, measures.rush),
    "horizon": partial(on_a_stage, measures.horizon),
    "order": partial(on_a_stage, order_measures.order),
    "caddy": partial(on_a_stage, order_measures.order_through_caddy),
    "first_press": partial(on_a_stage, order_measures.first_press),
    "busy": partial(on_a_stage, order_measures.beside_busy_ones),
    "public_list": partial(on_a_stage, order_measures.public_list),
    "live_1000": partial(on_a_stage, partial(measures.live, streams=1000)),
    "live_3000": partial(on_a_stage, partial(measures.live, streams=3000)),
    "live_during_rush": partial(on_a_stage, measures.rush_beside_streams),
    "rush_during_letters": partial(on_a_stage, measures.rush_beside_letters),
    "last_minutes": partial(on_a_stage, letter_measures.last_minutes),
    "slow_letters": partial(on_a_stage, letter_measures.beside_slow_ones),
    "hostile": partial(on_a_stage, measures.health_beside_hostile_files),
    "opening_page": partial(on_a_stage, measures.opening_page),
    "start": start,
}


def line(name: str, value: float) -> str:
    """`name value unit`, and the target where there is one."""
    text = f"{name} {value:.6g} {unit_of(name)}".rstrip()
    return f"{text}  ({TARGETS[name]})" if name in TARGETS else text


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--repeats", type=int, default=5)
    parser.add_argument("--only", nargs="*", choices=[*MEASUREMENTS, "growth"], help="some of them")
    parser.add_argument("--json", type=Path, help="write the figures to this file too")
    options = parser.parse_args()
    figures = run(options.repeats, set(options.only or [*MEASUREMENTS, "growth"]), print)
    for name, value in figures.items():
        print(line(name, value))
    if options.json:
        options.json.write_text(json.dumps(figures, indent=2) + "\n")


if __name__ == "__main__":
    main()
