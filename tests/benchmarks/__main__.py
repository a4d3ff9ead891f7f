"""Measures the sliders of `explore` against bqplot, ipympl and `interact`, and how much memory
cells that run again take.

python tests/benchmarks [--quick] [--assert]
"""

import argparse
import sys
from pathlib import Path

HERE = Path(__file__).parent
sys.path[1:1] = [str(HERE.parent / "browser"), str(HERE.parent)]

import in_browser  # noqa: E402
import in_kernel  # noqa: E402
import report  # noqa: E402
import reruns  # noqa: E402

# Rounds in the browser, steps and seconds of a drag in each; steps in the kernel, and updates of
# each slider; how often a cell is run again.
LOOK = (2, 6, 2, 30, 200, 10)
MEASUREMENT = (8, 10, 4, 100, 2000, 40)


def main(arguments=None):
    """Return the exit status: 1 when a target is missed and --assert is given."""
    plain = argparse.RawDescriptionHelpFormatter
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=plain)
    add = parser.add_argument
    add("--quick", action="store_true", help="a look, not a measurement")
    add("--assert", dest="strict", action="store_true", help="fail on a missed target")
    options = parser.parse_args(arguments)
    size = LOOK if options.quick else MEASUREMENT
    rounds, steps, seconds, frames, updates, cells = size
    times = in_browser.measure(rounds, steps, seconds)
    growth = in_kernel.growth(updates)
    found = report.rows(times, in_kernel.frames(frames), growth)
    found += report.rerun_rows(reruns.growth(cells), cells)
    print(f"{rounds} drags of {seconds} s, {rounds * steps} steps, {updates} updates\n")
    print(report.table(found))
    return int(options.strict and any(row.missed for row in found))


if __name__ == "__main__":
    sys.exit(main())
