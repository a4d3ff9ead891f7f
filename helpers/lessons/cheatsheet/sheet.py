"""The whole set on one page to print, made from the registry and the advice."""

import base64
import io
import textwrap
from pathlib import Path

import matplotlib
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.font_manager import FontProperties
from PIL import Image

from helpers.activations import ACTIVATIONS
from helpers.arguments import one_of, short_repr
from helpers.figures import Page
from helpers.figures.style import INK, SOFT, VERMILION, ink, own_settings
from helpers.functions import SELU_ALPHA, SELU_SCALE
from helpers.lessons.cheatsheet.choose import ABOUT, ADVICE, DASHES, LAYERS, curves_of, facts_of

__all__ = ["sheet"]

PAPERS = {"a4": (595, 842), "letter": (612, 792)}  # width and height in points
UNDATED = {".pdf": {"CreationDate": None}, ".svg": {"Date": None}}  # so that a file is the same on every day
EDGE, TOP, FOOT, GAP, ROWS, COLUMNS = 28, 54, 146, 8, 4, 3
REACH = {"x": (-4, 4), "y": (-2.2, 3.2)}  # of every graph
SMALL = 6.4
LICENCE = "Activation functions you can move. This page: CC BY 4.0, creativecommons.org/licenses/by/4.0"
BELOW = "what each makes of the weighted sum of a unit, how its slope looks,", "and which one to choose where"


class Sheet:
    """The page: `figure`, `alt` (its words) and `save(path)`; a notebook shows it as a picture."""

    def __init__(self, figure, alt):
        self.figure, self.alt = figure, alt

    def save(self, path):
        """Write the page to a .pdf, .svg or .png file, the same bytes each time; make its folder if it is missing."""
        path = Path(path)
        kind = path.suffix.lower()
        if kind not in (*UNDATED, ".png"):
            raise ValueError(f"path must end in .pdf, .svg or .png, but it is {short_repr(str(path))}; try sheet.pdf.")
        path.parent.mkdir(parents=True, exist_ok=True)
        if kind == ".png":
            path.write_bytes(self.png(dpi=200))
            return
        with own_settings(), matplotlib.rc_context({"pdf.fonttype": 42, "svg.hashsalt": "sheet"}):
            self.figure.savefig(path, metadata=UNDATED[kind])

    def png(self, dpi=110):
        """Return the page as the bytes of a PNG file, small with few colours."""
        raw, small = io.BytesIO(), io.BytesIO()
        with own_settings():
            self.figure.savefig(raw, format="png", dpi=dpi)
        picture = Image.open(raw).convert("RGB").quantize(160, Image.Quantize.MAXCOVERAGE, kmeans=1, dither=0)
        picture.save(small, "png", optimize=True, dpi=(dpi, dpi))
        return small.getvalue()

    def _repr_mimebundle_(self, **options):
        picture = base64.b64encode(self.png()).decode()
        return {"text/plain": self.alt, "image/png": picture}, {"image/png": {"width": 720, "alt": self.alt}}


