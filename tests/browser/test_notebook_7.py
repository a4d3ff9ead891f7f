"""A lesson in Jupyter Notebook 7: it opens, runs, and a slider moves its picture."""

import shutil

import pytest
from lab import Lesson
from server import REPOSITORY, jupyterlab

pytestmark = pytest.mark.browser


def test_a_lesson_opens_runs_and_moves_in_notebook_7(context, tmp_path):
    with jupyterlab(tmp_path, "notebook") as server:
        shutil.copy(REPOSITORY / "notebooks" / "01_sigmoid.ipynb", server.files)
        page = context.new_page()
        lesson = Lesson(page, server, "01_sigmoid.ipynb", "notebooks")
        lesson.run_all()
        assert lesson.failures() == []
        figure = next(lesson.figures())
        (slider,) = [
            control for control in figure.controls() if control.kind == "slider"
        ]
        before = figure.svg()
        slider.parts[0].press("ArrowRight")
        figure.settle()
        assert figure.svg() != before
        assert (
            page.evaluate("lab.heard") == []
        )  # the console has mistakes of Notebook's own
        page.evaluate("window.jupyterapp.serviceManager.sessions.shutdownAll()")
        page.close()
