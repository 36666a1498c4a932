"""What `make bench` measures: each function takes a stage and gives figures by name.

Times are in seconds. Beside each stands its reference: the same number of requests, sent the same
way in the same run, to `/healthz` (two bytes through the same server and application).
"""

from __future__ import annotations

import io
import os
import statistics
import time
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from random import Random
from typing import Any

from PIL import Image

from rostrum.actions.registrations.withdrawal import withdraw
from rostrum.clock import utc_clock
from rostrum.config import Config
from rostrum.domain.debates.debate import Debate
from rostrum.letters.refusals import Refusal
from tests.factories import actor
from tests.letters.corpus import REFUSED
from tests.load import phones, scenes
from tests.load.crowd import crowd
from tests.load.phones import Address, Answer, Phone
from tests.load.served_instance import ServedInstance
from tests.load.server import Server

Figures = dict[str, float]
Company = Callable[[scenes.Scene], AbstractContextManager]
PHONES_EACH = 3
DELEGATIONS = 200
CALM = 2
"""Seconds between two changes: each is measured alone, the watcher rests after telling."""
HOSTILE = (*(Refusal.UNREADABLE, Refusal.CUT_OFF, Refusal.TOOK_TOO_LONG, Refusal.TOO_MANY_PIXELS),)
"""Refusals of files that had to be opened to be judged: bombs, circles, what breaks off."""
LETTERS, LETTER_SIDE = 20, 2_700
"""Letters that arrive at once, and the pixels of a side that make each of them 8 MB."""


@dataclass
class Stage:
    """A running server on a fresh database, with debates as they are needed."""

    server: Server
    served: ServedInstance
    _numbers: count = field(default_factory=count)

    def scene(self, presses: int, each: int = PHONES_EACH) -> scenes.Scene:
        """A new debate with phones signed in through the pages, ready to press."""
        slug = f"scene-{next(self._numbers)}"
        return scenes.make_scene(self.served.config.instance, self.server, slug, presses, each)

    def fire(
        self, requests: list[bytes], spacing: float = 0.0, at: Address | None = None, **how: Any
    ) -> list[Answer]:
        """Every answer of the server, or of what stands before it `at` another address."""
        return phones.fire(at or self.server.address, requests, spacing, patience=120, **how)

    def reference(self, requests: int, spacing: float = 0.0) -> list[Answer]:
        return self.fire([phones.look("/healthz")] * requests, spacing)


def span(answers: list[Answer]) -> float:
    """First sent to last answered."""
    return max(a.answered for a in answers) - min(a.sent for a in answers)


def slowest_percent(answers: list[Answer]) -> float:
    """The delay that 99 of 100 answers keep."""
    delays = sorted(a.answered - a.sent for a in answers)
    return delays[int(len(delays) * 0.99) - 1]


def pair(name: str, value: float, reference: float) -> Figures:
    """A time and its ratio to the reference."""
    return {name: value, f"{name}_ratio": value / reference}


# --- The rush -----------------------------------------------------------------------------------


def rush(stage: Stage) -> Figures:
    """Three phones of each of 200 delegations press at once."""
    requests = DELEGATIONS * PHONES_EACH
    scene = stage.scene(requests)
    before = processor_time_of(stage.server)
    reference = stage.reference(requests)
    between = processor_time_of(stage.server)
    answers = stage.fire([phones.press(phone) for phone in scene.phones])
    after = processor_time_of(stage.server)
    each = ((after - between) / requests, (between - before) / requests)
    return {
        **pair("rush_600_span", span(answers), span(reference)),
        **pair("rush_600_p99", slowest_percent(answers), slowest_percent(reference)),
        **pair("rush_600_processor", *each),
        **what_became_of(scene, answers),
    }


def processor_time_of(server: Server) -> float:
    """Seconds of a processor that its processes have used, whatever else the machine does."""
    ticks = 0
    for pid in (server.process.pid, *server.workers()):
        values = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
        ticks += int(values[11]) + int(values[12])
    return ticks / os.sysconf("SC_CLK_TCK")


