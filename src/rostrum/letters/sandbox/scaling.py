"""How large a page or photo is drawn: whole, and still legible where it is long and narrow."""

from rostrum.letters.limits import Limits


def find_scale(width: float, height: float, side: int, limits: Limits) -> float:
    """Pixels of the picture for each pixel or point of the page; more than 1 makes it larger.

    The longer side has `side` pixels. Long pages (scrolled screenshots) have more, because print
    needs `across` pixels on the shorter side, and at most `longest`, which WebP cannot exceed.
    """
    shorter, longer = sorted((width, height))
    return max(side / longer, min(limits.across / shorter, limits.longest / longer))
