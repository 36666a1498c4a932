"""The server as it really runs: one worker, one instance, bounded bodies, silent logs."""

from __future__ import annotations

import io
import os
import re
import shutil
import signal
import socket
import sqlite3
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, closing
from pathlib import Path

import gevent
import httpx
import pytest

from rostrum.bounded_bodies import BoundedBodies
from rostrum.config import Config
from rostrum.domain.debates.debate import Debate
from rostrum.domain.delegations.invitations import invitation_token
from rostrum.instance import check_instance
from rostrum.letters.cage import Lack
from rostrum.listening import bracketed
from rostrum.lock import CannotServe, lock_instance
from rostrum.store.database import Database, opened
from tests.factories import make_debate, make_invitations, prepare
from tests.load.phones import fire, look, press
from tests.load.phones import sign_in as sign_in_phone
from tests.load.scenes import NOT_YET
from tests.load.served_instance import ServedInstance
from tests.load.server import Server, free_port, running, spawn

IMPATIENT = """
from rostrum.cli import _patch, main
_patch()
import rostrum.bounded_bodies
import rostrum.serve
rostrum.bounded_bodies.READ_SECONDS = 0.5
rostrum.serve.SILENT_SECONDS = 1
main()
"""


HEALTH = look("/healthz")


def make_older(db: Database) -> None:
    db.execute("delete from _sqlite_migrations where name = 'm0004_journal'")


def make_newer(db: Database) -> None:
    later = "insert into _sqlite_migrations (migration_set, name) values ('rostrum', 'm9999_later')"
    db.execute(later)


def link(config: Config, db: Database, debate: Debate, code: str = "KEN") -> str:
    """The path of the delegation's invitation."""
    invitation = make_invitations(db, debate, code)[code]
    token = invitation_token(config.secret_key(), invitation.id, invitation.generation)
    return f"/invitations/{token}"


def browser(server: Server) -> httpx.Client:
    """A client of the server that keeps its cookies."""
    return httpx.Client(base_url=server.url, timeout=20, verify=False)  # noqa: S501  no TLS here


def sign_in(client: httpx.Client, path: str) -> str:
    """The address of the page to which the link leads, this browser being signed in for it."""
    form_token = re.search(r'name="csrf_token" value="([^"]+)"', client.get(path).text)[1]
    answer = client.post(path, data={"csrf_token": form_token})
    assert answer.status_code == 303
    return answer.headers["Location"]


def held(client: httpx.Client) -> str:
    """The header with the cookies of a client."""
    return "; ".join(f"{name}={value}" for name, value in client.cookies.items())


def is_answering(server: Server) -> bool:
    with browser(server) as client:
        return client.get("/healthz").text == "ok"


def send_raw(server: Server, raw: bytes) -> bytes:
    """What the server answers to these bytes before it closes the connection."""
    with socket.create_connection((server.host, server.port), timeout=20) as connection:
        connection.sendall(raw)
        with connection.makefile("rb") as answer:
            return answer.read()


# --- The instance folder --------------------------------------------------------------------


@pytest.mark.parametrize(
    ("change", "words"),
    [(make_older, "Run: rostrum migrate"), (make_newer, "newer Rostrum")],
)
def test_a_database_that_does_not_fit_is_refused(
    config: Config, db: Database, change, words: str
) -> None:
    change(db)
    with pytest.raises(CannotServe, match=words):
        check_instance(config)


def test_a_database_that_fits_is_served(config: Config) -> None:
    check_instance(config)


def test_a_folder_has_one_server_at_a_time(tmp_path: Path, monkeypatch) -> None:
    monkeypatch.setattr("rostrum.lock.LOCK_TRIES", 2)
    with (
        lock_instance(tmp_path / "instance"),
        pytest.raises(CannotServe, match="Another Rostrum is serving"),
    ):
        lock_instance(tmp_path / "instance")
    lock_instance(tmp_path / "instance").close()


def refused_start(config: Config) -> str:
    """What `rostrum serve` prints when it will not start."""
    output = config.instance.parent / "refused.log"
    process = spawn(config, free_port(), output)
    assert process.wait(timeout=30) == 1
    return output.read_text(encoding="utf-8")


