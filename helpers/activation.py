"""What an activation is: a function with its derivative, called alike for numbers and arrays."""

import functools
import inspect
from collections.abc import Callable
from dataclasses import dataclass, field
from math import inf


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

    `f(x)` and `f.derivative(x)` take a number, a list or an array of any shape (no units) and
    return the same shape: float32 for float32, float64 for float64, integers and booleans; nan
    stays nan, ±inf gives the limit. Parameters are keywords, for example
    `leaky_relu(x, negative_slope=0.1)`. Text, complex numbers, masked arrays and unknown
    parameters raise TypeError, ragged lists and parameters out of range raise ValueError.
    Each formula's source stands in `reference`.
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
    # None when it is the slope everywhere on one side.
    largest_slope_at: float | None = None
    zero_centred: str = "no"  # is the mean of the outputs 0, and for which inputs?
    # The sides on which the slope goes to 0: "left", "right".
    saturates: tuple[str, ...] = ()
    input_type: str = "any number: the weighted sum that a unit has computed"
    parameters: dict[str, Parameter] = field(default_factory=dict)

    def __post_init__(self):
        # What Shift+Tab and `ipywidgets.interact` ask for.
        object.__setattr__(self, "__signature__", _signature(self.function))

    def __call__(self, *inputs, **parameters):
        return call_by_name(self.function, self.identifier, inputs, parameters)

    def derivative(self, *inputs, **parameters):
        """Return the slope of the activation at x, in the shape of x."""
        return call_by_name(
            self.slope_function, f"{self.identifier}.derivative", inputs, parameters
        )

    @property
    def identifier(self):
        """The name as it is written in code: `leaky_relu` for "leaky ReLU"."""
        return self.function.__name__

    __name__ = identifier

    def __repr__(self):
        return f"helpers.{self.identifier}"

    def __hash__(self):
        # A copy is equal, so it has the same one.
        return hash(self.name)


def call_by_name(function, name, inputs, parameters):
    """Return function(x, **parameters), or raise TypeError that says how `name` is called."""
    signature = _signature(function)
    try:
        bound = signature.bind(*inputs, **parameters)
    except TypeError as error:
        usage = f"{name}{signature}".replace("*, ", "")
        raise TypeError(f"{name}: {error}; call it as {usage}.") from None
    return function(*bound.args, **bound.kwargs)


@functools.cache
def _signature(function):
    """Return the signature of a function, in which all but the input have to be named."""
    signature = inspect.signature(function)
    first, *others = signature.parameters.values()
    others = [parameter.replace(kind=parameter.KEYWORD_ONLY) for parameter in others]
    return signature.replace(parameters=[first, *others])
