"""Catalogs of translations: taking up new sentences, compiling, and checking that none is missing.

`messages` holds whatever delegates and the public may read, in six languages; `console` what only
staff read, in English and French. Not part of the package: the build and `make` run it.

    python -m build_tools.catalogs update     # takes up new sentences, drops old ones
    python -m build_tools.catalogs compile    # .po -> .mo
    python -m build_tools.catalogs check      # fails with a line for each fault
"""

from __future__ import annotations

import re
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from fnmatch import fnmatch
from gettext import c2py
from io import BytesIO
from pathlib import Path
from typing import Any

from babel.messages import Catalog, Message
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import PoFileParser, write_po

ROOT = Path(__file__).parents[1]
TRANSLATIONS = ROOT / "src" / "rostrum" / "translations"
LANGUAGES = {"messages": ("fr", "es", "ru", "zh", "ar"), "console": ("fr",)}
"""Languages of each catalog besides English, in which the sentences are written."""
PLURALS = {
    "fr": "nplurals=2; plural=(n > 1);",
    "es": "nplurals=2; plural=(n != 1);",
    "ru": "nplurals=3; plural=(n%10==1 && n%100!=11 ? 0 : n%10>=2 && n%10<=4 && (n%100<10 || "
    "n%100>=20) ? 1 : 2);",
    "zh": "nplurals=1; plural=0;",
    "ar": "nplurals=6; plural=(n==0 ? 0 : n==1 ? 1 : n==2 ? 2 : n%100>=3 && n%100<=10 ? 3 : "
    "n%100>=0 && n%100<=2 ? 4 : 5);",
}
"""Which form a number takes, as each header says it: ours, since Babel's change with its releases.
Arabic's last two are for 100 to 102 and for 11 to 99, in this order; other tools exchange them."""

FOR_STAFF = ("templates/console/*", "src/rostrum/web/console/*")
"""Folders whose sentences are for staff alone; elsewhere its mark (`S_`) says so of a sentence. One
that stands anywhere else too is for everybody."""
_SPOKEN_AT_A_TERMINAL = ("src/rostrum/cli*.py", "src/rostrum/demo.py", "src/rostrum/serve.py")

_STAFF_KEYWORDS = {"S_": None, "StaffPlural": (1, 2)}
KEYWORDS = DEFAULT_KEYWORDS | {"lazy_gettext": None, "Plural": (1, 2)}

_METHODS = {
    "src/rostrum": ([("**.py", "python")], {}),
    "templates": (
        [("**.html", "jinja2")],
        {"**.html": {"newstyle_gettext": "true", "trim_blocks": "true", "lstrip_blocks": "true",
                     "silent": "false"}},
    ),
}  # fmt: skip
_CHURNING = re.compile(
    rb'^"(POT-Creation-Date|PO-Revision-Date|Last-Translator|Generated-By|Report-Msgid-Bugs-To'
    rb"|Language-Team|Project-Id-Version): .*\n",
    re.MULTILINE,
)
_PLACEHOLDER = re.compile(r"%\((\w+)\)s|\{(\w+)\}")
_LONE_PERCENT = re.compile(r"%(?!\(\w+\)s)(?!%)")
_TAG = re.compile(r"</?[a-z][^>]*>")
_ANY_DAY = datetime(2026, 1, 1, tzinfo=UTC)
_MAY_BREAK = re.compile(r" [;:!?»]|« ")
"""French blanks beside a sign, where a line must not break."""
_NUMBERS = range(201)
"""Enough of them to meet every plural form of every language."""


def extract() -> dict[str, Catalog]:
    """Every sentence of the source, in the catalog of those who may read it."""
    found: dict[str, Catalog] = {}
    console, everybody = Catalog(), Catalog()
    for path, text, context in _extracted(KEYWORDS):
        chosen = console if _is_one_of(path, FOR_STAFF) else everybody
        chosen.add(text, locations=[(path, None)], context=context)
    for path, text, context in _extracted(_STAFF_KEYWORDS):
        console.add(text, locations=[(path, None)], context=context)
    found["messages"], found["console"] = everybody, Catalog()
    for message in sentences(console):
        is_for_all = _find(everybody, message) is not None
        target = everybody if is_for_all else found["console"]
        target.add(message.id, locations=message.locations, context=message.context)
    return found


def _extracted(keywords: dict[str, Any]) -> Iterator[tuple[str, Any, str | None]]:
    """File, sentence (or its forms) and context of each call of these, but for terminals'."""
    for folder, (methods, options) in _METHODS.items():
        found = extract_from_dir(
            ROOT / folder, methods, options, keywords=keywords, strip_comment_tags=True
        )
        for name, _, text, _, context in found:
            path = f"{folder}/{Path(name).as_posix()}"
            if not _is_one_of(path, _SPOKEN_AT_A_TERMINAL):
                yield path, text, context


def sentences(catalog: Catalog) -> Iterator[Message]:
    """Its messages without the header."""
    return (message for message in catalog if message.id)


def _find(catalog: Catalog, message: Message) -> Message | None:
    """The same sentence with the same meaning (`context`) in another catalog."""
    return catalog.get(message.id, message.context)


def _is_one_of(path: str, patterns: Iterable[str]) -> bool:
    return any(fnmatch(path, pattern) for pattern in patterns)


def list_catalogs() -> Iterator[tuple[str, str, Path]]:
    """Domain, language and file of each."""
    for domain, languages in LANGUAGES.items():
        for language in languages:
            yield domain, language, TRANSLATIONS / language / "LC_MESSAGES" / f"{domain}.po"


def new_catalog(language: str) -> Catalog:
    """An empty catalog with our plural rule."""
    catalog = Catalog(locale=language)
    catalog.mime_headers = [("Plural-Forms", PLURALS[language])]
    return catalog


