"""lstm: one LSTM cell whose gates are set by hand, its memory and its output followed step by step."""

import itertools

import numpy as np

from helpers.activations import sigmoid, tanh
from helpers.arguments import as_floats, shown
from helpers.figures import Page, with_room
from helpers.figures.controls import choice, number_slider
from helpers.figures.live import LiveFigure
from helpers.figures.marks import beads, stems
from helpers.figures.style import INK, number, own_settings

__all__ = ["lstm"]

GATES = ("forget", "input", "output")
REACH = 6.0  # of the gates' scores
LETTERS = {sigmoid: "σ", tanh: "tanh"}


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
        "gate": choice("gates", {"σ": sigmoid, "tanh": tanh}, sigmoid),
        "candidate": choice("candidate", {"tanh": tanh, "σ": sigmoid}, tanh),
    }
    cell = Cell(step, signal)
    return LiveFigure(cell.page.figure, controls, cell.update)


def follow(step, signal, scores, gate, candidate):
    """Return memory and output after each step, starting with an empty memory, or raise ValueError in one sentence."""
    memory, kept = 0.0, []
    for count, score in enumerate(signal, 1):
        try:
            memory, output = (float(part) for part in step(memory, score, scores, gate=gate, candidate=candidate))
        except Exception as trouble:
            raise ValueError(
                f"{getattr(step, '__name__', 'step')} fails in step {count}: {type(trouble).__name__}: {trouble}; "
                "it has to return two numbers, memory and output."
            ) from trouble
        kept.append((memory, output))
    kept = np.array(kept)
    wild = kept[~(np.abs(kept) < 1e6)]
    if wild.size:
        raise ValueError(f"A memory or an output of {wild[0]:g} is no number to draw; is the old memory times a gate?")
    return kept.T


class Cell:
    """The panels of `lstm`: gates at the left, the candidate above, memory and output below it."""

    def __init__(self, step, signal):
        self._step, self._signal, self._limits, self.page = step, signal, {}, Page(396)
        self._draw_gates()
        offered = self.page.panel(36, 92, 238, 474, x=(0.3, signal.size + 0.7), y=(-1.15, 1.15), yticks=[-1, 0, 1])
        self._kept = kept = self.page.panel(166, 180, 238, 474, over=offered)
        offered.axes.tick_params(labelbottom=False)
        offered.rule(0)
        kept.rule(0)
        bold = {"weight": "bold", "fontsize": 13, "ha": "left"}
        offered.readout("candidate", 0, up=9.2, **bold)
        kept.title("memory", fontsize=13, up=9.9)
        kept.text("and output", 0.165, up=9.9, color=tanh.colour, animated=True, **bold)
        kept.readout("memory", up=9.9, fontsize=12.5)
        kept.caption("step", down=36)
        self._stems = [offered.line(INK, 2.2), offered.line(INK, 7, snap=False)]
        self._memory, self._stops = kept.line(INK, 2.6), kept.line(INK, 6, snap=False)
        self._output = kept.line(tanh.colour, 1.8, zorder=3)

    def _draw_gates(self):
        panel = self.page.panel(36, 310, 12, 168, x=(-1.02, 1.02), y=(3, 0), yticks=[], xticks=[-1, 0, 1])
        panel.axes.spines["left"].set_visible(False)
        panel.rule(x=0)
        panel.readout("gates", 0, up=9.3, weight="bold", fontsize=13, ha="left")
        self._bars = {}
        for row, name in enumerate(GATES):
            panel.text(f"{name} gate", -1, row + 0.3, transform=panel.data)
            panel.box(-1, row + 0.42, 2, 0.22, "#F0F1F3", zorder=0.5, animated=False)
            self._bars[name] = panel.box(0, row + 0.42, 0, 0.22)
            panel.readout(f"{name}-gate", 1, row + 0.3, fontsize=12, transform=panel.data)

    def update(self, gate, candidate, **scores):
        """Compute the memory for these scores, move the marks and return the picture in words."""
        memory, output = follow(self._step, self._signal, tuple(scores.values()), gate, candidate)
        low, high = self._reach(gate, candidate)
        shares = {name: float(gate(scores[name])) for name in GATES}
        steps, offered = np.arange(1, self._signal.size + 1), candidate(self._signal)
        self._kept.reach(y=(min(low, memory.min()), max(high, memory.max())))
        for name, bar in self._bars.items():
            bar.set(width=shares[name], facecolor=gate.colour)
        for line, marks in zip(self._stems, (stems, beads), strict=True):
            line.set_data(*marks(steps, offered))
            line.set_color(candidate.colour)
        self._memory.set_data(steps, memory)
        self._stops.set_data(*beads(steps, memory))
        self._output.set_data(steps, output)
        for name, function in (("gates", gate), ("candidate", candidate)):
            self.page.readouts[name].set_color(function.colour)
        last = f"after step {memory.size}: memory {number(memory[-1])}, output {number(output[-1])}"
        offer = f"candidate: {LETTERS[candidate]} of the signal"
        self.page.write(gates=f"gates: {LETTERS[gate]} of their scores", candidate=offer, memory=last)
        self.page.write({f"{name}-gate": number(share) for name, share in shares.items()})
        gates = ", ".join(f"{name} {number(share)}" for name, share in shares.items())
        return (
            f"Gates ({LETTERS[gate]}): {gates}; {offer}. The memory runs from {number(memory.min())} to "
            f"{number(memory.max())}; {last}."
        )

    def _reach(self, gate, candidate):
        """Return between which heights the memory stays for these two functions, whatever the scores."""
        key = gate, candidate
        if key not in self._limits:
            corners = itertools.product((-REACH, 0.0, REACH), repeat=3)
            paths = [follow(self._step, self._signal, scores, gate, candidate) for scores in corners]
            self._limits[key] = with_room(np.concatenate([np.ravel(paths), [-1.0, 1.0]]))
        return self._limits[key]
