"""The page, in a real browser, on a real server that runs a freshly trained model.

`handwriting.json` holds the ten digits in five handwritings, as strokes: lists of points (x, y), 0 to 1 of
the paper's side. No shape in it was changed after a model had read it.
"""

import contextlib
import itertools
import json
import os
import re
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from autorev_lib.data import IMAGE_SHAPE, load_mnist

sync_api = pytest.importorskip("playwright.sync_api", reason="needs Playwright: pip install playwright")

HANDWRITING = json.loads(Path(__file__).with_name("handwriting.json").read_text(encoding="utf-8"))
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "msedge")
BROWSER_PLACES = (
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    *(
        rf"{os.environ[folder]}\Google\Chrome\Application\chrome.exe"
        for folder in ("PROGRAMFILES", "PROGRAMFILES(X86)", "LOCALAPPDATA")
        if folder in os.environ
    ),
)
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
DESKTOP, PHONE, NARROW = ({"width": w, "height": h} for w, h in ((1200, 900), (390, 844), (320, 640)))
MAX_SECONDS = 20

expect = sync_api.expect
expect.set_options(timeout=1000 * MAX_SECONDS)


@pytest.fixture(scope="module")
def browser():
    with sync_api.sync_playwright() as playwright:
        own = playwright.chromium.executable_path
        paths = [*filter(None, map(shutil.which, BROWSERS)), *BROWSER_PLACES, own]
        path = next((path for path in paths if Path(path).exists()), None)
        if path is None:
            pytest.skip(
                "needs Chromium or Chrome: on Debian apt-get install chromium, "
                "elsewhere python -m playwright install chromium"
            )
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture(scope="module")
def models(tmp_path_factory):
    """A folder of models with one version: a small network, trained for one epoch on a third of MNIST."""
    keras = pytest.importorskip("keras")
    if keras.backend.backend() != "tensorflow":
        pytest.skip(f"needs Keras on TensorFlow to write LiteRT files, received {keras.backend.backend()}")
    from autorev_lib.export import to_litert
    from autorev_lib.serving import monitor, versions

    (x_train, y_train), (x_test, _) = load_mnist()
    layers = keras.layers
    keras.utils.set_random_seed(1)
    model = keras.Sequential(
        [
            keras.Input(IMAGE_SHAPE),
            layers.Rescaling(1 / 255),
            layers.Reshape((*IMAGE_SHAPE, 1)),
            layers.Conv2D(16, 3, strides=2, activation="relu"),
            layers.Conv2D(32, 3, strides=2, activation="relu"),
            layers.Flatten(),
            layers.Dense(64, activation="relu"),
            layers.Dense(10, activation="softmax"),
        ]
    )
    model.compile(keras.optimizers.Adam(2e-3), "sparse_categorical_crossentropy")
    model.fit(x_train[:20_000], y_train[:20_000], batch_size=128, verbose=0)
    probabilities = model.predict(x_test, batch_size=1000, verbose=0)

    folder = tmp_path_factory.mktemp("page")
    to_litert(model, folder / "model.tflite")
    monitor.Reference.build(x_test, probabilities).save(folder / "reference.npz")
    versions.add(
        folder / "models",
        "digits",
        folder / "model.tflite",
        x_test[:8],
        probabilities[:8],
        labels="0123456789",
        reference=folder / "reference.npz",
    )
    return folder / "models"


class Server:
    """`autorev serve` in a process of its own, which can be stopped and started again at the same address."""

    def __init__(self, models, log):
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self._port = free.getsockname()[1]
        self.url = f"http://127.0.0.1:{self._port}/"
        self._models, self._log = models, log

    def start(self):
        command = [sys.executable, "-m", "autorev_lib", "serve", self._models, "--port", str(self._port)]
        with open(self._log, "ab") as log:
            self._process = subprocess.Popen(command, stdout=log, stderr=log)
        end = time.monotonic() + MAX_SECONDS
        while time.monotonic() < end and self._process.poll() is None:
            with contextlib.suppress(OSError):
                return self.get("monitor")
            time.sleep(0.1)
        pytest.fail(f"the server does not answer; it said:\n{self._log.read_text(encoding='utf-8')[-3000:]}")

    def stop(self):
        self._process.terminate()
        self._process.wait(MAX_SECONDS)

    def get(self, path):
        with urllib.request.urlopen(self.url + path, timeout=5) as answer:
            return json.load(answer)

    def post(self, path, body):
        headers = {"Content-Type": "application/json"}
        request = urllib.request.Request(self.url + path, json.dumps(body).encode(), headers)
        with urllib.request.urlopen(request, timeout=5) as answer:
            return json.load(answer)


