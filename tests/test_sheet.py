"""The page to print: its words fit, its graphs are right, its files are always the same."""

import base64
import io
import itertools
import re

import matplotlib.mathtext
import numpy as np
import pytest
from matplotlib.backends.backend_agg import RendererAgg
from matplotlib.transforms import Affine2D
from PIL import Image
from shared import FOLDER, mark

from helpers import ACTIVATIONS, softmax
from lessons.cheatsheet import sheet
from lessons.cheatsheet.advice import ADVICE, facts_of
from lessons.cheatsheet.sheet import drawable

PAPERS = {"a4": (210, 297), "letter": (215.9, 279.4)}  # in millimetres
FINE = 4  # dots to a point: on the pixels of a screen letters have other widths
each_function = pytest.mark.parametrize("f", ACTIVATIONS.values(), ids=ACTIVATIONS)
each_paper = pytest.mark.parametrize("paper", PAPERS)


def boxes_of(figure):
    """Return [(words, their box), ...] of all texts, then the boxes of the cards, in points."""
    figure.set_dpi(72 * FINE)
    renderer = RendererAgg(1, 1, figure.dpi)

    def box_of(artist):
        return artist.get_window_extent(renderer).transformed(
            Affine2D().scale(1 / FINE)
        )

    texts = [(text.get_text(), box_of(text)) for text in figure.axes[0].texts]
    cards = figure.findobj(lambda artist: str(artist.get_gid()).startswith("card-"))
    return texts, [box_of(card) for card in cards]


def overlap(one, other):
    """Return whether two boxes have more than a hair in common."""
    across = min(one.x1, other.x1) - max(one.x0, other.x0)
    up = min(one.y1, other.y1) - max(one.y0, other.y0)
    return across > 0.5 and up > 0.5


@each_paper
def test_words_lie_inside_their_cards_and_on_the_page_and_on_nothing_else(paper):
    figure = sheet(paper=paper).figure
    np.testing.assert_allclose(figure.get_size_inches() * 25.4, PAPERS[paper], atol=0.2)
    right, top = 72 * figure.get_size_inches()
    texts, cards = boxes_of(figure)
    assert len(cards) == len(ACTIVATIONS) + 1
    for words, box in texts:
        assert min(box.x0, right - box.x1, 3 * box.y0, top - box.y1) > 24, words
        for card in cards:
            if overlap(box, card):
                assert card.x0 < box.x0 < box.x1 < card.x1, f"{words} leaves its card."
                assert card.y0 < box.y0 < box.y1 < card.y1, f"{words} leaves its card."
    points = Affine2D().scale(1 / FINE)
    renderer = RendererAgg(
        1, 1, figure.dpi
    )  # axes left alone make one of the whole page each
    boxes = [
        axes.get_tightbbox(renderer).transformed(points) for axes in figure.axes[1:]
    ]
    graphs = [("graph", box) for box in boxes]
    for (one, box), (other, other_box) in itertools.combinations(texts + graphs, 2):
        assert not overlap(box, other_box), (one, other)


def test_the_page_holds_the_registry_and_the_advice():
    words = " ".join(text.get_text() for text in sheet().figure.axes[0].texts)
    for f in ACTIVATIONS.values():
        formulas = [drawable(f.formula), drawable(f.derivative_formula)]
        for part in (f.name, f.used_for, *formulas, *facts_of(f).values()):
            assert part in words
    for advice in ADVICE:
        assert f"{advice.case} {advice.activation.name} {advice.along}" in words


@each_function
def test_formulas_can_be_drawn_and_say_the_same(f):
    parser = matplotlib.mathtext.MathTextParser("path")
    for formula in (f.formula, f.derivative_formula):
        drawn = drawable(formula)
        parser.parse(drawn)
        commands = r"f'|'|\\begin{cases}|\\end{cases}.*|\\\\|&|\\frac|\\le\b|\\sum"
        for part in re.split(commands, formula):
            assert part.strip() in drawn


def test_cases_stand_behind_a_brace():
    cases = r"f(x) = \begin{cases} x & x > 0 \\ \alpha x & x \le 0 \end{cases}\quad\text{more}"
    pile = r"\genfrac{\{}{}{0}{0}{x \quad x > 0}{\alpha x \quad x \leq 0}"
    assert drawable(cases) == f"$f(x) = {pile}$"


@pytest.fixture(scope="module")
def page():
    return sheet()


@each_function
def test_each_graph_shows_the_function_and_its_slope(page, f):
    value = mark(page, f"{f.identifier}-value")
    slope = mark(page, f"{f.identifier}-slope")
    x, values = value.get_data()
    there = ~np.isnan(x)
    given = x[there, np.newaxis] * ([1, 0, 0] if f is softmax else [1])
    np.testing.assert_allclose(values[there], f(given)[:, 0])
    step = np.eye(given.shape[1])[0] * 1e-6  # of the first score alone
    measured = (f(given + step) - f(given - step))[:, 0] / 2e-6
    smooth = np.abs(x[there]) > 1e-3
    drawn = slope.get_ydata()[there]
    np.testing.assert_allclose(drawn[smooth], measured[smooth], atol=1e-6)
    assert slope.get_linestyle() != value.get_linestyle(), "In grey they look alike."
    assert value.axes.viewLim.bounds == mark(page, "identity-value").axes.viewLim.bounds


def test_files_are_the_same_each_time_and_hold_their_fonts(tmp_path):
    files = {}
    for name in ("one.pdf", "other.pdf", "one.svg", "other.svg", "one.png"):
        path = tmp_path / "folder" / name
        sheet(path)
        files[name] = path.read_bytes()
    assert files["one.pdf"] == files["other.pdf"]
    assert files["one.svg"] == files["other.svg"]
    assert b"CreationDate" not in files["one.pdf"]
    assert files["one.pdf"].count(b"/FontFile2") >= 3, (
        "TrueType fonts are part of the file."
    )
    assert b"<dc:date>" not in files["one.svg"]
    assert files["one.png"].startswith(b"\x89PNG")


def test_the_notebook_shows_the_page_with_words_and_the_readme_the_same(page):
    data, metadata = page._repr_mimebundle_()
    assert metadata["image/png"]["alt"] == data["text/plain"]
    assert all(f.name in data["text/plain"] for f in ACTIVATIONS.values())
    assert len(data["image/png"]) < 150_000
    stored = FOLDER / "images/sheet.png"
    assert stored.stat().st_size < 200_000
    shown = io.BytesIO(base64.b64decode(data["image/png"]))
    pictures = [
        Image.open(source).convert("L").resize((180, 255)) for source in (stored, shown)
    ]
    kept, made = (np.asarray(picture, dtype=float) for picture in pictures)
    assert np.abs(kept - made).mean() < 7, "Run make sheet."


def test_other_papers_and_kinds_of_file_are_refused(tmp_path):
    with pytest.raises(
        ValueError, match="paper must be 'a4' or 'letter', but it is 'a5'"
    ):
        sheet(paper="a5")
    with pytest.raises(ValueError, match=r"path must end in \.pdf, \.svg or \.png"):
        sheet(tmp_path / "sheet.docx")


def test_a_path_may_begin_at_home(tmp_path, monkeypatch):
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("USERPROFILE", str(tmp_path))
    sheet("~/own/page.svg")
    assert (tmp_path / "own/page.svg").is_file()
