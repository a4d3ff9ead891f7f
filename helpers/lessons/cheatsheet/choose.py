"""Which one do I choose: the advice, once, for the dialogue, the table and the foot of the printed sheet."""

import re
from typing import NamedTuple

import ipywidgets
import numpy as np

from helpers.activations import ACTIVATIONS, softmax
from helpers.arguments import one_of
from helpers.figures import Page
from helpers.figures.style import INK, VERMILION, ink, own_settings

__all__ = ["choose"]

OUTPUT, PLAIN, TRANSFORMER, RECURRENT = (
    "output layer",
    "hidden, plain or convolutional",
    "hidden, transformer",
    "inside an LSTM or GRU",
)
LESSONS = {
    "identity": "00_start_here",
    "sigmoid": "01_sigmoid",
    "tanh": "02_tanh",
    "relu": "03_relu",
    "leaky_relu": "04_leaky_relu",
    "elu": "05_elu",
    "selu": "05_elu",
    "gelu": "06_gelu",
    "silu": "07_silu",
    "softplus": "03_relu",
    "softmax": "08_softmax",
}


class Advice(NamedTuple):
    """Where a function stands, for which case, what to choose and with what, and two reasons."""

    layer: str
    case: str
    identifier: str
    along: str  # what belongs to it
    reasons: tuple

    @property
    def f(self):
        return ACTIVATIONS[self.identifier]


ADVICE = [
    Advice(*row)
    for row in (
        (
            *(OUTPUT, "yes or no", "sigmoid", "binary cross-entropy"),
            ("Its range, from 0 to 1, is that of a probability.", "With this loss its gradient is simply p − y."),
        ),
        (
            *(OUTPUT, "several labels at once", "sigmoid", "one for each label, binary cross-entropy"),
            ("Each label gets an answer of its own: all may be near 1.", "With softmax the labels would compete."),
        ),
        (
            *(OUTPUT, "one of several classes", "softmax", "cross-entropy"),
            ("The outputs sum to 1: what one class gains, the others lose.", "With this loss its gradient is p − y."),
        ),
        (
            *(OUTPUT, "any number", "identity", "squared error"),
            ("Nothing may cut the range: the answer can be any number.", "Scale the targets, not the output."),
        ),
        (
            *(OUTPUT, "a positive number", "softplus", "for example for a variance"),
            ("Every output is above 0.", "exp does that too, but grows so fast that a step can go much too far."),
        ),
        (
            *(OUTPUT, "a number from −1 to 1", "tanh", "for example for an action"),
            ("Its range is (−1, 1). The ends are never reached.", "For other ends multiply: 2 tanh for −2 to 2."),
        ),
        (
            *(PLAIN, "to begin with", "relu", "He initialisation"),
            (
                "Cheap, and its slope is 1 for every positive input.",
                "The others are often only a little better, if at all.",
            ),
        ),
        (
            *(PLAIN, "many units are dead", "leaky_relu", "or ELU"),
            (
                "A negative input keeps a share of its gradient, so that a unit can come back.",
                "First try a smaller learning rate: large steps are a usual cause.",
            ),
        ),
        (
            *(PLAIN, "deep, no normalisation", "selu", "weights of variance 1/n, alpha dropout"),
            (
                "It holds mean 0 and variance 1, but in plain layers and with these two only.",
                "Often simpler: normalisation or residual connections, and ReLU.",
            ),
        ),
        (
            *(PLAIN, "a smooth slope", "silu", "or GELU"),
            ("Its slope never jumps. EfficientNet uses it.", "It costs an exponential for every number."),
        ),
        (
            *(PLAIN, "speed above all", "relu", "measure on your machine"),
            ("One comparison for the output, and one for the slope.", "Its many zeros can be stored and skipped."),
        ),
        (
            *(TRANSFORMER, "feed-forward block", "gelu", "in the form that the model was trained with"),
            (
                "BERT, GPT-2 and vision transformers were trained with it.",
                "Trained weights expect the same form, exact or tanh.",
            ),
        ),
        (
            *(TRANSFORMER, "gated block (SwiGLU)", "silu", "as the gate, two thirds of the width"),
            (
                "LLaMA and many language models after it were trained with it.",
                "Three matrices in place of two: at two thirds of the width they have as many weights.",
            ),
        ),
        (
            *(TRANSFORMER, "attention weights", "softmax", "one for each query"),
            ("The weights are positive and sum to 1.", "The scores are divided by √d first, so that they stay small."),
        ),
        (
            *(RECURRENT, "a gate", "sigmoid", "as the cell defines it"),
            ("A gate is a share: 0 lets nothing pass, 1 everything.", "Leave the cell as it is: trained and tuned."),
        ),
        (
            *(RECURRENT, "candidate and output", "tanh", "as the cell defines it"),
            ("Values of both signs, never beyond 1.", "The memory is added up step by step: it must not run away."),
        ),
    )
]

LAYERS = {layer: [advice.case for advice in ADVICE if advice.layer == layer] for layer, *_ in ADVICE}
DASHES = (0, (3, 1.5))  # of slopes, so that they stay apart from functions in grey too


def curves_of(f, lo, hi, **parameters):
    """Return inputs, values and slopes to draw; a slope that jumps at 0 is broken there.

    Softmax has no curve of its own: it is drawn as the first of three outputs against its own score, the others at 0.
    """
    x = np.linspace(lo, hi, 400)
    if lo < 0 < hi:
        x = np.concatenate([x[x < 0], [-1e-9, np.nan, 1e-9], x[x > 0]])
    given = np.stack([x, 0 * x, 0 * x], axis=-1) if f is softmax else x[:, np.newaxis]
    return x, f(given, **parameters)[:, 0], f.derivative(given, **parameters)[:, 0]


