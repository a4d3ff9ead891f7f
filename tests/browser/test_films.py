"""Figures that play a recording: the site's pages, and a page that `save` has written."""

import re
from contextlib import nullcontext

import pytest
from access import obstacles
from playwright.sync_api import expect
from server import REPOSITORY

import helpers

FILMS = REPOSITORY / "build" / "films"
STEMS = sorted(path.stem for path in (REPOSITORY / "notebooks").glob("*.ipynb"))
LIVE = ".film-live"
SLIDER = "input[type=range]"
NO_STREAM = "delete window.DecompressionStream"
SAVE_DATA = "Object.defineProperty(navigator, 'connection', {value: {saveData: true}})"
READ = "read/01_sigmoid.html"
site = pytest.mark.site
browser = pytest.mark.browser


@pytest.fixture
def page(context):
    """Return a page that notes what goes wrong in it."""
    page = context.new_page()
    page.trouble = []
    page.on("pageerror", lambda error: page.trouble.append(str(error)))
    page.on(
        "console", lambda line: line.type == "error" and page.trouble.append(line.text)
    )
    yield page
    page.close()


def words_of(film):
    return film.locator("svg").get_attribute("aria-label")


def play(film):
    """Let a film come near, and wait until it can be moved."""
    film.scroll_into_view_if_needed()
    expect(film.locator("svg")).to_be_visible()
    expect(film).to_have_class(re.compile("film-live"))


def moves(film, act):
    """Return whether an action changes the picture's words."""
    before = words_of(film)
    act()
    return words_of(film) != before


def shown(film, label):
    return film.locator("label", has_text=label).locator("output").inner_text()


def number_in(words):
    return float(words.replace("−", "-"))


def press(part, *keys):
    part.focus()
    for key in keys:
        part.page.keyboard.press(key)


@site
@pytest.mark.parametrize("stem", STEMS)
def test_every_recorded_figure_of_a_reading_page_moves_by_all_its_controls(
    page, built_site, stem
):
    page.goto(f"{built_site}read/{stem}.html")
    page.locator("main details").evaluate_all(
        "all => all.forEach(each => { each.open = true; })"
    )
    films = page.locator(".film").all()
    assert len(films) == len(list((FILMS / stem).glob("*-0.film")))
    for film in films:
        play(film)
        for slider in film.locator(SLIDER).all():
            there = moves(film, lambda s=slider: press(s, "ArrowRight", "ArrowRight"))
            assert there or moves(film, lambda s=slider: press(s, "Home"))
        for group in film.locator(".film-buttons").all():
            other = group.locator("button:visible[aria-pressed=false]").last
            assert moves(film, other.click)
        for chosen in film.locator("select").all():
            assert moves(film, lambda c=chosen: press(c, "ArrowDown")) or moves(
                film, lambda c=chosen: press(c, "ArrowUp")
            )
    assert page.trouble == []
    assert obstacles(page) == []


@site
def test_the_landing_page_moves_and_so_does_the_dot_under_mouse_and_finger(
    context, built_site
):
    phone = context.browser.new_context(
        viewport={"width": 390, "height": 844}, has_touch=True
    )
    for window, pointer in ((context, "mouse"), (phone, "touchscreen")):
        page = window.new_page()
        page.goto(built_site)
        film = page.locator(".film")
        play(film)
        for share in (0.4, 0.8):
            box = film.locator("svg").bounding_box()
            place = box["x"] + share * box["width"], box["y"] + 0.3 * box["height"]
            if pointer == "mouse":
                page.mouse.click(*place)
            else:
                page.touchscreen.tap(*place)
            low, high = map(number_in, shown(film, "input range").split(" to "))
            x0 = low + (high - low) * (720 * share - 54) / 652
            assert abs(number_in(shown(film, "x₀")) - x0) < (high - low) / 20
        page.close()
    phone.close()


@site
def test_a_finger_that_is_dragged_takes_the_dot_along(context, built_site):
    phone = context.browser.new_context(
        viewport={"width": 390, "height": 844}, has_touch=True
    )
    page = phone.new_page()
    page.goto(built_site)
    film = page.locator(".film")
    play(film)
    box = film.locator("svg").bounding_box()
    finger = phone.new_cdp_session(page)
    found = []
    for n, share in enumerate((0.3, 0.5, 0.7, 0.9)):
        x, y = box["x"] + share * box["width"], box["y"] + 0.3 * box["height"]
        touch = {
            "type": "touchMove" if n else "touchStart",
            "touchPoints": [{"x": x, "y": y}],
        }
        before = shown(film, "x₀")
        finger.send("Input.dispatchTouchEvent", touch)
        readout = film.locator("label", has_text="x₀").locator("output")
        expect(readout).not_to_have_text(before)
        found.append(number_in(shown(film, "x₀")))
    finger.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
    assert found == sorted(set(found))
    phone.close()


