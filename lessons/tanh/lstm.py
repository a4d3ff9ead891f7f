"""lstm: one LSTM cell whose gates are set by hand, its memory and its output step by step."""

import functools
import itertools

import numpy as np

from helpers.activations import sigmoid, tanh
from helpers.arguments import as_array, describe_error, name_of
from helpers.figures.controls import choice, slider
from helpers.figures.live import LiveFigure
from helpers.figures.page import axis_limits
from helpers.figures.style import INK, ink, number

GATES = ("forget", "input", "output")
LARGEST_SCORE = 6.0  # of a gate
SCORES = np.linspace(-LARGEST_SCORE, LARGEST_SCORE, 121)
LETTERS = {sigmoid: "σ", tanh: "tanh"}
HEADING = {"weight": "bold", "fontsize": 13, "ha": "left"}


def lstm(step, signal):
    """Return a LiveFigure of one LSTM cell: its gates, what each step offers, memory and output.

    `step(memory, signal, scores, gate, candidate)` is your own function for one step, which returns
    (memory, output); `scores` are those of the three gates, `gate` and `candidate` Activations.
    `signal` holds the candidate's score for each of 2 to 100 steps. Scores run from −6 to 6 and
    stay the same over all the steps. Raises ValueError or TypeError for other signals, and for
    steps that fail. Source: Hochreiter & Schmidhuber (1997); the forget gate: Gers,
    Schmidhuber & Cummins (2000).
    """
    name_of(step, "lstm(lstm_step, signal)")
    shape = (("steps", 2, 100),)
    signal = as_array(signal, "signal", shape, example="signal=[0, 2, 0, 0, -3]")
    steps = np.arange(1, signal.size + 1)
    controls = {
        "forget": score_slider("forget score"),
        "input": score_slider("input score"),
        "output": score_slider("output score"),
        "gate": choice("gates", {"σ": sigmoid, "tanh": tanh}),
        "candidate": choice("candidate", {"tanh": tanh, "σ": sigmoid}),
    }

    @functools.cache
    def reach(gate, candidate):
        """Return the least and the greatest memory or output, whatever the scores."""
        corners = itertools.product((-LARGEST_SCORE, 0.0, LARGEST_SCORE), repeat=3)
        paths = [run(step, signal, scores, gate, candidate) for scores in corners]
        return np.min(paths), np.max(paths)

    def draw(page, forget, input, output, gate, candidate):
        scores = (forget, input, output)
        memories, outputs = run(step, signal, scores, gate, candidate)
        limits = axis_limits([-1, 1, *reach(gate, candidate), *memories, *outputs])

        gates = page.panel(
            top=36,
            height=310,
            left=12,
            width=168,
            x=(-1.02, 1.02),
            y=(3, 0),
            xticks=[-1, 0, 1],
            yticks=(),
            sides=("bottom",),
        )
        page.grab(gates, functools.partial(pull_gate, gate), "ew-resize")
        shares = draw_gates(gates, scores, gate)

        x = (0.3, signal.size + 0.7)
        upper = page.panel(
            36, 92, 238, 474, x=x, y=(-1.15, 1.15), yticks=[-1, 0, 1], xlabels=False
        )
        upper.hline(0)
        offers = f"candidate: {LETTERS[candidate]} of the signal"
        upper.readout("candidate", offers, 0, color=ink(candidate.colour), **HEADING)
        upper.stems(
            steps, candidate(signal), candidate.colour, 2.2, solid_capstyle="round"
        )
        upper.scatter(steps, candidate(signal), candidate.colour, 7, gid="candidates")

        lower = page.panel(166, 180, 238, 474, x=x, y=limits)
        lower.hline(0)
        lower.caption("step")
        lower.title("memory", fontsize=13)
        lower.title("and output", ink(tanh.colour), 0.165, fontsize=13)
        lower.line(steps, memories, INK, 2.6, gid="memories")
        lower.scatter(steps, memories, INK, 6)
        lower.line(steps, outputs, tanh.colour, 1.8, gid="outputs")
        end = f"memory {number(memories[-1])}, output {number(outputs[-1])}"
        last = lower.readout(
            "memory", f"after step {signal.size}: {end}", fontsize=12.5
        )
        return (
            f"Gates ({LETTERS[gate]}): {shares}; {offers}. The memory runs from "
            f"{number(memories.min())} to {number(memories.max())}; {last}."
        )

    return LiveFigure(draw, controls, height=396, caches=[reach])


def score_slider(description):
    """Return the slider of a gate's score."""
    return slider(description, 4.0, -LARGEST_SCORE, LARGEST_SCORE, 0.1)


def run(step, signal, scores, gate, candidate):
    """Return memory and output after each step, of shape (2, steps), starting with an empty memory.

    Raises ValueError for a step that fails or returns what cannot be drawn.
    """
    memory = 0.0
    states = []
    for count, score in enumerate(signal, 1):
        try:
            result = step(memory, score, scores, gate=gate, candidate=candidate)
            memory, output = map(float, result)
        except Exception as error:
            # A learner's function may raise anything; the message tells it.
            raise ValueError(
                f"{name_of(step)} fails in step {count}: {describe_error(error)} It has to return "
                "two numbers, memory and output."
            ) from error
        states.append((memory, output))
    states = np.array(states)
    too_large = states[~(np.abs(states) < 1e6)]
    if too_large.size:
        raise ValueError(
            f"A memory or an output of {too_large[0]:g} is no number to draw; is the old memory "
            "times a gate?"
        )
    return states.T


def draw_gates(panel, scores, gate):
    """Draw a bar for the share that each gate lets through, and return the shares in words."""
    heading = f"gates: {LETTERS[gate]} of their scores"
    panel.readout("gates", heading, 0, color=ink(gate.colour), **HEADING)
    panel.vline(0)
    words = []
    for row, (name, score) in enumerate(zip(GATES, scores, strict=True)):
        share = gate(score)
        at = {"y": row + 0.3, "coordinates": "data"}
        panel.rectangle(-1, row + 0.42, 2, 0.22, "#F0F1F3", zorder=0.5)
        panel.rectangle(0, row + 0.42, share, 0.22, gate.colour, gid=f"{name} bar")
        panel.text(f"{name} gate", -1, **at)
        panel.readout(f"{name}-gate", number(share), 1, fontsize=12, **at)
        words.append(f"{name} {number(share)}")
    return ", ".join(words)


def pull_gate(gate, x, y):
    """Return what moves a gate's score so that its bar, in the row at y, ends at the pointer."""
    name = GATES[min(int(y), len(GATES) - 1)]
    return lambda x, y: {name: np.interp(x, gate(SCORES), SCORES)}
