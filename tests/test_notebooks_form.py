"""Every notebook is in the committed form and keeps to the rules, and each rule can say no."""

import base64
import contextlib
import io
import re

import links
import nbformat
import notebook_rules as rules
import pytest
import refresh
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output
from PIL import Image
from shared import read

LESSONS = sorted(refresh.NOTEBOOKS.glob("*.ipynb"))
each_lesson = pytest.mark.parametrize("path", LESSONS, ids=lambda path: path.stem)


def test_there_are_lessons():
    assert LESSONS


@each_lesson
def test_name(path):
    assert re.fullmatch(r"\d\d_[a-z0-9_]+\.ipynb", path.name)


@each_lesson
def test_committed_form(path):
    assert refresh.check(path) == []


@each_lesson
@pytest.mark.parametrize("rule", rules.RULES, ids=lambda rule: rule.__name__)
def test_rule(path, rule):
    assert rule(nbformat.read(path, as_version=4)) == []


@each_lesson
def test_copied_alone_it_says_how_to_get_what_it_needs(path):
    """A traceback shows the line above the one that stops."""
    code = [cell for cell in nbformat.read(path, 4).cells if cell.cell_type == "code"]
    above, _ = code[0].source.split("import helpers")
    address = f"git+https://github.com/{links.repository()}"
    assert above.splitlines()[-1] == f"# Not found? Run: pip install {address}"


@each_lesson
def test_the_paper_of_every_stored_picture_is_white(path):
    cells = nbformat.read(path, as_version=4).cells
    outputs = [output for cell in cells for output in cell.get("outputs", [])]
    stored = [o.data["image/png"] for o in outputs if "image/png" in o.get("data", {})]
    assert stored
    for png in stored:
        image = Image.open(io.BytesIO(base64.b64decode(png))).convert("RGB")
        _, colour = max(image.getcolors(image.width * image.height))
        assert colour == (255, 255, 255)


def parts_to_skip():
    """Return (lesson, heading) of all that a reader of a story may skip."""
    found = []
    for path in LESSONS:
        notebook = nbformat.read(path, as_version=4)
        if rules.is_story(notebook):
            found += [(path.stem, heading) for heading in rules.deeper(notebook)]
    return found


@pytest.mark.parametrize(("stem", "heading"), parts_to_skip())
def test_a_part_prints_the_same_when_all_others_are_skipped(stem, heading):
    notebook = read(stem)
    space = {}
    run(rules.short_way(notebook), space)
    cells = rules.deeper(notebook)[heading]
    stored = "".join(o.text for c in cells for o in c.get("outputs", []) if "text" in o)
    assert run(cells, space) == stored
    assert run(cells, space) == stored  # and when it is run again


def run(cells, space):
    """Run the code cells with these names, and return what they print."""
    printed = io.StringIO()
    with contextlib.redirect_stdout(printed):
        for cell in cells:
            if cell.cell_type == "code":
                exec(cell.source, space)
    return printed.getvalue()


def picture(words):
    return new_output(
        "display_data", {"image/png": "iVBORw0KGgo=", "text/plain": words}
    )


def result(words):
    return new_output("execute_result", {"text/plain": words})


def lesson(*outputs, code="x = 1", text="Text.", pairs=15):
    """Return a notebook that breaks no rule, but for what is given."""
    cells = [new_markdown_cell("25 minutes"), new_code_cell("import numpy as np")]
    cells += plain("Text.", "x = 1", pairs - 2)
    return new_notebook(
        cells=[
            *cells,
            new_markdown_cell(text),
            new_code_cell(code, outputs=list(outputs)),
        ]
    )


def plain(text, code, pairs):
    """Return pairs of a Markdown cell and a code cell."""
    return [
        cell
        for _ in range(pairs)
        for cell in (new_markdown_cell(text), new_code_cell(code))
    ]


def story(
    said="5 minutes in all, 2 of them for the short way",
    guess="**Guess:** more?",
    **two,
):
    """Return a notebook in the shape of a story, but for what is given."""
    ends = two.get("end", ["### The card", "### To take away\n\nThat."])
    answer = two.get("answer", "<details><summary>Compare</summary>More.</details>")
    hidden = refresh.HIDDEN if two.get("hidden", True) else {}
    shown = two.get("shown", new_output("stream", text="1\n"))
    filler = [cell for _ in range(12) for cell in plain("Text.", "x = 1", 1)]
    return new_notebook(
        cells=[
            new_markdown_cell(f"# Toy: why?\n\n{said}."),
            new_code_cell("import numpy as np"),
            new_markdown_cell(
                "## The short way\n\n### Now\n\n" + two.get("text", "Text.")
            ),
            new_code_cell("x = 2"),
            new_markdown_cell(guess),
            new_code_cell("print(1)", outputs=[shown], metadata=hidden),
            new_markdown_cell(answer),
            *[new_markdown_cell(end) for end in ends],
            new_markdown_cell("## Going deeper"),
            *filler,
            new_markdown_cell("## Your turn"),
            new_markdown_cell("## " + two.get("last", "Often said, but wrong")),
        ]
    )


