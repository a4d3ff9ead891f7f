"""sheet: the whole set on one page to print, made from the registry and the advice."""

import base64
import io
import os
import textwrap
from pathlib import Path

import matplotlib
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.font_manager import FontProperties
from PIL import Image

from helpers.activations import ACTIVATIONS
from helpers.arguments import one_of, short_repr
from helpers.figures.canvas import Canvas
from helpers.figures.page import Page
from helpers.figures.style import INK, SOFT, VERMILION, ink, own_settings
from helpers.functions import SELU_ALPHA, SELU_SCALE
from lessons.cheatsheet.advice import ABOUT, ADVICE, DASHES, LAYERS, curves_of, facts_of

PAPERS = {"a4": (595, 842), "letter": (612, 792)}  # width and height in points
# Without a date, a file is the same on every day.
UNDATED = {".pdf": {"CreationDate": None}, ".svg": {"Date": None}}
# Points.
EDGE = 28
TOP = 54
FOOT = 168
GAP = 8
ROWS = 4
COLUMNS = 3
SMALL = 6.4
X_LIMITS = (-4, 4)  # of every graph
Y_LIMITS = (-2.2, 3.2)
LICENCE = (
    "Activation functions you can move. This page: CC BY 4.0, "
    "creativecommons.org/licenses/by/4.0"
)
SUBTITLE = (
    "what each makes of the weighted sum of a unit, how its slope looks,",
    "and which one to choose where",
)


class Sheet:
    """The page: `figure`, `alt` (its words) and `save(path)`; a notebook shows it as a picture."""

    def __init__(self, figure, alt):
        self.figure = figure
        self.alt = alt

    def save(self, path):
        """Write the page to a .pdf, .svg or .png file, the same bytes each time; make its folder if
        missing.
        """
        if not isinstance(path, (str, os.PathLike)):
            raise TypeError(
                f"path must be the name of a file, not {short_repr(path)}; "
                'try "sheet.pdf".'
            )
        path = Path(path).expanduser()
        kind = path.suffix.lower()
        if kind not in (".pdf", ".svg", ".png"):
            given = short_repr(str(path))
            raise ValueError(
                f"path must end in .pdf, .svg or .png, but it is {given}; try sheet.pdf."
            )
        path.parent.mkdir(parents=True, exist_ok=True)
        if kind == ".png":
            path.write_bytes(self.png(dpi=200))
            return
        with (
            own_settings(),
            matplotlib.rc_context({"pdf.fonttype": 42, "svg.hashsalt": "sheet"}),
        ):
            self.figure.savefig(path, metadata=UNDATED[kind])

    def png(self, dpi=110):
        """Return the page as the bytes of a PNG file, small with few colours."""
        raw = io.BytesIO()
        with own_settings():
            self.figure.savefig(raw, format="png", dpi=dpi)
        picture = Image.open(raw).convert("RGB")
        picture = picture.quantize(160, Image.Quantize.MAXCOVERAGE, kmeans=1, dither=0)
        small = io.BytesIO()
        picture.save(small, "png", optimize=True, dpi=(dpi, dpi))
        return small.getvalue()

    def _repr_mimebundle_(self, **options):
        picture = base64.b64encode(self.png()).decode()
        data = {"text/plain": self.alt, "image/png": picture}
        return data, {"image/png": {"width": 720, "alt": self.alt}}


def sheet(path=None, *, paper="a4"):
    """Return the cheat sheet on "a4" or "letter" paper, and write it to `path` (.pdf, .svg or .png)
    if given.

    Raises ValueError for another paper or another kind of file.

    """
    width, height = one_of(paper, "paper", PAPERS)
    page = Page(height, width)
    draw_sheet(page)
    canvas = Canvas(width, height, "sheet")
    canvas.show(page)
    names = ", ".join(f.name for f in ACTIVATIONS.values())
    alt = (
        f"One page of {paper} paper with a card for each of {names}: formulas, graph, "
        f"slope and facts. At its foot {len(ADVICE)} cases, and which function to "
        "choose in each."
    )
    made = Sheet(canvas.figure, alt)
    if path is not None:
        made.save(path)
    return made


