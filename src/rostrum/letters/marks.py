"""What is to be known of an accepted PDF: what it can do, and what its pictures may lack.

A marked letter counts like any other: staff see its pictures, which can do nothing. `activity` and
`pdf` find the marks, in the child process.
"""

from enum import StrEnum

from rostrum.domain.sentences import S_


class Mark(StrEnum):
    """Something about a PDF that staff are told; the value is stored, and is the child's answer."""

    JAVASCRIPT = "javascript"
    LAUNCH = "launch"
    SUBMIT_FORM = "submit_form"
    EMBEDDED_FILES = "embedded_files"
    MEDIA = "media"
    XFA = "xfa"
    REPAIRED = "repaired"
    FONTS = "fonts"
    NOTES = "notes"

    @property
    def message(self) -> str:
        """The English sentence for staff, and its msgid."""
        return _MESSAGES[self]

    @property
    def is_active(self) -> bool:
        """Whether the original can do or hide something: warn before it is downloaded."""
        return self not in (Mark.REPAIRED, Mark.FONTS, Mark.NOTES)


_MESSAGES = {
    Mark.JAVASCRIPT: S_("It contains a program (JavaScript)."),
    Mark.LAUNCH: S_("It can start programs or open other files."),
    Mark.SUBMIT_FORM: S_("It can send data to an address on the internet."),
    Mark.EMBEDDED_FILES: S_("Other files are packed inside it."),
    Mark.MEDIA: S_("It contains film, sound or a 3D scene."),
    Mark.XFA: S_("It is a form (XFA): some programs show other pages than these."),
    Mark.REPAIRED: S_("It is damaged: we repaired it for these pictures."),
    Mark.FONTS: S_("It uses fonts that are not in the file: the pictures may lack text."),
    Mark.NOTES: S_("A note on a page is missing in the pictures: look at the original."),
}
