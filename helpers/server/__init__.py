"""A Jupyter server extension: pictures follow a slider without a pause, and stay in a saved notebook.

Jupyter loads it where this project is installed; the JSON file beside it says so.
"""

_LIVE = "application/vnd.jupyter.widget-view+json"
_PICTURE = "image/png"


def _jupyter_server_extension_points():
    return [{"module": "helpers.server"}]


def _load_jupyter_server_extension(app):
    settings = app.web_app.settings
    settings["kernel_websocket_connection_class"] = prompt(
        settings["kernel_websocket_connection_class"]
    )
    app.contents_manager.register_pre_save_hook(keep_pictures)


def prompt(connection):
    """Return a subclass of a kernel's websocket connection that sends each message to the browser at once.

    A step of a slider is answered by several small messages. By default the system holds the second one back until the
    browser has confirmed the first, and browsers put that off by 40 ms (Nagle's algorithm meets delayed
    acknowledgement). A picture of ours is made in a tenth of that.
    """

    class PromptConnection(connection):
        def connect(self):
            self.websocket_handler.set_nodelay(True)
            return super().connect()

    return PromptConnection


def keep_pictures(model, **kwargs):
    """Take the live view out of each output that also has a picture, before a notebook is saved.

    Live views end with their kernel: the next day JupyterLab would show an error where the picture could stand.
    """
    cells = model["content"].get("cells", []) if model.get("type") == "notebook" else []
    for cell in cells:
        for output in cell.get("outputs", []):
            data = output.get("data", {})
            if _PICTURE in data:
                data.pop(_LIVE, None)
