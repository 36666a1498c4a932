"""What one child process may use: figures and reasons, which `child` and `process` enforce."""

from dataclasses import dataclass, replace


@dataclass(frozen=True)
class Limits:
    """Limits for the inspection of one file, each with its reason."""

    address_space: int = 1024**3
    """Bytes. The worst 60-megapixel PNG needs 0.8 GiB while it is scaled down. Two run at once."""

    cpu_seconds: int = 20
    """Seconds. Ten scanned pages take 1 to 3; a small rented server is up to five times slower."""

    wall_seconds: float = 40
    """Seconds from start to end. Twice the CPU time: two children and the web share two cores."""

    file_bytes: int = 20 * 1024**2
    """Bytes in any one file that it writes. The worst preview (noise) has 2.7 MB, 17 MB if it is as
    long as can be; a scan has 0.5 MB."""

    open_files: int = 32
    """Descriptors. It needs about ten at once while it loads its libraries."""

    pages: int = 10
    """Pages in a PDF. A letter has one or two; a statement or report is not the letter."""

    pixels: int = 60_000_000
    """Pixels in memory at once. Phones take 12 to 50 megapixels."""

    jpeg_pixels: int = 250_000_000
    """Pixels in a JPEG, which is drawn smaller while it is decoded. Some phones take 200
    megapixels: 0.4 s."""

    progressive_pixels: int = 120_000_000
    """Pixels in a progressive JPEG, kept whole until its last byte: 3 to 6 bytes for each."""

    preview_side: int = 1600
    """Pixels on a preview's longer side: an A4 page at 137 dpi, small print and stamps legible."""

    across: int = 1000
    """Pixels on the shorter side of pages too long for that: a screenshot of a whole web page."""

    longest: int = 16_000
    """Pixels on the longer side of any picture; WebP ends at 16,383."""

    document_side: int = 3508
    """Pixels on the longer side of a photo drawn anew for a document: an A4 page at 300 dpi."""


LIMITS = Limits()
"""The limits that production uses for an inspection; tests pass smaller ones."""

LEAST_CPU_SECONDS = 5
"""A photo takes 0.2 to 2 seconds, and a small rented server up to five times as long."""


def limits_of(files: int) -> Limits:
    """The limits for each of so many files of a letter, which share its time: good letters keep it
    three times over, and the worst takes no longer than fifty seconds of a processor."""
    return replace(LIMITS, cpu_seconds=max(LEAST_CPU_SECONDS, LIMITS.cpu_seconds // files))


DOCUMENT_LIMITS = Limits(
    cpu_seconds=75,  # ten iPhone photos take 12; see `Limits.cpu_seconds`
    wall_seconds=150,
    file_bytes=128 * 1024**2,  # ten JPEGs of 10 MB each, which are put in as they are
)
"""The limits for making one document of up to ten files."""
