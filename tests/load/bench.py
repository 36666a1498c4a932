"""`make bench`: the rush at the opening, measured on the real server over loopback.

Prints `name value unit` lines. Times also stand as ratios to the same number of requests, sent
the same way in the same run, to `/healthz`: two bytes through the same server and application.
Each figure is the median of the repetitions.
"""

from __future__ import annotations

import argparse
import json
import statistics
import tempfile
from collections import Counter
from collections.abc import Callable
from pathlib import Path

from tests.load import phones, scenes
from tests.load.server import Server, serving

Figures = dict[str, float]
UNITS = {"ratio": "", "ms": "ms", "s": "s", "MB": "MB", "B": "bytes", "n": "requests"}


def measure_rush(server: Server, scene: scenes.Scene, count: int) -> Figures:
    """`count` presses at once (three phones a delegation) against `count` × /healthz."""
    reference = phones.fire(server.address, [phones.look("/healthz")] * count)
    answers = phones.fire(server.address, [phones.press(phone) for phone in scene.phones])
    span, base = _span(answers), _span(reference)
    delays = sorted(answer.answered - answer.sent for answer in answers)
    return {
        f"rush_{count}_span ms": span * 1000,
        f"rush_{count}_span_ratio ratio": span / base,
        f"rush_{count}_p99 ms": delays[int(len(delays) * 0.99) - 1] * 1000,
        **_order(scene, answers),
    }


def _span(answers: list[phones.Answer]) -> float:
    """First sent to last answered, in seconds."""
    return max(a.answered for a in answers) - min(a.sent for a in answers)


def _order(scene: scenes.Scene, answers: list[phones.Answer]) -> Figures:
    """What was lost, doubled or left out: acknowledged numbers against the database."""
    told = {
        (phone.code, phones.arrival_number(answer))
        for phone, answer in zip(scene.phones, answers, strict=True)
        if answer.status == 200
    }
    kept = scene.registered()
    numbers = sorted(kept.values())
    doubled = [code for code, times in Counter(code for code, _ in told).items() if times > 1]
    return {
        "rush_refused n": sum(answer.status != 200 for answer in answers),
        "rush_lost n": sum(kept.get(code) != number for code, number in told),
        "rush_double n": len(doubled) + len(numbers) - len(set(numbers)),
        "rush_gap n": len(set(range(1, len(numbers) + 1)) - set(numbers)),
    }


def run(repeats: int, count: int, say: Callable[[str], None]) -> Figures:
    """The medians of `repeats` rushes, each on a debate of its own."""
    found: dict[str, list[float]] = {}
    with tempfile.TemporaryDirectory(prefix="rostrum-bench-") as folder:
        instance = scenes.make_instance(Path(folder) / "instance")
        with serving(instance) as server:
            for number in range(repeats):
                scene = scenes.make_scene(instance, server, f"rush-{number}", count)
                for name, value in measure_rush(server, scene, count).items():
                    found.setdefault(name, []).append(value)
                say(f"# rush {number + 1} of {repeats} done")
    return {name: statistics.median(values) for name, values in found.items()}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--repeats", type=int, default=5)
    parser.add_argument("--count", type=int, default=200, help="presses at once")
    parser.add_argument("--json", type=Path, help="write the figures to this file too")
    options = parser.parse_args()
    figures = run(options.repeats, options.count, print)
    for name, value in figures.items():
        label, unit = name.rsplit(" ", 1)
        print(f"{label} {value:.6g} {UNITS[unit]}".rstrip())
    if options.json:
        options.json.write_text(json.dumps(figures, indent=2) + "\n")


if __name__ == "__main__":
    main()