def facts_of(f):
    """Return the short facts of a card by their names."""
    place = "" if f.largest_slope_at is None else f" at {f.largest_slope_at:.3g}"
    return {
        "range": re.search(r"[\[(].*?[)\]]", f.range_text)[0],
        "largest slope": f"{f.largest_slope:.4g}{place}",
        "zero-centred": "yes" if f.zero_centred else "no",
        "slope goes to 0": ["nowhere", f"on the {''.join(f.saturates)}", "on both sides"][len(f.saturates)],
    }


def lettered(given=()):
    """Return the parameters of the curves by the letters of their formulas, as given or as usual: leaky ReLU α = 0.01."""
    each = [(f, name, p) for f in ACTIVATIONS.values() for name, p in f.parameters.items() if f is not softmax]
    given = {name: p.default for _, name, p in each} | dict(given)
    return ", ".join(f"{f.name} {re.search('[α-ω]', p.meaning)[0]} = {given[name]:g}" for f, name, p in each)


@own_settings()
def choose(layer=OUTPUT, case=None):
    """Return a LiveFigure that asks with buttons where a function stands and for what, and says which one to choose.

    All answers stand in a tree, the way to the chosen one is thick. `layer` and `case` are the words of two buttons;
    others raise ValueError.
    """
    cases = one_of(layer, "layer", LAYERS)
    page = Page(468)
    show = _tree(page)
    page.choice("layer", "which layer?", list(LAYERS), layer)
    page.choice("case", "for what?", cases, one_of(case or cases[0], "case", cases))
    buttons, link = page.controls["case"], ipywidgets.HTML(layout={"margin": "0 0 0 118px"})
    buttons.layout.min_height = "66px"  # of two rows, so that nothing below moves

    def update(layer, case):
        if case not in LAYERS[layer]:  # another layer asks for other cases
            buttons.options, case = LAYERS[layer], LAYERS[layer][0]
        advice = next(advice for advice in ADVICE if (advice.layer, advice.case) == (layer, case))
        lesson = LESSONS[advice.identifier]
        link.value = f'Read <a href="{lesson}.ipynb" target="_blank">lesson {lesson.replace("_", " ")}</a>.'
        show(advice)
        said = f"{layer}, {case}: choose {advice.f.name} ({advice.along}). {' '.join(advice.reasons)}"
        return f"A tree with {len(ADVICE)} answers. {said} Lesson {lesson[:2]}."

    return page.live(update, [*page.controls.values(), link])


def _tree(page):
    """Draw all advice as a tree; return a function that thickens the way to one and says its reasons."""
    panel = page.panel(4, 330, 6, 708, x=(0, 708), y=(330, 0))
    panel.axes.set_axis_off()
    look = {"transform": panel.data, "va": "center", "fontsize": 12}
    height = dict(
        zip(
            ADVICE,
            10 + 19 * np.arange(len(ADVICE)) + 8 * np.array([[*LAYERS].index(a.layer) for a in ADVICE]),
            strict=True,
        )
    )
    middle = {layer: np.mean([y for a, y in height.items() if a.layer == layer]) for layer in LAYERS}
    ways = {a: ((218, 262, 268, np.nan, 450, 486), (middle[a.layer], y, y, y, y, y)) for a, y in height.items()}
    for x, y in ways.values():
        panel.line("#D0D7DE", 1.2, x, y, animated=False, zorder=1)
    layers = {name: panel.text(name, 8, y, **look) for name, y in middle.items()}
    leaves = {
        a: (panel.text(a.case, 276, y, **look), panel.text(a.f.name, 496, y, color=ink(a.f.colour), **look))
        for a, y in height.items()
    }
    way = panel.line(INK, 3, zorder=2, solid_joinstyle="round")
    tell = _recommendation(page)

    def show(advice):
        for name, text in layers.items():
            text.set_weight("bold" if name == advice.layer else "normal")
        for each, texts in leaves.items():
            for text in texts:
                text.set_weight("bold" if each == advice else "normal")
        x, y = ways[advice]
        way.move(x, y)
        tell(advice)

    return show


def _recommendation(page):
    """Draw the graph and the words of what is recommended; return a function that fills them in."""
    panel = page.panel(352, 98, 30, 150, x=(-4, 4), y=(-2.2, 3.2), xticks=[-4, 0, 4], yticks=[-2, 0, 2])
    panel.rule(0)
    curve, slope = panel.line(INK), panel.line(VERMILION, 2, linestyle=DASHES)
    look = {"ha": "left", "fontsize": 13}
    name = panel.readout("name", 1.2, 0.82, **{**look, "fontsize": 20}, weight="bold")
    lines = [panel.readout(f"reason-{n}", 1.2, y, **look) for n, y in enumerate((0.56, 0.33, 0.1))]

    def tell(advice):
        x, values, slopes = curves_of(advice.f, -4, 4)
        curve.move(x, values)
        slope.move(x, slopes)
        curve.set_color(ink(advice.f.colour))
        name.set(text=advice.f.name, color=ink(advice.f.colour))
        for line, words in zip(lines, (advice.along, *advice.reasons), strict=True):
            line.set_text(words)

    return tell
