"""08_softmax: live figures of scores that become probabilities, and the exercises."""

from lessons.softmax.drawn import drawn
from lessons.softmax.exercises import check
from lessons.softmax.reliability import reliability
from lessons.softmax.shares import shares
from lessons.softmax.shifted import shifted
from lessons.softmax.slope_matrix import slope_matrix
from lessons.softmax.swept import swept
from lessons.softmax.tempered import tempered

__all__ = [
    "check",
    "drawn",
    "reliability",
    "shares",
    "shifted",
    "slope_matrix",
    "swept",
    "tempered",
]
