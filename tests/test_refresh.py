"""The refresher runs notebooks, brings them into one form, and refuses what must not be
committed.
"""

import nbformat
import pytest
import refresh
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

FIGURE = """
class Figure:
    def _repr_mimebundle_(self, **options):
        view = {"model_id": "0", "version_major": 2, "version_minor": 0}
        picture = {"text/plain": "A curve.", "image/png": "iVBORw0KGgo="}
        return {**picture, "application/vnd.jupyter.widget-view+json": view}
""".strip()


def saved(folder, *sources):
    """Return the path of a notebook with these code cells, not yet run, as an editor might leave
    it.
    """
    path = folder / "01_trial.ipynb"
    title = new_markdown_cell("## See it *move*")
    notebook = new_notebook(cells=[title, *map(new_code_cell, sources)])
    notebook.metadata = {
        "kernelspec": {"name": "my-env", "display_name": "Mine"},
        "widgets": {"state": {}},
    }
    nbformat.write(notebook, path)
    return path


def test_runs_and_normalises_and_a_second_time_changes_nothing(tmp_path, capsys):
    path = saved(
        tmp_path,
        FIGURE,
        "Figure()",
        "import ipywidgets\nipywidgets.IntSlider()",
        "print(1, flush=True)\nprint(2)",
    )
    assert refresh.check(path) != []
    assert refresh.main([str(path)]) == 0
    first = path.read_bytes()
    notebook = nbformat.read(path, as_version=4)
    figure, widget, printed = (cell.outputs for cell in notebook.cells[2:])
    assert set(figure[0].data) == {"text/plain", "image/png"}
    assert widget == []
    assert [output.text for output in printed] == ["1\n2\n"]
    ids = [cell.id for cell in notebook.cells]
    assert ids[:3] == ["see-it-move", "class-figure", "figure"]
    assert notebook.metadata == refresh.METADATA
    assert all(cell.metadata == {} for cell in notebook.cells)
    assert first.endswith(b"}\n")
    assert not first.endswith(b"\n\n")
    assert refresh.main([str(path)]) == 0
    assert path.read_bytes() == first
    assert refresh.main(["--check", str(path)]) == 0


@pytest.mark.parametrize(
    ("source", "sentence"),
    [
        ("1 / 0", "ZeroDivisionError"),
        ("import warnings\nwarnings.warn('careful')", "Code cell 1 wrote to stderr"),
    ],
)
def test_refuses_and_leaves_the_file(tmp_path, capsys, source, sentence):
    path = saved(tmp_path, source)
    before = path.read_bytes()
    assert refresh.main([str(path)]) == 1
    assert sentence in capsys.readouterr().out
    assert path.read_bytes() == before


def cell(count, *outputs, source="x", **attributes):
    return new_code_cell(
        source, execution_count=count, outputs=[*outputs], **attributes
    )


ERROR = new_output("error", ename="ValueError", evalue="bad", traceback=[])
WARNING = new_output("stream", name="stderr", text="careful")
LONG = new_output("stream", text="x" * 300_000)


@pytest.mark.parametrize(
    ("found", "sentence"),
    [
        (cell(None), "not counted"),
        (cell(2), "not counted"),
        (cell(1, source=" "), "empty"),
        (cell(1, ERROR), "ValueError"),
        (cell(1, WARNING), "stderr"),
        (cell(1, LONG), "300,000 are allowed"),
    ],
)
def test_complains(found, sentence):
    notebook = new_notebook(cells=[found])
    (complaint,) = refresh.complaints(nbformat.v4.writes(notebook))
    assert sentence in complaint


# What an editor changes: a part of a tidy file, and what it makes of it.
UNTIDY = {
    " ": "  ",
    "\n": "\r\n",
    "}\n": "}\n\n",
    '"id": "x"': '"id": "8f14e45f"',
    '"metadata": {},': '"metadata": {"collapsed": false},',
    '"name": "python3"': '"name": "my-env"',
    '"name": "python",': '"name": "python", "version": "3.11.7",',
}


@pytest.mark.parametrize("part", UNTIDY)
def test_check_sees_what_an_editor_changes(tmp_path, part):
    path = tmp_path / "01_trial.ipynb"
    tidy = refresh.written(refresh.normalised(new_notebook(cells=[cell(1, id="x")])))
    path.write_bytes(tidy.encode())
    assert refresh.check(path) == []
    assert part in tidy
    path.write_bytes(tidy.replace(part, UNTIDY[part]).encode())
    assert refresh.check(path) != []


def normalised(*cells):
    return refresh.normalised(nbformat.from_dict({"cells": [*cells]})).cells


def test_ids_that_people_chose_stay_and_are_unique():
    by_a_program = cell(3, id="12345678-1234-1234-1234-123456789abc")
    cells = normalised(cell(1, id="probe"), cell(2, id="probe"), by_a_program)
    assert [found.id for found in cells] == ["probe", "probe-2", "x"]


def test_cells_keep_what_authors_set_and_lose_what_programs_set():
    folded = {"outputs_hidden": True, "source_hidden": True}
    tagged, hidden, shown = normalised(
        cell(1, metadata={"tags": ["solution"], "execution": {}, "collapsed": True}),
        cell(2, metadata={"jupyter": folded, "scrolled": True}),
        cell(3, metadata={"jupyter": {"outputs_hidden": False}}),
    )
    assert tagged.metadata == {"tags": ["solution"]}
    assert hidden.metadata == {"collapsed": True, "jupyter": {"outputs_hidden": True}}
    assert shown.metadata == {}