def read(path: Path, language: str) -> Catalog:
    """A catalog as it lies there, with the rule of its header; a damaged one is an error."""
    # As read_po does, but without a header the rule is ours, not Babel's.
    catalog = new_catalog(language)
    with path.open("rb") as file:
        PoFileParser(catalog, abort_invalid=True).parse(file)
    return catalog


def update() -> None:
    """Brings every catalog up to the source; what is translated stays as it is."""
    templates = extract()
    for domain, language, path in list_catalogs():
        catalog = read(path, language) if path.is_file() else new_catalog(language)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(updated(catalog, templates[domain]))


def updated(catalog: Catalog, template: Catalog) -> bytes:
    """The file, brought up to the source: no dates, line numbers or versions, and sorted, so that
    the changes of several people merge."""
    catalog.update(template, no_fuzzy_matching=True)
    catalog.fuzzy = False
    catalog.header_comment = f"# Rostrum in {catalog.locale.english_name}."
    written = BytesIO()
    write_po(
        written, catalog, width=100, ignore_obsolete=True, sort_output=True, include_lineno=False
    )
    return _CHURNING.sub(b"", written.getvalue())


def compile_all() -> None:
    """Writes each .mo beside its .po; the same source gives the same bytes on any day."""
    for _, language, path in list_catalogs():
        catalog = read(path, language)
        if fault := _fault_of_header(catalog, language):
            raise SystemExit(f"{path.relative_to(ROOT).as_posix()}: {fault}")
        catalog.creation_date = _ANY_DAY  # else the minute of the build
        with path.with_suffix(".mo").open("wb") as file:
            write_mo(file, catalog)


def check() -> list[str]:
    """Every fault of every catalog, a line each."""
    templates = extract()
    faults = []
    for domain, language, path in list_catalogs():
        where = path.relative_to(ROOT).as_posix()
        if path.is_file():
            found = faults_of(read(path, language), templates[domain], language)
        else:
            found = ["there is no such catalog"]
        faults += [f"{where}: {fault}" for fault in found]
    return faults


def faults_of(catalog: Catalog, template: Catalog, language: str) -> Iterator[str]:
    """What is wrong with one catalog: missing, left over, unsure or damaged sentences."""
    if fault := _fault_of_header(catalog, language):
        yield fault
        return
    singles = _forms_of_one_number(catalog)
    for message in sentences(template):
        translated = _find(catalog, message)
        if translated is None:
            yield f"missing, run make i18n: {_shown(message)}"
        elif translated.fuzzy:
            yield f"fuzzy: {_shown(message)}"
        else:
            yield from (
                f"{fault}: {_shown(message)}"
                for fault in _faults_of_message(translated, catalog.num_plurals, singles)
            )
            if language == "fr" and any(map(_MAY_BREAK.search, _forms_of(translated))):
                yield f"a sign may begin a line, U+00A0 keeps it: {_shown(message)}"
    left = [message for message in sentences(catalog) if _find(template, message) is None]
    yield from (f"no longer said, run make i18n: {_shown(m)}" for m in left)
    yield from (f"no longer said, run make i18n: {_shown(m)}" for m in catalog.obsolete.values())


def _fault_of_header(catalog: Catalog, language: str) -> str:
    """A catalog with another rule says other words, or the right ones of other numbers."""
    if catalog.plural_forms == PLURALS[language]:
        return ""
    return f"its header must say Plural-Forms: {PLURALS[language]} and its forms stand so"


def _forms_of_one_number(catalog: Catalog) -> set[int]:
    """Plural forms that stand for a single number, so that their words may say it instead."""
    form_of = c2py(catalog.plural_expr)
    counted = Counter(form_of(number) for number in _NUMBERS)
    return {form for form, times in counted.items() if times == 1}


def _forms_of(message: Message) -> tuple[str, ...]:
    return message.string if message.pluralizable else (message.string,)


def _faults_of_message(message: Message, plurals: int, singles: set[int]) -> Iterator[str]:
    forms = _forms_of(message)
    originals = message.id if message.pluralizable else (message.id,)
    if message.pluralizable and len(forms) != plurals:
        yield f"{plurals} plural forms are needed"
    elif not all(form.strip() for form in forms):
        yield "not translated"
    else:
        for number, form in enumerate(forms):
            is_single = message.pluralizable and number in singles
            yield from _faults_of_form(form, originals, is_single)


def _faults_of_form(form: str, originals: tuple[str, ...], is_single: bool) -> Iterator[str]:
    wanted, held = _placeholders(originals[-1]), _placeholders(form)
    # "One place" needs no number, "{count} places" does.
    is_worded = is_single and held < wanted and len(wanted - held) == 1
    if held != wanted and not is_worded:
        yield f"placeholders differ in {form!r}"
    if _LONE_PERCENT.search(form.replace("%%", "")) and any("%" in each for each in originals):
        yield f"a lone % in {form!r}"
    if Counter(_TAG.findall(form)) != Counter(_TAG.findall(originals[-1])):
        yield f"tags differ in {form!r}"


def _placeholders(text: str) -> set[str]:
    return {found.group() for found in _PLACEHOLDER.finditer(text)}


def _shown(message: Message) -> str:
    shown = repr(message.id[0] if message.pluralizable else message.id)
    return f"{shown} ({message.context})" if message.context else shown


def main() -> None:
    """Does what the one argument says."""
    match sys.argv[1:]:
        case ["update"]:
            update()
        case ["compile"]:
            compile_all()
        case ["check"]:
            faults = check()
            print(*faults, sep="\n", end="\n" if faults else "")
            raise SystemExit(1 if faults else 0)
        case _:
            raise SystemExit(__doc__)


if __name__ == "__main__":
    main()
