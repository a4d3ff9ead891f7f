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

LESSONS = sorted(refresh.NOTEBOOKS.glob("*.ipynb"))


@pytest.fixture(params=LESSONS, ids=lambda path: path.stem)
def lesson(request):
    """Return the path of each lesson in turn."""
    return request.param


@pytest.fixture
def notebook(lesson):
    return nbformat.read(lesson, as_version=4)


def test_committed_form(lesson):
    assert re.fullmatch(r"\d\d_[a-z0-9_]+\.ipynb", lesson.name)
    assert refresh.check(lesson) == []


@pytest.mark.parametrize("rule", rules.RULES, ids=lambda rule: rule.__name__)
def test_rule(notebook, rule):
    assert rule(notebook) == []


def test_copied_alone_it_says_how_to_get_what_it_needs(notebook):
    """A traceback shows the line above the one that stops."""
    address = f"git+https://github.com/{links.repository()}"
    line = f"# Not found? Run: pip install {address}\nimport helpers\n"
    assert line in rules.code_cells(notebook)[0].source


def test_the_paper_of_every_stored_picture_is_white(notebook):
    found = rules.outputs(notebook)
    stored = [data["image/png"] for _, data in found if "image/png" in data]
    assert stored
    for png in stored:
        image = Image.open(io.BytesIO(base64.b64decode(png))).convert("RGB")
        _, colour = max(image.getcolors(image.width * image.height))
        assert colour == (255, 255, 255)


def test_a_part_prints_the_same_when_all_others_are_skipped(notebook):
    space = {}
    printed_by(rules.short_way(notebook), space)
    # The last one first: what it takes from another part is not there yet.
    for heading, cells in reversed(rules.deeper(notebook).items()):
        own = space.copy()
        texts = [o.text for c in cells for o in c.get("outputs", []) if "text" in o]
        for _ in ("first", "run again"):
            assert printed_by(cells, own) == "".join(texts), heading


def printed_by(cells, space):
    """Run the code cells with these names, and return what they print."""
    printed = io.StringIO()
    with contextlib.redirect_stdout(printed):
        for cell in cells:
            if cell.cell_type == "code":
                exec(cell.source, space)
    return printed.getvalue()


# Each rule can say no


def picture(words):
    data = {"image/png": "iVBORw0KGgo=", "text/plain": words}
    return new_output("display_data", data)


def result(words):
    return new_output("execute_result", {"text/plain": words})


PRINTED = new_output("stream", text="1\n")
CURVE = picture("sigmoid for inputs from −6.0 to 6.0, with its slope")
ANSWER = "<details><summary>Compare</summary>More.</details>"
IMPORT = "import numpy as np"


def toy(
    said="5 minutes in all, 2 of them for the short way",
    text="Text.",
    code="x = 1",
    outputs=(),
    guess="**Guess:** more?",
    shown=PRINTED,
    metadata=refresh.HIDDEN,
    answer=ANSWER,
    ends=("### The card", "### To take away\n\nThat."),
    imports=IMPORT,
    plain="x = 1",
    pairs=13,
    last="Often said, but wrong",
    more=(),
):
    """Return a lesson that breaks no rule, but for what is given."""
    deeper = []
    for _ in range(pairs):
        deeper += [new_code_cell(plain), new_markdown_cell("Text.")]
    return new_notebook(
        cells=[
            new_markdown_cell(f"# Toy: why?\n\n{said}."),
            new_code_cell(imports),
            new_markdown_cell(f"## The short way\n\n### Now\n\n{text}"),
            new_code_cell(code, outputs=[*outputs]),
            new_markdown_cell(guess),
            new_code_cell("print(1)", outputs=[shown], metadata=metadata),
            new_markdown_cell(answer),
            *map(new_markdown_cell, ends),
            new_markdown_cell("## Going deeper"),
            *deeper,
            new_markdown_cell("## Your turn"),
            new_markdown_cell(f"## {last}"),
            *map(new_code_cell, more),
        ]
    )


