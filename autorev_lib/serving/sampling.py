"""Who is asked what they are drawing, and how much one session may send."""

import secrets
import threading
import time
from collections import deque

SHARE = 0.25
"""Of the drawings, picked by lot, people are asked what they show before anything is read."""

_HOUR = 3600
_MAX_ASKED = 1000
_lot = secrets.SystemRandom()


class Quota:
    """Counts what came within the last hour.

    A session is what a client says it is, so the limit of a session stops the careless, and that of all
    sessions together whoever makes up new ones.

    Args:
        per_session: How much may come from one session in an hour.
        in_all: How much may come in an hour.
    """

    def __init__(self, per_session, in_all):
        self._limits = per_session, in_all
        self._taken = deque()
        self._lock = threading.Lock()

    def take(self, session):
        """Count one more; False if it is too much, and then it is not counted."""
        now = time.monotonic()
        per_session, in_all = self._limits
        with self._lock:
            while self._taken and now - self._taken[0][0] > _HOUR:
                self._taken.popleft()
            if len(self._taken) >= in_all or sum(each == session for _, each in self._taken) >= per_session:
                return False
            self._taken.append((now, session))
            return True


class Sampler:
    """Draws lots, and remembers whom it asked: a label counts only for a question that was asked, and once.

    Args:
        quota: A :class:`Quota` of questions, so that no session is heard more than the others together.
    """

    def __init__(self, quota):
        self._quota = quota
        self._asked = {}
        self._lock = threading.Lock()

    def ask(self, session):
        """Draw the lot of a new drawing: a token if its author is asked, else None."""
        if _lot.random() >= SHARE or not self._quota.take(session):
            return None
        token = secrets.token_hex(16)
        with self._lock:
            self._asked[token] = session
            if len(self._asked) > _MAX_ASKED:
                del self._asked[next(iter(self._asked))]  # the oldest: whoever it was has gone away
        return token

    def answered(self, token):
        """The session that was asked, which is forgotten with this; None if there was no such question."""
        with self._lock:
            return self._asked.pop(token, None)

    def put_back(self, token, session):
        """Wait for the answer again: it could not be kept."""
        with self._lock:
            self._asked[token] = session