@pytest.fixture(scope="module")
def server(models, tmp_path_factory):
    server = Server(models, tmp_path_factory.mktemp("log") / "server.log")
    server.start()
    yield server
    server.stop()


STROKE = """(paper, places) => {
  const send = (type, [clientX, clientY]) =>
    paper.dispatchEvent(new PointerEvent(type, { pointerId: 1, button: 0, clientX, clientY }));
  send("pointerdown", places[0]);
  places.slice(1).forEach((place) => send("pointermove", place));
  send("lostpointercapture", places.at(-1));
}"""


class Desk:
    """The page as a person has it before them. What goes wrong in the browser is kept in ``complaints``."""

    def __init__(self, page, server):
        self.page, self.server = page, server
        self.complaints, self.requests = [], []
        page.on("console", lambda message: self.complaints.append(message.text))
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.on("request", lambda request: self.requests.append(request))
        page.set_default_timeout(1000 * MAX_SECONDS)
        page.goto(server.url)
        self.paper = page.get_by_label("Paper to draw on")
        self.digit, self.certainty = page.locator("#digit"), page.locator("#certainty")
        self.outcome, self.announcer = page.locator("#outcome"), page.locator("#announcer p").last

    def places(self, stroke):
        """Where the points of a stroke are in the window, in CSS pixels."""
        box = self.paper.bounding_box()
        return [(box["x"] + x * box["width"], box["y"] + y * box["height"]) for x, y in stroke]

    def draw(self, strokes):
        for stroke in strokes:
            places = self.places(stroke)
            self.page.mouse.move(*places[0])
            self.page.mouse.down()
            for place in places[1:]:
                self.page.mouse.move(*place)
            self.page.mouse.up()

    def draw_with_finger(self, strokes):
        session = self.page.context.new_cdp_session(self.page)
        for stroke in strokes:
            kind = "touchStart"
            for x, y in self.places(stroke):
                session.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": [{"x": x, "y": y}]})
                kind = "touchMove"
            session.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})

    def draw_at_once(self, strokes):
        """Draw with events made in the page: a real mouse waits 20 ms at each point for the browser."""
        for stroke in strokes:
            self.paper.evaluate(STROKE, self.places(stroke))

    def read(self):
        """The digit that the page shows once the model has seen all of the drawing."""
        expect(self.page.locator("#reading[aria-busy=false]")).to_be_attached()
        return self.digit.inner_text()

    def clear(self):
        self.page.get_by_role("button", name="Clear").click()
        expect(self.digit).to_have_text("?")

    def correct(self, digit):
        self.page.get_by_role("button", name=f"That was a {digit}").click()

    def drawings(self):
        """What was sent to be read."""
        return [r.post_data_json for r in self.requests if r.url == f"{self.server.url}draw"]


@pytest.fixture
def open_desk(browser, server):
    """Open the page, more than once if need be, and see that nothing went wrong in the browser."""
    desks = []

    def open_desk(**options):
        context = browser.new_context(**{"viewport": DESKTOP, **options})
        desks.append(Desk(context.new_page(), server))
        return desks[-1]

    yield open_desk
    for desk in desks:
        desk.page.context.close()
        assert not desk.complaints
        assert {request.url for request in desk.requests if not request.url.startswith(server.url)} == set()


@pytest.fixture
def desk(open_desk):
    return open_desk()