def what_became_of(scene: scenes.Scene, answers: list[Answer]) -> Figures:
    """What was lost, doubled or left out: acknowledged numbers against the database."""
    told = {
        (phone.code, phones.arrival_number(answer))
        for phone, answer in zip(scene.phones, answers, strict=True)
        if answer.is_whole and answer.status == 200
    }
    kept = scene.registered()
    numbers = sorted(kept.values())
    twice = [code for code, times in Counter(code for code, _ in told).items() if times > 1]
    return {
        "rush_refused": sum(not a.is_whole or a.status != 200 for a in answers),
        "rush_lost": sum(kept.get(code) != number for code, number in told),
        "rush_double": len(twice) + len(numbers) - len(set(numbers)),
        "rush_gap": len(set(range(1, len(numbers) + 1)) - set(numbers)),
    }


def horizon(stage: Stage) -> Figures:
    """The longest time by which a press overtook an earlier one: all at once, and 500 a second."""
    found: Figures = {}
    for name, spacing in (("rush_horizon_burst", 0.0), ("rush_horizon_500", 0.002)):
        scene = stage.scene(600, each=1)
        reference = slowest_percent(stage.reference(600, spacing))
        answers = stage.fire([phones.press(phone) for phone in scene.phones], spacing)
        order = [(answer.sent, phones.arrival_number(answer)) for answer in answers]
        found |= pair(name, phones.longest_overtaking(order), reference)
    return found


# --- Open pages ---------------------------------------------------------------------------------


def live(stage: Stage, streams: int) -> Figures:
    """From the commit of a withdrawal at the top to the last open page that shows its new place."""
    each = 5
    watching = streams // DELEGATIONS // each
    debate, signed_in = stage.served.ready(DELEGATIONS + 5, each=watching)
    first = signed_in[: DELEGATIONS + 5]
    stage.fire([phones.press(phone) for phone in first])
    leavers = {phone.code for phone in first[:5]}
    pages = [phone for phone in signed_in if phone.code not in leavers]
    before = memory_of(stage.server)
    reference = span(stage.reference(streams))
    with crowd(stage.server.address, pages, each) as open_pages:
        added = (memory_of(stage.server) - before) / streams
        delays = []
        for gone, code in enumerate(sorted(leavers), start=1):
            open_pages.tell(str(DELEGATIONS + 5 - gone))
            leave(stage.served, debate, code)
            committed = time.perf_counter()
            delays.append(open_pages.hear() - committed)
            time.sleep(CALM)
    last = statistics.median(delays)
    return pair(f"live_{streams}_last", last, reference) | {"live_bytes_per_stream": added}


def leave(served: ServedInstance, debate: Debate, code: str) -> None:
    """The delegation gives up its place, through a connection of the bench's own."""
    (who,) = served.db.execute("select id from delegation where code = ?", (code,)).fetchone()
    withdraw(served.db, utc_clock.now(), actor(code), debate, delegation_id=who)


def memory_of(server: Server) -> int:
    """Resident bytes of all its processes."""
    pids = [server.process.pid, *server.workers()]
    lines = [line for pid in pids for line in Path(f"/proc/{pid}/status").read_text().splitlines()]
    return sum(int(line.split()[1]) * 1024 for line in lines if line.startswith("VmRSS"))


def rush_beside_streams(stage: Stage) -> Figures:
    """The slowest percent of 600 presses, with the pages of the same 200 delegations open."""
    return beside(stage, "live_during_rush_p99", lambda scene: with_pages(stage, scene))


def with_pages(stage: Stage, scene: scenes.Scene) -> AbstractContextManager:
    """A thousand pages: five of one phone of each delegation."""
    return crowd(stage.server.address, scene.phones[::PHONES_EACH], 5)


def beside(stage: Stage, name: str, company: Company) -> Figures:
    """p99 of a rush in company, and its ratio to that of the same rush alone."""
    alone, together = stage.scene(600), stage.scene(600)
    without = stage.fire([phones.press(phone) for phone in alone.phones])
    with company(together):
        answers = stage.fire([phones.press(phone) for phone in together.phones])
    return pair(name, slowest_percent(answers), slowest_percent(without))


# --- Letters, pages, a long list, the start -----------------------------------------------------


