"""Why a file is refused as a letter, and the sentence that the delegate reads.

Only the file's own faults belong here. Whether the letter says the right thing is for staff (a
returned letter); trouble on our side is `InspectionFailed` or `ServerFull` and never blames the
file. What staff are told about an accepted letter is in `marks`.
"""

from enum import StrEnum

from rostrum.domain.sentences import N_, Plural


class Refusal(StrEnum):
    """A reason why a file cannot be a letter; the value is stored, and is the child's answer."""

    EMPTY = "empty"
    TOO_LARGE = "too_large"
    UNKNOWN_KIND = "unknown_kind"
    SIGNED_ENVELOPE = "signed_envelope"
    UNREADABLE = "unreadable"
    CUT_OFF = "cut_off"
    ENCRYPTED = "encrypted"
    NO_PAGES = "no_pages"
    TOO_MANY_PAGES = "too_many_pages"
    TOO_MANY_PIXELS = "too_many_pixels"
    TOOK_TOO_LONG = "took_too_long"

    @property
    def message(self) -> str:
        """The English sentence and msgid; `LetterRefused.values` fill its `%(...)s`."""
        return _MESSAGES[self]


_MESSAGES = {
    Refusal.EMPTY: N_("This file is empty. Choose it again, or photograph the letter."),
    Refusal.TOO_LARGE: N_(
        "This file is %(size)s; the limit is %(limit)s."
        " Photograph the letter, or save the PDF smaller."
    ),
    Refusal.UNKNOWN_KIND: N_(
        "This file is not a PDF or a photo we know (JPEG, PNG, HEIC, WebP)."
        " Photograph the letter, or save it as a PDF."
    ),
    Refusal.SIGNED_ENVELOPE: N_(
        "This is an envelope of an electronic signature. Send the PDF inside it."
    ),
    Refusal.UNREADABLE: N_(
        "We could not open this file as a PDF or photo. Try a photo of the letter."
    ),
    Refusal.CUT_OFF: N_(
        "This file did not arrive whole: its end is missing."
        " Send it again, or photograph the letter."
    ),
    Refusal.ENCRYPTED: N_(
        "This PDF is protected with a password. Save it without one, or photograph the letter."
    ),
    Refusal.NO_PAGES: N_("This PDF has no pages. Save it again, or photograph the letter."),
    Refusal.TOO_MANY_PAGES: Plural(
        "This letter has more than %(limit)s page. Send it without its annexes.",
        "This letter has more than %(limit)s pages. Send it without its annexes.",
        "limit",
    ),
    Refusal.TOO_MANY_PIXELS: Plural(
        "This picture has more than %(limit)s megapixel. Send it in a smaller size.",
        "This picture has more than %(limit)s megapixels. Send it in a smaller size.",
        "limit",
    ),
    Refusal.TOOK_TOO_LONG: N_(
        "This file takes too long to open. Photograph the letter, or save the PDF again."
    ),
}


BEFORE_READING = frozenset(
    {Refusal.EMPTY, Refusal.TOO_LARGE, Refusal.UNKNOWN_KIND, Refusal.SIGNED_ENVELOPE}
)
"""Found before a file is kept, so no inspection answers them and no stored letter has them."""


class LetterRefused(Exception):
    """A file cannot be a letter: `reason`, its untranslated `message`, and `values` to fill it."""

    def __init__(self, reason: Refusal, **values: str | int) -> None:
        super().__init__(reason, values)
        self.reason = reason
        self.values = values

    @property
    def message(self) -> str:
        """The msgid of the sentence for the delegate; translate first, then fill in `values`."""
        return self.reason.message

    def __str__(self) -> str:
        return self.message % self.values if self.values else self.message