def test_digits_in_five_handwritings_are_read(open_desk):
    """One is drawn with a finger, one with the mouse, the others by events of the page."""
    desk = open_desk(viewport=PHONE, has_touch=True)
    wrong = []
    for hand, digits in HANDWRITING.items():
        draw = {"european": desk.draw_with_finger, "upright": desk.draw}.get(hand, desk.draw_at_once)
        for digit, strokes in digits.items():
            draw(strokes)
            if (received := desk.read()) != digit:
                wrong.append(f"{hand} {digit} read as {received}")
            desk.clear()
    total = sum(map(len, HANDWRITING.values()))
    print(f"{total - len(wrong)} of {total} right; {wrong}")
    assert len(wrong) <= 0.1 * total, wrong


def test_the_reading_moves_while_one_draws(desk):
    places = desk.places(HANDWRITING["upright"]["0"][0])
    shares, in_flight, most = [], set(), []

    def started(request):
        in_flight.add(request)
        most.append(sum(request.url.endswith("draw") for request in in_flight))

    desk.page.on("request", started)
    desk.page.on("requestfinished", lambda request: in_flight.discard(request))
    desk.page.mouse.move(*places[0])
    desk.page.mouse.down()
    for place in places[1:]:
        desk.page.mouse.move(*place)
        desk.page.wait_for_timeout(40)
        shares.append(desk.page.locator("#bars").inner_text())
    assert len(set(shares)) > 3
    assert max(most) == 1
    assert not any(drawing["finished"] for drawing in desk.drawings())
    desk.page.mouse.up()
    expect(desk.announcer).to_have_text(re.compile(r"^Read as 0, \d+ % sure\.$"))
    assert [drawing["finished"] for drawing in desk.drawings()].count(True) == 1
    assert desk.drawings()[-1]["finished"]


def test_a_late_answer_does_not_come_back_after_clearing(desk):
    held = []

    def hold_the_first(route):
        if held:
            route.continue_()
        held.append(route)

    desk.page.route("**/draw", hold_the_first)
    desk.draw(HANDWRITING["upright"]["8"])
    while not held:
        desk.page.wait_for_timeout(20)
    desk.clear()
    held[0].continue_()
    desk.page.wait_for_timeout(400)
    assert desk.digit.inner_text() == "?"
    desk.draw(HANDWRITING["upright"]["0"])
    assert desk.read() == "0"


def test_it_shows_what_the_model_saw(desk):
    desk.draw(HANDWRITING["upright"]["0"])
    desk.read()
    opacity = desk.page.evaluate(
        "[...document.getElementById('seen').getContext('2d').getImageData(0, 0, 28, 28).data]"
    )[3::4]
    seen = np.array(opacity).reshape(28, 28)
    rows, columns = np.flatnonzero(seen.any(axis=1)), np.flatnonzero(seen.any(axis=0))
    assert max(np.ptp(rows), np.ptp(columns)) == 19
    assert abs(np.average(np.arange(28), weights=seen.sum(axis=1)) - 14) < 0.6
    assert seen[12:16, 12:16].max() == 0, "expected the hole of the 0 in the middle"


def test_what_was_picked_by_lot_is_asked_for_before_it_is_read(desk):
    """Or people would answer when they see a mistake, and the sample would be corrections again."""
    token, refusals = "a" * 32, [503]

    def take_sample(route):
        body = {"error": "the disk is full"} if refusals else {"samples": 1}
        route.fulfill(status=refusals.pop() if refusals else 201, json=body)

    desk.page.route("**/questions", lambda route: route.fulfill(json={"token": token}))
    desk.page.route("**/samples", take_sample)
    question, asked = desk.page.locator("#question"), desk.page.get_by_text("What are you drawing?")
    desk.draw(HANDWRITING["upright"]["4"])
    expect(question).to_be_visible()
    expect(asked).to_be_visible()
    desk.page.wait_for_timeout(1300)  # a drawing that has rested
    assert desk.drawings() == [] and desk.digit.inner_text() == "?"
    desk.correct(4)
    expect(desk.outcome).to_contain_text("Not confirmed: the disk is full. Your drawing is still here")
    assert desk.drawings() == []
    desk.correct(4)
    expect(desk.outcome).to_have_text("Stored: you drew a 4. Thank you.")
    expect(question).to_be_hidden()
    assert desk.read() == "4"
    sent = [r.post_data_json for r in desk.requests if r.url.endswith("/samples")][-1]
    assert (sent["label"], sent["token"], sent["width"]) == ("4", token, 140)
    asking = [r.post_data_json for r in desk.requests if r.url.endswith("/questions")]
    assert len(asking) == 1 and re.fullmatch("[0-9a-f]{32}", asking[0]["session"])

    desk.clear()
    desk.draw(HANDWRITING["upright"]["0"])
    expect(question).to_be_visible()
    desk.page.get_by_role("button", name="Skip").click()
    assert desk.read() == "0"
    desk.page.unroute("**/questions")
    desk.clear()
    desk.draw(HANDWRITING["upright"]["0"])  # nobody is asked while there is no shadow
    assert desk.read() == "0"
    expect(desk.page.get_by_text("Wrong? What did you draw?")).to_be_visible()
    assert any("503" in complaint for complaint in desk.complaints)
    desk.complaints.clear()