@own_settings()
def sheet(path=None, *, paper="a4"):
    """Return the cheat sheet on "a4" or "letter" paper, and write it to `path` (.pdf, .svg or .png) if one is given.

    Raises ValueError for another paper or another kind of file.
    """
    width, height = one_of(paper, "paper", PAPERS)
    page = Page(height, width)
    FigureCanvasAgg(page.figure)
    whole = page.panel(0, height, 0, width, x=(0, width), y=(height, 0))
    whole.axes.set_axis_off()
    wide, high = (width - 2 * EDGE + GAP) / COLUMNS, (height - TOP - FOOT + GAP) / ROWS
    places = [(EDGE + wide * (n % COLUMNS), TOP + high * (n // COLUMNS)) for n in range(ROWS * COLUMNS)]
    write(whole, "Activation functions", EDGE, 41, 22, weight="bold")
    for n, line in enumerate(BELOW):
        write(whole, line, width - EDGE, 31 + 10 * n, 8, ha="right", color=SOFT)
    uses = [_wrapped(whole, f.used_for, wide - GAP - 12) for f in ACTIVATIONS.values()]
    room = 8 * max(map(len, uses))  # the same below all graphs, as they have one scale
    for f, lines, (left, top) in zip(ACTIVATIONS.values(), uses, places, strict=False):
        _card(page, whole, f, lines, room, left, top, wide - GAP, high - GAP)
    _legend(whole, *places[-1], wide - GAP, high - GAP)
    _advice(whole, height - FOOT + 18, wide)
    write(whole, LICENCE, width - EDGE, height - 14, 5.6, ha="right", color=SOFT)
    names = ", ".join(f.name for f in ACTIVATIONS.values())
    alt = f"One page of {paper} paper with a card for each of {names}: formulas, graph, slope and facts."
    made = Sheet(page.figure, f"{alt} At its foot {len(ADVICE)} cases, and which function to choose in each.")
    if path is not None:
        made.save(path)
    return made


def write(whole, words, x, y, size=SMALL, **look):
    """Write words at a place of the page, in points from its top left corner."""
    return whole.text(words, x, y, transform=whole.data, fontsize=size, **{"va": "baseline", **look})


def drawable(formula):
    """Return a formula of the registry in the LaTeX that Matplotlib can draw: two cases as a pile behind a brace."""
    begin, end = r"\begin{cases}", r"\end{cases}"
    if begin in formula:
        before, _, rest = formula.partition(begin)
        one, other = (row.strip().replace("&", r"\quad") for row in rest.partition(end)[0].split(r"\\"))
        formula = rf"{before}\genfrac{{\{{}}{{}}{{0}}{{0}}{{{one}}}{{{other}}}"
    return "$" + formula.replace(r"\frac", r"\dfrac").replace(r"\le ", r"\leq ").replace(r"\sum", r"{\sum}") + "$"


def _card(page, whole, f, lines, room, left, top, width, height):
    """Draw the card of one function, with the lines that say what it is used for in the room below its graph."""
    _frame(whole, left, top, width, height, f.colour)
    write(whole, f.name, left + 7, top + 17, 12, weight="bold", color=ink(f.colour))
    write(whole, f"lesson {ABOUT[f.identifier].lesson[:2]}", left + width - 7, top + 16, ha="right", color=SOFT)
    for formula, down in ((f.formula, 30), (f.derivative_formula, 50)):
        write(whole, drawable(formula), left + 7, top + down, 7, parse_math=True, va="center_baseline")
    _graph(page, f, left + 19, top + 64, height - 80 - room)
    step = (height - 54) / 4
    for n, (what, value) in enumerate(facts_of(f).items()):
        write(whole, what, left + 112, top + 33 + step * n, 5.6, color=SOFT)
        write(whole, value, left + 112, top + 41 + step * n, weight="bold")
    for n, line in enumerate(lines):
        write(whole, line, left + 7, top + height + 2 - room + 8 * n)


def _wrapped(whole, words, width):
    """Return words as lines that are at most so many points wide."""
    measure = whole.axes.figure.canvas.get_renderer().get_text_width_height_descent
    font = FontProperties(size=10 * SMALL)  # large, since small letters are fitted to the pixels of a screen
    for letters in range(60, 20, -1):
        lines = textwrap.wrap(words.replace(" = ", "\u00a0=\u00a0"), letters)
        if max(measure(line, font, False)[0] for line in lines) <= 10 * width:
            return lines
    return lines


def _frame(whole, left, top, width, height, colour):
    whole.box(left, top, width, height, edgecolor="#C9CED4", linewidth=0.7, animated=False)
    whole.box(left, top, width, 3, colour, animated=False)


def _graph(page, f, left, top, height):
    """Draw a function, and its slope dashed; of softmax the first of three outputs against its own score."""
    panel = page.panel(top, height, left, 82, **REACH, xticks=[-4, 0, 4], yticks=[-2, 0, 2])
    panel.axes.tick_params(labelsize=5, length=0, pad=2)
    panel.bare("left", "bottom")
    panel.rule(0, linewidth=0.5)
    panel.rule(x=0, linewidth=0.5)
    x, values, slopes = curves_of(f, *REACH["x"])
    panel.line(ink(f.colour), 1.8, x, values, animated=False)
    panel.line(VERMILION, 1.2, x, slopes, linestyle=DASHES, animated=False)


def _legend(whole, left, top, width, height):
    """Write in the last place how the cards are read."""
    _frame(whole, left, top, width, height, INK)
    write(whole, "How to read a card", left + 7, top + 17, 10, weight="bold")
    for n, (colour, look, words) in enumerate(((INK, "-", "the function"), (VERMILION, DASHES, "its slope"))):
        y = top + 29 + 10 * n
        whole.line(colour, 1.8 - 0.6 * n, (left + 7, left + 32), (y, y), linestyle=look, animated=False)
        write(whole, words, left + 38, y + 2.5)
    usual = {name: each.default for f in ACTIVATIONS.values() for name, each in f.parameters.items()}
    said = (
        "In: the weighted sum x of a unit, across. Out: upwards. All graphs have one scale.",
        "A gradient is multiplied by the slope. Where that is near 0, little is learned.",
        f"Drawn are leaky ReLU with α = {usual['negative_slope']:g}, ELU with α = {usual['alpha']:g}, SiLU with β = "
        f"{usual['beta']:g}. SELU has λ = {SELU_SCALE:.5g} and α = {SELU_ALPHA:.5g}.",
        "Softmax takes a list of scores z. Drawn is p₁ for the scores (x, 0, 0).",
        "Φ and φ: distribution and density of N(0, 1).",
    )
    lines = [line for sentence in said for line in _wrapped(whole, sentence, width - 12)]
    for n, line in enumerate(lines):
        write(whole, line, left + 7, top + 54 + 8.4 * n)


def _advice(whole, top, wide):
    """Write at the foot which one to choose, a column for each kind of layer."""
    write(whole, "Which one do I choose?", EDGE, top, 12, weight="bold")
    output, plain, *others = LAYERS
    for n, layers in enumerate(([output], [plain], others)):
        left, y = EDGE + wide * n, top + 14
        for layer in layers:
            write(whole, layer, left, y, 7.5, weight="bold", color=SOFT)
            for advice in (advice for advice in ADVICE if advice.layer == layer):
                y += 10
                write(whole, advice.case, left, y)
                write(whole, advice.f.name, left + wide - GAP, y, weight="bold", color=ink(advice.f.colour), ha="right")
                write(whole, advice.along, left, y + 6.5, 5.4, color=SOFT)
                y += 5
            y += 12
