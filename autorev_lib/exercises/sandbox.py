"""Running an answer that may be endless, loud or hostile, inside the student's own process."""

import contextlib
import io
import signal
import sys
import threading
import time
import traceback

_PRINTED_LINES = 10
_PRINTED_CHARACTERS = 2_000
_WAITING = 4
_OWN_FILE = __file__


class TimeUp(BaseException):
    """An answer took longer than it may. No ``except Exception`` of the answer catches it."""


@contextlib.contextmanager
def time_limit(seconds):
    """Stop the block with :class:`TimeUp` if it is still running after so many seconds.

    What counts is the time for which the main thread computes, so that a busy machine stops nobody; a block
    that waits is stopped after four times as long. Python code is stopped at its next line, even where it
    catches every exception; a single long call into compiled code is stopped when it comes back. Outside the
    main thread there is no limit, since nothing can interrupt another thread.

    Raises:
        TimeUp: The time is up.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    done, expired = threading.Event(), threading.Event()
    previous, previous_trace = signal.getsignal(signal.SIGINT), sys.gettrace()
    interruptions = 0

    def on_interrupt(signum, frame):
        nonlocal interruptions
        if done.is_set():
            return
        if not expired.is_set():  # the student's own Ctrl+C
            signal.default_int_handler(signum, frame)
        interruptions += 1
        if interruptions > 1:  # the answer caught the first one: now every line of it raises
            _raise_at_every_line(frame)
        raise TimeUp

    computed, started = _main_thread_clock(), time.monotonic()
    until = computed() + seconds

    def watch():
        while not done.wait(min(0.2, seconds)):
            if computed() > until or time.monotonic() - started > _WAITING * seconds:
                expired.set()
                _interrupt_main_thread()

    signal.signal(signal.SIGINT, on_interrupt)
    watchdog = threading.Thread(target=watch, daemon=True)
    expired.clear()
    watchdog.start()
    try:
        yield
    finally:
        done.set()
        sys.settrace(previous_trace)
        watchdog.join()
        signal.signal(signal.SIGINT, previous)


def _main_thread_clock():
    """A function that tells for how many seconds the main thread has computed, where that can be known."""
    if not hasattr(time, "pthread_getcpuclockid"):
        return time.monotonic
    clock = time.pthread_getcpuclockid(threading.main_thread().ident)
    return lambda: time.clock_gettime(clock)


def _interrupt_main_thread():
    if hasattr(signal, "pthread_kill"):  # wakes a sleeping call too
        signal.pthread_kill(threading.main_thread().ident, signal.SIGINT)
    else:
        import _thread

        _thread.interrupt_main()


def _raise_at_every_line(frame):
    def on_line(frame, event, argument):
        if event == "line":
            raise TimeUp
        return on_line

    sys.settrace(on_line)
    while frame is not None and frame.f_code.co_filename != _OWN_FILE:
        frame.f_trace = on_line
        frame = frame.f_back


class Printed(io.TextIOBase):
    """A text stream that keeps the beginning of what is written to it and forgets the rest."""

    def __init__(self):
        self._kept = []
        self._length = 0
        self._is_cut = False

    def writable(self):
        return True

    def write(self, text):
        room = _PRINTED_CHARACTERS - self._length
        self._is_cut |= len(text) > room
        if room > 0:
            self._kept.append(text[:room])
            self._length += len(self._kept[-1])
        return len(text)

    def __str__(self):
        lines = "".join(self._kept).rstrip().split("\n")
        if self._is_cut or len(lines) > _PRINTED_LINES:
            lines = [*lines[:_PRINTED_LINES], "... (and more)"]
        return "\n".join(lines)


@contextlib.contextmanager
def guarded(seconds):
    """Run a block of an answer's calls with a time limit and with what it prints set aside.

    Yields:
        The :class:`Printed` that gets what would go to standard output and standard error.

    Raises:
        TimeUp: The time is up.
    """
    printed = Printed()
    with (
        contextlib.redirect_stdout(printed),
        contextlib.redirect_stderr(printed),
        time_limit(seconds),
    ):
        yield printed


def where_it_failed(error, own_folders):
    """Find the line of an answer that raised.

    Args:
        error: The exception.
        own_folders: Tuple of folders whose lines are not the student's.

    Returns:
        The line number and the stripped text of the last line that is the student's; (None, "") if none is.
    """
    lines = [
        entry
        for entry in traceback.extract_tb(error.__traceback__)
        if not entry.filename.startswith(own_folders)
        and "site-packages" not in entry.filename
        and not entry.filename.startswith(sys.base_prefix)
        and not entry.filename.startswith("<__array_function__")
    ]
    return (lines[-1].lineno, lines[-1].line or "") if lines else (None, "")
