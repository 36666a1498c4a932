"""The parent's side: previews or a refusal, whatever the child does, and never a frozen server."""

import contextlib
import json
import logging
import os
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest
from PIL import Image

from rostrum.letters.inspection import Inspection, InspectionFailed, inspect
from rostrum.letters.kinds import Kind, find_kind
from rostrum.letters.limits import LIMITS, Limits, limits_of
from rostrum.letters.marks import Mark
from rostrum.letters.refusals import LetterRefused, Refusal
from rostrum.letters.signatures import LONGEST, MOST
from tests.letters import factories, pdfs


@pytest.fixture
def letter(tmp_path):
    """Writes a letter and gives back what `inspect` needs to know of it."""

    def write(data: bytes):
        path = tmp_path / "letter"
        path.write_bytes(data)
        return path, find_kind(data), tmp_path / "letter.pages"

    return write


def names(folder):
    return sorted(entry.name for entry in folder.iterdir())


def refusal_of(letter, data, limits=LIMITS):
    path, kind, pages = letter(data)
    with pytest.raises(LetterRefused) as refused:
        inspect(path, kind, pages, limits)
    assert names(path.parent) == ["letter"], "a refusal leaves no previews"
    return refused.value


@pytest.mark.parametrize(
    ("data", "pages"),
    [(factories.a_pdf(2), 2), (factories.an_mpo(), 1), (factories.a_heic(), 1)],
)
def test_a_good_letter_has_a_preview_of_each_page(letter, data, pages):
    path, kind, folder = letter(data)
    assert inspect(path, kind, folder) == Inspection(pages)
    assert names(folder) == [f"{number}.webp" for number in range(1, pages + 1)]
    for preview in folder.iterdir():
        assert preview.stat().st_mode & 0o777 == 0o600
        with Image.open(preview) as picture:
            picture.load()
    assert folder.stat().st_mode & 0o777 == 0o700
    assert names(path.parent) == ["letter", "letter.pages"]


def test_a_second_inspection_replaces_the_previews(letter):
    path, kind, folder = letter(factories.a_pdf(2))
    inspect(path, kind, folder)
    path, kind, folder = letter(factories.a_pdf(1))
    assert inspect(path, kind, folder) == Inspection(1)
    assert names(folder) == ["1.webp"]


def test_a_refusal_removes_the_previews_of_an_earlier_inspection(letter):
    inspect(*letter(factories.a_png()))
    assert refusal_of(letter, factories.a_noisy_photo("PNG")[:5000]).reason is Refusal.CUT_OFF


def test_what_staff_must_know_comes_with_the_pages(letter):
    path, kind, folder = letter(pdfs.a_named_script())
    assert inspect(path, kind, folder) == Inspection(1, frozenset({Mark.JAVASCRIPT}))


def test_a_refusal_carries_what_its_sentence_needs(letter):
    refused = refusal_of(letter, factories.a_pdf(3), Limits(pages=2))
    assert refused.reason is Refusal.TOO_MANY_PAGES
    assert "more than 2 pages" in str(refused)
    refused = refusal_of(letter, factories.a_png_that_claims(60_000, 60_000))
    assert "more than 60 megapixels" in str(refused)


@pytest.mark.parametrize("limits", [Limits(cpu_seconds=1), Limits(wall_seconds=0.5)])
def test_a_letter_that_keeps_the_child_busy_is_refused_in_time(letter, limits):
    others = children_of(os.getpid())  # other tests of this process may have left a server running
    refused = refusal_of(letter, factories.a_pdf_that_keeps_readers_busy(), limits)
    assert refused.reason is Refusal.TOOK_TOO_LONG
    assert children_of(os.getpid()) == others


def test_a_letter_that_crashes_the_child_is_refused_and_logged(letter, caplog):
    caplog.set_level(logging.WARNING)
    limits = Limits(address_space=200 * 1024**2)
    assert (
        refusal_of(letter, factories.a_pdf_that_eats_memory(), limits).reason is Refusal.UNREADABLE
    )
    assert "inspection ended with status" in caplog.text


def test_trouble_of_ours_does_not_blame_the_letter(letter):
    path, kind, folder = letter(factories.a_png())
    path.unlink()
    with pytest.raises(InspectionFailed, match="No such file"):
        inspect(path, kind, folder)
    with pytest.raises(InspectionFailed):
        inspect(path, kind, folder.parent / "missing" / "letter.pages")


def inspect_a_photo(tmp_path):
    (tmp_path / "photo").write_bytes(factories.a_png())
    return inspect(tmp_path / "photo", Kind.PNG, tmp_path / "photo.pages")


DRAW = "import sys; open(sys.argv[2] + '/1.webp', 'x').write('picture'); "
LINK = "import os, sys; os.symlink('/etc/passwd', sys.argv[2] + '/1.webp'); "
NAMED_TWICE = "import os, sys; os.link(sys.argv[4], sys.argv[2] + '/1.webp'); "
LINK_BESIDE = DRAW + "import os; os.symlink('/etc/passwd', sys.argv[2] + '/2.webp'); "
ANSWER = 'print(\'{"pages": 1, "marks": []}\')'


def answering(answer: str) -> str:
    """A child that draws a page and says this."""
    return DRAW + f"print({answer!r})"


def test_the_other_tests_of_this_child_would_pass_it_if_it_behaved(child_is, tmp_path):
    child_is(answering('{"pages": 1, "marks": ["xfa", "launch"]}'))
    assert inspect_a_photo(tmp_path) == Inspection(1, frozenset({Mark.XFA, Mark.LAUNCH}))


