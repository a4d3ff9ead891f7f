"""What can go wrong for a learner on the web site: each has a clear sentence, and nothing of the
work is lost.
"""

import json

import moves
import pytest
from lite import LINE, LiteLesson, address_of
from pages_server import embedding
from playwright.sync_api import expect
from server import FLAGS, WINDOW

pytestmark = pytest.mark.site
STEM = "01_sigmoid"


@pytest.fixture
def window(playwright, chromium_path, tmp_path):
    """Return a function that opens a new browser window with more flags, and with settings of its
    profile; nothing is kept.
    """
    windows = []

    def opened(*flags, **profile):
        home = tmp_path / f"window {len(windows)}"
        settings = home / "Default" / "Preferences"
        settings.parent.mkdir(parents=True)
        settings.write_text(json.dumps({"profile": profile}), encoding="utf-8")
        launch = playwright.chromium.launch_persistent_context
        options = {"executable_path": chromium_path, "args": [*FLAGS, *flags]}
        windows.append(launch(home, viewport=WINDOW, **options))
        return windows[-1]

    yield opened
    for each in windows:
        each.close()


@pytest.fixture
def lesson(window, built_site):
    """Return a lesson that has just been opened in a new window."""
    return LiteLesson(window().new_page(), built_site, STEM)


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
    window, built_site
):
    context = window(default_content_setting_values={"cookies": 2})
    lesson = LiteLesson(context.new_page(), built_site, STEM)
    lesson.wait_for_line("This browser keeps nothing")
    lesson.page.locator(f"{LINE} a").click()
    lesson.page.wait_for_url(f"{built_site}read/{STEM}.html")


@pytest.mark.parametrize("sandbox", ["", 'sandbox="allow-scripts"'])
def test_in_a_frame_without_storage_a_lesson_leads_to_a_tab_of_its_own_and_to_the_reading_page(
    window, built_site, tmp_path, sandbox
):
    page = window(cookie_controls_mode=1).new_page()
    errors = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    address = address_of(built_site, STEM)
    with embedding(tmp_path / "page", address, sandbox) as platform:
        page.goto(platform)
        frame = page.frame_locator("iframe")
        line = frame.locator(LINE)
        expect(line).to_contain_text("Open it in a tab of its own")
        expect(line).to_contain_text(address)
        if not sandbox:  # which lets no link open a tab
            with page.expect_popup() as tab:
                line.get_by_role("link", name=address).click()
            tab.value.wait_for_selector(f"{LINE}:has-text('Python is starting')")
        line.get_by_role("link", name="Read the lesson").click()
        expect(frame.get_by_role("heading", level=1)).to_be_visible()
        expect(frame.locator(".katex").first).to_be_visible()
    assert errors == []


def test_offline_it_goes_on_work_is_kept_and_only_an_older_copy_is_called_so(lesson):
    lesson.wait_until_run()
    lesson.page.context.set_offline(True)
    lesson.wait_for_line("You are offline")
    figure = next(lesson.figures())
    assert moves.changes(figure, moves.by_keyboard(figure.controls("slider")[0])[0])
    lesson.change()
    lesson.page.context.set_offline(False)
    lesson.page.reload()
    lesson.wait_until_run()
    assert lesson.changed()
    own = "A copy that its reader changed is not an older version."
    assert lesson.line().startswith("Everything runs"), own
    publish = "key => localStorage.setItem(key, 'another')"
    lesson.page.evaluate(publish, f"published {STEM}.ipynb")
    lesson.page.reload()
    lesson.wait_for_line("There is a newer version")
    assert lesson.changed()


def test_a_second_tab_waits_and_follows_when_the_first_one_closes(lesson, built_site):
    lesson.wait_for_line("Python is starting")
    second = LiteLesson(lesson.page.context.new_page(), built_site, STEM)
    second.wait_for_line("This lesson is open in another tab")
    assert second.page.evaluate("document.getElementById('main').inert")
    afresh = second.page.get_by_text("Start afresh")
    assert afresh.count() == 0, "It would throw away what is open elsewhere."
    lesson.change()
    lesson.page.close()
    second.wait_until_run()
    assert second.changed()


def test_a_reload_in_mid_run_keeps_the_work_until_the_reader_starts_afresh(lesson):
    page = lesson.page
    lesson.wait_for_line("Running the cells")
    lesson.change()
    page.reload()
    assert pictures(page) > 0
    lesson.wait_until_run()
    assert lesson.changed()
    asked = []
    page.once("dialog", lambda dialog: (asked.append(dialog.message), dialog.dismiss()))
    page.get_by_text("Start afresh").click()
    assert "thrown away" in asked[0]
    assert lesson.changed()
    page.once("dialog", lambda dialog: dialog.accept())
    with page.expect_navigation():
        page.get_by_text("Start afresh").click()
    lesson.wait_until_run()
    assert not lesson.changed()


def test_a_running_lesson_leads_back_and_announces_what_it_says(lesson, built_site):
    lesson.wait_for_line("Python is starting")
    assert lesson.page.locator(LINE).get_attribute("role") == "status"
    addresses = "links => links.map(link => link.href)"
    assert lesson.page.locator("#lesson-bar a").evaluate_all(addresses) == [
        f"{built_site}index.html",
        f"{built_site}read/{STEM}.html",
    ]
