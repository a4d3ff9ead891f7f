"""What can go wrong for a learner on the web site: each has a clear sentence, and nothing of the
work is lost.
"""

import json

import pytest
from lite import LINE, LiteLesson, address_of
from pages_server import embedding
from playwright.sync_api import expect
from server import FLAGS, WINDOW

pytestmark = pytest.mark.site
STEM = "01_sigmoid"


@pytest.fixture
def window(playwright, chromium_path):
    """Return a function that opens a new browser window with more flags; nothing is kept."""
    browsers = []

    def opened(*flags):
        launch = playwright.chromium.launch
        browsers.append(launch(executable_path=chromium_path, args=[*FLAGS, *flags]))
        return browsers[-1].new_context(viewport=WINDOW)

    yield opened
    for browser in browsers:
        browser.close()


@pytest.fixture
def without_storage(playwright, chromium_path, tmp_path):
    """Return a function that opens a tab of a browser with these settings for cookies."""
    contexts = []

    def opened(settings):
        (tmp_path / "Default").mkdir()
        file = tmp_path / "Default" / "Preferences"
        file.write_text(json.dumps({"profile": settings}), encoding="utf-8")
        launch = playwright.chromium.launch_persistent_context
        options = {"executable_path": chromium_path, "args": FLAGS, "viewport": WINDOW}
        contexts.append(launch(tmp_path, **options))
        return contexts[-1].new_page()

    yield opened
    for context in contexts:
        context.close()


def pictures(page):
    """Return how many stored pictures stand on the page."""
    page.wait_for_selector(".jp-OutputArea-output img")
    return page.locator(".jp-OutputArea-output img").count()


def test_without_webassembly_the_lesson_says_so_and_can_be_read(window, built_site):
    lesson = LiteLesson(window("--js-flags=--jitless").new_page(), built_site, STEM)
    lesson.wait_for_line("This browser cannot run Python")
    assert lesson.page.evaluate("typeof WebAssembly") == "undefined"
    assert pictures(lesson.page) > 0


def test_without_storage_the_page_says_so_and_leads_to_the_lesson_to_read(
    without_storage, built_site
):
    page = without_storage({"default_content_setting_values": {"cookies": 2}})
    lesson = LiteLesson(page, built_site, STEM)
    lesson.wait_for_line("This browser keeps nothing")
    page.locator(LINE).get_by_role("link", name="Read the lesson").click()
    page.wait_for_url(f"{built_site}read/{STEM}.html")


@pytest.mark.parametrize("sandbox", ["", 'sandbox="allow-scripts"'])
def test_in_a_frame_without_storage_a_lesson_leads_to_a_tab_of_its_own_and_to_the_reading_page(
    without_storage, built_site, tmp_path, sandbox
):
    page = without_storage({"cookie_controls_mode": 1})
    trouble = []
    page.on("pageerror", lambda error: trouble.append(str(error)))
    with embedding(tmp_path / "platform", address_of(built_site, STEM), sandbox) as at:
        page.goto(at)
        line = page.frame_locator("iframe").locator(LINE)
        expect(line).to_contain_text("Open it in a tab of its own")
        address = line.get_by_role("link", name=address_of(built_site, STEM))
        if not sandbox:
            with page.expect_popup() as tab:
                address.click()
            tab.value.wait_for_selector(f"{LINE}:has-text('Python is starting')")
        line.get_by_role("link", name="Read the lesson").click()
        read = page.frame_locator("iframe")
        expect(read.get_by_role("heading", level=1)).to_be_visible()
        expect(read.locator(".katex").first).to_be_visible()
    assert trouble == []


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
    lesson.change()
    context.set_offline(False)
    lesson.page.reload()
    lesson.wait_until_run()
    assert lesson.changed()
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
    first.change()
    first.page.close()
    second.wait_until_run()
    assert second.changed()
    context.close()


def test_a_reload_in_mid_run_keeps_the_work_and_runs_again(window, built_site):
    context = window()
    lesson = LiteLesson(context.new_page(), built_site, STEM)
    lesson.wait_for_line("Running the cells")
    lesson.change()
    lesson.page.reload()
    assert pictures(lesson.page) > 0
    lesson.wait_until_run()
    assert lesson.changed()
    context.close()


def test_a_lesson_is_started_afresh_when_the_reader_says_so(window, built_site):
    context = window()
    lesson = LiteLesson(context.new_page(), built_site, STEM)
    lesson.wait_for_line("Running the cells")
    lesson.change()
    asked = []
    lesson.page.once(
        "dialog", lambda dialog: (asked.append(dialog.message), dialog.dismiss())
    )
    lesson.page.get_by_text("Start afresh").click()
    assert "thrown away" in asked[0]
    assert lesson.changed()
    lesson.page.once("dialog", lambda dialog: dialog.accept())
    with lesson.page.expect_navigation():
        lesson.page.get_by_text("Start afresh").click()
    lesson.wait_until_run()
    assert not lesson.changed()
    context.close()


def test_a_copy_of_an_older_version_is_called_so_and_no_other_is(window, built_site):
    context = window()
    lesson = LiteLesson(context.new_page(), built_site, STEM)
    lesson.wait_until_run()
    assert lesson.line().startswith("Everything runs")
    lesson.change()
    lesson.page.reload()
    lesson.wait_until_run()
    own = "A copy that its reader changed is not an older version."
    assert lesson.line().startswith("Everything runs"), own
    lesson.page.evaluate(
        "key => localStorage.setItem(key, 'another')", f"published {STEM}.ipynb"
    )
    lesson.page.reload()
    lesson.wait_for_line("There is a newer version", 240)
    assert lesson.changed()
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
