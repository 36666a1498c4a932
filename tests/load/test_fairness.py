"""Places follow the order in which the requests reached the machine, also when it is busy."""

from __future__ import annotations

import pytest

from rostrum.config import Config
from rostrum.store.database import Database
from tests.load.hall import Hall
from tests.load.phones import arrival_number, press
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


def numbers_in_order_of_sending(hall: Hall, spacing: float) -> list[int]:
    """The numbers of presses sent one after the other, faster than they can be answered."""
    _, phones = hall.ready(MANY)
    return [arrival_number(one) for one in hall.fire([press(each) for each in phones], spacing)]


@pytest.mark.parametrize("spacing", [0, 0.001], ids=["at once", "1,000 a second"])
@pytest.mark.xdist_group("hall")
def test_who_sends_first_gets_the_lower_number(hall: Hall, spacing: float) -> None:
    numbers = numbers_in_order_of_sending(hall, spacing)
    assert numbers == list(range(1, MANY + 1))


def test_gevents_own_loop_and_worker_give_another_order(config: Config, db: Database) -> None:
    with running(config, AS_GEVENT_HAS_IT) as server:
        numbers = numbers_in_order_of_sending(Hall(server, db), 0.001)
    assert sorted(numbers) == list(range(1, MANY + 1))
    assert numbers != sorted(numbers)