GOOD = [
    {},
    {"said": "25 minutes", "last": "Sources"},
    {"shown": CURVE, "metadata": {}},
    {"outputs": [CURVE, result("'a < b'"), result("array([1, 2])")]},
    {"text": "See `a != b`, $5!$ and ![a curve](https://example.org/curve.png)."},
    {"text": "[top](#top) and <img src='https://example.org/curve.png'>"},
]
BAD = {
    rules.says_the_minutes_it_takes: [
        {"said": "10 minutes in all, 2 of them for the short way"},
        {"said": "5 minutes in all, 3 of them for the short way"},
        {"said": "For you"},
    ],
    rules.pictures_have_words: [{"outputs": [picture("")]}],
    rules.nothing_stray: [
        {"outputs": [picture("<Figure size 640x480 with 1 Axes>")]},
        {"outputs": [result("[<matplotlib.lines.Line2D at 0x7f>]")]},
        {"outputs": [result("Text(0.5, 1.0, 'sigmoid')")]},
        {"outputs": [result("VBox(children=(HTML(value=''),))")]},
    ],
    rules.no_plumbing: [
        {"code": "warnings.filterwarnings('ignore')"},
        {"code": "with np.errstate(over='ignore'): pass"},
        {"code": "sys.path.insert(0, '..')"},
        {"code": "from numpy import *"},
        {"code": "%matplotlib inline"},
        {"code": "urllib.request.urlopen('https://example.org')"},
    ],
    rules.links_lead_somewhere: [
        {"text": "[next](02_missing.ipynb)"},
        {"text": "<img src='images/missing.png'>"},
        {"text": "![curve](attachment:curve.png)"},
    ],
    rules.prose_is_calm: [
        {"text": "Well done!"},
        {"text": "Well done 🎉"},
        {"outputs": [result("'✅'")]},
    ],
    rules.has_its_parts: [
        {"last": "Sources"},
        {"ends": ["### To take away", "### The card"]},
        {"ends": ["That was it.\n\n### The card", "### To take away"]},
    ],
    rules.guesses_come_one_by_one: [
        {"guess": "**Guess:** one?\n\n**Guess:** two?"},
        {"answer": "More."},
        {"answer": "<details>More.</details>\n\nOn."},
        {"metadata": {}},
        {"shown": CURVE},
        {"guess": "More?"},
        {"ends": ["**Guess:** and now?"]},
    ],
}
SIZES = {
    "14 code cells": {"pairs": 11},
    "31 code cells": {"pairs": 28},
    "22 Markdown cells": {"more": ["x = 1"] * 10},
    "4.0 lines in the median code cell": {"plain": "x = 1\n\n" * 4},
    "16 lines in the longest code cell": {"code": "x = 1\n" * 16},
    "6 imports": {"imports": "import a\n" * 6},
    "0 cells that import": {"imports": "x = 1"},
    "2 cells that import": {"code": IMPORT},
    "1943 words;": {"last": "word " * 1900},
    "675 words in the short way": {"text": "word " * 650},
    "6 guesses in the short way": {"ends": ["**Guess:** more?"] * 5},
    "13 minutes for the short way": {"text": "word " * 880},
}


@pytest.mark.parametrize("changed", GOOD)
def test_rules_accept(changed):
    notebook = toy(**changed)
    assert [rule(notebook) for rule in rules.RULES] == [[]] * len(rules.RULES)


@pytest.mark.parametrize(
    ("rule", "changed"), [(rule, each) for rule, cases in BAD.items() for each in cases]
)
def test_rule_refuses(rule, changed):
    assert rule(toy(**changed))


@pytest.mark.parametrize("sentence", SIZES)
def test_a_size_out_of_its_bounds_is_named(sentence):
    said = rules.sizes_are_right(toy(**SIZES[sentence]))
    assert any(each.startswith(sentence) for each in said), said
