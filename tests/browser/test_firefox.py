"""Lessons in Firefox, on the web site and in JupyterLab: they run, move and keep changes."""

import moves
import pytest
from access import noting
from firefox import firefox
from lab import Lesson
from lite import LESSONS, LINE, LiteLesson, address_of
from pages_server import embedding
from playwright.sync_api import expect
from server import WINDOW
from test_films import SLIDER, all_films, play
from test_films import moves as film_moves

STEM = "01_sigmoid"
RANGE = (-8, 8)  # of its dot


@pytest.fixture(scope="module")
def window(playwright, firefox_path):
    """Return a window of Firefox."""
    with firefox(playwright, firefox_path) as browser:
        yield browser.new_context(viewport=WINDOW)


def assert_moves(lesson):
    """Assert that the dot of `explore` can be dragged, and its sliders by key and mouse."""
    figure = next(figure for figure in lesson.figures() if figure.dot())
    moves.drag_dot(figure.picture, 1.2, -3, *RANGE)
    moves.expect_dot(figure.picture, -3)
    figure.settle()
    assert figure.dot() == -3
    for slider in figure.controls("slider"):
        for way in (moves.by_keyboard, moves.by_mouse):
            moved = moves.changes(figure, way(slider)[0], 60)
            assert moved, f"Moved {way.__name__}, the {slider} changes nothing."
    # JupyterLab asks for a tab's icon that it has left behind by the time the answer comes.
    assert [each for each in lesson.complaints() if "favicons/" not in each] == []


@pytest.mark.site
def test_a_lesson_of_the_site_moves_and_a_second_tab_follows_with_the_changes(
    window, built_site
):
    first = LiteLesson(window.new_page(), built_site, STEM)
    first.wait_until_run()
    assert_moves(first)
    first.change()
    second = LiteLesson(window.new_page(), built_site, STEM)
    second.wait_for_line("This lesson is open in another tab")
    first.page.close()
    second.wait_for_line("Running the cells")
    assert second.changed()
    second.page.close()


@pytest.mark.site
@pytest.mark.parametrize("stem", LESSONS)
def test_the_figures_of_a_reading_page_move(window, built_site, stem):
    page = noting(window.new_page())
    page.goto(f"{built_site}read/{stem}.html")
    for film in all_films(page):
        play(film)
        for slider in film.locator(SLIDER).all():
            there = film_moves(film, slider, "ArrowRight")
            assert there or film_moves(film, slider, "Home")
    assert page.trouble == []
    page.close()


@pytest.mark.site
def test_a_private_window_says_that_it_forgets(playwright, firefox_path, built_site):
    private = [("browser.privatebrowsing.autostart", True)]
    with firefox(playwright, firefox_path, private) as browser:
        lesson = LiteLesson(browser.new_page(), built_site, "00_start_here")
        lesson.wait_until_run()
        assert "forgets your changes" in lesson.line()


@pytest.mark.site
def test_a_sandboxed_frame_leads_to_a_tab_of_its_own(window, built_site, tmp_path):
    page = window.new_page()
    address = address_of(built_site, STEM)
    with embedding(tmp_path / "page", address, 'sandbox="allow-scripts"') as platform:
        page.goto(platform)
        line = page.frame_locator("iframe").locator(LINE)
        expect(line).to_contain_text(f"Open it in a tab of its own: {address}")
    page.close()


@pytest.mark.browser
def test_a_lesson_in_jupyterlab_runs_and_moves(window, server):
    lesson = Lesson(window.new_page(), server, f"notebooks/{STEM}.ipynb")
    lesson.run_all()
    assert lesson.failures() == []
    assert_moves(lesson)
    lesson.close()