def test_the_longest_answer_is_read_whole(child_is, tmp_path):
    signers = [chr(0x20000 + number) * LONGEST for number in range(MOST)]
    answer = {"pages": 1, "marks": sorted(Mark), "blank": [1], "signers": signers}
    child_is(DRAW + f"print({json.dumps(answer, ensure_ascii=False)!r})")
    assert inspect_a_photo(tmp_path) == Inspection(1, frozenset(Mark), (1,), tuple(signers))


@pytest.mark.parametrize(
    "program",
    [
        DRAW + "print('garbage')",
        DRAW + "print('[' * 100_000)",
        answering("null"),
        answering('{"pages": 1}'),
        answering('{"pages": 0, "marks": []}'),
        answering('{"pages": 99, "marks": []}'),
        answering('{"pages": true, "marks": []}'),
        answering('{"pages": 1.0, "marks": []}'),
        answering('{"pages": "1", "marks": []}'),
        answering('{"pages": 1, "marks": {}}'),
        answering('{"pages": 1, "marks": "xfa"}'),
        answering('{"pages": 1, "marks": ["because"]}'),
        answering('{"pages": 1, "marks": [["xfa"]]}'),
        answering('{"pages": 1, "marks": ["xfa", "xfa"]}'),
        answering('{"pages": 1, "marks": [], "more": 1}'),
        answering('{"pages": 1, "marks": [], "blank": 1}'),
        answering('{"pages": 1, "marks": [], "blank": "1"}'),
        answering('{"pages": 1, "marks": [], "blank": null}'),
        answering('{"pages": 1, "marks": [], "blank": [2]}'),
        answering('{"pages": 1, "marks": [], "blank": [0]}'),
        answering('{"pages": 1, "marks": [], "blank": [1, 1]}'),
        answering('{"pages": 1, "marks": [], "blank": [true]}'),
        answering('{"pages": 1, "marks": [], "signers": "A"}'),
        answering('{"pages": 1, "marks": [], "signers": ["A ", "B"]}'),
        answering('{"pages": 1, "marks": [], "signers": ["\\u202eA"]}'),
        answering('{"refusal": "because"}'),
        answering('{"refusal": "too_large"}'),
        answering('{"refusal": "encrypted", "more": 1}'),
        DRAW,
        DRAW + "raise SystemExit(1)",
        DRAW + "import os; os.kill(os.getpid(), 11)",
        answering('{"pages": 2, "marks": []}'),
        LINK + ANSWER,
        NAMED_TWICE + ANSWER,
        LINK_BESIDE + ANSWER,
        ANSWER,
    ],
)
def test_whatever_else_a_hijacked_child_does_is_a_refusal(child_is, tmp_path, program):
    child_is(program)
    with pytest.raises(LetterRefused) as refused:
        inspect_a_photo(tmp_path)
    assert refused.value.reason is Refusal.UNREADABLE
    assert not (tmp_path / "photo.pages").exists()


def test_the_child_sees_nothing_of_our_environment(child_is, tmp_path, monkeypatch):
    monkeypatch.setenv("ROSTRUM_SECRET", "for the web process only")
    child_is(DRAW + "import os; 'ROSTRUM_SECRET' in os.environ or " + ANSWER)
    assert inspect_a_photo(tmp_path) == Inspection(1)


def test_under_gevent_others_run_on_and_two_inspections_at_most(tmp_path):
    (tmp_path / "busy").write_bytes(factories.a_pdf_that_keeps_readers_busy())
    program = textwrap.dedent("""
        from gevent import monkey; monkey.patch_all()
        import gevent, json, os, sys
        from pathlib import Path
        from rostrum.letters.inspection import inspect
        from rostrum.letters.limits import Limits
        from rostrum.letters.refusals import LetterRefused
        from tests.letters.test_inspection import children_of

        folder = Path(sys.argv[1])

        def look(number):
            try:
                limits = Limits(wall_seconds=0.8)
                pages = folder / f"{number}.pages"
                inspect(folder / "busy", "pdf", pages, limits, whose=number)
            except LetterRefused as refused:
                return refused.reason

        inspections = [gevent.spawn(look, number) for number in range(3)]
        ticks, most = 0, 0
        while not all(inspection.ready() for inspection in inspections):
            gevent.sleep(0.02)
            ticks += 1
            most = max(most, len(children_of(os.getpid())))
        print(json.dumps([ticks, most, [inspection.value for inspection in inspections]]))
    """)
    done = subprocess.run(
        [sys.executable, "-c", program, str(tmp_path)],
        env={"PYTHONPATH": os.pathsep.join(sys.path)},
        capture_output=True,
        check=True,
    )
    ticks, most_children, reasons = json.loads(done.stdout)
    assert ticks > 10
    assert most_children == 2
    assert reasons == ["took_too_long"] * 3


def children_of(parent: int) -> list[int]:
    """The processes that were started by this one and have not been taken down yet."""
    found = []
    for process in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError):  # it ended while we looked
            if int((process / "stat").read_text().rpartition(")")[2].split()[1]) == parent:
                found.append(int(process.name))
    return found


def test_the_files_of_a_letter_share_its_time():
    assert [limits_of(files).cpu_seconds for files in (1, 2, 3, 5, 10)] == [20, 10, 6, 5, 5]
    assert {limits_of(files).pixels for files in (1, 10)} == {LIMITS.pixels}
