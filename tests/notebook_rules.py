"""What every lesson keeps to: a rule takes a notebook and returns a sentence for each breach."""

import ast
import re
import statistics
from pathlib import Path
from urllib.parse import unquote

FOLDER = Path(__file__).parent.parent / "notebooks"
# What Python shows of a value that nobody meant to show: <Figure …>, [<matplotlib…>], Text(…),
# VBox(…).
STRAY = re.compile(
    r"[\[({]*<[A-Za-z][\w.]*[ (>]|Text\(|array\(\[?<|\w+\(children=|\w+\(value="
)
PLUMBING = {
    r"filterwarnings|simplefilter\(\W?ignore|ignore\W*\)": "silences a warning",
    r"\bsys\.path\b|\bos\.chdir\b": "meddles with paths",
    r"import \*": "imports everything of a module",
    r"(?m)^\s*[%!]": "holds a magic or shell command",
    r"\burllib\b|\brequests\b|\burlretrieve\b": "downloads something",
}
CODE_OR_FORMULA = re.compile(
    r"```.*?```|`[^`]*`|\$\$.*?\$\$|\$[^$\n]*\$|<[^>]*>|!\[", re.DOTALL
)
EMOJI = re.compile("[\u2600-\u27bf\u2b50-\u2b55\ufe0f\U0001f000-\U0001faff]")
LINK = re.compile(r"""\]\(<?([^)\s>]+)|(?:src|href)=["']([^"']+)""")


def code_cells(notebook):
    """Return the code cells in order."""
    return [cell for cell in notebook.cells if cell.cell_type == "code"]


def prose(notebook):
    """Return the source of the Markdown cells in order."""
    return [cell.source for cell in notebook.cells if cell.cell_type == "markdown"]


def _lines(cell):
    """Return how many lines a learner reads: empty ones and imports do not count."""
    lines = [line for line in cell.source.splitlines() if line.strip()]
    return sum(not line.startswith(("import ", "from ")) for line in lines)


def _outputs(notebook):
    return [
        (n, output.get("data", {}))
        for n, c in enumerate(code_cells(notebook), 1)
        for output in c.outputs
    ]


def pictures_have_words(notebook):
    """Every picture stands beside words that say what it shows, for those who can't see it and for
    nbval.
    """
    pictures = [
        (n, data)
        for n, data in _outputs(notebook)
        if {"image/png", "image/svg+xml"} & data.keys()
    ]
    return [
        f"The picture of code cell {n} has no alternative text as its text/plain."
        for n, data in pictures
        if len(data.get("text/plain", "")) < 30
    ]


def nothing_stray(notebook):
    """No cell shows the name of an object that nobody meant to show."""
    shown = [(n, data.get("text/plain", "")) for n, data in _outputs(notebook)]
    return [
        f"Code cell {n} shows a stray {text[:40]!r}."
        for n, text in shown
        if STRAY.match(text)
    ]


def cells_are_short(notebook):
    """15 to 30 code cells, the median of 3 lines or fewer, none over 15, and as many Markdown
    cells.
    """
    lengths = [_lines(cell) for cell in code_cells(notebook)]
    found = []
    if not 15 <= len(lengths) <= 30:
        found.append(f"There are {len(lengths)} code cells; a lesson has 15 to 30.")
    if lengths and statistics.median(lengths) > 3:
        found.append(
            f"The median code cell has {statistics.median(lengths)} lines; 3 are allowed."
        )
    found += [
        f"Code cell {n} has {length} lines; 15 are allowed."
        for n, length in enumerate(lengths, 1)
        if length > 15
    ]
    if len(prose(notebook)) < len(lengths):
        found.append(
            f"{len(prose(notebook))} Markdown cells for {len(lengths)} code cells are too few."
        )
    return found


def one_import_cell(notebook):
    """One cell imports, and it has 5 imports or fewer."""
    trees = [ast.parse(cell.source) for cell in code_cells(notebook)]
    counts = [
        sum(isinstance(node, ast.Import | ast.ImportFrom) for node in ast.walk(tree))
        for tree in trees
    ]
    importing = [count for count in counts if count]
    if len(importing) == 1 and importing[0] <= 5:
        return []
    return [
        f"The code cells that import have {importing} imports; one cell with 5 or fewer is allowed."
    ]


def no_plumbing(notebook):
    """No cell holds what a beginner needn't see: paths, downloads, silenced warnings, magics."""
    cells = enumerate(code_cells(notebook), 1)
    return [
        f"Code cell {n} {what}."
        for n, cell in cells
        for how, what in PLUMBING.items()
        if re.search(how, cell.source)
    ]


def links_lead_somewhere(notebook, folder=FOLDER):
    """Every relative link and picture exists; nothing is attached inside the notebook."""
    targets = [
        left or right for text in prose(notebook) for left, right in LINK.findall(text)
    ]
    relative = [
        target for target in targets if not re.match(r"https?:|mailto:|#", target)
    ]
    missing = [
        target
        for target in relative
        if not (folder / unquote(target.partition("#")[0])).is_file()
    ]
    return [f"The link to {target} leads nowhere." for target in missing]


def prose_is_calm(notebook):
    """No exclamation mark ends a sentence, and there is no emoji anywhere."""
    found = [
        f"An exclamation mark: {text.strip()[:60]!r}"
        for text in prose(notebook)
        if "!" in CODE_OR_FORMULA.sub("", text)
    ]
    everything = [
        *(cell.source for cell in notebook.cells),
        *(str(data) for _, data in _outputs(notebook)),
    ]
    return found + [
        f"An emoji: {text[:60]!r}" for text in everything if EMOJI.search(text)
    ]


def opening_says_minutes(notebook):
    """One of the first three cells says how many minutes the lesson takes."""
    return (
        []
        if minutes(notebook)
        else ["None of the first three cells says how many minutes the lesson takes."]
    )


def minutes(notebook):
    """Return the number before the first "minutes" in the first three cells, or None."""
    found = re.search(
        r"(\d+)\W{0,3}minutes", "\n".join(cell.source for cell in notebook.cells[:3])
    )
    return int(found[1]) if found else None


RULES = (
    pictures_have_words,
    nothing_stray,
    cells_are_short,
    one_import_cell,
    no_plumbing,
    links_lead_somewhere,
    prose_is_calm,
    opening_says_minutes,
)
