"""A lesson in Jupyter Notebook 7: it opens, runs, and a slider moves its picture."""

import shutil

import moves
import pytest
from lab import Lesson
from server import REPOSITORY, jupyterlab

pytestmark = pytest.mark.browser


def test_a_lesson_opens_runs_and_moves_in_notebook_7(context, tmp_path):
    with jupyterlab(tmp_path, "notebook") as server:
        shutil.copy(REPOSITORY / "notebooks" / "01_sigmoid.ipynb", server.files)
        lesson = Lesson(context.new_page(), server, "01_sigmoid.ipynb", "notebooks")
        lesson.run_all()
        assert lesson.failures() == []
        figure = next(lesson.figures())
        (slider,) = figure.controls("slider")
        assert moves.changes(figure, moves.by_keyboard(slider)[0])
        # The console has mistakes of Notebook's own.
        assert lesson.page.evaluate("lab.heard") == []
        lesson.close()
