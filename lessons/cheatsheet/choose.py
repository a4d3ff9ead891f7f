"""Which one do I choose: the advice, once, for the dialogue, the table and the foot of the printed sheet."""

import re
from typing import NamedTuple

import ipywidgets
import numpy as np

from helpers.activations import ACTIVATIONS, softmax
from helpers.arguments import one_of
from helpers.figures import Page
from helpers.figures.style import INK, VERMILION, ink, own_settings


class About(NamedTuple):
    """What the registry does not hold of a function."""

    lesson: str
    operations: str  # for one number
    graph: str
    hint: str  # what the graph of the slope looks like, and what that hints at


ABOUT = """
identity | 00_start_here | none | a straight line | level at 1: all of a gradient passes
sigmoid | 01_sigmoid | exponential, division | an S from 0 to 1 | a low hill, 0.25 at its top: gradients shrink
tanh | 02_tanh | exponential, division | an S from −1 to 1 | a hill, 1 at its top: little passes beyond ±3
relu | 03_relu | comparison | level, then like x; a corner | 0, then 1: all of a gradient passes, or nothing
leaky_relu | 04_leaky_relu | comparison, product | gently up, then like x; a corner | α, then 1: some always passes
elu | 05_elu | comparison, exponential | up from −α, then like x | up to α, then 1: little passes far to the left
selu | 05_elu | comparison, exponential, product | ELU, larger; a corner | above 1 right of −0.56: gradients may grow
gelu | 06_gelu | error function, product | ReLU without its corner; a dip | below 0 left of it, above 1 from 0.75
silu | 07_silu | exponential, division | ReLU without its corner; a wider dip | below 0 left of it, above 1 from 1.28
softplus | 10_cheatsheet | exponential, logarithm | ReLU with a rounded corner, above 0 | the sigmoid: rises from 0 to 1
softmax | 08_softmax | exponentials, sum, division | for one score an S | a low hill: level if one is far ahead
"""
ABOUT = {name: About(*rest) for name, *rest in (line.split(" | ") for line in ABOUT.strip().splitlines())}


class Advice(NamedTuple):
    """Where a function stands, in which case, what to choose, what belongs to it, and two reasons."""

    layer: str
    case: str
    identifier: str
    along: str
    reason: str
    more: str

    @property
    def f(self):
        return ACTIVATIONS[self.identifier]


ADVICE = """
output layer
yes or no
sigmoid
with binary cross-entropy
Its range, from 0 to 1, is that of a probability.
With this loss its gradient is simply the error: output minus answer.

output layer
several labels at once
sigmoid
one for each label, with binary cross-entropy
Each label gets an answer of its own: all of them may be near 1.
With softmax the labels would compete.

output layer
one of several classes
softmax
with cross-entropy
The outputs sum to 1: what one class gains, the others lose.
With this loss its gradient is simply the error: output minus answer.

output layer
any number
identity
no activation, with the squared error
Nothing may cut the range, as the answer can be any number.
If the answers are large, scale them before the training.

output layer
a positive number
softplus
for example for a variance
Every output is above 0, and large sums pass almost unchanged.
The exponential is positive too, but a step can go much too far.

output layer
a number from −1 to 1
tanh
for example for an action
Its range is (−1, 1), and a sum of 0 gives 0.
For other ends multiply: twice tanh for −2 to 2.

hidden, plain or convolutional
to begin with
relu
with He initialisation
Cheap, and its slope is 1 for every positive input.
The others are often only a little better, if at all: change it last.

hidden, plain or convolutional
many units are dead
leaky_relu
or ELU
A negative input keeps a share of its gradient: a unit can come back.
First try a smaller learning rate: large steps are a usual cause.

hidden, plain or convolutional
deep, no normalisation
selu
with weights of variance 1/n and alpha dropout
Keeps mean 0 and variance 1, but in plain layers with these two only.
Often simpler: normalisation or residual connections, and ReLU.

hidden, plain or convolutional
a smooth slope
silu
or GELU
Its slope never jumps. EfficientNet uses it, and ConvNeXt uses GELU.
It costs an exponential for each number.

hidden, plain or convolutional
speed above all
relu
but measure first
One comparison for the output, and one for the slope.
The products of a layer usually cost far more than its activation.

hidden, transformer
feed-forward block
gelu
in the form that the model was trained with
BERT, GPT-2 and vision transformers use it.
Trained weights expect the same form, exact or tanh.

hidden, transformer
gated block (SwiGLU)
silu
as the gate, at two thirds of the width
LLaMA and many language models after it use it.
At that width its three matrices have as many weights as two others.

hidden, transformer
attention weights
softmax
over the scores of each query
The weights are positive and sum to 1.
The scores are divided by √d first, so that they do not grow with d.

inside an LSTM or GRU
a gate
sigmoid
as the cell is defined
A gate is a share: 0 lets nothing pass, 1 everything.
Libraries have fast code for exactly this cell.

inside an LSTM or GRU
candidate and output
tanh
as the cell is defined
Values of both signs, never beyond 1.
The memory is added up step by step: what is added has to stay small.
"""
ADVICE = [Advice(*block.splitlines()) for block in ADVICE.strip().split("\n\n")]
LAYERS = {layer: [advice.case for advice in ADVICE if advice.layer == layer] for layer, *_ in ADVICE}
LINK = "color: #0072B2; text-decoration: underline"  # JupyterLab makes links of widgets look like text
DASHES = (0, (3, 1.5))  # of slopes among functions, so that they stay apart in grey too


