"""What nbconvert is told by the settings beside this file: pictures keep their words."""

import html

_PICTURE = "image/png"


def describe_pictures(notebook, resources):
    """Write a stored picture that has an alternative text as HTML with that text, for nbconvert.

    Its usual template takes a picture's size from the output, and leaves the words out.
    """
    for cell in notebook.cells:
        for output in cell.get("outputs", []):
            look = output.get("metadata", {}).get(_PICTURE, {})
            if "alt" in look and _PICTURE in output.get("data", {}):
                # Of all forms of an output nbconvert shows the HTML.
                output.data.setdefault("text/html", image(output.data[_PICTURE], look))
    return notebook, resources


def image(png, look):
    """Return a picture as HTML, with its alternative text, and its size where it is known."""
    names = [name for name in ("alt", "width", "height") if name in look]
    said = " ".join(f'{name}="{html.escape(str(look[name]))}"' for name in names)
    return f'<img src="data:{_PICTURE};base64,{png}" {said}>'
