"""A Jupyter server extension: pictures follow a slider without a pause, and stay in a saved
notebook.

Jupyter loads it where this project is installed; the JSON file beside it says so. It stands apart
from helpers, because a server has no use for Matplotlib and would wait half a second for it.
"""

_LIVE = "application/vnd.jupyter.widget-view+json"
_PICTURE = "image/png"


def _jupyter_server_extension_points():
    return [{"module": "activation_server"}]


def _load_jupyter_server_extension(app):
    settings = app.web_app.settings
    settings["kernel_websocket_connection_class"] = prompt(
        settings["kernel_websocket_connection_class"]
    )
    app.contents_manager.register_pre_save_hook(keep_pictures)


def prompt(connection):
    """Return a subclass of a kernel's websocket connection that sends each message to the browser
    at once.

    A step of a slider is answered by several small messages. By default the system holds the second
    one back until the browser has confirmed the first, and browsers put that off by 40 ms (Nagle's
    algorithm meets delayed acknowledgement). A picture of ours is made in a tenth of that.
    """

    class PromptConnection(connection):
        def connect(self):
            self.websocket_handler.set_nodelay(True)
            return super().connect()

    return PromptConnection


def keep_pictures(model, **kwargs):
    """Take the live view out of each live figure of this project, before a notebook is saved.

    Live views end with their kernel: the next day JupyterLab would show an error where the stored
    picture can stand. Widgets of other packages keep their view, with or without a picture.
    """
    cells = model["content"].get("cells", []) if model.get("type") == "notebook" else []
    for cell in cells:
        for output in cell.get("outputs", []):
            if _is_live_figure(output):
                output["data"].pop(_LIVE, None)


def _is_live_figure(output):
    """Return whether a LiveFigure of helpers made the output.

    Its picture has a width and an alternative text, and that text is its text/plain too.
    """
    picture = output.get("metadata", {}).get(_PICTURE, {})
    text = _joined(output.get("data", {}).get("text/plain", ""))
    return "width" in picture and "alt" in picture and picture["alt"] == text


def _joined(text):
    """Return a text as one string; in a file of a notebook it may be a list of its lines."""
    return "".join(text) if isinstance(text, list) else text
