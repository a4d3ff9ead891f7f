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
STORY = "of them for the short way"  # says a lesson in the shape of a story
WORDS_A_MINUTE = 80  # of a learner who reads to understand
MINUTES_A_MOVE = 1
MINUTES_AN_EXERCISE = 6
PARTS = ["", "The short way", "Going deeper", "Your turn", "Often said, but wrong"]
GUESS = "**Guess:**"
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


def sections(cells, marks):
    """Return the cells from each heading with these marks on, by the heading, the first as ""."""
    heading = ""
    found = {heading: []}
    for cell in cells:
        begins = re.search(rf"(?m)^{marks} (.+)", cell.source)
        if cell.cell_type == "markdown" and begins:
            heading = begins[1]
            found[heading] = []
        found[heading].append(cell)
    return found


def parts(notebook):
    """Return the cells of each part of a lesson, by its heading, the opening as ""."""
    return sections(notebook.cells, "##")


def short_way(notebook):
    """Return the cells up to "Going deeper"."""
    found = parts(notebook)
    return found[""] + found.get("The short way", [])


def deeper(notebook):
    """Return the cells of each part of "Going deeper", by its heading."""
    found = sections(parts(notebook).get("Going deeper", []), "###")
    del found[""]
    return found


def words(cells):
    """Return how many words of prose stand in the cells; code, formulas and numbers don't count."""
    text = CODE_OR_FORMULA.sub(" ", "\n".join(prose_of(cells)))
    text = re.sub(r"(?<=\])\([^)]*\)", " ", text)  # where links lead
    return sum(bool(re.search(r"[^\W\d_]", word)) for word in text.split())


def guesses(cells):
    """Return how many guesses the cells ask for."""
    return sum(cell.source.count(GUESS) for cell in cells)


def minutes(notebook):
    """Return the minutes that the lesson says it takes, or None."""
    said = re.search(r"(\d+) minutes", notebook.cells[0].source)
    return said and int(said[1])


def is_story(notebook):
    """Return whether the lesson has the shape of a story, to which some rules belong."""
    return STORY in notebook.cells[0].source


def minutes_needed(cells, step):
    """Return the minutes that a learner needs for the cells, in steps of so many."""
    exercises = [c for c in cells if c.cell_type == "code" and "check(" in c.source]
    needed = words(cells) / WORDS_A_MINUTE
    needed += guesses(cells) * MINUTES_A_MOVE
    needed += len(exercises) * MINUTES_AN_EXERCISE
    return step * math.ceil(needed / step)


def outputs(notebook):
    """Return (number of the code cell, data) of each output."""
    return [
        (number, output.get("data", {}))
        for number, cell in enumerate(code_cells(notebook), 1)
        for output in cell.outputs
    ]


# The rules


def sizes_are_right(notebook):
    """What can be counted lies within its bounds; of a cell's lines, imports do not count."""
    sources = [cell.source for cell in code_cells(notebook)]
    lines = [len(re.findall(r"(?m)^(?!import |from ).*\S", code)) for code in sources]
    imports = [
        sum(isinstance(node, ast.Import | ast.ImportFrom) for node in ast.walk(tree))
        for tree in map(ast.parse, sources)
    ]
    short = short_way(notebook)
    measured = {
        "code cells": (15, len(sources), 30),
        "Markdown cells": (len(sources), len(prose(notebook)), math.inf),
        "lines in the median code cell": (0, statistics.median(lines), 3),
        "lines in the longest code cell": (0, max(lines), 15),
        "imports": (0, sum(imports), 5),
        "cells that import": (1, sum(map(bool, imports)), 1),
        "words": (0, words(notebook.cells), 1900),
        "words in the short way": (0, words(short), 650),
        "guesses in the short way": (0, guesses(short), 5),
        "minutes for the short way": (0, minutes_needed(short, 1), 12),
    }
    return [
        f"{count} {what}; {least} to {most} are allowed."
        for what, (least, count, most) in measured.items()
        if not least <= count <= most
    ]


