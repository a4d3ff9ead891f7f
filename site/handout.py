"""Writes lessons as pages to hand out: each is one file whose figures move without Python.

python site/handout.py [--output build/handout] [NN_name …]

Needs the films that films.py records.
"""

import argparse
import base64
import mimetypes
import re
import sys
import tempfile
from pathlib import Path

import build

PROJECT = build.PROJECT
# What leads to other pages of the site.
HIDDEN = ".bar, .neighbours, .film-note, body > footer { display: none; }"
STYLE = re.compile(r'<link rel="stylesheet" href="([^"]+)">')
PICTURE = re.compile(r'src="(?!data:)([^"]+)"')
ICON = re.compile(r'<link rel="icon"[^>]+>\n')
FONT = re.compile(r"url\((fonts/[^)]+\.woff2)\)")
OTHER_FONTS = re.compile(r",url\(fonts/[^)]+\.(?:woff|ttf)\) format\([^)]+\)")
LINK = re.compile(r'<a href="(?!#|https?:|data:)[^"]*">(.*?)</a>', re.DOTALL)
FILM = re.compile(r'data-film="([^"]+)"')


def main(arguments=None):
    """Return the exit status: 0 when all was written, 1 for a lesson that is not there."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--output", type=Path, default=PROJECT / "build" / "handout")
    parser.add_argument("lessons", nargs="*")
    options = parser.parse_args(arguments)
    lessons = build.catalogue.lessons(PROJECT)
    known = [lesson.stem for lesson in lessons]
    unknown = sorted(set(options.lessons) - set(known))
    if unknown:
        print(
            f"There is no lesson {unknown[0]}; there are {', '.join(known)}.",
            file=sys.stderr,
        )
        return 1
    options.output.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        site = Path(folder)
        build.build_pages(lessons, PROJECT, site, megabytes=0)
        for stem in options.lessons or known:
            text = in_one_file(site / "read" / f"{stem}.html")
            path = options.output / f"{stem}.html"
            path.write_text(text, encoding="utf-8")
            print(f"{path}: {len(text.encode()) / 1e6:.1f} MB")
    return 0


def in_one_file(page):
    """Return the HTML of a reading page with all that it needs inside."""
    folder = page.parent
    html = ICON.sub("", page.read_text(encoding="utf-8"))
    html = STYLE.sub(
        lambda found: f"<style>\n{style(folder / found[1])}\n</style>", html
    )
    html = html.replace("</head>", f"<style>{HIDDEN}</style>\n</head>")
    html = PICTURE.sub(lambda found: f'src="{inside(folder / found[1])}"', html)
    html = LINK.sub(r"\1", html)
    films = FILM.findall(html)
    parts = "\n".join(part for film in films for part in scripts(folder, film))
    return html.replace('<script type="module">', f'{parts}\n<script type="module">', 1)


def style(path):
    """Return a style sheet with its fonts inside, in the one format that all browsers know."""
    text = OTHER_FONTS.sub("", path.read_text(encoding="utf-8"))
    return FONT.sub(lambda found: f"url({inside(path.parent / found[1])})", text)


def scripts(folder, film):
    """Yield the parts of a film as elements in which live.js finds them."""
    for part in sorted(folder.glob(f"{film}-?.film")):
        number = part.stem[-1]
        data = base64.b64encode(part.read_bytes()).decode()
        yield f'<script type="text/plain" id="{film}-{number}">{data}</script>'


def inside(path):
    """Return a file as an address that holds it."""
    kind = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
    return f"data:{kind};base64,{base64.b64encode(path.read_bytes()).decode()}"


if __name__ == "__main__":
    sys.exit(main())
