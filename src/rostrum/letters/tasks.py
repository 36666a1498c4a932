"""What parent and child say to each other: tasks, names, the exit status for our own faults."""

from enum import StrEnum

OUR_TROUBLE = 70
"""Exit status (EX_SOFTWARE): this machine could not do the work; the file was not judged."""

DOCUMENT = "document.pdf"
"""The name, inside the child's folder, of the PDF made of several files."""


class Task(StrEnum):
    """A task of the child process."""

    PREVIEW = "preview"
    DOCUMENT = "document"
    CHECK = "check"


class Landlock(StrEnum):
    """Whether the kernel keeps the child from files; the value is in its answer to a check."""

    HOLDS = "holds"
    MISSING = "missing"
    REFUSED = "refused"