def draw_sheet(page):
    """Draw the head, a card for each function, how to read them, and the advice."""
    width = page.width
    height = page.height
    whole = page.panel(0, height, 0, width, x=(0, width), y=(height, 0), frame=False)
    card_width = (width - 2 * EDGE + GAP) / COLUMNS - GAP
    card_height = (height - TOP - FOOT + GAP) / ROWS - GAP
    write(whole, "Activation functions", EDGE, 41, 22, weight="bold")
    for n, line in enumerate(SUBTITLE):
        write(whole, line, width - EDGE, 31 + 10 * n, 8, ha="right", color=SOFT)
    places = []
    for n in range(ROWS * COLUMNS):
        row, column = divmod(n, COLUMNS)
        places.append(
            (EDGE + (card_width + GAP) * column, TOP + (card_height + GAP) * row)
        )
    uses = [wrapped(f.used_for, card_width - 12) for f in ACTIVATIONS.values()]
    # The same below all graphs, as they have one scale.
    room = 8 * max(len(lines) for lines in uses)
    for f, lines, (left, top) in zip(ACTIVATIONS.values(), uses, places, strict=False):
        draw_card(page, whole, f, lines, room, left, top, card_width, card_height)
    draw_legend(whole, *places[-1], card_width, card_height)
    draw_advice(whole, height - FOOT + 18, card_width)
    write(whole, LICENCE, width - EDGE, height - 14, 5.6, ha="right", color=SOFT)


def write(whole, words, x, y, size=SMALL, **look):
    """Write words at a place of the page, in points from its top left corner."""
    whole.text(words, x, y, coordinates="data", fontsize=size, **look)


def drawable(formula):
    """Return a formula of the registry in the LaTeX that Matplotlib can draw: two cases as a pile
    behind a brace.
    """
    begin, end = r"\begin{cases}", r"\end{cases}"
    if begin in formula:
        before, _, rest = formula.partition(begin)
        rows = rest.partition(end)[0].split(r"\\")
        one, other = (row.strip().replace("&", r"\quad") for row in rows)
        formula = rf"{before}\genfrac{{\{{}}{{}}{{0}}{{0}}{{{one}}}{{{other}}}"
    formula = formula.replace(r"\frac", r"\dfrac").replace(r"\le ", r"\leq ")
    formula = formula.replace(r"\sum", r"{\sum}")
    # For TeX's prime Matplotlib takes a font of another family, whose date fontTools complains
    # about. A slanted f leans into the prime of ours.
    return "$" + formula.replace("f'", r"f\,'").replace("'", "′") + "$"


def draw_card(page, whole, f, lines, room, left, top, width, height):
    """Draw the card of one function; the lines say what it is used for, in the room below its
    graph.
    """
    draw_frame(whole, left, top, width, height, f.colour, gid=f"card-{f.identifier}")
    write(whole, f.name, left + 7, top + 17, 12, weight="bold", color=ink(f.colour))
    lesson = ABOUT[f.identifier].lesson[:2]
    write(whole, f"lesson {lesson}", left + width - 7, top + 16, ha="right", color=SOFT)
    for formula, down in ((f.formula, 30), (f.derivative_formula, 50)):
        look = {"parse_math": True, "va": "center_baseline"}
        write(whole, drawable(formula), left + 7, top + down, 7, **look)
    draw_graph(page, f, left + 19, top + 64, height - 80 - room)
    step = (height - 54) / 4
    for n, (name, value) in enumerate(facts_of(f).items()):
        write(whole, name, left + 112, top + 33 + step * n, 5.6, color=SOFT)
        write(whole, value, left + 112, top + 41 + step * n, weight="bold")
    for n, line in enumerate(lines):
        write(whole, line, left + 7, top + height + 2 - room + 8 * n)


