"""Places follow the order in which the requests reached the machine, also when it is busy.

On whatever kind of connection they come: open before, or opened for the press.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing

import pytest

from rostrum.config import Config
from rostrum.store.database import Database
from tests.load.caddy import caddy_before, from_its_page
from tests.load.phones import Answer, arrival_number, connect, fire, press, receive
from tests.load.served_instance import ServedInstance
from tests.load.server import running

pytestmark = pytest.mark.load

MANY = 200
AS_GEVENT_HAS_IT = """
import rostrum.cli
import rostrum.worker
from gevent.monkey import patch_all
from gunicorn.workers.ggevent import GeventWorker
rostrum.cli._patch = patch_all
rostrum.worker.OrderedWorker = GeventWorker
rostrum.cli.main()
"""


WITHOUT_A_LINE = """
import rostrum.worker
from gunicorn.workers.ggevent import GeventWorker
rostrum.worker.OrderedWorker = GeventWorker
from rostrum.cli import main
main()
"""
"""The same loop; each request is served as soon as the loop comes upon its socket."""


def every_second(index: int) -> bool:
    return index % 2 == 0


def numbers_in_order_of_sending(served: ServedInstance, spacing: float, **how: object) -> list[int]:
    """The numbers of presses sent one after the other, faster than they can be answered."""
    _, phones = served.ready(MANY)
    answers = served.fire([press(each) for each in phones], spacing, **how)
    return [arrival_number(one) for one in answers]


@pytest.mark.parametrize("spacing", [0, 0.001], ids=["at once", "1,000 a second"])
@pytest.mark.parametrize(
    "new",
    [lambda _: False, lambda _: True, every_second],
    ids=["open before", "new", "half open, half new"],
)
@pytest.mark.xdist_group("served")
def test_who_sends_first_gets_the_lower_number(
    served: ServedInstance, spacing: float, new: Callable[[int], bool]
) -> None:
    numbers = numbers_in_order_of_sending(served, spacing, new=new)
    assert numbers == list(range(1, MANY + 1))


def test_without_a_line_open_connections_overtake_new_ones(config: Config, db: Database) -> None:
    with running(config, WITHOUT_A_LINE) as server:
        numbers = numbers_in_order_of_sending(ServedInstance(server, db), 0.001, new=every_second)
    assert sorted(numbers) == list(range(1, MANY + 1))
    assert numbers != sorted(numbers)


@pytest.mark.xdist_group("served")
def test_a_press_counts_from_when_it_is_whole(served: ServedInstance) -> None:
    """Whoever sends the head early and the body late has the place of the body."""
    _, phones = served.ready(MANY)
    late, *others = [press(each) for each in phones]
    with closing(connect(served.address)) as early:
        head, mark, body = late.partition(b"\r\n\r\n")
        early.sendall(head + mark + body[:10])
        told: list[Answer] = []

        def finish(answered: int) -> None:
            if answered and not told:
                told.append(Answer())
                early.sendall(body[10:])

        answers = served.fire(others, watch=finish)
        while not told[0].is_whole:
            told[0].raw += receive(early)
    numbers = [arrival_number(each) for each in answers]
    assert numbers[0] < arrival_number(told[0])
    assert sorted([*numbers, arrival_number(told[0])]) == list(range(1, MANY + 1))


def test_gevents_own_loop_and_worker_give_another_order(config: Config, db: Database) -> None:
    with running(config, AS_GEVENT_HAS_IT) as server:
        numbers = numbers_in_order_of_sending(ServedInstance(server, db), 0.001)
    assert sorted(numbers) == list(range(1, MANY + 1))
    assert numbers != sorted(numbers)


@pytest.mark.xdist_group("served")
def test_a_rush_through_the_real_caddy_gives_everybody_one_number(served: ServedInstance) -> None:
    """In the order in which Caddy hands them on, which only `make bench` measures."""
    _, phones = served.ready(MANY)
    with caddy_before(served.server) as proxy:
        presses = [from_its_page(press(phone)) for phone in phones]
        answers = fire(proxy.address, presses, dial=proxy.dial)
    assert sorted(arrival_number(each) for each in answers) == list(range(1, MANY + 1))
