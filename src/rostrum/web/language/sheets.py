"""What a delegate calls the files of a letter: the pages that they are, as far as they are read."""

from __future__ import annotations

from collections.abc import Sequence

from rostrum.domain.letters.letter import LetterFile
from rostrum.web.language.catalogs import gettext


def sheet_names(files: Sequence[LetterFile]) -> list[str]:
    """The files by their pages, in the middle of a sentence; by number if one is not read yet."""
    names, first = [], 1
    for number, file in enumerate(files, start=1):
        last = first + (file.pages or 0) - 1
        if not all(each.pages for each in files):
            names.append(gettext("file %(number)s", number=number))
        elif first == last:
            names.append(gettext("page %(number)s", number=first))
        else:
            names.append(gettext("pages %(start)s to %(last)s", start=first, last=last))
        first = last + 1
    return names
