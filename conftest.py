"""What `pytest --nbval` needs to be strict about the course's notebooks, and to repeat on any machine.

Each code cell is a test: it is run, and what it puts out is compared with what the file has. On top of nbval:

- kernels get the environment that `autorev run` gives them;
- a cell tagged ``nbval-approx:X`` may differ in its floats, but in nothing else (see `agree`);
- a cell that was never run fails, and so does one that puts out other kinds of things than the file has, be
  they pictures or timings, whose content is not compared;
- the share of cells whose output is compared is printed, and the run fails if a notebook has too few.
"""

import copy
import functools
import math
import os
import re
from collections import Counter, defaultdict

import nbval.kernel
import pytest
from nbval.plugin import IPyNbCell, IPyNbFile

# Two processes run at once. With a thread for each core in both, NumPy's threads spin, waiting for others.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

from autorev_lib.tools.notebook_lint import (
    IGNORE_TAG,
    MIN_PERCENT_COMPARED,
    NOT_COMPARED,
    Share,
    approx_tolerance,
    compared_share,
    read,
)

OUTPUT_TIMEOUT = 60
"""Seconds to wait for the next output of a cell; nbval's own 5 are too few for a busy machine."""

FLOAT = re.compile(
    r"""
    (?<![\w.\#])                       # not within a name, a version, a colour: conv2d_1.5  2.21.0  #1e5031
    ( [+\-−]?
      (?: (?: \d{1,3}(?:,\d{3})+ | \d+ ) \.\d* (?: [eE][+-]?\d+ )?      # 0.5  1,234.5  344.  1.5e-05
        | \d+ [eE][+-]?\d{1,3} (?!\w)                                   # 1e-05
        | \.\d+ (?: [eE][+-]?\d+ )?                                     # .5
        | (?: nan | NaN | inf ) (?!\w)
      )
    )
    (?! \.?\d )                        # nor the beginning of a version
    """,
    re.VERBOSE,
)


def pytest_configure():
    """Start kernels in the environment of the course."""
    start = nbval.kernel.start_new_kernel

    @functools.wraps(start)
    def start_in_course_environment(*args, **kwargs):
        from autorev_lib.tools.surroundings import kernel_environment

        return start(*args, env=kernel_environment(), **kwargs)

    nbval.kernel.start_new_kernel = start_in_course_environment


def pytest_collectstart(collector):
    """Leave the content of pictures and widgets out of the comparison."""
    if isinstance(collector, IPyNbFile):
        collector.skip_compare += NOT_COMPARED


def pytest_collection_modifyitems(items):
    """Compare every cell, unless a tag that shows in the share says otherwise."""
    for item in items:
        if isinstance(item, IPyNbCell):
            item.output_timeout = OUTPUT_TIMEOUT
            item.options.update(skip=False, check=IGNORE_TAG not in _tags(item))
            item.compare_outputs = functools.partial(compare_outputs, item)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call(item):
    """After a cell has run and compared equal, look for what nbval lets pass."""
    result = yield
    if isinstance(item, IPyNbCell):
        if item.cell.execution_count is None and item.cell.source.strip():
            item.raise_cell_error(f"{item.nodeid}: expected a cell that was run, received no execution count")
        expected, received = _kinds(item.cell.outputs), _kinds(item.test_outputs)
        if expected != received:
            item.raise_cell_error(
                f"{item.nodeid}: expected the outputs that the file has, {_listed(expected)}; "
                f"received {_listed(received)}"
            )
    return result


def pytest_sessionfinish(session, exitstatus):
    """Fail the run if too little of a notebook is compared."""
    enough = all(share.is_enough for share in _shares(session.config).values())
    if exitstatus == pytest.ExitCode.OK and not enough:
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def pytest_terminal_summary(terminalreporter, config):
    """Print the share of cells whose output was compared."""
    shares = _shares(config)
    if shares:
        total = Share(*map(sum, zip(*shares.values(), strict=True)))
        terminalreporter.section("notebooks")
        terminalreporter.line(f"notebook outputs compared: {total}")
        for path, share in shares.items():
            if not share.is_enough:
                expected = f"expected at least {MIN_PERCENT_COMPARED} % to be compared"
                terminalreporter.line(f"FAILED {path}: {expected}, received {share}", red=True)


