"""The files of a letter: how many, in which order, and when a change makes a new version."""

from __future__ import annotations

import hashlib
from dataclasses import replace

import pytest

from rostrum.domain.errors import Conflict, RuleBroken
from rostrum.domain.letters.files import (
    check_arrangement,
    check_files,
    check_version,
    is_retry,
    may_change_itself,
    moved_up,
    with_added,
    without,
)
from rostrum.domain.letters.letter import Letter, LetterFile, LetterState
from tests.factories import BEFORE, make_file

A, B, C = (make_file(original_name=name) for name in ("a.jpg", "b.jpg", "c.jpg"))


def make(*files: LetterFile, **changes: object) -> Letter:
    """A pending letter of these files that nobody has opened."""
    letter = Letter(1, 1, 1, 1, BEFORE, None, LetterState.PENDING, (), "", "", None, files)
    return replace(letter, **changes)


def test_a_letter_adds_up_its_files() -> None:
    letter = make(make_file(pages=2, size=10, marks=frozenset({"xfa"})), make_file(pages=1, size=5))
    assert (letter.pages, letter.size, letter.marks) == (3, 15, {"xfa"})


def test_the_pages_of_a_letter_are_unknown_while_one_file_is_unread() -> None:
    assert make(A, make_file(pages=None)).pages is None


def test_the_hash_of_one_file_is_its_own_and_of_several_tells_their_order() -> None:
    assert make(A).sha256 == A.sha256
    both = hashlib.sha256(f"{A.sha256}\n{B.sha256}".encode()).hexdigest()
    assert make(A, B).sha256 == both
    assert make(B, A).sha256 != both


@pytest.mark.parametrize(
    ("number", "place"), [(0, None), (1, (0, 1)), (2, (1, 1)), (3, (1, 2)), (4, (3, 1)), (5, None)]
)
def test_a_page_is_found_through_all_files(number: int, place: tuple[int, int] | None) -> None:
    files = (A, make_file(pages=2), make_file(pages=None), B)
    expected = place and (files[place[0]], place[1])
    assert make(*files).find_page(number) == expected


@pytest.mark.parametrize(
    ("pages", "is_taken"),
    [
        ([1], True),
        ([10], True),
        ([1] * 10, True),
        ([4, 6], True),
        ([5, 6], False),
        ([1] * 11, False),
        ([None] * 10, True),
        ([None, 10], False),
        ([], False),
    ],
)
def test_a_letter_has_at_most_ten_pages_and_at_least_one(
    pages: list[int | None], is_taken: bool
) -> None:
    files = tuple(make_file(pages=each) for each in pages)
    if is_taken:
        check_files(files)
        return
    with pytest.raises(RuleBroken) as refused:
        check_files(files)
    assert refused.value.field == "letter"


def test_the_eleventh_version_is_refused() -> None:
    check_version(10)
    with pytest.raises(RuleBroken, match="ten letters"):
        check_version(11)


@pytest.mark.parametrize(
    ("changes", "is_free"),
    [
        ({}, True),
        ({"state": LetterState.ACCEPTED}, False),
        ({"state": LetterState.RETURNED}, False),
        ({"opened_at": BEFORE}, False),
        ({"files": (A, make_file(pages=None))}, True),
    ],
)
def test_only_what_nobody_relies_on_changes_itself(
    changes: dict[str, object], is_free: bool
) -> None:
    letter = make(A, **changes)
    assert may_change_itself(letter, is_on_a_receipt=False) == is_free
    assert not may_change_itself(letter, is_on_a_receipt=True)


def test_pages_are_added_at_the_end_and_never_twice() -> None:
    assert with_added((), (A, B)) == (A, B)
    assert with_added((A,), (B, C)) == (A, B, C)
    again = replace(A, stored_name=B.stored_name)
    assert with_added((A, B), (again,)) == (A, B)


def test_a_page_is_removed_but_not_the_only_one() -> None:
    assert without((A, B, C), 2) == (A, C)
    with pytest.raises(RuleBroken, match="only page"):
        without((A,), 1)


@pytest.mark.parametrize(("position", "order"), [(1, (A, B, C)), (2, (B, A, C)), (3, (A, C, B))])
def test_a_page_moves_one_up_and_the_first_stays(
    position: int, order: tuple[LetterFile, ...]
) -> None:
    assert moved_up((A, B, C), position) == order


@pytest.mark.parametrize("position", [-1, 0, 4, 999])
@pytest.mark.parametrize("change", [without, moved_up])
def test_a_page_that_is_not_there_is_a_conflict(change: object, position: int) -> None:
    with pytest.raises(Conflict):
        change((A, B, C), position)


def test_a_change_of_other_files_than_those_seen_is_a_conflict() -> None:
    check_arrangement(make(A, B), make(A, B).sha256)
    for letter in (make(B, A), make(A), None):
        with pytest.raises(Conflict):
            check_arrangement(letter, make(A, B).sha256)


def test_the_same_files_again_are_a_retry_only_while_they_are_pending() -> None:
    assert is_retry(make(A, B), (A, B))
    assert not is_retry(make(A, B), (B, A))
    assert not is_retry(make(A), (A, B))
    assert not is_retry(make(A, state=LetterState.RETURNED), (A,))
