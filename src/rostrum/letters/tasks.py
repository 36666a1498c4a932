"""The tasks of the child process, and the exit status for our own faults."""

from enum import StrEnum

OUR_TROUBLE = 70
"""Exit status (EX_SOFTWARE): this machine could not do the work; the file was not judged."""

DOCUMENT = "document.pdf"
"""The name, inside the child's folder, of the PDF made of several files."""


class Task(StrEnum):
    """A task of the child process."""

    PREVIEW = "preview"
    DOCUMENT = "document"