def wrapped(words, width):
    """Return words as lines that are at most so many points wide."""
    figure = matplotlib.figure.Figure()
    measure = FigureCanvasAgg(figure).get_renderer().get_text_width_height_descent
    # Large, since small letters are fitted to the pixels of a screen.
    font = FontProperties(family="DejaVu Sans", size=10 * SMALL)
    points = 72 / figure.dpi
    for letters in range(60, 20, -1):
        lines = textwrap.wrap(words.replace(" = ", "\u00a0=\u00a0"), letters)
        longest = max(measure(line, font, False)[0] for line in lines)
        if longest * points <= 10 * width:
            break
    return lines


def draw_frame(whole, left, top, width, height, colour, gid):
    """Draw the edge of a card and its coloured upper side."""
    edge = {"edgecolor": "#C9CED4", "linewidth": 0.7, "gid": gid}
    whole.rectangle(left, top, width, height, "none", **edge)
    whole.rectangle(left, top, width, 3, colour)


def draw_graph(page, f, left, top, height):
    """Draw a function, and its slope dashed; of softmax the first of three outputs against its own
    score.
    """
    panel = page.panel(
        top,
        height,
        left,
        82,
        x=X_LIMITS,
        y=Y_LIMITS,
        xticks=[-4, 0, 4],
        yticks=[-2, 0, 2],
        ticks={"labelsize": 5, "length": 0, "pad": 2},
        sides=(),
        grid=False,
    )
    panel.hline(0, linewidth=0.5)
    panel.vline(0, linewidth=0.5)
    x, values, slopes = curves_of(f, *X_LIMITS)
    panel.line(x, values, ink(f.colour), 1.8, gid=f"{f.identifier}-value")
    panel.line(x, slopes, VERMILION, 1.2, linestyle=DASHES, gid=f"{f.identifier}-slope")


def draw_legend(whole, left, top, width, height):
    """Write in the last place how the cards are read."""
    draw_frame(whole, left, top, width, height, INK, gid="card-legend")
    write(whole, "How to read a card", left + 7, top + 17, 10, weight="bold")
    whole.line([left + 7, left + 32], top + 29, INK, 1.8)
    write(whole, "the function", left + 38, top + 31.5)
    whole.line([left + 7, left + 32], top + 39, VERMILION, 1.2, linestyle=DASHES)
    write(whole, "its slope", left + 38, top + 41.5)
    usual = {}
    for f in ACTIVATIONS.values():
        for name, parameter in f.parameters.items():
            usual[name] = f"{parameter.default:g}"
    sentences = (
        "In: the weighted sum x of a unit, across. Out: upwards. All graphs have one scale.",
        "A gradient is multiplied by the slope. Where that is near 0, little is learned.",
        f"Drawn are leaky ReLU with α = {usual['negative_slope']}, ELU with α = {usual['alpha']}, "
        f"SiLU with β = {usual['beta']}. "
        f"SELU has λ = {SELU_SCALE:.5g} and α = {SELU_ALPHA:.5g}.",
        "Softmax takes a list of scores z. Drawn is p₁ for the scores (x, 0, 0).",
        "Φ and φ: distribution and density of N(0, 1).",
    )
    lines = [line for sentence in sentences for line in wrapped(sentence, width - 12)]
    for n, line in enumerate(lines):
        write(whole, line, left + 7, top + 54 + 8.4 * n)


def draw_advice(whole, top, card_width):
    """Write at the foot which one to choose, a column for each kind of layer."""
    write(whole, "Which one do I choose?", EDGE, top, 12, weight="bold")
    output, plain, *others = LAYERS
    for n, layers in enumerate(([output], [plain], others)):
        left = EDGE + (card_width + GAP) * n
        y = top + 14
        for layer in layers:
            write(whole, layer, left, y, 7.5, weight="bold", color=SOFT)
            for advice in ADVICE:
                if advice.layer == layer:
                    y += 11
                    f = advice.activation
                    name = {"weight": "bold", "color": ink(f.colour), "ha": "right"}
                    write(whole, advice.case, left, y, 7)
                    write(whole, f.name, left + card_width, y, 7, **name)
                    write(whole, advice.goes_with, left, y + 7.5, color=SOFT)
                    y += 7.5
            y += 12
