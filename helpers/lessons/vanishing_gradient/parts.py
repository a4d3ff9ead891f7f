"""Examples in parts so small that a network of some width computes each on one core.

OpenBLAS gives products of more multiplications than ONE_CORE to all cores and waits for them, which on a busy machine
takes twenty times as long as the work itself; a slider cannot wait for that.
"""

ONE_CORE = 2**18 - 1


def parts(examples, width):
    """Return slices that together hold so many examples, for layers of `width` units."""
    rows = max(1, ONE_CORE // width**2)
    return [slice(start, start + rows) for start in range(0, examples, rows)]