def says_the_minutes_it_takes(notebook):
    """The minutes at the top are those of the formula, in a story."""
    said = notebook.cells[0].source
    if not is_story(notebook):
        return [] if minutes(notebook) else [f"How many minutes does it take? {said}"]
    whole = minutes_needed(notebook.cells, 5)
    short = minutes_needed(short_way(notebook), 1)
    sentence = f"{whole} minutes in all, {short} {STORY}"
    return [] if sentence in said else [f"It takes {sentence}."]


def pictures_have_words(notebook):
    """Every picture stands beside words that say what it shows, for those who can't see it and for
    nbval.
    """
    return [
        f"The picture of code cell {number} has no alternative text as its text/plain."
        for number, data in outputs(notebook)
        if {"image/png", "image/svg+xml"} & data.keys()
        and len(data.get("text/plain", "")) < 30
    ]


def nothing_stray(notebook):
    """No cell shows the name of an object that nobody meant to show."""
    return [
        f"Code cell {number} shows a stray {data['text/plain'][:40]!r}."
        for number, data in outputs(notebook)
        if STRAY.match(data.get("text/plain", ""))
    ]


def no_plumbing(notebook):
    """No cell holds what a beginner needn't see: paths, downloads, silenced warnings, magics."""
    return [
        f"Code cell {number} {what}."
        for number, cell in enumerate(code_cells(notebook), 1)
        for how, what in PLUMBING.items()
        if re.search(how, cell.source)
    ]


def links_lead_somewhere(notebook, folder=FOLDER):
    """Every relative link and picture exists; nothing is attached inside the notebook."""
    links = LINK.findall("\n".join(prose(notebook)))
    targets = [left or right for left, right in links]
    return [
        f"The link to {target} leads nowhere."
        for target in targets
        if not re.match(r"https?:|mailto:|#", target)
        and not (folder / unquote(target.partition("#")[0])).is_file()
    ]


def prose_is_calm(notebook):
    """No exclamation mark ends a sentence, and there is no emoji anywhere."""
    found = [
        f"An exclamation mark: {text.strip()[:60]!r}"
        for text in prose(notebook)
        if "!" in CODE_OR_FORMULA.sub("", text)
    ]
    everything = [cell.source for cell in notebook.cells]
    everything += [str(data) for _, data in outputs(notebook)]
    return found + [
        f"An emoji: {text[:60]!r}" for text in everything if EMOJI.search(text)
    ]


def has_its_parts(notebook):
    """A story has four parts in their order, the card and what to take away at the end of the
    first, and each heading at the top of a cell.
    """
    if not is_story(notebook):
        return []
    found = []
    if list(parts(notebook)) != PARTS:
        found.append(f"The parts are {[*parts(notebook)]}, but should be {PARTS}.")
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
    found = []
    cells = notebook.cells
    asked = [number for number, cell in enumerate(cells) if GUESS in cell.source]
    for number in asked:
        guess = repr(cells[number].source[-60:])
        if guesses([cells[number]]) > 1:
            found.append(f"More than one guess at once: {guess}")
        behind = cells[number + 1 : number + 3]
        if [cell.cell_type for cell in behind] != ["code", "markdown"]:
            found.append(f"No cell of its own for {guess}")
        elif not re.fullmatch(r"<details>(?s:.+)</details>", behind[1].source):
            found.append(f"No folded answer in a cell of its own for {guess}")
        elif shows_picture(behind[0]) == is_hidden(behind[0]):
            found.append(f"What is printed stays hidden, and only that: {guess}")
    return found + [
        f"A hidden output without a guess: {cell.source[:60]!r}"
        for number, cell in enumerate(cells)
        if is_hidden(cell) and number - 1 not in asked
    ]


def shows_picture(cell):
    """Return whether a picture is among the cell's outputs."""
    return any("image/png" in output.get("data", {}) for output in cell.outputs)


RULES = (
    sizes_are_right,
    says_the_minutes_it_takes,
    pictures_have_words,
    nothing_stray,
    no_plumbing,
    links_lead_somewhere,
    prose_is_calm,
    has_its_parts,
    guesses_come_one_by_one,
)
