"""Every file that a delegation may send is taken with what staff must know, or refused kindly."""

from __future__ import annotations

import contextlib
import io
import resource

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rostrum.letters.files import LetterFiles
from rostrum.letters.inspection import Inspection, inspect
from rostrum.letters.kinds import HEAD_BYTES, find_kind
from rostrum.letters.limits import LIMITS
from rostrum.letters.marks import Mark
from rostrum.letters.refusals import LetterRefused
from tests.letters.corpus import ACCEPTED, CORPUS, REFUSED, SEEDS, Case, damaged


@pytest.fixture
def files(tmp_path):
    return LetterFiles(tmp_path / "letters")


def take(files: LetterFiles, data: bytes) -> Inspection:
    """Store and inspect, as an upload does; what is refused leaves nothing."""
    stored = files.store(io.BytesIO(data))
    path, pages = files.path(stored.stored_name), files.pages_folder(stored.stored_name)
    try:
        return inspect(path, stored.kind, pages)
    except LetterRefused:
        path.unlink()
        assert list(files.folder.glob(f"{path.stem}*")) == [], "a refusal leaves nothing"
        raise


def test_the_corpus_is_worth_its_name():
    assert len({case.name for case in CORPUS}) == len(CORPUS) >= 60
    assert min(len(ACCEPTED), len(REFUSED)) >= 30
    assert {mark for case in ACCEPTED for mark in case.marks} == set(Mark)


@pytest.mark.parametrize("case", ACCEPTED, ids=str)
def test_a_letter_is_taken_with_what_staff_must_know(files, case: Case):
    told = Inspection(case.pages, case.marks, case.blank_pages, case.signers)
    assert take(files, case.make()) == told


@pytest.mark.parametrize("case", REFUSED, ids=str)
def test_what_is_no_letter_is_refused_with_its_reason(files, case: Case):
    with pytest.raises(LetterRefused) as refused:
        take(files, case.make())
    assert refused.value.reason is case.refusal
    assert str(refused.value).endswith(".")


def cpu_of_children() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


@settings(
    max_examples=25,
    deadline=None,
    database=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(data=damaged())
def test_a_damaged_file_is_taken_or_refused_within_the_limits(files, data: bytes):
    """Anything else (a crash of ours, trouble called ours, a preview left over) fails."""
    before = cpu_of_children()
    with contextlib.suppress(LetterRefused):
        assert 1 <= take(files, data).pages <= 3
    assert cpu_of_children() - before <= LIMITS.cpu_seconds + 1


@settings(max_examples=300, deadline=None, database=None)
@given(head=st.binary(max_size=40) | st.sampled_from(SEEDS))
def test_a_kind_is_told_from_the_first_bytes_whatever_follows(head: bytes):
    assert find_kind(head) is find_kind(head[:HEAD_BYTES])