@pytest.fixture
def picture(tmp_path):
    """A picture file of three digits in two lines, dark on light, with a dot; and their labels."""
    (_, _), (x_test, y_test) = load_mnist(small=True)
    sheet = np.full((300, 400), 235, np.uint8)
    for at, (top, left) in zip((0, 1, 2), ((20, 30), (10, 220), (160, 120)), strict=True):
        sheet[top : top + 112, left : left + 112] -= np.kron(x_test[at], np.ones((4, 4), np.uint8)) // 4 * 3
    sheet[280:285, 20:25] = 0
    Image.fromarray(sheet).save(tmp_path / "three.png")
    return tmp_path / "three.png", "".join(map(str, y_test[:3]))


CARRY = """([name, bytes, kind]) => {
  const carried = new DataTransfer();
  carried.items.add(new File([new Uint8Array(bytes)], name));
  const options = { bubbles: true, cancelable: true, dataTransfer: carried, clipboardData: carried };
  const event = kind === "paste" ? ClipboardEvent : DragEvent;
  document.body.dispatchEvent(new event(kind, options));
}"""


@pytest.mark.parametrize("way", ["choose", "drop", "paste"])
def test_a_picture_of_digits_is_read_as_one_number(open_desk, server, picture, way):
    file, number = picture
    desk = open_desk(viewport={"width": 360, "height": 740})
    region = desk.page.get_by_role("region", name="Read a picture")
    before = server.get("monitor")["requests"]
    if way == "choose":
        with desk.page.expect_file_chooser() as chooser:
            region.get_by_role("button", name="Choose a picture").press("Enter")
        chooser.value.set_files(file)
    else:
        desk.page.evaluate(CARRY, [file.name, list(file.read_bytes()), way])
    expect(region.locator("#number")).to_have_text(number)
    expect(desk.announcer).to_have_text(re.compile(rf"^The picture was read as {number}, \d+\s% sure of all"))
    seen = region.get_by_role("list", name="Digits in the picture, in order").get_by_role("listitem")
    expect(seen).to_have_text([re.compile(rf"^{digit}, \d+\s%$") for digit in number])
    for item in seen.all():
        ink = "c => [...c.getContext('2d').getImageData(0, 0, 28, 28).data].filter((v) => v === 255).length"
        assert 20 < item.locator("canvas").evaluate(ink) < 400
    expect(region.get_by_role("img", name="Your picture; digits found: 3")).to_be_visible()
    assert desk.page.evaluate("document.documentElement.scrollWidth") <= 360
    assert server.get("monitor")["requests"] == before + 1


def test_a_file_that_is_no_picture_is_named_and_the_next_one_is_read(desk, picture, tmp_path):
    file, number = picture
    words = tmp_path / "words.txt"
    words.write_text("7")
    desk.page.locator("#file").set_input_files(words)
    outcome = desk.page.locator("#picture-outcome")
    expect(outcome).to_contain_text("Not read: picture: expected a PNG, JPEG")
    expect(desk.announcer).to_contain_text("Not read")
    assert "422" in desk.complaints.pop()
    (tmp_path / "huge.jpg").write_bytes(bytes(17 << 20))
    desk.page.locator("#file").set_input_files(tmp_path / "huge.jpg")
    expect(outcome).to_contain_text("Not read: expected at most 16 MiB")
    desk.page.locator("#file").set_input_files(file)
    expect(desk.page.locator("#number")).to_have_text(number)
    expect(outcome).to_be_hidden()


