"""Handouts: a live figure as one web page that needs neither Python nor a network."""

import base64
import html
import numbers
from pathlib import Path

from helpers.arguments import is_number, short_repr
from helpers.figures.recording import Recording, can_take

HERE = Path(__file__).parent
PAGE = """<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title>
<style>
body {{ font: 1rem/1.5 system-ui, sans-serif; color: #24292f; background: #fff; max-width: 720px;
  margin: 1rem auto; padding: 0 0.75rem; }}
{style}</style>
</head>
<body>
<figure class="film" data-film="film">
<div class="film-stage"><img src="data:image/png;base64,{png}" alt="{alt}" width="{width}"></div>
</figure>
{parts}
<script type="module">
{script}
playAll();
</script>
</body>
</html>
"""


def save(live, path, stops, megabytes):
    """Write a LiveFigure into an HTML file, as LiveFigure.save tells; return its path,
    the number of states and its megabytes.
    """
    path = Path(path).expanduser()
    if path.suffix.lower() not in (".html", ".htm"):
        raise ValueError(
            f'path must end in .html, not {path.name!r}; try "figure.html".'
        )
    if not path.parent.is_dir():
        raise ValueError(
            f"There is no folder {str(path.parent)!r} to save {path.name} in."
        )
    if path.is_dir():
        raise ValueError(
            f"{str(path)!r} is a folder; choose another name for the file."
        )
    check_stops(live.controls, stops)
    recording = Recording(live, "film", [stops] if stops else None)
    text = page(live, recording, path.stem)
    size = len(text.encode()) / 1e6
    if size > megabytes:
        raise ValueError(
            f"With {recording.states:,} states the page would have {size:.1f} MB, but "
            f"{megabytes:g} are the most; give controls fewer stops, such as "
            f"{next(iter(live.controls))}=5, or say megabytes={size + 1:.0f}."
        )
    path.write_text(text, encoding="utf-8")
    return path, recording.states, size


def check_stops(controls, stops):
    """Raise ValueError unless each of the stops, {control: stops}, is a whole number from 1 on, a
    list of values that the control can take, or None.
    """
    for name, wanted in stops.items():
        control = controls.get(name)
        if control is None or wanted is None:  # Recording names the controls there are
            continue
        if isinstance(wanted, list):
            allowed = wanted and all(can_take(control, value) for value in wanted)
        else:
            allowed = is_number(wanted, numbers.Integral) and wanted > 0
        if not allowed:
            raise ValueError(
                f"{name} must be a number of stops, such as {name}=5, or a list of values that the "
                f"control can take, such as {name}=[{short_repr(control.value)}], or None for all; "
                f"it is {short_repr(wanted)}."
            )


def page(live, recording, title):
    """Return the HTML of a page with a recording."""
    parts = "\n".join(
        f'<script type="text/plain" id="film-{n}">{base64.b64encode(part).decode()}</script>'
        for n, part in enumerate(recording.packed())
    )
    return PAGE.format(
        title=html.escape(title),
        style=(HERE / "film.css").read_text(encoding="utf-8"),
        png=base64.b64encode(live.png()).decode(),
        alt=html.escape(live.alt),
        width=live.size[0],
        parts=parts,
        script=(HERE / "live.js").read_text(encoding="utf-8"),
    )
