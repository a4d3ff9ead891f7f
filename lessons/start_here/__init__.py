"""00_start_here: one unit, layers upon layers, three units that match a target, the exercises."""

from lessons.start_here.exercises import check
from lessons.start_here.stack import stack
from lessons.start_here.three_units import three_units
from lessons.start_here.unit import unit

__all__ = ["check", "stack", "three_units", "unit"]