def test_a_correction_is_confirmed_when_it_is_stored(desk, server):
    before = server.get("monitor")["corrections"]["total"]
    desk.draw(HANDWRITING["child"]["3"])
    read = desk.read()
    desk.correct(9)
    expect(desk.outcome).to_have_text(f"Stored: that was a 9, and it was read as a {read}. Thank you.")
    after = server.get("monitor")["corrections"]
    assert after["total"] == before + 1
    assert (after["recent"][0]["label"], after["recent"][0]["predicted"]) == ("9", read)
    assert desk.digit.inner_text() == "?"
    newest = desk.page.get_by_role("list", name="Newest corrections").get_by_role("listitem").first
    expect(newest).to_have_text(f"9 read as {read}")
    assert newest.locator("canvas").evaluate(
        "c => c.getContext('2d').getImageData(0, 0, 28, 28).data.some(Boolean)"
    )


def test_a_correction_that_is_not_stored_keeps_the_drawing(desk, server):
    before = server.get("monitor")["corrections"]["total"]
    desk.correct(4)
    expect(desk.outcome).to_have_text("Draw a digit first, then say what it was.")
    desk.draw(HANDWRITING["upright"]["4"])
    read = desk.read()

    def full_disk(route):
        route.fulfill(status=503, json={"error": "the disk is full"})

    def no_answer(route):
        route.abort()

    for answer, reason in ((full_disk, "the disk is full"), (no_answer, "the server did not answer")):
        desk.page.route("**/corrections", answer)
        desk.correct(4)
        expect(desk.outcome).to_contain_text(f"Not confirmed: {reason}. Your drawing is still here")
        desk.page.unroute("**/corrections")
        assert desk.digit.inner_text() == read
    assert server.get("monitor")["corrections"]["total"] == before
    desk.correct(4)
    expect(desk.outcome).to_contain_text("Stored: that was a 4")
    assert server.get("monitor")["corrections"]["total"] == before + 1
    expected = ["503", "ERR_FAILED"]
    assert [e for e, complaint in zip(expected, desk.complaints, strict=True) if e in complaint] == expected
    desk.complaints.clear()


def test_drawing_with_the_keyboard(desk):
    keyboard = desk.page.keyboard
    keyboard.press("Tab")
    expect(desk.paper).to_be_focused()
    for _ in range(6):
        keyboard.press("ArrowLeft")
    keyboard.press("Space")
    for _ in range(12):
        keyboard.press("ArrowRight")
    keyboard.down("ArrowLeft")
    for _ in range(6):
        keyboard.down("ArrowDown")  # both are held: slantwise
    keyboard.up("ArrowLeft")
    for _ in range(9):
        keyboard.down("ArrowDown")
    keyboard.up("ArrowDown")
    assert desk.read() == "7"
    assert not desk.drawings()[-1]["finished"]
    keyboard.press("Space")
    expect(desk.announcer).to_have_text(re.compile(r"^Read as 7, \d+ % sure\.$"))
    assert desk.drawings()[-1]["finished"]
    keyboard.press("ArrowUp")
    expect(desk.announcer).to_have_text(re.compile(r"^Pen at column \d+, row \d+ of 28\.$"))
    keyboard.press("Delete")
    expect(desk.digit).to_have_text("?")
    keyboard.press("Tab")
    expect(desk.page.get_by_role("button", name="Clear")).to_be_focused()
    for digit in range(10):
        keyboard.press("Tab")
        expect(desk.page.get_by_role("button", name=f"That was a {digit}")).to_be_focused()


def test_it_survives_a_server_that_goes_away(desk, server):
    desk.draw(HANDWRITING["upright"]["3"][:1])
    desk.read()
    server.stop()
    away = desk.page.get_by_role("alert")
    expect(away).to_contain_text("The server does not answer.")
    desk.clear()
    desk.draw(HANDWRITING["upright"]["6"])
    assert desk.digit.inner_text() == "?"
    server.start()
    expect(away).to_be_hidden()
    assert desk.read() == "6"
    assert desk.complaints
    assert all("net::ERR" in complaint for complaint in desk.complaints)
    desk.complaints.clear()


