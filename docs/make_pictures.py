"""Make the README's moving picture: python docs/make_pictures.py (two minutes; needs Chromium and .[test])

A small network is trained and published, `autorev serve` serves it, and a browser draws on its page: one
digit that it reads, one that it misreads, and the correction.
"""

import io
import json
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import keras
from PIL import Image
from playwright.sync_api import expect, sync_playwright

from autorev_lib.data import load_mnist

ROOT = Path(__file__).parents[1]
PICTURE = ROOT / "docs" / "page.gif"
HANDWRITING = json.loads((ROOT / "tests" / "handwriting.json").read_text(encoding="utf-8"))

WINDOW = {"width": 920, "height": 900}  # wide enough for paper and reading side by side
WIDTH = 720
COLORS = 48
STEP_MS, PAUSE_MS = 90, 2200


def train(path):
    """Save a network that is right often enough to be shown, and wrong often enough to be corrected."""
    (x, y), _ = load_mnist()
    keras.utils.set_random_seed(1)
    network = keras.Sequential(
        [
            keras.Input((28, 28, 1)),
            keras.layers.Rescaling(1 / 255),
            keras.layers.Conv2D(16, 3, strides=2, activation="relu"),
            keras.layers.Conv2D(32, 3, strides=2, activation="relu"),
            keras.layers.Flatten(),
            keras.layers.Dense(64, activation="relu"),
            keras.layers.Dense(10, activation="softmax"),
        ]
    )
    network.compile("adam", "sparse_categorical_crossentropy")
    network.fit(x[..., None], y, batch_size=128, verbose=0)
    network.save(path)


def autorev(*arguments, **options):
    """Start the command as a person would."""
    command = [sys.executable, "-m", "autorev_lib", *map(str, arguments)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True, **options)


class Film:
    """The page in a browser, and what was taken of it: pictures with the milliseconds each is shown."""

    def __init__(self, page):
        self.page, self.frames = page, []

    def take(self, milliseconds):
        """Take a picture of the part of the page where one draws, reads and corrects."""
        image = Image.open(io.BytesIO(self.page.locator(".desk").screenshot())).convert("RGB")
        height = round(image.height * WIDTH / image.width)
        self.frames.append((image.resize((WIDTH, height), Image.Resampling.LANCZOS), milliseconds))

    def draw(self, strokes, filmed=False):
        """Draw strokes, lists of points (x, y) from 0 to 1; return the digit that is read."""
        box = self.page.get_by_label("Paper to draw on").bounding_box()
        for stroke in strokes:
            places = [(box["x"] + x * box["width"], box["y"] + y * box["height"]) for x, y in stroke]
            self.page.mouse.move(*places[0])
            self.page.mouse.down()
            for number, place in enumerate(places):
                self.page.mouse.move(*place, steps=3)
                if filmed and number % 2:
                    self.page.wait_for_timeout(STEP_MS)  # the page asks for a reading while one draws
                    self.take(STEP_MS)
            self.page.mouse.up()
        expect(self.page.locator("#reading[aria-busy=false]")).to_be_attached()
        return self.page.locator("#digit").inner_text()

    def clear(self):
        """Press the button that clears the paper."""
        self.page.get_by_role("button", name="Clear").click()
        expect(self.page.locator("#digit")).to_have_text("?")

    def save(self, path):
        """Write all pictures as a GIF that repeats, in colours that they share."""
        pictures, milliseconds = zip(*self.frames, strict=True)
        most_colours = max(
            pictures, key=lambda picture: len(picture.getcolors(picture.width * picture.height))
        )
        palette = most_colours.quantize(COLORS)
        first, *rest = (picture.quantize(palette=palette, dither=Image.Dither.NONE) for picture in pictures)
        first.save(path, save_all=True, append_images=rest, duration=milliseconds, loop=0, optimize=True)


def play(film):
    """Draw one digit that is read and one that is misread, and correct the latter."""
    outcomes = {}
    for digits in HANDWRITING.values():
        for digit, strokes in digits.items():
            outcomes.setdefault(film.draw(strokes) == digit, (digit, strokes))
            film.clear()
    film.take(STEP_MS)
    film.draw(outcomes[True][1], filmed=True)
    film.take(PAUSE_MS)
    film.clear()
    digit, strokes = outcomes[False]
    film.draw(strokes, filmed=True)
    film.take(PAUSE_MS)
    film.page.get_by_role("button", name=f"That was a {digit}").click()
    expect(film.page.locator("#outcome")).to_contain_text("Stored")
    film.take(PAUSE_MS)


def main():
    """Train, publish, serve, draw, and write the picture."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        train(folder / "network.keras")
        autorev("publish", folder / "models", folder / "network.keras").communicate()
        server = autorev("serve", folder / "models", "--port", 0, bufsize=1)
        try:
            url = next(match[0] for line in server.stdout if (match := re.search(r"http://[\w.:]+", line)))
            with sync_playwright() as playwright:
                browser = playwright.chromium.launch(
                    executable_path=shutil.which("chromium"), args=["--no-sandbox", "--disable-gpu"]
                )
                film = Film(browser.new_page(viewport=WINDOW))
                film.page.goto(url)
                play(film)
                browser.close()
        finally:
            server.terminate()
            server.communicate()
    film.save(PICTURE)
    print(f"Wrote {PICTURE}, {PICTURE.stat().st_size / 1000:.0f} kB")


if __name__ == "__main__":
    main()
