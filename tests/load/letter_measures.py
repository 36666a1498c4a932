"""What `make bench` measures of letters: the last five minutes, and who waits for whom.

A letter is ready when the pages of all its files are known, which the database says. What sends the
letters is a process of its own that gives way to the server.
"""

from __future__ import annotations

import os
import resource
import statistics
import tempfile
import time
from collections.abc import Callable
from concurrent.futures import Future, ProcessPoolExecutor, ThreadPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from random import Random

from rostrum.domain.debates.debate import Debate
from rostrum.letters.inspection import inspect
from tests.load import phones
from tests.load.crowd import crowd
from tests.load.letter_files import (
    Files,
    kind_of,
    one_page_scan,
    slow_letter,
    smallest,
    ten_page_scan,
    three_photos,
    unlike,
)
from tests.load.measures import Figures, Stage, processor_time_of, slowest
from tests.load.phones import Address, Answer, Phone

LETTERS, WITHIN, CORES = 190, 60, 2
"""Letters that come evenly within so many seconds; how many are read at once."""
KINDS = {one_page_scan: 114, three_photos: 57, ten_page_scan: 19}
"""How many of each: six, three and one of ten."""
PATIENCE = 300
OTHERS = 5
"""Good letters, one after the other, beside those of one delegation that are slow."""
GIVES_WAY = 10
"""How nice what sends the letters is."""
Sent = dict[str, float]
"""The instant by the delegation's code."""


def last_minutes(stage: Stage) -> Figures:
    """190 letters within a minute, of delegations that have none, each with a page open."""
    debate, senders = without_letters(stage, LETTERS)
    kinds = [kind for kind, count in KINDS.items() for _ in range(count)]
    Random(19).shuffle(kinds)
    letters = list(zip(senders, kinds, strict=True))
    taken = {kind: processor_time(kind()) for kind in KINDS}
    alone = sum(taken[kind] for kind in kinds) / CORES
    before = processor_time_of(stage.server)
    with crowd(stage.server.address, senders, 1), a_sender() as pool:
        sending = pool.submit(send_evenly, stage.server.address, letters)
        ready, looks = wait_until_ready(stage, debate, LETTERS)
        sent = sending.result()
    waits = sorted(ready[code] - sent[code] for code in ready)
    last = max(ready.values()) - min(sent.values())
    server = (processor_time_of(stage.server) - before) / LETTERS
    return {
        "letters_190_last_ready": last,
        "letters_190_last_ready_ratio": last / max(alone, WITHIN),
        "letters_190_ready_median": statistics.median(waits),
        "letters_190_ready_p95": waits[int(len(waits) * 0.95) - 1],
        "healthz_beside_190_letters": slowest(looks),
        **{f"processor_{kind.__name__}": seconds for kind, seconds in taken.items()},
        "processor_start_of_a_child": processor_time(smallest()),
        "processor_server_each": server,
    }


def beside_slow_ones(stage: Stage) -> Figures:
    """How long good letters of others take while four phones of one delegation send slow ones."""
    debate, (slow, *others) = without_letters(stage, 1 + OTHERS)
    pool = ThreadPoolExecutor(4)
    for number in range(4):
        pool.submit(send, stage.server.address, slow, unlike(slow_letter(), number))
    time.sleep(1)
    waits = []
    for number, other in enumerate(others, start=1):
        began = time.perf_counter()
        sending = pool_of_one(send, stage.server.address, other, unlike(one_page_scan(), number))
        ready, _ = wait_until_ready(stage, debate, number)
        waits.append(ready[other.code] - began)
        sending.result()
    stage.server.kill()  # the slow ones need not be waited for
    pool.shutdown()
    return {"letter_beside_slow_ones": max(waits)}


def pool_of_one(act: Callable, *arguments: object) -> Future:
    return ThreadPoolExecutor(1).submit(act, *arguments)


def without_letters(stage: Stage, count: int) -> tuple[Debate, list[Phone]]:
    """A debate whose list opens in a century, and delegations that lack only the letter."""
    debate, senders = stage.served.ready(count)
    with stage.served.db.conn as db:
        db.execute("update draft set letter_id = null where debate_id = ?", (debate.id,))
        db.execute("delete from letter where debate_id = ?", (debate.id,))
        db.execute("update debate set opens_at = starts_at - 1 where id = ?", (debate.id,))
    return debate, senders


def processor_time(files: Files) -> float:
    """Seconds of a processor that reading these files takes, each in a child of its own."""
    before = of_children()
    with tempfile.TemporaryDirectory(prefix="rostrum-bench-") as folder:
        for number, file in enumerate(files):
            path = Path(folder) / f"{number}"
            path.write_bytes(file.content)
            inspect(path, kind_of(file), path.with_suffix(".pages"))
    return of_children() - before


def of_children() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def a_sender() -> ProcessPoolExecutor:
    """A process that sends letters and gives way to the server."""
    return ProcessPoolExecutor(
        1, mp_context=get_context("spawn"), initializer=os.nice, initargs=(GIVES_WAY,)
    )


def send_evenly(address: Address, letters: list[tuple[Phone, Callable[[], Files]]]) -> Sent:
    """Sends each at its time, whatever became of the others; when that was."""
    contents = {kind: kind() for kind in KINDS}
    begin, each, sent = time.perf_counter(), WITHIN / len(letters), {}
    with ThreadPoolExecutor(len(letters)) as pool:
        for number, (phone, kind) in enumerate(letters):
            time.sleep(max(0.0, begin + number * each - time.perf_counter()))
            sent[phone.code] = time.perf_counter()
            pool.submit(send, address, phone, unlike(contents[kind], number))
    return sent


def send(address: Address, phone: Phone, files: Files) -> Answer:
    request = phones.post_files(phone, f"{phone.path}/letter", files)
    [answer] = phones.fire(address, [request], patience=PATIENCE)
    return answer


def wait_until_ready(stage: Stage, debate: Debate, count: int) -> tuple[Sent, list[Answer]]:
    """When each of so many letters was read, looking 20 times a second; and the looks at /healthz
    in between."""
    sql = """select code from letter join delegation on delegation.id = delegation_id
             join letter_file on letter_id = letter.id where debate_id = ?
             group by code having count(*) = count(pages)"""
    ready: Sent = {}
    looks: list[Answer] = []
    end = time.perf_counter() + PATIENCE
    while len(ready) < count and time.perf_counter() < end:
        looks += stage.reference(1)
        for (code,) in stage.served.db.execute(sql, (debate.id,)).fetchall():
            ready.setdefault(code, time.perf_counter())
        time.sleep(0.05)
    if len(ready) < count:
        raise RuntimeError(f"only {len(ready)} of {count} letters were read")
    return ready, looks