def test_what_the_server_says_of_itself_is_shown(desk, server):
    """Some hundred inverted digits later the page shows requests, drift, and much doubt."""
    (_, _), (x_test, _) = load_mnist(small=True)
    inverted = 255 - x_test[:400]
    for at in range(0, 400, 25):
        server.post("v1/models/digits:predict", {"instances": inverted[at : at + 25].tolist()})
    expect(desk.page.locator("#drift")).to_have_text("Drifting")
    expect(desk.page.get_by_role("log")).to_contain_text("Drifting. 200 digits did not look like")
    monitor = server.get("monitor")
    assert monitor["drift"]["state"] == "drift"
    signals = desk.page.get_by_role("list", name="Signals and their thresholds").get_by_role("listitem")
    expect(signals).to_have_count(len(monitor["drift"]["signals"]))
    over = [signal["name"] for signal in monitor["drift"]["signals"] if signal["value"] > signal["threshold"]]
    assert over
    for name in over:
        expect(signals.filter(has_text=name)).to_contain_text("over")
    expect(desk.page.locator("#version")).to_have_text(f"digits, version {monitor['version']}")
    expect(desk.page.locator("#requests")).to_contain_text(re.compile(r"\d"))
    for percentile in ("#p50", "#p99"):
        expect(desk.page.locator(percentile)).to_have_text(re.compile(r"^[\d.]+\sms$"))
    expect(desk.page.locator("#histogram rect")).to_have_count(len(monitor["confidence"]["counts"]))
    expect(desk.page.locator("#confidence")).to_contain_text("in the reference")


def test_a_new_version_reads_what_is_on_the_paper(desk, server, models):
    from autorev_lib.serving import versions

    expect(desk.page.locator("#version")).to_have_text("digits, version 1")
    desk.draw(HANDWRITING["upright"]["7"])
    desk.read()
    expect(desk.announcer).to_contain_text("Read as")
    before = len(desk.drawings())
    files = models / "digits" / "1"
    with np.load(files / versions.GOLDEN, allow_pickle=False) as golden:
        inputs, outputs = golden["inputs"], golden["outputs"]
    added = versions.add(
        models,
        "digits",
        files / versions.MODEL,
        inputs,
        outputs,
        labels="0123456789",
        reference=files / versions.REFERENCE,
    )
    expect(desk.page.get_by_text(f"Version {added.number} is in service now.")).to_be_attached()
    expect(desk.page.locator("#version")).to_have_text(f"digits, version {added.number}")
    assert desk.read() == "7"
    (again,) = desk.drawings()[before:]
    assert not again["finished"], "expected that nothing is counted twice"


def test_a_refused_version_is_named(desk, server):
    refused = [{"version": 7, "reason": "golden outputs: expected a difference of at most 0.001"}]
    monitor = {**server.get("monitor"), "refused": refused}
    desk.page.route("**/monitor", lambda route: route.fulfill(json=monitor))
    item = desk.page.get_by_role("list", name="Refused versions").get_by_role("listitem")
    expect(item).to_have_text(f"Version 7 refused: {refused[0]['reason']}")


@pytest.mark.parametrize("viewport", [DESKTOP, PHONE, NARROW], ids=lambda size: f"{size['width']}px")
def test_nothing_is_wider_than_the_window(open_desk, viewport):
    desk = open_desk(viewport=viewport)
    desk.draw(HANDWRITING["upright"]["5"])
    desk.read()
    desk.correct(5)
    expect(desk.outcome).to_contain_text("Stored")
    assert desk.page.evaluate("document.documentElement.scrollWidth") <= viewport["width"]
    for button in desk.page.get_by_role("button").all():
        box = button.bounding_box()
        assert min(box["width"], box["height"]) >= 44, "expected targets that a finger hits"
        assert box["x"] + box["width"] <= viewport["width"]


