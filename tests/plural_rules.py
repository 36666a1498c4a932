"""How each language counts: written by hand from the rules of the Unicode CLDR and from grammar.

Nothing here is taken from Babel, from gettext or from the catalogs: it judges them.
"""

from __future__ import annotations

LAST = 300
"""Numbers from 0 to this one are said: every form of every language comes several times."""


def numbers(ranges: str) -> set[int]:
    """Those of "1 3-5"."""
    pairs = (each.partition("-") for each in ranges.split())
    return {n for first, _, last in pairs for n in range(int(first), int(last or first) + 1)}


def in_each_hundred(ranges: str) -> set[int]:
    """Those that end as the ones of the first hundred do."""
    return {hundred + n for hundred in (0, 100, 200, 300) for n in numbers(ranges)}


def _others(*taken: set[int]) -> set[int]:
    return set(range(LAST + 1)).difference(*taken)


_RUSSIAN_ONE = in_each_hundred("1 21 31 41 51 61 71 81 91")
_RUSSIAN_FEW = in_each_hundred("2-4 22-24 32-34 42-44 52-54 62-64 72-74 82-84 92-94")
CATEGORIES = {
    "en": {"one": {1}, "other": _others({1})},
    "fr": {"one": {0, 1}, "other": _others({0, 1})},
    "es": {"one": {1}, "other": _others({1})},
    "ru": {
        "one": _RUSSIAN_ONE,
        "few": _RUSSIAN_FEW,
        "many": _others(_RUSSIAN_ONE, _RUSSIAN_FEW),
    },
    "zh": {"other": _others()},
    "ar": {
        "zero": {0},
        "one": {1},
        "two": {2},
        "few": numbers("3-10 103-110 203-210"),
        "many": numbers("11-99 111-199 211-299"),
        "other": numbers("100-102 200-202 300"),
    },
}
"""The plural categories of each language, with their numbers up to `LAST`."""

ANY = None
"""In place of an ending: the noun may stand there or not."""
ANOTHER = "another word"
"""In place of an ending: a broken plural, of which only what it is not can be known."""

ENDINGS: dict[str, tuple[tuple[str | None, ...], ...]] = {
    "en": (("", "s"), ("", "es"), ("y", "ies")),
    "fr": (("", "s"),),
    "es": (("", "s"), ("", "es"), ("ón", "ones"), ("ácter", "acteres")),
    "ru": (
        ("", "а", "ов"),
        ("а", "ы", ""),
        ("ка", "ки", "ок"),
        ("ия", "ии", "ий"),
        ("ие", "ия", "ий"),
        # In the accusative, in the genitive (both numbers alike) and in the dative.
        ("ию", "ии", "ий"),
        ("а", "ов", "ов"),
        ("ы", "", ""),
        ("я", "ей", "ей"),
        ("ии", "ий", "ий"),
        ("ии", "иям", "иям"),
    ),
    "zh": (),
    "ar": (
        # 3 to 10 take the plural, 11 to 99 the accusative of the singular, hundreds its genitive.
        (ANY, "", "ان", ANOTHER, "ا", ""),
        (ANY, "", "ين", ANOTHER, "ا", ""),
        (ANY, "ة", "تان", ANOTHER, "ة", "ة"),
        (ANY, "ة", "تين", ANOTHER, "ة", "ة"),
    ),
}
"""How nouns change with the number: the ending in each category, in the order above."""

WORDS: dict[str, tuple[tuple[str | None, ...], ...]] = {
    "en": (
        *(("is", "are"), ("was", "were"), ("its", "their"), (ANY, "times")),
        *(("works", "work"), ("speaks", "speak")),
    ),
    "fr": (),
    "es": (),
    "ru": (("день", "дня", "дней"),),
    "zh": (),
    "ar": (
        (ANY, "واحد", "اثنان", ANY, ANY, ANY),
        (ANY, ANY, "مرتين", "مرات", "مرة", "مرة"),
        (ANY, "ميغابكسل", "ميغابكسلين", "ميغابكسل", "ميغابكسل", "ميغابكسل"),
        (ANY, "يوما", "يومين", "أيام", "يوما", "يوم"),
    ),
}
"""Whole words that no ending gives, the same way, and English verbs: they end as nouns do not."""

NO = {"لا", "لم"}
"""What an Arabic sentence says of nothing, and of nothing else."""
ARABIC_PREFIXES = ("و", "ل", "لل", "ب", "ال")
"""Written together with their noun: "and", "of", "of the", "with", "the"."""
VOWEL_SIGNS = r"[\u064b-\u0652]"
