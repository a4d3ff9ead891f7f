"""The page to print: its words fit and are from the registry, its graphs are right, its files are always the same."""

import io
import itertools
import re

import matplotlib.mathtext
import numpy as np
import pytest
from matplotlib.transforms import Affine2D
from PIL import Image
from shared import FOLDER

import helpers
from helpers import ACTIVATIONS
from lessons.cheatsheet import sheet
from lessons.cheatsheet.choose import ADVICE, facts_of
from lessons.cheatsheet.sheet import drawable

PAPERS = {"a4": (210, 297), "letter": (215.9, 279.4)}  # in millimetres
FINE = 4  # dots to a point
each_function = pytest.mark.parametrize("f", ACTIVATIONS.values(), ids=ACTIVATIONS)


@pytest.fixture(scope="module", params=PAPERS)
def page(request):
    """Return (name of the paper, the sheet, (words, their box) of every text, boxes of the cards)."""
    made = sheet(paper=request.param)
    made.figure.set_dpi(72 * FINE)  # on the pixels of a screen letters have other widths
    renderer, points = made.figure.canvas.get_renderer(), Affine2D().scale(1 / FINE)
    whole, *_ = made.figure.axes
    boxes = [(text.get_text(), text.get_window_extent(renderer).transformed(points)) for text in whole.texts]
    cards = [patch.get_window_extent(renderer).transformed(points) for patch in whole.patches[::2]]
    return request.param, made, boxes, cards


def overlap(one, other):
    """Return whether two boxes have more than a hair in common."""
    across, up = ((min(one[1][i], other[1][i]) - max(one[0][i], other[0][i])) for i in (0, 1))
    return across > 0.5 and up > 0.5


def test_the_page_has_the_size_of_the_paper(page):
    paper, made, _, _ = page
    np.testing.assert_allclose(made.figure.get_size_inches() * 25.4, PAPERS[paper], atol=0.2)


def test_all_words_lie_inside_their_cards_and_on_the_page(page):
    _, made, boxes, cards = page
    right, top = 72 * made.figure.get_size_inches()
    assert len(cards) == len(ACTIVATIONS) + 1
    for words, box in boxes:
        assert min(box.x0, right - box.x1, 3 * box.y0, top - box.y1) > 24, words
        for card in cards:
            if overlap(box.get_points(), card.get_points()):
                inside = card.x0 < box.x0 and box.x1 < card.x1 and card.y0 < box.y0 and box.y1 < card.y1
                assert inside, f"{words} leaves its card."


def test_no_words_overlap_each_other_or_a_graph(page):
    _, made, boxes, _ = page
    graphs = [
        ("a graph", graph.get_tightbbox().transformed(Affine2D().scale(1 / FINE))) for graph in made.figure.axes[1:]
    ]
    points = [(words, box.get_points()) for words, box in boxes + graphs]
    assert [(one, two) for (one, a), (two, b) in itertools.combinations(points, 2) if overlap(a, b)] == []


def test_the_page_holds_the_registry_and_the_advice(page):
    _, _, boxes, _ = page
    words = " ".join(text for text, _ in boxes)
    for f in ACTIVATIONS.values():
        for part in (f.name, f.used_for, drawable(f.formula), drawable(f.derivative_formula)):
            assert part in words
        assert all(fact in words for fact in facts_of(f).values())
    for advice in ADVICE:
        assert f"{advice.case} {advice.f.name} {advice.along}" in words


@each_function
def test_formulas_can_be_drawn_and_say_the_same(f):
    parser = matplotlib.mathtext.MathTextParser("path")
    for formula in (f.formula, f.derivative_formula):
        drawn = drawable(formula)
        parser.parse(drawn)
        for part in re.split(r"\\begin{cases}|\\end{cases}.*|\\\\|&|\\frac|\\le\b|\\sum", formula):
            assert part.strip() in drawn


def test_cases_stand_behind_a_brace():
    cases = r"f(x) = \begin{cases} x & x > 0 \\ \alpha x & x \le 0 \end{cases}\quad\text{more}"
    assert drawable(cases) == r"$f(x) = \genfrac{\{}{}{0}{0}{x \quad x > 0}{\alpha x \quad x \leq 0}$"


@each_function
def test_each_graph_shows_the_function_and_its_slope(page, f):
    graph = page[1].figure.axes[1 + list(ACTIVATIONS.values()).index(f)]
    *_, value, slope = graph.lines
    x, y = value.get_data()
    there = ~np.isnan(x)
    rest = np.zeros_like(x[there])
    given = np.stack([x[there], rest, rest], axis=-1) if f is helpers.softmax else x[there, np.newaxis]
    np.testing.assert_allclose(y[there], f(given)[:, 0])
    step = np.eye(given.shape[1])[0] * 1e-6  # of the first score alone
    measured = (f(given + step) - f(given - step))[:, 0] / 2e-6
    smooth = np.abs(x[there]) > 1e-3
    np.testing.assert_allclose(slope.get_ydata()[there][smooth], measured[smooth], atol=1e-6)
    assert slope.get_linestyle() != value.get_linestyle(), "In grey they look alike."
    assert (graph.get_xlim(), graph.get_ylim()) == ((-4, 4), (-2.2, 3.2))


def test_files_are_the_same_each_time_and_hold_their_fonts(tmp_path):
    for kind in ("pdf", "svg", "png"):
        files = [tmp_path / name / f"sheet.{kind}" for name in "ab"]
        for path in files:
            sheet(path)
        one, other = (path.read_bytes() for path in files)
        assert one == other
        if kind == "pdf":
            assert b"CreationDate" not in one
            assert one.count(b"/FontFile2") >= 3, "TrueType fonts are part of the file."
        if kind == "svg":
            assert b"<dc:date>" not in one


def test_the_notebook_shows_the_page_with_words():
    data, metadata = sheet()._repr_mimebundle_()
    assert metadata["image/png"]["alt"] == data["text/plain"]
    assert all(f.name in data["text/plain"] for f in ACTIVATIONS.values())
    assert len(data["image/png"]) < 150_000


def test_the_picture_in_the_readme_is_that_of_the_registry():
    path = FOLDER / "images/sheet.png"
    assert path.stat().st_size < 200_000
    kept, made = (Image.open(source).convert("L").resize((180, 255)) for source in (path, io.BytesIO(sheet().png())))
    assert np.abs(np.asarray(kept, float) - np.asarray(made, float)).mean() < 7, "Run make sheet."


def test_other_papers_and_kinds_of_file_are_refused(tmp_path):
    with pytest.raises(ValueError, match="paper must be 'a4' or 'letter', but it is 'a5'"):
        sheet(paper="a5")
    with pytest.raises(ValueError, match=r"path must end in \.pdf, \.svg or \.png"):
        sheet(tmp_path / "sheet.docx")