def curves_of(f, lo, hi, **parameters):
    """Return inputs, values and slopes to draw; a slope that jumps at 0 is broken there.

    Softmax has no curve of its own: it is drawn as the first of three outputs against its own score, the others at 0.
    """
    x = np.linspace(lo, hi, 400)
    if lo < 0 < hi:
        x = np.concatenate([x[x < 0], [-1e-9, np.nan, 1e-9], x[x > 0]])
    given = x[:, np.newaxis] * ([1, 0, 0] if f is softmax else [1])
    return x, f(given, **parameters)[:, 0], f.derivative(given, **parameters)[:, 0]


def facts_of(f):
    """Return the short facts of a function by their names."""
    place = "" if f.largest_slope_at is None else f" at {f.largest_slope_at:.3g}"
    return {
        "range": re.search(r"[\[(].*?[)\]]", f.range_text)[0],
        "largest slope": f"{f.largest_slope:.4g}{place}",
        "zero-centred": "yes" if f.zero_centred else "no",
        "slope goes to 0": ["nowhere", f"on the {''.join(f.saturates)}", "on both sides"][len(f.saturates)],
    }


@own_settings()
def choose(layer="output layer", case=None):
    """Return a LiveFigure that asks with buttons where a function stands and for what, and says which one to choose.

    All answers stand in a tree, the way to the chosen one is thick. `layer` and `case` are words of the buttons; others
    raise ValueError.
    """
    cases = one_of(layer, "layer", LAYERS)
    page = Page(468)
    light, tell = _tree(page), _recommendation(page)
    page.choice("layer", "which layer?", list(LAYERS), layer)
    page.choice("case", "for what?", cases, one_of(case or cases[0], "case", cases))
    buttons, link = page.controls["case"], ipywidgets.HTML(layout={"margin": "0 0 0 118px"})
    buttons.layout.min_height = "66px"  # of two rows, so that nothing below moves

    def update(layer, case):
        if case not in LAYERS[layer]:  # another layer asks for other cases
            buttons.options, (case, *_) = LAYERS[layer], LAYERS[layer]
        (advice,) = (advice for advice in ADVICE if advice[:2] == (layer, case))
        light(advice)
        tell(advice)
        lesson = ABOUT[advice.identifier].lesson
        link.value = (
            f'Read <a href="{lesson}.ipynb" target="_blank" style="{LINK}">lesson {lesson.replace("_", " ")}</a>.'
        )
        said = f"{layer}, {case}: choose {advice.f.name} ({advice.along}). {advice.reason} {advice.more}"
        return f"A tree with {len(ADVICE)} answers. For {said} Read lesson {lesson[:2]}."

    return page.live(update, [*page.controls.values(), link])


def _tree(page):
    """Draw all advice as a tree; return a function that thickens the way to one."""
    panel = page.panel(4, 330, 6, 708, x=(0, 708), y=(330, 0))
    panel.axes.set_axis_off()
    heights = [10 + 19 * n + 8 * list(LAYERS).index(advice.layer) for n, advice in enumerate(ADVICE)]
    middles = {
        layer: np.mean([y for a, y in zip(ADVICE, heights, strict=True) if a.layer == layer]) for layer in LAYERS
    }
    look = {"transform": panel.data, "va": "center"}
    words, across = [panel.text(layer, 8, y, gid=layer, **look) for layer, y in middles.items()], (218, 262, 268)
    for advice, y in zip(ADVICE, heights, strict=True):
        panel.line("#D0D7DE", 1.2, (*across, np.nan, 450, 486), (middles[advice.layer], *[y] * 5), animated=False)
        words.append(panel.text(advice.case, 276, y, gid=advice.case, **look))
        words.append(panel.text(advice.f.name, 496, y, gid=advice.case, color=ink(advice.f.colour), **look))
    way = panel.line(INK, 3, solid_joinstyle="round")

    def light(advice):
        for text in words:
            text.set_weight("bold" if text.get_gid() in advice[:2] else "normal")
        y = heights[ADVICE.index(advice)]
        way.move((*across, np.nan, 450, 486), (middles[advice.layer], *[y] * 5))

    return light


def _recommendation(page):
    """Draw the graph and the words of what is recommended; return a function that fills them in."""
    panel = page.panel(352, 98, 30, 150, x=(-4, 4), y=(-2.2, 3.2), xticks=[-4, 0, 4], yticks=[-2, 0, 2])
    panel.rule(0)
    curve, slope = panel.line(INK), panel.line(VERMILION, 2, linestyle=DASHES)
    look = {"ha": "left", "fontsize": 13}
    name = panel.readout("name", 1.2, 0.82, **look | {"fontsize": 20}, weight="bold")
    for what, y in (("along", 0.56), ("reason", 0.33), ("more", 0.1)):
        panel.readout(what, 1.2, y, **look)

    def tell(advice):
        x, values, slopes = curves_of(advice.f, -4, 4)
        curve.move(x, values)
        slope.move(x, slopes)
        for artist in (curve, name):
            artist.set_color(ink(advice.f.colour))
        page.write(name=advice.f.name, along=advice.along, reason=advice.reason, more=advice.more)

    return tell