GOOD = [
    lesson(),
    story(),
    story(
        shown=picture("sigmoid for inputs from −6.0 to 6.0, with its slope"),
        hidden=False,
    ),
    lesson(picture("sigmoid for inputs from −6.0 to 6.0, with its slope below")),
    lesson(result("0.25"), result("'a < b'"), result("array([1, 2])")),
    lesson(text="See `a != b`, $5!$ and ![a curve](https://example.org/curve.png)."),
    lesson(text="[top](#top) and <img src='https://example.org/curve.png'>"),
]
BAD = [
    (rules.pictures_have_words, lesson(picture(""))),
    (rules.nothing_stray, lesson(picture("<Figure size 640x480 with 1 Axes>"))),
    (rules.nothing_stray, lesson(result("[<matplotlib.lines.Line2D at 0x7f>]"))),
    (rules.nothing_stray, lesson(result("Text(0.5, 1.0, 'sigmoid')"))),
    (rules.nothing_stray, lesson(result("VBox(children=(HTML(value=''),))"))),
    (rules.cells_are_short, lesson(code="\n".join(["x = 1"] * 16))),
    (rules.cells_are_short, lesson(pairs=14)),
    (rules.cells_are_short, lesson(pairs=31)),
    (
        rules.cells_are_short,
        new_notebook(cells=[*plain("", "x = 1", 15), new_code_cell("x = 1")]),
    ),
    (rules.cells_are_short, new_notebook(cells=plain("", "a\nb\nc\nd", 15))),
    (rules.one_import_cell, lesson(code="import math")),
    (rules.one_import_cell, new_notebook(cells=[new_code_cell("import a, b\n" * 6)])),
    (rules.one_import_cell, new_notebook()),
    (rules.no_plumbing, lesson(code="warnings.filterwarnings('ignore')")),
    (rules.no_plumbing, lesson(code="with np.errstate(over='ignore'): pass")),
    (rules.no_plumbing, lesson(code="sys.path.insert(0, '..')")),
    (rules.no_plumbing, lesson(code="from numpy import *")),
    (rules.no_plumbing, lesson(code="%matplotlib inline")),
    (rules.no_plumbing, lesson(code="urllib.request.urlopen('https://example.org')")),
    (rules.links_lead_somewhere, lesson(text="[next](02_missing.ipynb)")),
    (rules.links_lead_somewhere, lesson(text="<img src='images/missing.png'>")),
    (rules.links_lead_somewhere, lesson(text="![curve](attachment:curve.png)")),
    (rules.prose_is_calm, lesson(text="Well done!")),
    (rules.prose_is_calm, lesson(text="Well done 🎉")),
    (rules.prose_is_calm, lesson(result("'✅'"))),
    (rules.opening_says_minutes, new_notebook(cells=[new_markdown_cell("For you.")])),
    (
        rules.says_the_minutes_it_takes,
        story("10 minutes in all, 2 of them for the short way"),
    ),
    (
        rules.says_the_minutes_it_takes,
        story("5 minutes in all, 3 of them for the short way"),
    ),
    (
        rules.says_the_minutes_it_takes,
        story("20 minutes in all, 13 of them for the short way", text="word " * 900),
    ),
    (rules.is_as_short_as_a_story, story(text="word " * 651)),
    (
        rules.is_as_short_as_a_story,
        story(last="Often said, but wrong\n" + "word " * 1901),
    ),
    (rules.is_as_short_as_a_story, story(end=["**Guess:** more?"] * 5)),
    (rules.has_the_parts_of_a_story, story(last="Sources")),
    (rules.has_the_parts_of_a_story, story(end=["### To take away", "### The card"])),
    (rules.guesses_come_one_by_one, story(guess="**Guess:** one?\n\n**Guess:** two?")),
    (
        rules.has_the_parts_of_a_story,
        story(end=["That was it.\n\n### The card", "### To take away"]),
    ),
    (rules.guesses_come_one_by_one, story(answer="More.")),
    (rules.guesses_come_one_by_one, story(answer="<details>More.</details>\n\nOn.")),
    (rules.guesses_come_one_by_one, story(hidden=False)),
    (
        rules.guesses_come_one_by_one,
        story(shown=picture("A curve that rises from 0 to 1")),
    ),
    (rules.guesses_come_one_by_one, story(guess="More?")),
    (rules.guesses_come_one_by_one, story(end=["**Guess:** and now?"])),
]


@pytest.mark.parametrize("notebook", GOOD)
def test_rules_accept(notebook):
    assert [rule(notebook) for rule in rules.RULES] == [[]] * len(rules.RULES)


@pytest.mark.parametrize(
    ("rule", "notebook"), BAD, ids=[rule.__name__ for rule, _ in BAD]
)
def test_rule_refuses(rule, notebook):
    assert rule(notebook)
