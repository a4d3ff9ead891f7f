"""What 08_softmax needs: scores and their shares, the slopes of softmax, and the exercises."""

from lessons.softmax.exercises import check
from lessons.softmax.outputs import reliability, shares, shifted, tempered
from lessons.softmax.slopes import slope_matrix, swept

__all__ = ["check", "reliability", "shares", "shifted", "slope_matrix", "swept", "tempered"]