@site
@pytest.mark.parametrize("name", ["index.html", READ])
def test_python_begins_to_load_when_the_pointer_nears_the_button_that_runs_a_lesson(
    context, built_site, name
):
    for script, loads in (("", True), (SAVE_DATA, False)):
        page = context.new_page()
        asked = []
        page.on("request", lambda request, asked=asked: asked.append(request.url))
        page.add_init_script(script)
        page.goto(built_site + name)
        assert not [url for url in asked if "pyodide" in url]
        with page.expect_request("**/pyodide.asm.wasm") if loads else nullcontext():
            page.locator("a.button.first").first.hover()
        page.wait_for_timeout(0 if loads else 500)
        assert bool([url for url in asked if "pyodide" in url]) == loads
        page.close()


@site
@pytest.mark.parametrize(
    ("script", "words"),
    [(NO_STREAM, "This browser is too old to move the figure"), ("", "did not arrive")],
)
def test_where_a_film_cannot_be_played_the_picture_stays_and_a_line_says_so(
    context, built_site, script, words
):
    page = context.new_page()
    page.add_init_script(script)
    page.route("**/*.film", lambda route: route.abort())
    page.goto(built_site + READ)
    film = page.locator(".film").first
    film.scroll_into_view_if_needed()
    expect(film.get_by_role("status")).to_contain_text(words)
    expect(film.locator("img")).to_be_visible()
    page.close()


@site
def test_who_asks_for_less_data_is_asked_first(context, built_site):
    page = context.new_page()
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    page.add_init_script(SAVE_DATA)
    page.goto(built_site + READ)
    film = page.locator(".film").first
    film.scroll_into_view_if_needed()
    button = film.get_by_role("button", name="Let it move")
    expect(button).to_be_visible()
    assert not [url for url in asked if url.endswith(".film")]
    button.click()
    play(film)
    page.close()


@site
def test_a_page_opened_as_a_file_says_what_to_do(page):
    page.goto((REPOSITORY / "build" / "site" / READ).as_uri())
    film = page.locator(".film").first
    film.scroll_into_view_if_needed()
    expect(film.get_by_role("status")).to_contain_text("open it from a web server")


# A saved page


@pytest.fixture
def saved(page, tmp_path):
    """Return the film on a page that was saved, opened as a file, and its live figure."""
    live = helpers.explore(helpers.leaky_relu, x0=-2)
    live.save(tmp_path / "leak.html", x0=13, negative_slope=6, x_range=None)
    page.goto((tmp_path / "leak.html").as_uri())
    film = page.locator(".film")
    play(film)
    return film, live


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
def test_a_saved_page_shows_what_python_draws_wherever_its_controls_stand(saved):
    film, live = saved
    sliders = film.locator(SLIDER).all()
    assert words_of(film) == live.alt
    for slider, keys in zip(
        [sliders[1], sliders[2], sliders[0], sliders[1], sliders[2]],
        [["ArrowRight"] * 3, ["End"], ["PageUp"], ["ArrowLeft"] * 2, ["Home"]],
        strict=True,
    ):
        assert moves(film, lambda s=slider, k=keys: press(s, *k))
        assert words_of(film) == drawn_by_python(film, live)
    box = sliders[1].bounding_box()
    for share in (0.13, 0.5, 0.77):  # between two stops nothing is invented
        film.page.mouse.click(
            box["x"] + share * box["width"], box["y"] + box["height"] / 2
        )
        assert words_of(film) == drawn_by_python(film, live)


@browser
def test_a_saved_page_is_printed_as_it_stands_and_everybody_can_use_it(saved):
    film, _ = saved
    assert obstacles(film.page) == []
    press(film.locator(SLIDER).nth(1), "ArrowRight")
    film.page.emulate_media(media="print")
    expect(film.locator("svg")).to_be_visible()
    expect(film.locator(SLIDER).first).to_be_hidden()
    assert film.page.trouble == []


@browser
def test_on_a_narrow_page_a_picture_can_be_made_larger(saved):
    film, _ = saved
    larger = film.get_by_role("button", name="larger picture")
    expect(larger).to_be_hidden()
    film.page.set_viewport_size({"width": 390, "height": 844})
    larger.click()
    heights = (
        "texts => Math.min(...texts.map(text => text.getBoundingClientRect().height))"
    )
    assert film.locator("svg text").evaluate_all(heights) >= 11
    assert film.page.evaluate("document.documentElement.scrollWidth") <= 390
    film.get_by_role("button", name="whole picture").click()
    assert film.locator("svg").bounding_box()["width"] <= 390
