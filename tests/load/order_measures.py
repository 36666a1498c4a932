"""What `make bench` measures of the ways in: the order on each, and who waits beside whom."""

from __future__ import annotations

import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import replace

from rostrum.actions.debates.settings import change_debate
from rostrum.clock import utc_clock
from rostrum.domain.actors import COMMAND_LINE
from rostrum.domain.debates.debate import Debate, Visibility
from rostrum.store.debates import get_debate_by_id
from tests.load import phones
from tests.load.busy import Crush, busy, pipelining
from tests.load.caddy import caddy_before, from_its_page
from tests.load.measures import Figures, Stage

PRESSES = 300
PACES = (("burst", 0.0), ("500", 0.002))
PIPELINED, BUSY = 800, 64
LISTED, ASKED = 100, 2_000
"""Registrations on the public list, and how often it is asked for."""
BURNERS = 2
BURN = "while True: pass"


def every_second(index: int) -> bool:
    return index % 2 == 0


@contextmanager
def burning() -> Iterator[None]:
    """As many processes as there are cores that only use them up."""
    burners = [subprocess.Popen([sys.executable, "-c", BURN]) for _ in range(BURNERS)]
    try:
        yield
    finally:
        for each in burners:
            each.kill()
            each.wait()


def order(stage: Stage) -> Figures:
    """Overtaking straight at the server, half of the connections open before and half new."""
    return _order(stage, "order_mixed", new=every_second)


def order_through_caddy(stage: Stage) -> Figures:
    """The same through a real proxy, to which each phone has a connection of its own."""
    with caddy_before(stage.server) as proxy:
        return _order(stage, "order_caddy", at=proxy.address, dial=proxy.dial)


def _order(stage: Stage, name: str, **how: object) -> Figures:
    found: Figures = {}
    for beside, company in (("", nullcontext), ("_busy", burning)):
        for pace, spacing in PACES:
            _, ready = stage.served.ready(PRESSES)
            presses = [from_its_page(phones.press(each)) for each in ready]
            with company():
                answers = stage.fire(presses, spacing, **how)
            order = [(answer.sent, phones.arrival_number(answer)) for answer in answers]
            found[f"{name}_{pace}{beside}"] = phones.longest_overtaking(order)
    return found


def first_press(stage: Stage) -> Figures:
    """The first press after the start against the median of those after it, each alone."""
    _, ready = stage.served.ready(20)
    took = []
    for phone in ready:
        (answer,) = stage.fire([phones.press(phone)])
        took.append(answer.answered - answer.sent)
    return {"first_press": took[0], "first_press_ratio": took[0] / statistics.median(took[1:])}


def beside_busy_ones(stage: Stage) -> Figures:
    """The slowest press and /healthz beside clients that always ask for more."""
    debate, ready = stage.served.ready(20, visibility=Visibility.PUBLIC)
    request = phones.look(f"/debates/{debate.slug}/list/state")
    with pipelining(stage.server.address, request, PIPELINED) as crush:
        health = _waited(crush, phones.look("/healthz"))
    with pipelining(stage.server.address, request, PIPELINED) as crush:
        press = _waited(crush, phones.press(ready.pop()))
    found = {"healthz_beside_pipelined": health, "press_beside_pipelined": press}
    with busy(stage.server.address, request, BUSY) as crush:
        looks = [phones.look("/healthz")] * 10
        found["healthz_beside_64_busy"] = max(_waited(crush, each) for each in looks)
        presses = [phones.press(phone) for phone in ready[:10]]
        found["press_beside_64_busy"] = max(_waited(crush, each) for each in presses)
    return found


def _waited(crush: Crush, request: bytes) -> float:
    began = time.perf_counter()
    crush.answered_before(request)
    return time.perf_counter() - began


def public_list(stage: Stage) -> Figures:
    """The list for everybody and its state a second, against /clock a second."""
    debate, ready = stage.served.ready(LISTED)
    stage.fire([phones.press(phone) for phone in ready])
    _show_to_everybody(stage, debate)
    path = f"/debates/{debate.slug}/list"
    clock = _a_second(stage, "/clock")
    return {
        "public_list_ratio": _a_second(stage, path) / clock,
        "public_state_ratio": _a_second(stage, f"{path}/state") / clock,
    }


def _show_to_everybody(stage: Stage, debate: Debate) -> None:
    found = get_debate_by_id(stage.served.db, debate.id)
    changed = replace(found, visibility=Visibility.PUBLIC)
    change_debate(
        stage.served.db, utc_clock.now(), COMMAND_LINE, changed=changed, seen=found.version
    )


def _a_second(stage: Stage, path: str) -> float:
    """Answers a second to clients that ask one after the other, on connections they keep."""
    request = phones.look(path).removesuffix(b"\r\n") + b"Accept-Encoding: br\r\n\r\n"
    with busy(stage.server.address, request, 16) as crush:
        began, before = time.perf_counter(), crush.answered
        crush.until(lambda: crush.answered - before >= ASKED)
        return (crush.answered - before) / (time.perf_counter() - began)
