"""lstm: one LSTM cell whose gates are set by hand, its memory and its output followed step by step."""

import itertools

import numpy as np
from matplotlib.lines import Line2D
from matplotlib.patches import Rectangle

from helpers.activations import sigmoid, tanh
from helpers.arguments import as_floats
from helpers.explorers import panels
from helpers.explorers.marks import beads, stems
from helpers.explorers.panels import moving
from helpers.figures.controls import choice, number_slider
from helpers.figures.live import LiveFigure
from helpers.figures.sampling import shown
from helpers.style import INK, SOFT, add_axes, label, new_figure, number, own_settings

GATES = ("forget", "input", "output")
REACH = 6.0  # of the gates' scores
SIGMA_OR_TANH = {"σ": sigmoid, "tanh": tanh}
LETTERS = {function: letter for letter, function in SIGMA_OR_TANH.items()}


@own_settings()
def lstm(step, signal, *, forget=4.0, input=4.0, output=4.0):
    """Return a LiveFigure: the gates of one LSTM cell, what is offered to it in each step, its memory and its output.

    `step(memory, signal, scores, gate, candidate)` is your own function for one step, which returns (memory, output);
    `scores` are those of the three gates, `gate` and `candidate` Activations. `signal` holds the candidate's score for
    each of 2 to 100 steps. Scores run from −6 to 6 and stay the same over all the steps. Raises ValueError or TypeError
    for other signals and scores, and for steps that fail. Source: Hochreiter & Schmidhuber (1997); the forget gate:
    Gers, Schmidhuber & Cummins (2000).
    """
    if not callable(step):
        raise TypeError(f"lstm needs your function for one step, not {shown(step)}; write lstm(lstm_step, signal).")
    signal = as_floats(signal, "signal")
    if signal.ndim != 1 or not 2 <= signal.size <= 100 or not np.isfinite(signal).all():
        raise ValueError(f"signal must be a list of 2 to 100 finite numbers, one a step, not {shown(signal)}.")
    scores = zip(GATES, (forget, input, output), strict=True)
    controls = {name: number_slider(f"{name} score", value, -REACH, REACH, 0.1, name) for name, value in scores}
    controls |= {
        "gate": choice("gates", SIGMA_OR_TANH, sigmoid),
        "candidate": choice("candidate", {"tanh": tanh, "σ": sigmoid}, tanh),
    }
    view = View(step, signal)
    return LiveFigure(view.figure, controls, view.update)


def follow(step, signal, scores, gate, candidate):
    """Return memory and output after each step, starting with an empty memory, or raise ValueError in one sentence."""
    memory, kept = 0.0, []
    for number_, score in enumerate(signal, 1):
        try:
            memory, output = (float(part) for part in step(memory, score, scores, gate=gate, candidate=candidate))
        except Exception as trouble:
            raise ValueError(
                f"{getattr(step, '__name__', 'step')} fails in step {number_}: {type(trouble).__name__}: {trouble}; "
                "it has to return two numbers, memory and output."
            ) from trouble
        kept.append((memory, output))
    kept = np.array(kept)
    if not (np.abs(kept) < 1e6).all():
        worst = kept[~(np.abs(kept) < 1e6)][0]
        raise ValueError(f"A memory or an output of {worst:g} is no number to draw; is the old memory times a gate?")
    return kept.T


