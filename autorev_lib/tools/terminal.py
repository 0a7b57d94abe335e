"""What the commands print: text as it is, in any terminal."""

from rich.text import Text


def say(console, text, style=None):
    """Print text on a rich console as it is: no markup, no line breaks of our own."""
    console.print(Text(text, style=style or ""), soft_wrap=True)
