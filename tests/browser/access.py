"""What on a page keeps somebody from using it, as axe finds it."""

from axe_playwright_python.sync_playwright import Axe


def noting(page):
    """Return the page, which notes what goes wrong as `trouble`, and whom it `asked`."""
    page.trouble = []
    page.asked = []
    note = page.trouble.append
    page.on("pageerror", lambda error: note(str(error)))
    page.on("console", lambda line: line.type == "error" and note(line.text))
    page.on("request", lambda request: page.asked.append(request.url))
    return page


def obstacles(page, context=None):
    """Return a line for each serious or critical finding, in the whole page or in a selector."""
    return [
        f"{rule['id']}: {node['html'][:200]}"
        for rule in Axe().run(page, context=context).response["violations"]
        if rule["impact"] in ("serious", "critical")
        for node in rule["nodes"]
    ]
