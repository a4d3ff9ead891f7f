"""The landing page and what all pages share: style, pictures, and the words that the README has
already found.
"""

import re
import shutil
import tomllib
from pathlib import Path

import jinja2
from PIL import Image
from pygments.formatters import HtmlFormatter

HERE = Path(__file__).parent
COLOUR = re.compile(r'^([A-Z_]+) = "(#[0-9A-F]{6})"', re.MULTILINE)
# Styles of code whose contrast on our backgrounds is 4.5 and more.
HERO = "04_leaky_relu"  # the lesson whose explorer stands on the landing page
LIGHT, DARK = "vs", "github-dark"


def environment(project, megabytes):
    """Return Jinja's environment; its `site` holds what every page may say, and the `megabytes` of
    a first run.
    """
    found = jinja2.Environment(
        loader=jinja2.FileSystemLoader(HERE / "templates"),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
    )
    found.globals["site"] = about(project) | {"megabytes": megabytes}
    return found


def about(project):
    """Return title, introduction, repository and picture with its words, as README.md and
    pyproject.toml have them.
    """
    readme = (project / "README.md").read_text(encoding="utf-8")
    title, intro = re.match(r"# (.+)\n\n((?:.+\n)+)", readme).groups()
    (words,) = re.search(r'explorer\.png" [^>]*alt="([^"]+)"', readme).groups()
    urls = tomllib.loads((project / "pyproject.toml").read_text(encoding="utf-8"))[
        "project"
    ]["urls"]
    known = "" if "/OWNER/" in urls["Repository"] else urls["Repository"]
    with Image.open(project / "notebooks" / "images" / "explorer.png") as picture:
        picture_height = round(720 * picture.height / picture.width)
    return {
        "title": title,
        "intro": intro.replace("\n", " ").strip(),
        "repository": known,
        "picture_words": words,
        "picture_height": picture_height,
        "player": (project / "helpers" / "figures" / "live.js").read_text(
            encoding="utf-8"
        ),
        "load_ahead": (HERE / "load_ahead.js").read_text(encoding="utf-8"),
    }


def build(lessons, environment, output, project):
    """Write the landing page, its pictures and the style sheet."""
    (output / "pictures").mkdir(parents=True, exist_ok=True)
    for lesson in lessons:
        (output / "pictures" / f"{lesson.stem}.png").write_bytes(lesson.picture["png"])
    shutil.copy(project / "notebooks" / "images" / "explorer.png", output)
    shutil.copy(HERE / "icon.svg", output)
    (output / "style.css").write_text(style(project), encoding="utf-8")
    hero = next((lesson for lesson in lessons if lesson.stem == HERO), None)
    if not (output / "read" / "films" / HERO / "explore-0.film").exists():
        hero = None
    template = environment.get_template("landing.html.j2")
    html = template.render(lessons=lessons, root="", hero=hero)
    (output / "index.html").write_text(html, encoding="utf-8")


def style(project):
    """Return the style sheet, with the figures' colours in front and those of code behind."""
    figures = (project / "helpers" / "figures" / "style.py").read_text(encoding="utf-8")
    colours = "".join(
        f"--{name.lower()}: {value}; " for name, value in COLOUR.findall(figures)
    )
    light, dark = (
        HtmlFormatter(style=name).get_style_defs(".highlight") for name in (LIGHT, DARK)
    )
    own = (HERE / "style.css").read_text(encoding="utf-8")
    films = (project / "helpers" / "figures" / "film.css").read_text(encoding="utf-8")
    at_night = f"@media (prefers-color-scheme: dark) {{\n{dark}\n}}"
    code = f"{light}\n{at_night}\n.highlight {{ background: none; }}\n"
    return f":root {{ {colours}}}\n{films}\n{own}\n{code}"