def test_it_works_in_a_frame_and_below_a_path(desk, server):
    """As on Colab, where a proxy shows the page inside the notebook."""
    proxied = []

    def proxy(route):
        proxied.append(route.request.url.removeprefix(f"{server.url}proxy/8000/"))
        route.continue_(url=server.url + proxied[-1])

    desk.page.route("**/proxy/8000/**", proxy)
    notebook = '<iframe src="proxy/8000/" width="900" height="700"></iframe>'
    desk.page.route("**/notebook", lambda route: route.fulfill(body=notebook, content_type="text/html"))
    desk.page.goto(f"{server.url}notebook")
    frame = desk.page.frame_locator("iframe")
    desk.paper = frame.get_by_label("Paper to draw on")
    desk.draw(HANDWRITING["upright"]["2"])
    expect(frame.locator("#digit")).to_have_text("2")
    assert {"", "page.js", "page.css", "draw", "monitor"} <= set(proxied)


CONTRASTS = """() => {
  const canvas = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
  const rgb = (colour) => {
    canvas.clearRect(0, 0, 1, 1);
    canvas.fillStyle = colour;
    canvas.fillRect(0, 0, 1, 1);
    return [...canvas.getImageData(0, 0, 1, 1).data];
  };
  const linear = (value) => (value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4);
  const luminance = (colour) => {
    const [r, g, b] = rgb(colour).map((value) => linear(value / 255));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const results = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const element = walker.currentNode.parentElement;
    if (!walker.currentNode.textContent.trim() || !element.checkVisibility()) continue;
    let ground = element;
    while (ground && rgb(getComputedStyle(ground).backgroundColor)[3] === 0) ground = ground.parentElement;
    const pair = [getComputedStyle(element).color, getComputedStyle(ground).backgroundColor].map(luminance);
    results.push([element.textContent.trim(), (Math.max(...pair) + 0.05) / (Math.min(...pair) + 0.05)]);
  }
  return results;
}"""


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_text_stands_out_from_its_ground(open_desk, scheme):
    """WCAG 2.2, 1.4.3 (AA): 4.5 to 1 for every text."""
    desk = open_desk(color_scheme=scheme)
    desk.draw(HANDWRITING["upright"]["2"])
    desk.read()
    desk.correct(2)
    expect(desk.outcome).to_contain_text("Stored")
    contrasts = desk.page.evaluate(CONTRASTS)
    assert len(contrasts) > 50
    assert [(text, round(ratio, 2)) for text, ratio in contrasts if ratio < 4.5] == []


def test_the_focus_shows(desk):
    for _ in range(12):
        desk.page.keyboard.press("Tab")
        outline = desk.page.evaluate("getComputedStyle(document.activeElement).outline")
        assert "solid 3px" in outline


def test_a_screen_reader_finds_its_way(desk):
    desk.draw(HANDWRITING["upright"]["2"])
    desk.read()
    tree = desk.page.locator("body").aria_snapshot()
    levels = [int(level) for level in re.findall(r"heading .*\[level=(\d)\]", tree)]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(below - above <= 1 for above, below in itertools.pairwise(levels))
    for expected in (
        'application "Paper to draw on"',
        'button "Clear"',
        'button "Choose a picture"',
        *(f'button "That was a {digit}"' for digit in range(10)),
        'list "Probability of each digit"',
        'img "What the model sees: your drawing, centred"',
        'log "What happened"',
    ):
        assert expected in tree
    assert re.search(r"listitem: 2 \d+ %", tree)
    keys = re.compile("Arrow keys move the pen.*Space.*Delete clears")
    expect(desk.paper).to_have_accessible_description(keys)
    ids = desk.page.evaluate("[...document.querySelectorAll('[id]')].map((element) => element.id)")
    assert len(ids) == len(set(ids))
    assert desk.page.evaluate("document.documentElement.lang") == "en"


def test_nothing_moves_for_people_who_do_not_want_it(open_desk):
    duration = "getComputedStyle(document.querySelector('.bars .fill')).transitionDuration"
    assert float(open_desk().page.evaluate(duration).removesuffix("s")) > 0
    assert float(open_desk(reduced_motion="reduce").page.evaluate(duration).removesuffix("s")) == 0
