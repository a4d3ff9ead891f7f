"""Everybody can read the figures: contrast of words and lines on what is below them, as WCAG 2.2
asks (1.4.3, 1.4.11), and colours that colour-blind readers tell apart.
"""

import ast
import itertools

import numpy as np
import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.collections import Collection
from matplotlib.colors import same_color, to_hex, to_rgb, to_rgba
from matplotlib.lines import Line2D
from matplotlib.patches import Patch
from matplotlib.text import Text
from shared import FOLDER, read

from helpers import ACTIVATIONS, LiveFigure
from helpers.exercises import MARKS
from helpers.figures import style
from helpers.figures.style import ink, ink_on
from lessons.cheatsheet import quiz, sheet
from lessons.start_here.three_units import COLOURS as UNIT_COLOURS

LESSONS = sorted(path.stem for path in FOLDER.glob("*.ipynb"))
PALETTE = ("BLUE", "VERMILION", "GREEN", "ORANGE", "PURPLE", "SKY", "INK", "SOFT")
# What may be pale: the grid, rules between rows, what a bar fills, and areas that shade a curve.
# The last two fill circles and boxes of drawn networks, whose outlines are dark.
BESIDE = (
    *(style.GRID.lower(), "#d0d7de", "#f0f1f3", "#c9ced4", "#ffffff"),
    *("#eef0f2", "#fbe3d4"),
)
SHADING = 0.35  # of their opacity
FADED = ("× +",)  # in the boxes of layers that are not there yet
BACKGROUNDS = ("#FFFFFF", "#212121", "#111111")  # of JupyterLab's own themes
# What eyes without one kind of cone make of linear RGB (Machado, Oliveira and Fernandes, 2009,
# "A physiologically-based model for simulation of color vision deficiency", severity 1).
EYES = {
    "all cones": np.eye(3),
    "no long-wave cones": [
        (0.152286, 1.052583, -0.204868),
        (0.114503, 0.786281, 0.099216),
        (-0.003882, -0.048116, 1.051998),
    ],
    "no middle-wave cones": [
        (0.367322, 0.860646, -0.227968),
        (0.280085, 0.672501, 0.047413),
        (-0.011820, 0.042940, 0.968881),
    ],
    "no short-wave cones": [
        (1.255528, -0.076749, -0.178779),
        (-0.078411, 0.930809, 0.147602),
        (0.004733, 0.691367, 0.303900),
    ],
}
# From linear RGB to the cones, and from there to Oklab (Ottosson, 2020), where distances are as
# large as they look.
CONES = [
    (0.4122214708, 0.5363325363, 0.0514459929),
    (0.2119034982, 0.6806995451, 0.1073969566),
    (0.0883024619, 0.2817188376, 0.6299787005),
]
OKLAB = [
    (0.2104542553, 0.7936177850, -0.0040720468),
    (1.9779984951, -2.4285922050, 0.4505937099),
    (0.0259040371, 0.7827717662, -0.8086757660),
]


def linear(rgb):
    """Return the amounts of light of colours between 0 and 1."""
    rgb = np.asarray(rgb, dtype=float)
    return np.where(rgb <= 0.04045, rgb / 12.92, ((rgb + 0.055) / 1.055) ** 2.4)


def contrast(one, other):
    """Return the contrast of two colours, from 1 to 21."""
    low, high = sorted(linear(rgb) @ (0.2126, 0.7152, 0.0722) for rgb in (one, other))
    return (high + 0.05) / (low + 0.05)


def look_of(colour, eyes):
    """Return a colour in Oklab, as such eyes see it."""
    seen = np.clip(EYES[eyes] @ linear(to_rgb(colour)), 0, 1)
    return OKLAB @ np.cbrt(CONES @ seen)


def live_figures(lesson):
    """Return {id of the cell: live figure} of a lesson's cells that show one."""
    names = {}
    found = {}
    for cell in read(lesson).cells:
        if cell.cell_type != "code":
            continue
        code = ast.parse(cell.source)
        shown = None
        if code.body and isinstance(code.body[-1], ast.Expr):
            shown = ast.Expression(code.body.pop().value)
        exec(compile(code, cell.id, "exec"), names)
        value = shown and eval(compile(shown, cell.id, "eval"), names)
        if isinstance(value, LiveFigure):
            found[cell.id] = value
    return found


def over(colour, below):
    """Return a colour (red, green, blue, opacity) as it looks on another one."""
    *rgb, opacity = colour
    return opacity * np.array(rgb) + (1 - opacity) * below


