"""Measures the site's reading pages: how soon a figure moves, and how smoothly, without Python."""

import itertools
import statistics
import time

from server import FLAGS, WINDOW

STEPS = 60
SLOW = {"latency": 40, "downloadThroughput": 10e6 / 8, "uploadThroughput": 10e6 / 8}
TARGETS = {"seconds": 1.0, "KB": 150}
# Milliseconds from a change of the slider to the frame after which its picture stands.
PAINTS = """async steps => {
  const input = document.querySelectorAll(".film-live input[type=range]")[0];
  const frame = () => new Promise(done => requestAnimationFrame(done)), found = [];
  for (let step = 0; step < steps; step++) {
    await frame();
    const started = performance.now();
    const key = step % 40 < 20 ? "ArrowRight" : "ArrowLeft";
    input.dispatchEvent(new KeyboardEvent("keydown", {key}));
    await frame();
    found.push(performance.now() - started);
  }
  return found;
}"""


def measure(playwright, path, site, stem, slow):
    """Return (seconds until the first figure moves, KB until then, milliseconds of steps)."""
    browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
    page = browser.new_page(viewport=WINDOW)
    if slow:
        session = page.context.new_cdp_session(page)
        session.send("Emulation.setCPUThrottlingRate", {"rate": 4})
        session.send("Network.emulateNetworkConditions", {"offline": False, **SLOW})
    before = site.sent
    started = time.monotonic()
    page.goto(f"{site}read/{stem}.html", wait_until="commit")
    page.wait_for_selector(".film svg", timeout=60_000)
    seconds = time.monotonic() - started
    kilobytes = (site.sent - before) / 1000
    page.wait_for_selector(".film-live", timeout=60_000)
    milliseconds = page.evaluate(PAINTS, STEPS)
    browser.close()
    return seconds, kilobytes, milliseconds


def report(playwright, path, site, stem, rounds):
    """Return the lines of a table, and the names of the targets that were missed."""
    lines = [
        "| a reading page | s until it moves | KB until then | ms a step | longest |",
        "|---|---:|---:|---:|---:|",
    ]
    missed = []
    for name, slow in (("plain", False), ("processor ÷ 4, 10 Mbit/s", True)):
        found = [measure(playwright, path, site, stem, slow) for _ in range(rounds)]
        *sizes, milliseconds = zip(*found, strict=True)
        seconds, kilobytes = map(statistics.median, sizes)
        steps = list(itertools.chain(*milliseconds))
        cells = [name, f"{seconds:.2f}", f"{kilobytes:.0f}"]
        cells += [f"{statistics.median(steps):.1f}", f"{max(steps):.0f}"]
        lines.append(f"| {' | '.join(cells)} |")
        if not slow:
            reached = {"seconds": seconds, "KB": kilobytes}
            missed += [key for key, most in TARGETS.items() if reached[key] > most]
    return lines, missed
