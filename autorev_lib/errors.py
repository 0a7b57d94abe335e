"""The one kind of error that a person can put right."""

REINSTALL = "install the course again, or in a checkout restore the file with git restore"
INSTALL_LAB = 'pip install "autorev-lib[lab]", or in a checkout: make setup'


class AutorevError(Exception):
    """What is wrong, and the cure. The command line shows both in one line; its text is that line.

    Args:
        problem: What is wrong, as a sentence or a clause without a full stop.
        cure: What to do about it: a command or an action.
    """

    def __init__(self, problem, cure):
        super().__init__(problem, cure)
        self.problem = problem
        self.cure = cure

    def _render_traceback_(self):
        """In a notebook the one line stands without the library's own lines above it."""
        return [f"{type(self).__name__}: {self}"]

    def __str__(self):
        return f"{self.problem}. Cure: {self.cure}"