def test_serve_without_a_database_says_what_to_do(config: Config) -> None:
    shutil.rmtree(config.instance)
    said = refused_start(config)
    assert said.startswith(f"Error: There is no Rostrum in {config.instance}. If it is kept else")
    assert said.count("\n") == 1
    assert not config.instance.exists(), "whoever is in another folder finds nothing new there"


def test_serve_without_the_key_of_its_database_makes_no_other(config: Config, db: Database) -> None:
    make_invitations(db, make_debate(db), "KEN")
    config.key_file.unlink()
    assert refused_start(config).startswith(f"Error: There is no secret.key in {config.instance}. ")
    assert not config.key_file.exists()


def test_a_second_server_is_refused_and_the_first_serves_on(config: Config) -> None:
    with running(config) as server:
        said = refused_start(config)
        assert said == f"Error: Another Rostrum is serving {config.instance}. Stop it first.\n"
        assert is_answering(server)


# --- The cage of letters --------------------------------------------------------------------

LIKE_SYSTEMD = """
import errno
from rostrum.letters.sandbox import bpf, kernel, landlock
kernel.forbid_new_privileges()
refused = bpf.if_equal(landlock.CREATE_RULESET, [bpf.answer(bpf.refuse(errno.EPERM))])
bpf.install([bpf.NUMBER, *refused, bpf.answer(bpf.ALLOW)])
from rostrum.cli import main
main()
"""


def test_a_filter_that_opens_the_cage_of_letters_is_said_in_one_line(config: Config) -> None:
    with running(config, LIKE_SYSTEMD) as server:
        while "\n" not in server.written():
            time.sleep(0.05)
        assert server.written().endswith(f": {Lack.LANDLOCK_REFUSED.message}\n")
        assert server.written().count("\n") == 1


# --- One worker -----------------------------------------------------------------------------