def compare_outputs(item, test, ref, skip_compare=None):
    """Compare a cell's new outputs with the stored ones as nbval does, floats by closeness if tagged so.

    Args:
        item: The cell, as a test of nbval.
        test: Its new outputs.
        ref: The stored outputs.
        skip_compare: Kinds of output to leave out; None for those of the notebook.

    Returns:
        Whether they agree. If not, ``item.comparison_traceback`` tells how they differ.
    """
    try:
        tolerance = approx_tolerance(_tags(item))
    except ValueError as error:
        item.raise_cell_error(f"{item.nodeid}: {error}")
    if tolerance is not None:
        test = _settle(item, copy.deepcopy(test), ref, tolerance)
    return IPyNbCell.compare_outputs(item, test, ref, skip_compare)


def agree(stored, fresh, tolerance):
    """Compare two texts: exactly, but for the floats in them and for white space within lines.

    A float is a number with a decimal point or an exponent, or nan or inf. All else is text, integers and the
    digits in names and versions among it. A whole number with a point, as NumPy prints ``344.``, may become
    ``344.2`` but not ``345.``. White space next to a float does not count, for columns shift when a digit or
    a sign comes or goes.

    Args:
        stored: What the file has.
        fresh: What the run gave.
        tolerance: How far floats may differ: relative to the larger one, or absolutely.

    Returns:
        Whether they agree.
    """
    stored_lines, fresh_lines = stored.splitlines(), fresh.splitlines()
    return len(stored_lines) == len(fresh_lines) and all(
        _lines_agree(FLOAT.split(one), FLOAT.split(other), tolerance)
        for one, other in zip(stored_lines, fresh_lines, strict=True)
    )


def _lines_agree(stored, fresh, tolerance):
    """Compare two lines that were split into text, float, text, ..., float, text."""
    return [" ".join(text.split()) for text in stored[::2]] == [
        " ".join(text.split()) for text in fresh[::2]
    ] and all(
        _floats_agree(one, other, tolerance) for one, other in zip(stored[1::2], fresh[1::2], strict=True)
    )


def _floats_agree(stored, fresh, tolerance):
    if stored.endswith(".") and fresh.endswith("."):
        tolerance = 0
    values = [float(number.replace(",", "").replace("−", "-")) for number in (stored, fresh)]
    return all(map(math.isnan, values)) or math.isclose(*values, rel_tol=tolerance, abs_tol=tolerance)


def _settle(item, test, ref, tolerance):
    """Put the stored text in place of each new one that agrees with it, so that only differences remain."""
    stored = defaultdict(list)
    for output in ref:
        for kind, holder, key in _texts(output):
            stored[kind].append(holder[key])
    remaining = {kind: iter(texts) for kind, texts in stored.items()}
    for output in test:
        for kind, holder, key in _texts(output):
            text = next(remaining.get(kind, iter(())), None)
            if text is not None and agree(item.sanitize(text), item.sanitize(holder[key]), tolerance):
                holder[key] = text
    return test


def _texts(output):
    """Every text of an output that is compared, as (kind, dict, key in it)."""
    if output.output_type == "stream":
        yield output.name, output, "text"
    elif output.output_type == "error":
        yield "evalue", output, "evalue"
    else:
        for mime, content in output.data.items():
            if isinstance(content, str) and mime not in NOT_COMPARED:
                yield mime, output.data, mime


def _kinds(outputs):
    """What a cell puts out: each stream once, MIME types and errors as often as they come."""
    streams = {output.name for output in outputs if output.output_type == "stream"}
    errors = ["error" for output in outputs if output.output_type == "error"]
    return Counter([*streams, *errors, *(mime for output in outputs for mime in output.get("data", {}))])


def _listed(kinds):
    return ", ".join(f"{count} {kind}" for kind, count in sorted(kinds.items())) or "none"


def _shares(config):
    """The share of each notebook of which at least one cell was run here or by a worker, by path."""
    reporter = config.pluginmanager.get_plugin("terminalreporter")  # workers have none: the controller counts
    reports = [report for group in reporter.stats.values() for report in group] if reporter else []
    paths = {report.location[0] for report in reports if isinstance(report, pytest.TestReport)}
    notebooks = sorted(path for path in paths if path.endswith(".ipynb"))
    return {path: compared_share(read(config.rootpath / path)) for path in notebooks}


def _tags(item):
    return item.cell.metadata.get("tags", [])
