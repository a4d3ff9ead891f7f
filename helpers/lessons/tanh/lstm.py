"""lstm: one LSTM cell whose gates are set by hand, its memory and its output followed step by step."""

import functools
import itertools

import numpy as np

from helpers.activations import sigmoid, tanh
from helpers.arguments import as_array, describe_error, name_of
from helpers.figures import Page, with_room
from helpers.figures.marks import beads, stems
from helpers.figures.style import INK, number, own_settings

__all__ = ["lstm"]

GATES = ("forget", "input", "output")
REACH = 6.0  # of the gates' scores
LETTERS = {sigmoid: "σ", tanh: "tanh"}
HEADING = {"weight": "bold", "fontsize": 13, "ha": "left"}


@own_settings()
def lstm(step, signal, *, forget=4.0, input=4.0, output=4.0):
    """Return a LiveFigure: the gates of one LSTM cell, what is offered to it in each step, its memory and its output.

    `step(memory, signal, scores, gate, candidate)` is your own function for one step, which returns (memory, output);
    `scores` are those of the three gates, `gate` and `candidate` Activations. `signal` holds the candidate's score for
    each of 2 to 100 steps. Scores run from −6 to 6 and stay the same over all the steps. Raises ValueError or TypeError
    for other signals and scores, and for steps that fail. Source: Hochreiter & Schmidhuber (1997); the forget gate:
    Gers, Schmidhuber & Cummins (2000).
    """
    name_of(step, "lstm(lstm_step, signal)")
    signal = as_array(signal, "signal", (("steps", 2, 100),), example="signal=[1, 0, 0, -1]")
    page = Page(396)
    for name, score in zip(GATES, (forget, input, output), strict=True):
        page.slider(name, f"{name} score", score, -REACH, REACH, 0.1)
    page.choice("gate", "gates", {"σ": sigmoid, "tanh": tanh})
    page.choice("candidate", "candidate", {"tanh": tanh, "σ": sigmoid})
    return page.live(_cell(page, step, signal))


def _cell(page, step, signal):
    """Draw the panels of `lstm` and return the function that moves the marks for the sliders' values."""
    bars, show_steps = _draw_gates(page), _draw_steps(page, np.arange(1, signal.size + 1))

    @functools.cache
    def reached(gate, candidate):
        """Return the least and the greatest memory or output with these two functions, whatever the scores."""
        corners = itertools.product((-REACH, 0.0, REACH), repeat=3)
        paths = [run(step, signal, scores, gate, candidate) for scores in corners]
        return np.min(paths), np.max(paths)

    def update(gate, candidate, **scores):
        memory, output = run(step, signal, tuple(scores.values()), gate, candidate)
        ends = with_room([-1, 1, *reached(gate, candidate), *memory])
        show_steps(memory, output, ends, candidate(signal), candidate.colour)
        shares = {name: gate(score) for name, score in scores.items()}
        for name, share in shares.items():
            bars[name].set(width=share, facecolor=gate.colour)
            page.write({f"{name}-gate": number(share)})
        page.readouts["gates"].set_color(gate.colour)
        last = f"after step {memory.size}: memory {number(memory[-1])}, output {number(output[-1])}"
        offer = f"candidate: {LETTERS[candidate]} of the signal"
        page.write(gates=f"gates: {LETTERS[gate]} of their scores", candidate=offer, memory=last)
        gates = ", ".join(f"{name} {number(share)}" for name, share in shares.items())
        reach = f"from {number(memory.min())} to {number(memory.max())}"
        return f"Gates ({LETTERS[gate]}): {gates}; {offer}. The memory runs {reach}; {last}."

    return update


def run(step, signal, scores, gate, candidate):
    """Return memory and output after each step, starting with an empty memory, or raise ValueError in one sentence."""
    memory, kept = 0.0, []
    for count, score in enumerate(signal, 1):
        try:
            memory, output = map(float, step(memory, score, scores, gate=gate, candidate=candidate))
        except Exception as trouble:  # a learner's function may raise anything; the message tells it
            raise ValueError(
                f"{name_of(step)} fails in step {count}: {describe_error(trouble)} It has to return two numbers, memory and output."
            ) from trouble
        kept.append((memory, output))
    kept = np.array(kept)
    wild = kept[~(np.abs(kept) < 1e6)]
    if wild.size:
        raise ValueError(f"A memory or an output of {wild[0]:g} is no number to draw; is the old memory times a gate?")
    return kept.T


def _draw_gates(page):
    """Draw the gates' panel and return the bars that show their shares, by name; the pointer can pull them."""
    panel = page.panel(36, 310, 12, 168, x=(-1.02, 1.02), y=(3, 0), yticks=[], xticks=[-1, 0, 1])
    panel.axes.spines["left"].set_position("zero")
    panel.readout("gates", 0, **HEADING)
    bars = {}
    for row, name in enumerate(GATES):
        panel.text(f"{name} gate", -1, row + 0.3, transform=panel.data)
        panel.readout(f"{name}-gate", 1, row + 0.3, fontsize=12, transform=panel.data)
        panel.box(-1, row + 0.42, 2, 0.22, "#F0F1F3", zorder=0.5, animated=False)
        bars[name] = panel.box(0, row + 0.42, 0, 0.22)
    scores = np.linspace(-REACH, REACH, 121)

    def press(x, y):
        name = GATES[int(y)]
        return lambda x, y: {name: np.interp(x, page.controls["gate"].value(scores), scores)}

    page.grab(panel, press, "ew-resize")
    return bars


def _draw_steps(page, steps):
    """Return the function that shows what is offered in each step, and memory and output after it."""
    upper = page.panel(36, 92, 238, 474, x=(0.3, len(steps) + 0.7), y=(-1.15, 1.15), yticks=[-1, 0, 1])
    upper.rule(0)
    heading = upper.readout("candidate", 0, **HEADING)
    rises, tips = upper.line(INK, 2.2), upper.line(INK, 7, snap=False)
    lower = page.panel(166, 180, 238, 474, over=upper)
    lower.rule(0)
    lower.title("memory", fontsize=13)
    lower.title("and output", tanh.colour, 0.165, fontsize=13)
    lower.readout("memory", fontsize=12.5)
    lower.caption("step")
    line, stops, thin = lower.line(INK, 2.6), lower.line(INK, 6, snap=False), lower.line(tanh.colour, 1.8)

    def show(memory, output, ends, offered, colour):
        lower.reach(y=ends)
        rises.move(*stems(steps, offered))
        tips.move(*beads(steps, offered))
        for mark in (heading, rises, tips):
            mark.set_color(colour)
        line.move(steps, memory)
        stops.move(*beads(steps, memory))
        thin.move(steps, output)

    return show