def test_there_is_one_worker_whatever_the_environment_and_signals_say(
    config: Config, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("WEB_CONCURRENCY", "3")
    monkeypatch.setenv("GUNICORN_CMD_ARGS", "--workers 3")
    with running(config) as server:
        worker = server.workers()
        assert len(worker) == 1
        for number in (signal.SIGHUP, signal.SIGTTIN, signal.SIGUSR2):
            server.process.send_signal(number)
        while server.written().count("stop and start instead") < 3:
            time.sleep(0.05)
        assert is_answering(server)
        assert server.workers() == worker


def test_the_server_ends_when_asked_although_a_stream_is_open(config: Config, db: Database) -> None:
    debate = make_debate(db)
    path = link(config, db, debate)
    with running(config) as server, browser(server) as client:
        page = sign_in(client, path)
        with client.stream("GET", f"{page}/stream") as stream:
            assert stream.headers["Content-Type"].startswith("text/event-stream")
            assert "standing" in next(stream.iter_lines())
            assert server.stop() == 0
        cookies = client.cookies
        assert "Traceback" not in server.written()
    with running(config) as server, browser(server) as client:
        client.cookies = cookies
        assert client.get(page).status_code == 200


PATIENT = """
from rostrum.cli import _patch, main
_patch()
import rostrum.serve
rostrum.serve.GRACE_SECONDS = 60
main()
"""
WAITING = """
from rostrum.cli import _patch, main
_patch()
from rostrum.worker import OrderedWorker
OrderedWorker._end_what_waits = lambda self: None
main()
"""
"""As gunicorn ends by itself: it waits for connections on which nothing happens."""


@pytest.mark.parametrize(
    ("program", "is_killed"), [(PATIENT, False), (WAITING, True)], ids=["ours", "control"]
)
def test_the_end_waits_for_no_stream_and_no_idle_connection(
    config: Config, db: Database, program: str, is_killed: bool
) -> None:
    path = link(config, db, make_debate(db))
    with running(config, program) as server, browser(server) as client, ExitStack() as idle:
        page = sign_in(client, path)
        idle.enter_context(socket.create_connection(server.address))
        with client.stream("GET", f"{page}/stream") as stream:
            assert "standing" in next(stream.iter_lines())
            assert server.stop() == 0
        written = server.written()
    assert ("SIGKILL" in written) == is_killed
    assert "Traceback" not in written


def registered_in(database: Path) -> int:
    """How many registrations a copy of the database file alone holds."""
    copy = database.with_name("copy.db")
    shutil.copy(database, copy)
    with closing(sqlite3.connect(copy)) as alone:
        found = alone.execute("select count(*) from registration").fetchone()[0]
    for each in copy.parent.glob("copy.db*"):
        each.unlink()
    return found


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_stopped_server_leaves_everything_in_one_file(config: Config, number: int) -> None:
    """A copy of that file alone holds nothing of the rush while the server runs, and all after."""
    with running(config) as server:
        with opened(config.database) as db:
            served = ServedInstance(server, db)
            _, phones = served.ready(5)
            answers = served.fire([press(phone) for phone in phones])
            assert [answer.status for answer in answers] == [200] * 5
        assert registered_in(config.database) == 0
        assert server.stop(number) == 0
    assert not list(config.instance.glob("rostrum.db-*"))
    assert registered_in(config.database) == 5


def test_a_server_whose_worker_was_killed_leaves_one_file_too(config: Config) -> None:
    with running(config) as server:
        os.kill(*server.workers(), signal.SIGKILL)
        assert server.stop() == 0
    assert not list(config.instance.glob("rostrum.db-*"))


def test_the_server_answers_others_while_another_program_holds_the_write_lock(
    config: Config, db: Database
) -> None:
    debate = make_debate(db, starts_at=NOT_YET)
    prepare(db, debate, "KEN")
    token = link(config, db, debate).rpartition("/")[2]
    with running(config) as server, browser(server) as client, ThreadPoolExecutor(1) as beside:
        phone = sign_in_phone(server.address, "KEN", token)
        db.execute("begin immediate")
        pressed = beside.submit(fire, server.address, [press(phone)])
        for _ in range(10):
            assert client.get("/healthz").text == "ok"
            time.sleep(0.05)
        db.execute("rollback")
        assert [answer.status for answer in pressed.result()] == [200]


# --- Bodies ---------------------------------------------------------------------------------


def post(server: Server, client: httpx.Client, page: str, claim: str, body: bytes) -> bytes:
    """A form, and what its head claims of its body."""
    head = (
        f"POST {page}/draft HTTP/1.1\r\nHost: {server.host}\r\nConnection: close\r\n"
        f"Cookie: {held(client)}\r\n"
        f"Content-Type: application/x-www-form-urlencoded\r\n{claim}\r\n\r\n"
    )
    return head.encode() + body


def test_a_body_that_comes_too_slowly_is_cut_off(config: Config, db: Database) -> None:
    path = link(config, db, make_debate(db))
    with running(config, IMPATIENT) as server, browser(server) as client:
        page = sign_in(client, path)
        answer = send_raw(server, post(server, client, page, "Content-Length: 1000", b"name=Era"))
        assert answer.startswith(b"HTTP/1.1 408 ")
        assert b"too slow" in answer
        assert client.get(page).status_code == 200


@pytest.mark.parametrize(
    ("said", "heard"),
    [(b"", b""), (HEALTH[:20], b""), (HEALTH, b"ok")],
    ids=["nothing", "half a head", "a whole request and then nothing"],
)
def test_a_connection_that_says_nothing_more_is_closed(
    config: Config, said: bytes, heard: bytes
) -> None:
    with running(config, IMPATIENT) as server:
        assert send_raw(server, said).rpartition(b"\r\n")[2] == heard
        assert is_answering(server)


@pytest.mark.parametrize(
    ("claim", "body", "status", "words"),
    [
        ("Content-Length: 99999999999999999999", b"name=Era", b"413", b"a file may have 10"),
        ("Content-Length: 40000000", b"name=Era", b"413", b"a file may have 10"),
        ("Transfer-Encoding: chunked", b"zz\r\nname", b"400", b"Not everything arrived."),
        ("Transfer-Encoding: chunked", b"5\r\nname=Erastus", b"400", b"Not everything arrived."),
        ("Transfer-Encoding: chunked", b"5\r\nname", b"408", b"too slow"),
    ],
    ids=["endless", "large", "no size", "wrong size", "stalled"],
)
def test_what_is_wrong_with_a_body_is_not_said_to_be_our_fault(
    config: Config, db: Database, claim: str, body: bytes, status: bytes, words: bytes
) -> None:
    path = link(config, db, make_debate(db))
    with running(config, IMPATIENT) as server, browser(server) as client:
        page = sign_in(client, path)
        answer = send_raw(server, post(server, client, page, claim, body))
        assert answer.startswith(b"HTTP/1.1 " + status)
        assert words in answer
        assert is_answering(server)


def test_others_are_served_between_the_pieces_of_a_large_body() -> None:
    served: list[int] = []
    read = 0

    def serve_others() -> None:
        while read < 64:
            served.append(read)
            gevent.sleep(0)

    others = gevent.spawn(serve_others)
    environ = {"wsgi.input": io.BytesIO(bytes(64 * 65_536))}

    def drop(environ: dict, _: object) -> None:
        nonlocal read
        while environ["wsgi.input"].read(65_536):
            read += 1

    BoundedBodies(drop)(environ, None)
    others.join()
    assert set(served) >= set(range(1, 63)), "somebody was served after each piece"


def test_a_body_beyond_all_measure_gets_our_page(config: Config, db: Database) -> None:
    path = link(config, db, make_debate(db))
    with running(config) as server, browser(server) as client:
        page = sign_in(client, path)
        for target in (f"{page}/draft", f"{page}/registration", "/staff/sign-in"):
            answer = client.post(target, files={"letter": bytes(33 * 1024 * 1024)})
            assert answer.status_code == 413
            assert answer.headers["Content-Security-Policy"].startswith("default-src 'none'")
            assert "a file may have 10" in answer.text


# --- Logs -----------------------------------------------------------------------------------


MALFORMED = (
    "GET {path}\x01 HTTP/1.1\r\nCookie: {cookie}\r\n\r\n",
    "GET {path} HTTP/9.1\r\nCookie: {cookie}\r\n\r\n",
    "GET {path} {path} HTTP/1.1\r\nCookie: {cookie}\r\n\r\n",
    "GET {path} HTTP/1.1\r\nHost: x\r\nCookie {cookie}\r\n\r\n",
    "GET {path} HTTP/1.1\r\nHost: x\r\nCookie\x00: {cookie}\r\n\r\n",
    "GET {path} HTTP/1.1\r\nHost: x\r\nCookie: {cookie}\x00\r\n\r\n",
)
"""Requests that gunicorn refuses by itself, before the application sees them."""


def test_tokens_and_cookies_are_in_no_log_even_on_errors(config: Config, db: Database) -> None:
    path = link(config, db, make_debate(db))
    with running(config) as server, browser(server) as client:
        page = sign_in(client, path)
        cookie = held(client)
        for request in MALFORMED:
            send_raw(server, request.format(path=path, cookie=cookie).encode())
        db.execute("alter table invitation rename to elsewhere")
        for address in (path, f"{path}?again", f"/%69nvitations/{path.rpartition('/')[2]}", page):
            assert client.get(address).status_code == 500
        server.stop()
        log = server.written()
    assert "no such table" in log
    assert path.rpartition("/")[2] not in log
    assert not [value for value in dict(client.cookies).values() if value in log]


def test_an_error_page_gives_a_reference_and_nothing_of_the_inside(
    config: Config, db: Database
) -> None:
    path = link(config, db, make_debate(db))
    with running(config) as server, browser(server) as client:
        db.execute("alter table invitation rename to elsewhere")
        text = client.get(path).text
        log = server.written()
    assert re.search(r"Reference ([0-9A-F]{4}-[0-9A-F]{2})", text)[1] in log
    assert "no such table" in log
    assert "no such table" not in text
    assert "Traceback" not in text


@pytest.mark.parametrize(
    ("host", "written"),
    [("127.0.0.1", "127.0.0.1"), ("::1", "[::1]"), ("::", "[::]"), ("localhost", "localhost")],
)
def test_an_address_is_written_as_gunicorn_reads_it(host: str, written: str) -> None:
    assert bracketed(host) == written
