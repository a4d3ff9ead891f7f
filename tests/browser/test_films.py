"""Figures that play a recording: the site's pages, and a page that `save` has written."""

import re

import pytest
from access import obstacles
from lite import LESSONS as STEMS
from playwright.sync_api import expect
from server import REPOSITORY

import helpers

FILMS = REPOSITORY / "build" / "films"
SLIDER = "input[type=range]"
PHONE = {"width": 390, "height": 844}
NO_STREAM = "delete window.DecompressionStream"
SAVE_DATA = "Object.defineProperty(navigator, 'connection', {value: {saveData: true}})"
OPEN = "all => all.forEach(each => { each.open = true; })"
READ = "read/01_sigmoid.html"
HEIGHT = "texts => Math.min(...texts.map(text => text.getBoundingClientRect().height))"
site = pytest.mark.site
browser = pytest.mark.browser


@pytest.fixture
def phone(context):
    """Return a page on a narrow screen that is touched."""
    window = context.browser.new_context(viewport=PHONE, has_touch=True)
    yield window.new_page()
    window.close()


def first_film(page):
    """Return the first film of a page, scrolled into view."""
    film = page.locator(".film").first
    film.scroll_into_view_if_needed()
    return film


def all_films(page):
    """Return the films of a page, whose folded answers are opened."""
    page.locator("main details").evaluate_all(OPEN)
    return page.locator(".film").all()


def words_of(film):
    return film.locator("svg").get_attribute("aria-label")


def play(film):
    """Let a film come near, and wait until it can be moved."""
    film.scroll_into_view_if_needed()
    expect(film.locator("svg")).to_be_visible()
    expect(film).to_have_class(re.compile("film-live"))


def moves(film, part, *keys):
    """Return whether keys, pressed on a part of a film, change the picture's words."""
    before = words_of(film)
    part.focus()
    for key in keys:
        part.page.keyboard.press(key)
    return words_of(film) != before


def readout(film, label):
    return film.locator("label", has_text=label).locator("output")


def number_in(words):
    return float(words.replace("−", "-"))


@site
@pytest.mark.parametrize("stem", STEMS)
def test_every_recorded_figure_of_a_reading_page_moves_by_all_its_controls(
    tab, built_site, stem
):
    tab.goto(f"{built_site}read/{stem}.html")
    films = all_films(tab)
    assert len(films) == len(list((FILMS / stem).glob("*-0.film")))
    for film in films:
        play(film)
        for slider in film.locator(SLIDER).all():
            there = moves(film, slider, "ArrowRight", "ArrowRight")
            assert there or moves(film, slider, "Home")
        for group in film.locator(".film-buttons").all():
            other = group.locator("button:visible[aria-pressed=false]").last
            assert moves(film, other, "Enter")
        for chosen in film.locator("select").all():
            there = moves(film, chosen, "ArrowDown")
            assert there or moves(film, chosen, "ArrowUp")
    assert tab.trouble == []
    assert obstacles(tab) == []


@site
def test_the_dot_of_the_landing_page_follows_mouse_and_finger(tab, phone, built_site):
    for page, press in ((tab, tab.mouse.click), (phone, phone.touchscreen.tap)):
        page.goto(built_site)
        film = first_film(page)
        play(film)
        for share in (0.4, 0.8):
            press(*place(film, share))
            ends = readout(film, "input range").inner_text().split(" to ")
            low, high = map(number_in, ends)
            x0 = low + (high - low) * (720 * share - 54) / 652
            shown = number_in(readout(film, "x₀").inner_text())
            assert abs(shown - x0) < (high - low) / 20
    assert obstacles(tab) == []
    finger = phone.context.new_cdp_session(phone)
    found = []
    for kind, share in (("Start", 0.3), ("Move", 0.5), ("Move", 0.7), ("Move", 0.9)):
        x, y = place(film, share)
        before = readout(film, "x₀").inner_text()
        touch = {"type": f"touch{kind}", "touchPoints": [{"x": x, "y": y}]}
        finger.send("Input.dispatchTouchEvent", touch)
        expect(readout(film, "x₀")).not_to_have_text(before)
        found.append(number_in(readout(film, "x₀").inner_text()))
    assert found == sorted(set(found))


def place(film, share):
    """Return where a share of a film's width is in its upper panel, in pixels of the page."""
    box = film.locator("svg").bounding_box()
    return box["x"] + share * box["width"], box["y"] + 0.3 * box["height"]


