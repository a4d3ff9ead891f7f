"""What an activation is: a function with its slope, called alike for numbers and arrays, and the facts about it."""

import functools
import inspect
from collections.abc import Callable
from dataclasses import dataclass, field
from math import inf

from helpers.arguments import shown


@functools.cache
def _parameters_of(function):
    """Return the names of what a function takes behind its input."""
    return list(inspect.signature(function).parameters)[1:]


@dataclass(frozen=True)
class Parameter:
    """A number that shapes an activation: its usual value and the span that a slider offers."""

    default: float
    low: float
    high: float
    step: float
    meaning: str


@dataclass(frozen=True, repr=False)
class Activation:
    """An activation function with its derivative and the facts about it.

    `f(x)` and `f.derivative(x)` take a number, a list or an array of any shape (no units) and return the same shape:
    float32 for float32, float64 for float64, integers and booleans; nan stays nan, ±inf gives the limit. Parameters
    are keywords, for example `leaky_relu(x, negative_slope=0.1)`. Text, complex numbers and unknown parameters raise TypeError,
    ragged lists and parameters out of range raise ValueError. Each formula's source stands in `reference`.
    """

    name: str
    function: Callable
    slope_function: Callable
    formula: str
    derivative_formula: str
    range_text: str
    output_type: str
    strengths: tuple[str, ...]
    weaknesses: tuple[str, ...]
    used_for: str
    colour: str
    reference: str
    range: tuple[float, float] = (-inf, inf)
    largest_slope: float = 1.0
    largest_slope_at: float | None = None  # None: everywhere on one side, no single place
    zero_centred: bool = False
    saturates: tuple[str, ...] = ()  # the sides on which the slope goes to 0: "left", "right"
    input_type: str = "any number: the weighted sum that a unit has computed"
    parameters: dict[str, Parameter] = field(default_factory=dict)

    def __call__(self, x, *unnamed, **parameters):
        return self._evaluate(self.function, x, unnamed, parameters)

    def derivative(self, x, *unnamed, **parameters):
        """Return the slope of the activation at x, in the shape of x."""
        return self._evaluate(self.slope_function, x, unnamed, parameters)

    def _evaluate(self, function, x, unnamed, parameters):
        if unnamed:
            call = ", ".join(["x", *(f"{name}={known.default:g}" for name, known in self.parameters.items())])
            raise TypeError(
                f"{self.name} takes one x (a list or an array holds several) and its parameters by name, but "
                f"{shown(unnamed[0])} came without one; try {self.identifier}({call})."
            )
        for given in parameters:
            allowed = _parameters_of(function)
            if given not in allowed:
                choice = f"it takes {' and '.join(allowed)}" if allowed else f"call it as {self.identifier}(x)"
                raise TypeError(f"{self.name} has no parameter called {given!r}; {choice}.")
        return function(x, **parameters)

    @property
    def identifier(self):
        """The name as it is written in code: `leaky_relu` for "leaky ReLU"."""
        return self.function.__name__

    __name__ = identifier

    def __repr__(self):
        return f"helpers.{self.identifier}"

    __hash__ = object.__hash__
