"""Measures the sliders of `explore` against bqplot, ipympl and `interact`, and how much memory
cells that run again take.

python tests/benchmarks [--quick] [--assert] [--plot build/benchmark.png]
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


def main(arguments=None):
    """Return the exit status: 1 when a target is missed and --assert is given."""
    plain = argparse.RawDescriptionHelpFormatter
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=plain)
    parser.add_argument(
        "--quick", action="store_true", help="a look, not a measurement"
    )
    strict = "fail when a target is missed"
    parser.add_argument("--assert", dest="strict", action="store_true", help=strict)
    plot = Path("build/benchmark.png")
    parser.add_argument(
        "--plot", type=Path, default=plot, help="where the plot is saved"
    )
    options = parser.parse_args(arguments)
    if options.quick:
        rounds, steps, seconds, frames, updates, cells = 2, 6, 2, 30, 200, 10
    else:
        rounds, steps, seconds, frames, updates, cells = 8, 10, 4, 100, 2000, 40
    times = in_browser.measure(rounds, steps, seconds)
    found = report.rows(times, in_kernel.frames(frames), in_kernel.growth(updates))
    found += report.rerun_rows(reruns.growth(cells), cells)
    drags = f"{rounds} drags of {seconds} s each"
    print(
        f"{rounds * steps} steps, {drags}, {updates} updates\n\n{report.table(found)}"
    )
    report.plot(options.plot, times)
    return int(options.strict and any(row.missed for row in found))


if __name__ == "__main__":
    sys.exit(main())
