"""What every lesson keeps to: a rule takes a notebook and returns a sentence for each breach."""

import ast
import math
import re
import statistics
from pathlib import Path
from urllib.parse import unquote

from refresh import is_hidden

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
# A lesson in the shape of a story says so: "50 minutes in all, 12 of them for the short way".
SAID_MINUTES = re.compile(r"(\d+) minutes in all, (\d+) of them for the short way")
WORDS_A_MINUTE = 80  # of a learner who reads to understand
MINUTES_A_MOVE = 1
MINUTES_AN_EXERCISE = 6
MOST_WORDS = {"the short way": 650, "the lesson": 1900}
MOST_MOVES = 5  # in the short way
MOST_MINUTES = 12  # for the short way
LINK = re.compile(r"""\]\(<?([^)\s>]+)|(?:src|href)=["']([^"']+)""")


def code_cells(notebook):
    """Return the code cells in order."""
    return [cell for cell in notebook.cells if cell.cell_type == "code"]


def prose(notebook):
    """Return the source of the Markdown cells in order."""
    return prose_of(notebook.cells)


def prose_of(cells):
    """Return the source of those of the cells that are Markdown."""
    return [cell.source for cell in cells if cell.cell_type == "markdown"]


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


# The shape of a story


def is_story(notebook):
    """Return whether the lesson has the shape of a story, to which the rules below belong."""
    return bool(SAID_MINUTES.search(notebook.cells[0].source))


def parts(notebook):
    """Return the cells from each second-level heading on, by the heading, the opening as ""."""
    found = {"": []}
    for cell in notebook.cells:
        heading = re.match(r"## (.+)", cell.source)
        if cell.cell_type == "markdown" and heading:
            found[heading[1]] = []
        found[list(found)[-1]].append(cell)
    return found


def short_way(notebook):
    """Return the cells up to "Going deeper"."""
    found = parts(notebook)
    return found[""] + found.get("The short way", [])


def deeper(notebook):
    """Return the cells of each part of "Going deeper", by its third-level heading."""
    found = {}
    for cell in parts(notebook).get("Going deeper", []):
        heading = re.search(r"(?m)^### (.+)", cell.source)
        if cell.cell_type == "markdown" and heading:
            found[heading[1]] = []
        if found:
            found[list(found)[-1]].append(cell)
    return found


def words(cells):
    """Return how many words of prose stand in the cells; code, formulas and numbers don't count."""
    text = CODE_OR_FORMULA.sub(" ", "\n".join(prose_of(cells)))
    text = re.sub(r"(?<=\])\([^)]*\)", " ", text)  # where links lead
    return sum(bool(re.search(r"[^\W\d_]", word)) for word in text.split())


def moves(cells):
    """Return the numbers of the cells that ask for a guess."""
    return [n for n, cell in enumerate(cells) if "**Guess:**" in cell.source]


def minutes_needed(notebook):
    """Return the minutes for the lesson, in steps of five, and for its short way."""
    exercises = [cell for cell in code_cells(notebook) if "check(" in cell.source]
    needed = []
    for cells, step in ((notebook.cells, 5), (short_way(notebook), 1)):
        reading = words(cells) / WORDS_A_MINUTE + len(moves(cells)) * MINUTES_A_MOVE
        solving = MINUTES_AN_EXERCISE * sum(cell in exercises for cell in cells)
        needed.append(step * math.ceil((reading + solving) / step))
    return needed


def says_the_minutes_it_takes(notebook):
    """The minutes at the top are those of the formula, and the short way is short."""
    if not is_story(notebook):
        return []
    said = [
        int(number) for number in SAID_MINUTES.search(notebook.cells[0].source).groups()
    ]
    needed = minutes_needed(notebook)
    found = []
    if said != needed:
        found.append(
            "It takes {} minutes in all, {} of them for the short way.".format(*needed)
        )
    if needed[1] > MOST_MINUTES:
        found.append(
            f"The short way takes {needed[1]} minutes; {MOST_MINUTES} are allowed."
        )
    return found


def is_as_short_as_a_story(notebook):
    """So many words and moves and no more."""
    if not is_story(notebook):
        return []
    both = {"the short way": short_way(notebook), "the lesson": notebook.cells}
    found = [
        f"There are {words(cells)} words in {what}; {MOST_WORDS[what]} are allowed."
        for what, cells in both.items()
        if words(cells) > MOST_WORDS[what]
    ]
    count = sum(cell.source.count("**Guess:**") for cell in short_way(notebook))
    if count > MOST_MOVES:
        found.append(f"The short way asks for {count} moves; {MOST_MOVES} are allowed.")
    return found


def has_the_parts_of_a_story(notebook):
    """The four parts in their order, the card and what to take away at the end of the first, and
    each heading at the top of a cell.
    """
    if not is_story(notebook):
        return []
    wanted = ["", "The short way", "Going deeper", "Your turn", "Often said, but wrong"]
    found = []
    if list(parts(notebook)) != wanted:
        found.append(
            f"The parts are {[*parts(notebook)][1:]}, but should be {wanted[1:]}."
        )
    headings = re.findall(r"(?m)^### (.+)", "\n".join(prose_of(short_way(notebook))))
    if headings[-2:] != ["The card", "To take away"]:
        found.append('The short way ends with "### The card" and "### To take away".')
    for text in prose(notebook):
        count = len(re.findall("(?m)^### ", text))
        if count > 1 or (count and not text.startswith("#")):
            found.append(f"A heading belongs to the top of a cell: {text[:60]!r}")
    return found


def guesses_come_one_by_one(notebook):
    """Each guess is followed by one cell, what that prints is hidden, and then comes the folded
    answer.
    """
    if not is_story(notebook):
        return []
    found = []
    cells = notebook.cells
    guessing = moves(cells)
    for n in guessing:
        guess = cells[n].source[cells[n].source.index("**Guess:**") :][:60]
        if cells[n].source.count("**Guess:**") > 1:
            found.append(f"More than one guess at once: {guess!r}")
        if [cell.cell_type for cell in cells[n + 1 : n + 3]] != ["code", "markdown"]:
            found.append(f"No cell of its own for {guess!r}")
        elif not re.fullmatch(r"<details>(?s:.+)</details>", cells[n + 2].source):
            found.append(f"No folded answer in a cell of its own for {guess!r}")
        elif prints(cells[n + 1]) != is_hidden(cells[n + 1]):
            found.append(f"What is printed stays hidden, and only that: {guess!r}")
    asked = {n + 1 for n in guessing}
    return found + [
        f"A hidden output without a guess: {cell.source[:60]!r}"
        for n, cell in enumerate(cells)
        if is_hidden(cell) and n not in asked
    ]


def prints(cell):
    """Return whether the cell shows text and no picture."""
    return not any("image/png" in output.get("data", {}) for output in cell.outputs)


RULES = (
    pictures_have_words,
    nothing_stray,
    cells_are_short,
    one_import_cell,
    no_plumbing,
    links_lead_somewhere,
    prose_is_calm,
    opening_says_minutes,
    says_the_minutes_it_takes,
    is_as_short_as_a_story,
    has_the_parts_of_a_story,
    guesses_come_one_by_one,
)
