"""What becomes of a gradient on its way back: four fates, each with a word, a colour and a mark of its own."""

from typing import NamedTuple

from helpers.figures.style import GREEN, ORANGE, PURPLE, SOFT, ink


class Fate(NamedTuple):
    """A word, a colour for areas, a darker one for text, a mark, so that colour never speaks alone, and its meaning."""

    word: str
    colour: str
    ink: str
    marker: str
    meaning: str


GONE = Fate("gone", "#8C959F", SOFT, "X", "below 10⁻⁶")
SHRINKING = Fate("shrinking", ORANGE, ink(ORANGE), "v", "below 0.1")
ALIVE = Fate("alive", GREEN, ink(GREEN), "o", "0.1 to 10")
EXPLODING = Fate("exploding", PURPLE, ink(PURPLE), "^", "above 10")
FATES = (GONE, SHRINKING, ALIVE, EXPLODING)
BORDERS = (1e-6, 0.1, 10.0)  # between one fate and the next


def fate_of(size):
    """Return the fate of a gradient of which so many parts of 1 have come through."""
    return FATES[sum(size >= border for border in BORDERS[:2]) + (size > BORDERS[2])]
