"""What the child process can be asked to do, and how it says that it could not."""

from enum import StrEnum

OUR_TROUBLE = 70
"""Exit status (EX_SOFTWARE): this machine could not do the work; the file was not judged."""

DOCUMENT = "document.pdf"
"""The name, inside the child's folder, of the PDF made of several files."""


class Task(StrEnum):
    """What the child can be asked to do."""

    PREVIEW = "preview"
    DOCUMENT = "document"
