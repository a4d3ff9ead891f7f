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
from shared import FOLDER, heights, mark, points

from helpers import ACTIVATIONS, softmax
from lessons.cheatsheet import sheet
from lessons.cheatsheet.advice import ADVICE, facts_of
from lessons.cheatsheet.sheet import drawable

PAPERS = {"a4": (210, 297), "letter": (215.9, 279.4)}  # in millimetres
FINE = 4  # dots to a point: on the pixels of a screen letters have other widths
each_function = pytest.mark.parametrize("f", ACTIVATIONS.values(), ids=ACTIVATIONS)
each_paper = pytest.mark.parametrize("paper", PAPERS)


@pytest.fixture(scope="module")
def page():
    return sheet()


def box_of(artist, renderer):
    """Return the box of an artist in points, a hair smaller, as neighbours may touch."""
    box = artist.get_tightbbox(renderer).transformed(Affine2D().scale(1 / FINE))
    return box.padded(-0.25)


@each_paper
def test_words_lie_inside_their_cards_and_on_the_page_and_on_nothing_else(paper):
    figure = sheet(paper=paper).figure
    np.testing.assert_allclose(figure.get_size_inches() * 25.4, PAPERS[paper], atol=0.2)
    right, top = 72 * figure.get_size_inches()
    figure.set_dpi(72 * FINE)
    # Axes left alone make one of the whole page each.
    renderer = RendererAgg(1, 1, figure.dpi)
    page, *graphs = figure.axes
    words = [(text.get_text(), box_of(text, renderer)) for text in page.texts]
    artists = figure.findobj(lambda artist: str(artist.get_gid()).startswith("card-"))
    cards = [box_of(artist, renderer) for artist in artists]
    assert len(cards) == len(ACTIVATIONS) + 1
    for text, box in words:
        assert min(box.x0, right - box.x1, 3 * box.y0, top - box.y1) > 24, text
        for card in cards:
            if box.overlaps(card):
                assert card.x0 < box.x0 < box.x1 < card.x1, f"{text} leaves its card."
                assert card.y0 < box.y0 < box.y1 < card.y1, f"{text} leaves its card."
    boxes = words + [("graph", box_of(graph, renderer)) for graph in graphs]
    for (one, box), (other, other_box) in itertools.combinations(boxes, 2):
        assert not box.overlaps(other_box), (one, other)


def test_the_page_holds_the_registry_and_the_advice(page):
    words = " ".join(text.get_text() for text in page.figure.axes[0].texts)
    for f in ACTIVATIONS.values():
        formulas = [drawable(f.formula), drawable(f.derivative_formula)]
        for part in (f.name, f.used_for, *formulas, *facts_of(f).values()):
            assert part in words
    for advice in ADVICE:
        assert f"{advice.case} {advice.activation.name} {advice.goes_with}" in words


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


@each_function
def test_each_graph_shows_the_function_and_its_slope(page, f):
    x, values = points(page, f"{f.identifier}-value").T
    drawn = heights(page, f"{f.identifier}-slope")
    there = ~np.isnan(x)
    first = [1, 0, 0] if f is softmax else [1]  # only the first score moves

    def at(x):
        return f(np.multiply.outer(x, first))[:, 0]

    np.testing.assert_allclose(values[there], at(x[there]))
    smooth = np.abs(x) > 1e-3  # and no nan
    measured = (at(x[smooth] + 1e-6) - at(x[smooth] - 1e-6)) / 2e-6
    np.testing.assert_allclose(drawn[smooth], measured, atol=1e-6)


@each_function
def test_all_graphs_have_one_scale_and_two_kinds_of_line(page, f):
    value = mark(page, f"{f.identifier}-value")
    slope = mark(page, f"{f.identifier}-slope")
    assert slope.get_linestyle() != value.get_linestyle(), "In grey they look alike."
    assert value.axes.viewLim.bounds == mark(page, "identity-value").axes.viewLim.bounds


@pytest.mark.parametrize("kind", ["pdf", "svg"])
def test_files_are_the_same_each_time_and_may_lie_at_home(
    page, tmp_path, monkeypatch, kind
):
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("USERPROFILE", str(tmp_path))
    one = tmp_path / f"one.{kind}"
    page.save(one)
    sheet(f"~/folder/other.{kind}")
    content = one.read_bytes()
    assert content == (tmp_path / f"folder/other.{kind}").read_bytes()
    assert not re.search(rb"CreationDate|<dc:date>", content)
    begins = {"pdf": b"%PDF", "svg": b"<?xml"}
    assert content.startswith(begins[kind])
    if kind == "pdf":
        assert content.count(b"/FontFile2") >= 3, "TrueType fonts are in the file."


def grey(source):
    """Return a picture, small and without colours."""
    image = Image.open(source).convert("L").resize((180, 255))
    return np.asarray(image, dtype=float)


def test_notebook_file_and_readme_show_the_same_picture_with_words(page, tmp_path):
    data, metadata = page._repr_mimebundle_()
    words = data["text/plain"]
    assert metadata["image/png"]["alt"] == words
    assert all(f.name in words for f in ACTIVATIONS.values())
    assert len(data["image/png"]) < 150_000
    shown = grey(io.BytesIO(base64.b64decode(data["image/png"])))
    saved = tmp_path / "page.png"
    page.save(saved)
    assert np.abs(grey(saved) - shown).mean() < 7
    stored = FOLDER / "images/sheet.png"
    assert stored.stat().st_size < 200_000
    assert np.abs(grey(stored) - shown).mean() < 7, "Run make sheet."


def test_other_papers_and_kinds_of_file_are_refused(page):
    with pytest.raises(ValueError, match="must be 'a4' or 'letter', but it is 'a5'"):
        sheet(paper="a5")
    with pytest.raises(ValueError, match=r"path must end in \.pdf, \.svg or \.png"):
        page.save("sheet.docx")