def pale_words(figure):
    """Return a sentence for each text with too little contrast to what is below it."""
    texts = [t for t in figure.findobj(Text) if t.get_visible() and t.get_text()]
    with style.own_settings():
        canvas = FigureCanvasAgg(figure)
        canvas.draw()
        boxes = [text.get_window_extent() for text in texts]
        for text in texts:
            text.set_alpha(0)
        canvas.draw()
        pixels = np.asarray(canvas.buffer_rgba())[::-1, :, :3] / 255
        for text in texts:
            text.set_alpha(None)
    said = []
    for text, box in zip(texts, boxes, strict=True):
        edges = np.round([box.y0, box.y1, box.x0, box.x1]).astype(int)
        low, high, left, right = edges.clip(0)
        below = pixels[low:high, left:right].reshape(-1, 3)
        if not len(below) or text.get_text() in FADED:
            continue
        ground = np.median(
            below, axis=0
        )  # a thin line below words counts as little as it covers
        found = contrast(over(to_rgba(text.get_color()), ground), ground)
        if found < 4.5:
            said.append(f'words "{text.get_text()}": {found:.2f}')
    return said


def colours_of(artist):
    """Return the colours of a line, dot or area, as (red, green, blue, opacity)."""
    if isinstance(artist, Line2D):
        colour = artist.get_color()
        if artist.get_linestyle() == "None":
            colour = artist.get_markerfacecolor()
            if same_color(colour, "none") or same_color(colour, "white"):
                colour = artist.get_markeredgecolor()
        return [to_rgba(colour, artist.get_alpha())]
    faces = np.atleast_2d(artist.get_facecolor())
    return [tuple(face) for face in faces] or [tuple(e) for e in artist.get_edgecolor()]


def pale_marks(figure):
    """Return a sentence for each line, dot and bar with too little contrast to white."""
    said = []
    kinds = (Line2D, Collection, Patch)
    for artist in figure.findobj(lambda a: isinstance(a, kinds) and a.get_visible()):
        for colour in colours_of(artist):
            if colour[3] <= SHADING or to_hex(colour) in BESIDE:
                continue
            found = contrast(over(colour, np.ones(3)), np.ones(3))
            if found < 3:
                said.append(f"{artist.get_gid()} in {to_hex(colour)}: {found:.2f}")
    return said


@pytest.mark.parametrize("lesson", LESSONS)
def test_words_and_lines_of_every_live_figure_can_be_seen(lesson):
    said = {}
    for name, live in live_figures(lesson).items():
        said[name] = pale_words(live.figure) + pale_marks(live.figure)
    assert {name: sentences for name, sentences in said.items() if sentences} == {}


def test_words_on_the_numbers_of_answered_cases_can_be_read():
    live = quiz()
    for case, answer in ((1, 0), (1, 1), (2, 0), (2, 1), (3, 0), (4, 1)):
        live.controls["case"].value = case
        live.controls["answer"].value = live.controls["answer"].options[answer]
        assert pale_words(live.figure) == []


@pytest.mark.parametrize("paper", ["a4", "letter"])
def test_the_sheet_can_be_read(paper):
    figure = sheet(paper=paper).figure
    assert pale_words(figure) + pale_marks(figure) == []


@pytest.mark.parametrize("f", ACTIVATIONS.values(), ids=ACTIVATIONS)
def test_the_colour_of_each_function_is_seen_as_a_line_and_read_as_ink(f):
    assert contrast(to_rgb(f.colour), np.ones(3)) > 3
    assert contrast(to_rgb(ink(f.colour)), np.ones(3)) > 4.5


@pytest.mark.parametrize("colour", ["#FFFFFF", "#FFFF00", "#0072B2", "#000000", "red"])
def test_ink_of_any_colour_can_be_read_and_dark_ones_stay(colour):
    assert contrast(to_rgb(ink(colour)), np.ones(3)) > 4.5
    if colour in ("#0072B2", "#000000"):
        assert ink(colour) == colour.lower()


@pytest.mark.parametrize("name", PALETTE[:-1])
def test_words_on_a_colour_can_be_read(name):
    colour = to_rgb(getattr(style, name))
    assert contrast(to_rgb(ink_on(colour)), colour) > 4.5


@pytest.mark.parametrize("eyes", EYES)
def test_colour_blind_readers_tell_the_eight_colours_apart(eyes):
    """In Okabe and Ito's palette the nearest two are 0.076 apart."""
    for one, other in itertools.combinations(PALETTE, 2):
        seen = [look_of(getattr(style, name), eyes) for name in (one, other)]
        assert np.linalg.norm(np.subtract(*seen)) > 0.075, (one, other)


@pytest.mark.parametrize("background", [*BACKGROUNDS])
def test_the_colour_beside_words_is_seen_on_every_theme(background):
    for colour in (*MARKS.values(), style.VERMILION, *UNIT_COLOURS.values()):
        assert contrast(to_rgb(colour), to_rgb(background)) > 3