@site
@pytest.mark.parametrize("name", ["index.html", READ])
def test_python_begins_to_load_when_the_pointer_nears_the_button_that_runs_a_lesson(
    tab, built_site, name
):
    tab.goto(built_site + name)
    assert not [url for url in tab.asked if "pyodide" in url]
    with tab.expect_request("**/pyodide.asm.wasm"):
        tab.locator("a.button.first").first.hover()


@site
@pytest.mark.parametrize(
    ("script", "words"),
    [(NO_STREAM, "This browser is too old to move the figure"), ("", "did not arrive")],
)
def test_where_a_film_cannot_be_played_the_picture_stays_and_a_line_says_so(
    tab, built_site, script, words
):
    tab.add_init_script(script)
    tab.route("**/*.film", lambda route: route.abort())
    tab.goto(built_site + READ)
    film = first_film(tab)
    expect(film.get_by_role("status")).to_contain_text(words)
    expect(film.locator("img")).to_be_visible()


@site
def test_who_asks_for_less_data_is_asked_first(tab, built_site):
    tab.add_init_script(SAVE_DATA)
    tab.goto(built_site + READ)
    tab.locator("a.button.first").first.hover()  # else Python would be loaded now
    film = first_film(tab)
    button = film.get_by_role("button", name="Let it move")
    expect(button).to_be_visible()
    assert not [url for url in tab.asked if re.search(r"pyodide|\.film$", url)]
    button.click()
    play(film)


@site
def test_a_page_opened_as_a_file_says_what_to_do(tab):
    tab.goto((REPOSITORY / "build" / "site" / READ).as_uri())
    status = first_film(tab).get_by_role("status")
    expect(status).to_contain_text("open it from a web server")


# A saved page


@pytest.fixture(scope="module")
def live():
    return helpers.explore(helpers.leaky_relu, x0=-2)


@pytest.fixture(scope="module")
def file(live, tmp_path_factory):
    """Return the address of a page to which the live figure was saved."""
    path = tmp_path_factory.mktemp("saved") / "leak.html"
    live.save(path, x0=13, negative_slope=6, x_range=None)
    return path.as_uri()


@pytest.fixture
def film(tab, file):
    """Return the film on the saved page."""
    tab.goto(file)
    film = first_film(tab)
    play(film)
    return film


def drawn_by_python(film, live):
    """Return the words of the figure for the values that the page's controls show."""
    span, x0, slope = film.locator("output").all_inner_texts()
    values = {
        "x_range": tuple(number_in(end) for end in span.split(" to ")),
        "x0": number_in(x0),
        "negative_slope": number_in(slope),
    }
    return live.frame(values).words


@browser
def test_a_saved_page_shows_what_python_draws_wherever_its_controls_stand(film, live):
    span, x0, slope = film.locator(SLIDER).all()
    assert words_of(film) == live.alt
    for slider, keys in (
        (x0, ["ArrowRight"] * 3),
        (slope, ["End"]),
        (span, ["PageUp"]),
        (x0, ["ArrowLeft"] * 2),
        (slope, ["Home"]),
    ):
        assert moves(film, slider, *keys)
        assert words_of(film) == drawn_by_python(film, live)
    box = x0.bounding_box()
    y = box["y"] + box["height"] / 2
    for share in (0.13, 0.5, 0.77):  # between two stops nothing is invented
        film.page.mouse.click(box["x"] + share * box["width"], y)
        assert words_of(film) == drawn_by_python(film, live)


@browser
def test_a_saved_page_is_printed_as_it_stands_and_everybody_can_use_it(film, tab):
    assert obstacles(tab) == []
    moves(film, film.locator(SLIDER).nth(1), "ArrowRight")
    tab.emulate_media(media="print")
    expect(film.locator("svg")).to_be_visible()
    expect(film.locator(SLIDER).first).to_be_hidden()
    assert tab.trouble == []


@browser
def test_on_a_narrow_page_a_picture_can_be_made_larger(film, tab):
    larger = film.get_by_role("button", name="larger picture")
    expect(larger).to_be_hidden()
    tab.set_viewport_size(PHONE)
    larger.click()
    assert film.locator("svg text").evaluate_all(HEIGHT) >= 11
    assert tab.evaluate("document.documentElement.scrollWidth") <= 390
    film.get_by_role("button", name="whole picture").click()
    assert film.locator("svg").bounding_box()["width"] <= 390
