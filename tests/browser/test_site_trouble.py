"""What can go wrong for a learner on the web site: each has a clear sentence, and nothing of the
work is lost.
"""

import json

import pytest
from lite import LINE, LiteLesson
from playwright.sync_api import sync_playwright
from server import FLAGS

pytestmark = pytest.mark.site
STEM = "01_sigmoid"
WORK = "# my own words"
EDIT = """words => {
  const cell = lab.cells[1].sharedModel;
  cell.setSource(words + '\\n' + cell.source);
}"""
SAVED = "() => lab.panel.context.model.dirty === false"


@pytest.fixture
def window(chromium_path):
    """Return a function that opens a new browser window with more flags; nothing is kept."""
    with sync_playwright() as playwright:
        browsers = []

        def opened(*flags):
            launch = playwright.chromium.launch
            browsers.append(
                launch(executable_path=chromium_path, args=[*FLAGS, *flags])
            )
            return browsers[-1].new_context(viewport={"width": 1200, "height": 1000})

        yield opened
        for browser in browsers:
            browser.close()


def pictures(page):
    """Return how many stored pictures stand on the page."""
    page.wait_for_selector(".jp-OutputArea-output img")
    return page.locator(".jp-OutputArea-output img").count()


def change(lesson):
    """Write WORK into the first cell of code, and wait until that is saved."""
    lesson.page.evaluate(EDIT, WORK)
    lesson.page.wait_for_function(SAVED, timeout=60_000)


def changed(lesson):
    """Tell whether the first cell of code begins with WORK."""
    return lesson.page.evaluate("lab.cells[1].sharedModel.source").startswith(WORK)


def test_without_webassembly_the_lesson_says_so_and_can_be_read(window, built_site):
    lesson = LiteLesson(window("--js-flags=--jitless").new_page(), built_site, STEM)
    lesson.wait_for_line("This browser cannot run Python")
    assert lesson.page.evaluate("typeof WebAssembly") == "undefined"
    assert pictures(lesson.page) > 0


def test_without_storage_the_page_says_so_and_leads_to_the_lesson_to_read(
    chromium_path, built_site, tmp_path
):
    (tmp_path / "Default").mkdir()
    settings = {"profile": {"default_content_setting_values": {"cookies": 2}}}
    (tmp_path / "Default" / "Preferences").write_text(
        json.dumps(settings), encoding="utf-8"
    )
    with sync_playwright() as playwright:
        launch = playwright.chromium.launch_persistent_context
        size = {"width": 1200, "height": 1000}
        context = launch(
            tmp_path, executable_path=chromium_path, args=FLAGS, viewport=size
        )
        lesson = LiteLesson(context.new_page(), built_site, STEM)
        lesson.wait_for_line("This browser keeps nothing")
        link = lesson.page.locator(f"{LINE} a")
        assert link.evaluate("link => link.href") == f"{built_site}read/{STEM}.html"
        context.close()


def test_offline_after_loading_it_goes_on_and_says_so_and_work_is_kept(
    window, built_site
):
    context = window()
    lesson = LiteLesson(context.new_page(), built_site, STEM)
    lesson.wait_until_run()
    context.set_offline(True)
    lesson.wait_for_line("You are offline")
    figure = next(lesson.figures())
    before = figure.svg()
    figure.controls()[0].parts[0].press("ArrowRight")
    figure.settle()
    assert figure.svg() != before
    change(lesson)
    context.set_offline(False)
    lesson.page.reload()
    lesson.wait_until_run()
    assert changed(lesson)
    context.close()


def test_a_second_tab_waits_and_follows_when_the_first_one_closes(window, built_site):
    context = window()
    first = LiteLesson(context.new_page(), built_site, STEM)
    first.wait_for_line("Python is starting")
    second = LiteLesson(context.new_page(), built_site, STEM)
    second.wait_for_line("This lesson is open in another tab")
    assert second.page.evaluate("document.getElementById('main').inert")
    afresh = second.page.get_by_text("Start afresh")
    assert afresh.count() == 0, "It would throw away what is open elsewhere."
    change(first)
    first.page.close()
    second.wait_until_run()
    assert changed(second)
    context.close()


def test_a_reload_in_mid_run_keeps_the_work_and_runs_again(window, built_site):
    context = window()
    lesson = LiteLesson(context.new_page(), built_site, STEM)
    lesson.wait_for_line("Running the cells")
    change(lesson)
    lesson.page.reload()
    assert pictures(lesson.page) > 0
    lesson.wait_until_run()
    assert changed(lesson)
    context.close()


def test_a_lesson_is_started_afresh_when_the_reader_says_so(window, built_site):
    context = window()
    lesson = LiteLesson(context.new_page(), built_site, STEM)
    lesson.wait_for_line("Running the cells")
    change(lesson)
    asked = []
    lesson.page.once(
        "dialog", lambda dialog: (asked.append(dialog.message), dialog.dismiss())
    )
    lesson.page.get_by_text("Start afresh").click()
    assert "thrown away" in asked[0]
    assert changed(lesson)
    lesson.page.once("dialog", lambda dialog: dialog.accept())
    with lesson.page.expect_navigation():
        lesson.page.get_by_text("Start afresh").click()
    lesson.wait_until_run()
    assert not changed(lesson)
    context.close()


def test_a_copy_of_an_older_version_is_called_so_and_no_other_is(window, built_site):
    context = window()
    lesson = LiteLesson(context.new_page(), built_site, STEM)
    lesson.wait_until_run()
    assert lesson.line().startswith("Everything runs")
    change(lesson)
    lesson.page.reload()
    lesson.wait_until_run()
    own = "A copy that its reader changed is not an older version."
    assert lesson.line().startswith("Everything runs"), own
    lesson.page.evaluate(
        "key => localStorage.setItem(key, 'another')", f"published {STEM}.ipynb"
    )
    lesson.page.reload()
    lesson.wait_for_line("There is a newer version", 240)
    assert changed(lesson)
    context.close()


def test_a_running_lesson_leads_back(window, built_site):
    lesson = LiteLesson(window().new_page(), built_site, STEM)
    links = lesson.page.locator("#lesson-bar a")
    links.first.wait_for()
    assert links.evaluate_all("links => links.map(link => link.href)") == [
        f"{built_site}index.html",
        f"{built_site}read/{STEM}.html",
    ]


def test_the_line_is_announced(window, built_site):
    lesson = LiteLesson(window().new_page(), built_site, STEM)
    lesson.wait_for_line("Python is starting")
    assert lesson.page.locator(LINE).get_attribute("role") == "status"
