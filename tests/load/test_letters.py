"""Every file of the corpus over real HTTP, one hostile file after the other beside open pages."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from hypothesis import given, settings

from rostrum.letters.refusals import Refusal
from tests.letters.corpus import ACCEPTED, CORPUS, REFUSED, Case, damaged
from tests.load import streams
from tests.load.phones import Answer, Phone, look, post
from tests.load.served_instance import ServedInstance
from tests.load.streams import Page, read_until

pytestmark = pytest.mark.load

BEGINNING = {reason: reason.message.partition("%")[0] for reason in Refusal}
"""Each sentence up to its first value."""


def send(served: ServedInstance, phone: Phone, case: Case) -> Answer:
    [answer] = served.fire([post(phone, f"{phone.path}/letter", case.make())], patience=100)
    return answer


@contextmanager
def listening(pages: list[Page]) -> Iterator[None]:
    """The pages are read all the while; at the end none of their streams has ended."""
    over = threading.Event()
    ended: list[BaseException] = []

    def listen() -> None:
        """A message comes every few seconds, and with it the question whether it is over."""
        try:
            read_until(pages, lambda _: over.is_set(), patience=240)
        except AssertionError as lost:
            ended.append(lost)

    thread = threading.Thread(target=listen)
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join()
    assert not ended, ended[0]


@pytest.mark.timeout(300)
@pytest.mark.xdist_group("served")
def test_the_whole_corpus_is_taken_or_refused_kindly_and_no_stream_drops(
    served: ServedInstance,
) -> None:
    debate, phones = served.ready(3)
    sender, pages = phones[0], [Page(served.address, phone) for phone in phones[1:]]
    for page in pages:
        page.open()
    wrong = []
    with streams.closing(pages):
        read_until(pages, lambda page: page.told)
        with listening(pages):
            for case in CORPUS:
                answer = send(served, sender, case)
                told = answer.body if answer.is_whole else ""
                sentence = BEGINNING[case.refusal] if case.refusal else "letter_page"
                if answer.status != (422 if case.refusal else 200) or sentence not in told:
                    wrong.append((case.name, answer.status))
                [healthy] = served.fire([look("/healthz")])
                assert healthy.body == "ok"
    assert wrong == []
    assert len(ACCEPTED) + len(REFUSED) >= 60


@pytest.fixture(scope="module")
def sender(served: ServedInstance) -> Phone:
    """A phone that sends one letter after the other."""
    return served.ready(1)[1][0]


@pytest.mark.xdist_group("served")
@settings(max_examples=15, deadline=None, database=None)
@given(data=damaged())
def test_a_damaged_letter_is_taken_or_refused_and_the_server_stays_up(
    served: ServedInstance, sender: Phone, data: bytes
) -> None:
    [answer] = served.fire([post(sender, f"{sender.path}/letter", data)], patience=100)
    assert answer.status in (200, 422)
    [healthy] = served.fire([look("/healthz")])
    assert healthy.body == "ok"