def rush_beside_letters(stage: Stage) -> Figures:
    """The same while 20 letters of 8 MB arrive and are inspected."""
    senders = stage.scene(LETTERS, each=1).phones
    letter = noise()
    requests = [phones.post(phone, f"{phone.path}/letter", letter) for phone in senders]
    return beside(stage, "rush_during_letters_p99", lambda _: sending(stage, requests))


def health_beside_hostile_files(stage: Stage) -> Figures:
    """The slowest of 200 looks at /healthz, 20 ms apart, while four phones send one hostile file
    after the other; and how many of 100 open pages lost their stream meanwhile."""
    files = [case.make() for case in REFUSED if case.refusal in HOSTILE]
    phones_ = stage.scene(104, each=1).phones
    senders, watching = phones_[:4], phones_[4:]
    requests = [
        phones.post(phone, f"{phone.path}/letter", file) for phone in senders for file in files
    ]
    calm = slowest(stage.reference(200, 0.02))
    with crowd(stage.server.address, watching, 1) as open_pages:
        with ThreadPoolExecutor(len(senders)) as pool:
            sent = [pool.submit(stage.fire, [request]) for request in requests]
            beside_them = slowest(stage.reference(200, 0.02))
            answers = [each.result()[0] for each in sent]
        dropped = open_pages.count_lost()
    refused = [answer.status == 422 for answer in answers]
    assert all(refused), f"{refused.count(False)} hostile files were not refused"
    return pair("healthz_during_hostile_max", beside_them, calm) | {"streams_dropped": dropped}


def slowest(answers: list[Answer]) -> float:
    return max(answer.answered - answer.sent for answer in answers)


@contextmanager
def sending(stage: Stage, requests: list[bytes]) -> Iterator[None]:
    """The requests are under way, each in a thread; at the end all have been answered."""
    with ThreadPoolExecutor(len(requests)) as pool:
        sent = [pool.submit(stage.fire, [request]) for request in requests]
        yield
        answers = [each.result()[0] for each in sent]
    bad = [answer for answer in answers if not answer.is_whole or answer.status >= 400]
    if bad:
        raise RuntimeError(f"{len(bad)} letters were not taken: {bad[0].raw[:300]}")


def noise() -> bytes:
    """A photo that nothing can compress: 8 MB."""
    side = LETTER_SIDE
    pixels = Random(24).randbytes(side * side * 3)
    photo = io.BytesIO()
    Image.frombytes("RGB", (side, side), pixels).save(photo, "JPEG", quality=75)
    return photo.getvalue()


def opening_page(stage: Stage) -> Figures:
    """Full pages a second of signed-in delegates, against /healthz a second."""
    scene = stage.scene(DELEGATIONS, each=1)
    reference = span(stage.reference(DELEGATIONS))
    answers = stage.fire([phones.look(phone.path, phone.cookie) for phone in scene.phones])
    assert all(answer.status == 200 for answer in answers)
    return {"opening_page_ratio": reference / span(answers)}


def growth(stage: Stage, long: list[Phone], short: list[Phone]) -> Figures:
    """One press and one look at the place, each alone: with 10,000 on the list against 200."""
    presses = [alone(stage, [phones.press(phone) for phone in those]) for those in (long, short)]
    looks = [
        alone(stage, [phones.look(f"{phone.path}/state", phone.cookie) for phone in those])
        for those in (long, short)
    ]
    return {"growth_10000": max(presses[0] / presses[1], looks[0] / looks[1])}


def alone(stage: Stage, requests: list[bytes]) -> float:
    """The median time of requests that are sent one after the other."""
    return statistics.median(span(stage.fire([request])) for request in requests)


def start(stage: Stage, config: Config) -> Figures:
    """From `rostrum serve` to the first 200, and what it takes when it has nothing to do."""
    server = Server(config)
    began = time.perf_counter()
    try:
        server.start(pause=0.002)
        answered = time.perf_counter() - began
        time.sleep(1)
        idle = memory_of(server)
    finally:
        server.kill()
    reference = span(stage.reference(600))
    return pair("start_to_answer", answered, reference) | {"idle_memory": idle}
