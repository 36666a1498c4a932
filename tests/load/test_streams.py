"""Open pages do not keep presses out, and hear of everything, whatever happens to the server."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing

import pytest

from rostrum.clock import utc_clock
from rostrum.config import Config
from rostrum.domain.debates.debate import Debate
from rostrum.store.database import Database, connect, data_version
from rostrum.store.registrations import count_active
from tests.factories import make_debate, prepare, register
from tests.load import streams
from tests.load.phones import Phone, arrival_number, press
from tests.load.served_instance import ServedInstance
from tests.load.server import Server, running
from tests.load.streams import Page, read_until

pytestmark = pytest.mark.load

FEW_CONNECTIONS = """
from rostrum.cli import _patch, main
_patch()
import rostrum.serve
rostrum.serve.WORKER_CONNECTIONS = 20
main()
"""


def shows(total: int) -> Callable[[Page], bool]:
    """Whether a page shows that so many are registered."""
    return lambda page: page.totals[-1:] == [total]


# --- Many pages ---------------------------------------------------------------------------------


def open_pages(served: ServedInstance, phones: list[Phone], each: int) -> list[Page]:
    pages = [Page(served.address, phone) for phone in phones for _ in range(each)]
    for page in pages:
        page.open()
    return pages


@pytest.mark.timeout(300)
@pytest.mark.xdist_group("served")
def test_a_thousand_open_pages_do_not_keep_a_press_out(served: ServedInstance) -> None:
    """Ten phones of each of 25 delegations, each with four pages open."""
    _, phones = served.ready(26, each=10)
    presser, watching = phones[25], [phone for phone in phones if phone.code != phones[25].code]
    served.fire([press(phone) for phone in watching[:25]])
    pages = open_pages(served, watching, 4)
    with streams.closing(pages):
        assert len(pages) == 1000
        read_until(pages, shows(25))
        [answer] = served.fire([press(presser)])
        assert arrival_number(answer) == 26
        read_until(pages, shows(26))


def test_pages_that_take_all_connections_keep_a_press_out(config: Config, db: Database) -> None:
    """gunicorn's own bound is 1,000; here it is 20, so that 20 pages are enough."""
    with running(config, FEW_CONNECTIONS) as server:
        served = ServedInstance(server, db)
        debate, phones = served.ready(22)
        *watching, beside, presser = phones
        served.fire([press(phone) for phone in watching])
        pages = open_pages(served, watching, 1)
        with streams.closing(pages), ThreadPoolExecutor(1) as waiting:
            read_until(pages, shows(20))
            pressed = waiting.submit(served.fire, [press(presser)], patience=1)
            register(db, debate, beside.code, utc_clock.now())
            read_until(pages, shows(21))
            [answer] = pressed.result()
            assert answer.raw == b""
            assert count_active(db, debate.id) == 21


# --- A server that goes and comes back ----------------------------------------------------------


class Registrar:
    """Another program that registers one delegation after the other until it is told to stop."""

    def __init__(self, config: Config, debate: Debate, phones: list[Phone]) -> None:
        self._config, self._debate, self._phones = config, debate, phones
        self.done = 0
        self.is_over = threading.Event()

    def work(self) -> None:
        with closing(connect(self._config.database)) as db:
            for phone in self._phones:
                if self.is_over.wait(0.05):
                    return
                register(db, self._debate, phone.code, utc_clock.now())
                self.done += 1


def come_back(page: Page, others: Registrar) -> int:
    """Asks again until somebody listens, as a page does; how many had been registered by then."""
    while True:
        done = others.done
        try:
            page.open()
        except OSError:
            time.sleep(0.02)
        else:
            return done


def read_to_the_end(page: Page) -> None:
    while page.is_open:
        page.read()


def test_pages_that_come_back_to_a_new_server_never_show_an_older_state(
    config: Config, db: Database
) -> None:
    """Delegations are registered all the while: before the kill, meanwhile, and after it."""
    server = Server(config)
    served = ServedInstance(server, db)
    debate, phones = served.ready(90)
    pages = [Page(server.address, phone) for phone in phones[:10]]
    others = Registrar(config, debate, phones[10:])
    try:
        server.start()
        served.fire([press(phone) for phone in phones[:10]])
        with streams.closing(pages), ThreadPoolExecutor(2) as beside:
            for page in pages:
                page.open()
            read_until(pages, shows(10))
            working = beside.submit(others.work)
            read_until(pages, lambda page: page.totals[-1] > 12)
            server.kill()
            for page in pages:
                read_to_the_end(page)
            starting = beside.submit(server.start)
            shown = {page: len(page.totals) for page in pages}
            committed = {page: 10 + come_back(page, others) for page in pages}
            read_until(pages, lambda page: len(page.totals) > shown[page])
            others.is_over.set()
            working.result()
            starting.result()
            read_until(pages, shows(10 + others.done))
    finally:
        server.kill()
    assert "Traceback" not in server.written()
    for page in pages:
        assert page.totals[shown[page]] >= committed[page]
        assert page.totals == sorted(page.totals)


def test_a_watcher_that_tells_only_of_changes_never_tells_what_it_missed(
    db: Database, other: Database
) -> None:
    """The database as a watcher finds it at its start is no change: pages must be told it first."""
    debate = make_debate(db)
    prepare(db, debate, "KEN")
    shown = count_active(db, debate.id)
    register(db, debate)
    seen = data_version(other)
    assert data_version(other) == seen
    assert count_active(other, debate.id) != shown
