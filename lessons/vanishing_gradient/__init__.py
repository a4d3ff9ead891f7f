"""What 09_vanishing_gradient needs: a product of slopes, gradients, a race, and the exercises."""

from lessons.vanishing_gradient.exercises import check
from lessons.vanishing_gradient.layers import layer_gradients
from lessons.vanishing_gradient.race import race
from lessons.vanishing_gradient.slope_product import slope_product

__all__ = ["check", "layer_gradients", "race", "slope_product"]
