"""09_vanishing_gradient: a product of slopes, the layers of a network, a race, the exercises."""

from lessons.vanishing_gradient.exercises import check
from lessons.vanishing_gradient.layer_gradients import layer_gradients
from lessons.vanishing_gradient.race import race
from lessons.vanishing_gradient.share_left import share_left
from lessons.vanishing_gradient.slope_product import slope_product

__all__ = ["check", "layer_gradients", "race", "share_left", "slope_product"]
