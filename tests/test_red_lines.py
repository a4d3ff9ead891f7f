"""Nothing that Matplotlib or fontTools says about itself reaches a learner; what they say about the
learner's own settings and code does.
"""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from lessons.cheatsheet import sheet

ROOT = Path(__file__).parent.parent
LESSON = "import lessons.vanishing_gradient, lessons.cheatsheet"


def red_lines(code, **environment):
    """Return what a new Python writes to stderr while it runs the code; None unsets a variable."""
    usual = {"PYTHONPATH": str(ROOT), "MPLCONFIGDIR": None, "XDG_CONFIG_HOME": None}
    wanted = {**os.environ, **usual, "XDG_CACHE_HOME": None, **environment}
    known = {name: value for name, value in wanted.items() if value is not None}
    command = [sys.executable, "-c", code]
    return subprocess.run(command, env=known, stderr=subprocess.PIPE, text=True).stderr


def test_writing_the_sheet_as_pdf_says_nothing_in_red(tmp_path, caplog):
    """As fontTools does when it takes the letters out of a font."""
    sheet(tmp_path / "sheet.pdf")
    assert caplog.text == ""


@pytest.mark.parametrize(
    "names", [["HOME"], ["XDG_CONFIG_HOME"], ["XDG_CACHE_HOME"], ["MPLCONFIGDIR"]]
)
@pytest.mark.skipif(
    sys.platform in ("win32", "darwin"), reason="they ask other variables"
)
def test_a_home_that_cannot_be_written_is_no_news(names, tmp_path):
    no_folder = tmp_path / "file"
    no_folder.touch()
    homes = {"HOME": str(tmp_path), **dict.fromkeys(names, str(no_folder / "inside"))}
    assert red_lines(LESSON, **homes) == ""


def test_the_temporary_folder_goes_with_the_kernel(tmp_path):
    (tmp_path / "temporary").mkdir()
    nowhere = {"HOME": os.devnull, "LOCALAPPDATA": os.devnull}
    red_lines(LESSON, **nowhere, TMPDIR=str(tmp_path / "temporary"))
    assert list((tmp_path / "temporary").iterdir()) == []


def test_a_folder_that_can_be_written_is_left_alone(tmp_path):
    ask = "import os, sys; print(os.environ.get('MPLCONFIGDIR'), file=sys.stderr)"
    assert red_lines(f"{LESSON}; {ask}", HOME=str(tmp_path)) == "None\n"


def test_a_mistake_in_the_learners_own_settings_is_still_said(tmp_path):
    (tmp_path / "matplotlibrc").write_text("lines.thickness: 3\n", encoding="utf-8")
    assert "lines.thickness" in red_lines(LESSON, MPLCONFIGDIR=str(tmp_path))


def test_looking_for_fonts_is_no_news(tmp_path):
    """Matplotlib says so when it takes longer than five seconds; here its timer rings at once."""
    hurry = (
        "import threading; T = threading.Timer; threading.Timer = lambda s, f: T(0, f)"
    )
    assert red_lines(f"{hurry}; {LESSON}", MPLCONFIGDIR=str(tmp_path)) == ""
    alone = f"{hurry}; import matplotlib.font_manager"
    (tmp_path / "own").mkdir()
    assert "font cache" in red_lines(alone, MPLCONFIGDIR=str(tmp_path / "own"))