class View:
    """The panels of `lstm`: gates at the left, the candidate above, memory and output below it."""

    def __init__(self, step, signal):
        self._step, self._signal, self._limits = step, signal, {}
        self.figure = new_figure(396)
        steps = {"xlim": (0.3, signal.size + 0.7)}
        self._gates = add_axes(
            self.figure, 12, 36, 168, 310, xlim=(-1.02, 1.02), ylim=(3, 0), yticks=[], xticks=[-1, 0, 1]
        )
        self._offered = add_axes(self.figure, 238, 36, 474, 92, ylim=(-1.15, 1.15), yticks=[-1, 0, 1], **steps)
        self._kept = add_axes(self.figure, 238, 166, 474, 180, sharex=self._offered)
        self._offered.tick_params(labelbottom=False)
        for axes in (self._offered, self._kept):
            axes.axhline(0, color=SOFT, linewidth=0.8)
        self._gates.spines["left"].set_visible(False)
        self._gates.axvline(0, color=SOFT, linewidth=0.8)
        self._write_titles()
        self._draw_curves()

    def _write_titles(self):
        bold = {"weight": "bold", "fontsize": 13}
        self.kind = moving(label(self._gates, (0, 1.03), "", **bold))
        self.offer = moving(label(self._offered, (0, 1.1), "", **bold))
        label(self._kept, (0, 1.055), "memory", **bold)
        self.output_title = moving(label(self._kept, (0.165, 1.055), "and output", **bold))
        right = {"ha": "right", "fontsize": 12.5}
        self.last = moving(label(self._kept, (1, 1.055), "", gid="memory", **right))
        label(self._kept, (0.5, -0.2), "step", ha="center")

    def _draw_curves(self):
        place = {"transform": self._gates.transData, "fontsize": 12}
        self.bars, self.shares = [], []
        for row, name in enumerate(GATES):
            label(self._gates, (-1, row + 0.3), f"{name} gate", **place)
            self._gates.add_patch(Rectangle((-1, row + 0.42), 2, 0.22, facecolor="#F0F1F3", linewidth=0, zorder=0.5))
            self.bars.append(moving(self._gates.add_patch(Rectangle((0, row + 0.42), 0, 0.22, linewidth=0))))
            self.shares.append(moving(label(self._gates, (1, row + 0.3), "", ha="right", gid=f"{name}-gate", **place)))
        self.stems = moving(self._offered.add_line(Line2D([], [], linewidth=2.2)))
        self.heads = moving(self._offered.add_line(Line2D([], [], linewidth=7, snap=False)))
        self.memory = moving(self._kept.add_line(Line2D([], [], color=INK, linewidth=2.6)))
        self.stops = moving(self._kept.add_line(Line2D([], [], color=INK, linewidth=6, snap=False)))
        self.output = moving(self._kept.add_line(Line2D([], [], color=tanh.colour, linewidth=1.8, zorder=3)))
        self.output_title.set_color(tanh.colour)

    def update(self, gate, candidate, **scores):
        """Compute the memory for these scores, move the artists and return the picture in words."""
        steps = np.arange(1, self._signal.size + 1)
        memory, output = follow(self._step, self._signal, tuple(scores.values()), gate, candidate)
        low, high = self._reach(gate, candidate)
        shares = [float(gate(scores[name])) for name in GATES]
        offered = candidate(self._signal)
        panels.hold(self._kept, min(low, memory.min()), max(high, memory.max()))
        for bar, text, share in zip(self.bars, self.shares, shares, strict=True):
            bar.set(width=share, facecolor=gate.colour)
            text.set_text(number(share))
        self.stems.set_data(*stems(steps, offered))
        self.heads.set_data(*beads(steps, offered))
        for line in (self.stems, self.heads):
            line.set_color(candidate.colour)
        self.memory.set_data(steps, memory)
        self.stops.set_data(*beads(steps, memory))
        self.output.set_data(steps, output)
        return self._words(gate, candidate, shares, memory, output)

    def _reach(self, gate, candidate):
        """Return between which heights the memory stays for these two functions, whatever the scores."""
        key = gate.name, candidate.name
        if key not in self._limits:
            corners = itertools.product((-REACH, 0.0, REACH), repeat=3)
            paths = [follow(self._step, self._signal, scores, gate, candidate) for scores in corners]
            self._limits[key] = panels.limits(np.concatenate([np.ravel(paths), [-1.0, 1.0]]))
        return self._limits[key]

    def _words(self, gate, candidate, shares, memory, output):
        """Write the titles and return the picture in words."""
        self.kind.set_text(f"gates: {LETTERS[gate]} of their scores")
        self.kind.set_color(gate.colour)
        self.offer.set_text(f"candidate: {LETTERS[candidate]} of the signal")
        self.offer.set_color(candidate.colour)
        self.last.set_text(f"after step {memory.size}: memory {number(memory[-1])}, output {number(output[-1])}")
        gates = ", ".join(f"{name} {number(share)}" for name, share in zip(GATES, shares, strict=True))
        return (
            f"Gates ({LETTERS[gate]}): {gates}; candidate: {LETTERS[candidate]} of the signal. The memory runs from "
            f"{number(memory.min())} to {number(memory.max())}; {self.last.get_text()}."
        )
