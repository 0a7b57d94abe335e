import json
import threading
from typing import NamedTuple

import numpy as np
import pytest
from scipy import ndimage, stats
from sklearn.linear_model import LogisticRegression

from autorev_lib import data
from autorev_lib.serving.monitor import SIGNALS, Monitor, Reference, measure
from autorev_lib.serving.watcher import Monitoring


def predictor(images, labels):
    """A model that is quick to train: returns the function from images to probabilities."""
    model = LogisticRegression(max_iter=50).fit(halved(images), labels)
    return lambda images: model.predict_proba(halved(images))


def halved(images):
    """Images at half the resolution, flat, 0 to 1."""
    return images.reshape(-1, 14, 2, 14, 2).mean(axis=(2, 4)).reshape(-1, 196) / 255


@pytest.fixture(scope="module")
def mnist():
    return data.load_mnist()


@pytest.fixture(scope="module")
def predict(mnist):
    (images, labels), _ = mnist
    return predictor(images[:5000], labels[:5000])


@pytest.fixture(scope="module")
def reference(mnist, predict):
    images = mnist[0][0][-5000:]
    return Reference.build(images, predict(images))


@pytest.fixture(scope="module")
def drawn():
    """1,000 windows of 200 test images: every test image is in 20 of them, never twice in one."""
    rng = np.random.default_rng(5)
    return np.concatenate([rng.permutation(10_000).reshape(50, 200) for _ in range(20)])


def share_of_alarms(reference, values, windows):
    """The share of windows in which a signal exceeds its threshold."""
    far = reference.distances(values[:, windows]) > reference.thresholds[:, None]
    return far.any(axis=0).mean()


def rotated(images, degrees):
    turned = ndimage.rotate(images, degrees, axes=(2, 1), reshape=False, order=1)
    return np.clip(turned, 0, 255).astype(np.uint8)


def noisy(images, sigma):
    noise = np.random.default_rng(6).normal(0, 255 * sigma, images.shape)
    return np.clip(images + noise, 0, 255).astype(np.uint8)


def shifted(images, right):
    return np.pad(images, ((0, 0), (0, 0), (right, 0)))[:, :, :28]


def test_a_clean_window_seldom_raises_an_alarm(reference, mnist, predict, drawn):
    images = mnist[1][0]
    assert share_of_alarms(reference, measure(images, predict(images)), drawn) <= 0.01


@pytest.mark.parametrize(
    "change",
    [
        lambda images: rotated(images, 30),
        lambda images: rotated(images, -30),
        lambda images: 255 - images,
        lambda images: noisy(images, sigma=0.3),
        lambda images: shifted(images, right=4),
    ],
    ids=["30 degrees", "-30 degrees", "inverted", "noise of 0.3", "4 pixels"],
)
def test_drift_is_detected(reference, mnist, predict, drawn, change):
    images = change(mnist[1][0])
    assert share_of_alarms(reference, measure(images, predict(images)), drawn) >= 0.95


def test_the_false_alarm_rate_holds_for_all_signals_together():
    """Where neighbours have nothing in common, windows are as alike as chance allows: the rate is met."""
    rng = np.random.default_rng(0)
    images = rng.integers(0, 256, (25_000, 28, 28), dtype=np.uint8)
    probabilities = rng.dirichlet([1] * 10, len(images))
    clean = Reference.build(images[:5000], probabilities[:5000], window=40, false_alarm_rate=0.05)
    windows = np.arange(5000, 25_000).reshape(-1, 40)
    assert 0.025 < share_of_alarms(clean, measure(images, probabilities), windows) < 0.1


def test_neighbours_that_are_alike_raise_the_threshold(reference, mnist, predict):
    shuffled = np.random.default_rng(0).permutation(mnist[0][0][-5000:])
    out_of_order = Reference.build(shuffled, predict(shuffled))
    slant = SIGNALS.index("slant")
    assert reference.thresholds[slant] > 1.5 * out_of_order.thresholds[slant]


@pytest.mark.parametrize("degrees", [0, -10, 10])
def test_distances_agree_with_scipy(reference, mnist, predict, degrees):
    images = rotated(mnist[1][0][:200], degrees)
    values = measure(images, predict(images))
    values[-2, :50] = reference.values[-2, 4000]  # ties of some
    values[-1] = reference.values[-1, 2500]  # and of all, with many of the reference
    expected = [
        stats.ks_2samp(window, clean, method="asymp").statistic
        for window, clean in zip(values, reference.values, strict=True)
    ]
    np.testing.assert_allclose(reference.distances(values), expected, atol=1e-9)


def test_signals_of_a_bar():
    """A bar of full ink, 2 wide and 20 high, whose lower half lies 4 pixels further right."""
    image = np.zeros((1, 28, 28), np.uint8)
    image[0, 2:12, 10:12] = 255
    image[0, 12:22, 14:16] = 255
    measured = dict(zip(SIGNALS, measure(image, np.array([[0.3, 0.7]]))[:, 0], strict=True))
    y = np.repeat(np.arange(2, 22), 2)
    x = np.where(y < 12, 10, 14) + np.tile([0, 1], 20)
    assert measured["ink"] == pytest.approx(40 / 784)
    assert measured["horizontal centre"] == pytest.approx(x.mean() - 13.5, abs=1e-4)
    assert measured["vertical centre"] == pytest.approx(y.mean() - 13.5, abs=1e-4)
    assert measured["spread"] == pytest.approx(np.sqrt(x.var() + y.var()), rel=1e-4)
    assert measured["slant"] == pytest.approx(np.polyfit(y, x, 1)[0], rel=1e-4)
    assert measured["edges"] == pytest.approx((40 / (27 * 28) + 8 / (27 * 28)) / 2, rel=1e-4)
    assert measured["confidence"] == pytest.approx(0.7, abs=1 / 512)


@pytest.mark.parametrize("value", [0, 255])
def test_an_image_without_form_has_signals_too(value):
    values = measure(np.full((1, 28, 28), value, np.uint8), np.array([[1.0]]))
    assert np.isfinite(values).all()
    np.testing.assert_allclose(values[1:3], 0, atol=1e-4)


def test_one_image_is_measured_as_among_others(mnist, predict):
    images = mnist[1][0][:50]
    probabilities = predict(images)
    together = measure(images, probabilities)
    alone = [measure(images[i : i + 1], probabilities[i : i + 1]) for i in range(50)]
    np.testing.assert_allclose(np.concatenate(alone, axis=1), together, atol=1e-4)


def test_each_complete_window_gets_one_verdict(reference, mnist, predict):
    images = mnist[1][0]
    tilted = rotated(images, 30)
    monitor = Monitor(reference)

    def add(source, start, stop):
        monitor.add(source[start:stop], predict(source[start:stop]))
        status = monitor.status()
        json.dumps(status)
        return status["state"], status["seen"], status["windows"]

    assert add(images, 0, 199) == ("collecting", 199, 0)
    assert monitor.status()["signals"] == []
    assert add(images, 199, 200) == ("steady", 0, 1)
    assert add(tilted, 200, 399) == ("steady", 199, 1)
    assert add(tilted, 399, 410) == ("drift", 10, 2)
    assert add(images, 410, 1000) == ("steady", 0, 5)
    monitor.add(images[:0], np.empty((0, 10)))
    assert add(images, 0, 1) == ("steady", 1, 5)


def test_the_status_names_what_drifted(reference, mnist, predict):
    images = shifted(mnist[1][0][:200], right=4)
    monitor = Monitor(reference)
    monitor.add(images, predict(images))
    signals = monitor.status()["signals"]
    assert [signal["name"] for signal in signals] == list(SIGNALS)
    drifted = [signal["name"] for signal in signals if signal["value"] > signal["threshold"]]
    assert "horizontal centre" in drifted and "vertical centre" not in drifted


def test_how_the_images_arrive_makes_no_difference(reference, mnist, predict):
    images = mnist[1][0][:450]
    probabilities = predict(images)
    at_once, one_by_one = Monitor(reference), Monitor(reference)
    at_once.add(images, probabilities)
    for i in range(len(images)):
        one_by_one.add(images[i : i + 1], probabilities[i : i + 1])
    first, second = (monitor.status()["signals"] for monitor in (at_once, one_by_one))
    for a, b in zip(first, second, strict=True):
        assert a["value"] == pytest.approx(b["value"], abs=0.011)  # a rounded value may change its rank
    assert at_once.status()["seen"] == one_by_one.status()["seen"] == 50


def test_threads_lose_nothing(reference, mnist, predict):
    images = mnist[1][0][:25]
    probabilities = predict(images)
    monitor = Monitor(reference)
    threads = [
        threading.Thread(target=lambda: [monitor.add(images, probabilities) for _ in range(40)])
        for _ in range(8)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    status = monitor.status()
    assert (status["windows"], status["seen"]) == (8 * 40 * 25 // 200, 0)


def test_a_reference_survives_its_file(reference, tmp_path):
    reference.save(tmp_path / "reference.npz")
    loaded = Reference.load(tmp_path / "reference.npz")
    assert np.array_equal(loaded.values, reference.values)
    assert np.array_equal(loaded.thresholds, reference.thresholds)
    assert (loaded.window, loaded.false_alarm_rate) == (reference.window, reference.false_alarm_rate)


@pytest.mark.parametrize("seed", range(20))
def test_a_damaged_file_is_no_reference(reference, tmp_path, seed):
    path = tmp_path / "reference.npz"
    reference.save(path)
    content, rng = bytearray(path.read_bytes()), np.random.default_rng(seed)
    if seed % 2:
        content = content[: rng.integers(len(content))]
    else:
        content[rng.integers(100)] ^= 255
        content[rng.integers(len(content))] ^= 255
    path.write_bytes(content)
    try:
        Reference.load(path)
    except ValueError as error:
        assert "expected a monitor's reference" in str(error)


@pytest.mark.parametrize(
    "arrays",
    [
        {"other": [1]},
        {"signals": ["ink"], "values": [[1.0]], "thresholds": [0.1], "window": 4, "false_alarm_rate": 0.1},
        {"signals": SIGNALS, "values": [[1]], "thresholds": [0.1], "window": 4, "false_alarm_rate": 0.1},
        {"signals": SIGNALS, "values": np.array([None]), "thresholds": 1, "window": 4, "false_alarm_rate": 0},
    ],
)
def test_another_file_is_no_reference(tmp_path, arrays):
    np.savez(tmp_path / "reference.npz", **arrays)
    with pytest.raises(ValueError, match="expected a monitor's reference"):
        Reference.load(tmp_path / "reference.npz")


@pytest.mark.parametrize("name", ["values", "thresholds"])
def test_numbers_that_are_not_finite_are_no_reference(reference, tmp_path, name):
    """Such a file was published where a signal did not vary; JSON has no NaN, so the page got no answer."""
    reference.save(tmp_path / "reference.npz")
    with np.load(tmp_path / "reference.npz") as arrays:
        arrays = {**arrays, name: np.full_like(arrays[name], np.nan)}
    np.savez(tmp_path / "reference.npz", **arrays)
    with pytest.raises(ValueError, match=r"monitor's reference .* received numbers that are not"):
        Reference.load(tmp_path / "reference.npz")


CONSTANT = np.full((100, 10), 0.1)
VARIED = np.random.default_rng(0).dirichlet(np.ones(10), 100)


@pytest.mark.parametrize("image", ["black", "white", "varied"])
@pytest.mark.parametrize("probabilities", [CONSTANT, VARIED], ids=["constant", "varied"])
def test_a_signal_that_does_not_vary_has_a_threshold_and_no_nan(image, probabilities):
    rng = np.random.default_rng(1)
    images = {
        "black": np.full((100, 28, 28), 255, np.uint8),
        "white": np.zeros((100, 28, 28), np.uint8),
        "varied": rng.integers(0, 256, (100, 28, 28), dtype=np.uint8),
    }[image]
    built = Reference.build(images, probabilities, window=20)
    monitor = Monitor(built)
    monitor.add(images[:20], probabilities[:20])
    json.dumps(monitor.status(), allow_nan=False)
    assert monitor.status()["state"] == "steady"
    halved = images // 2 if image == "black" else np.full_like(images, 200)
    monitor.add(halved[:20], probabilities[:20])
    assert monitor.status()["state"] == "drift"
    json.dumps(monitor.status(), allow_nan=False)


def test_a_missing_reference_is_missing(tmp_path):
    with pytest.raises(FileNotFoundError):
        Reference.load(tmp_path / "reference.npz")


IMAGES, PROBABILITIES = np.zeros((100, 28, 28), np.uint8), np.full((100, 10), 0.1)


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: measure(IMAGES / 255, PROBABILITIES), r"images: expected uint8 .* received float64"),
        (lambda: measure(IMAGES[..., None], PROBABILITIES), r"received uint8 of shape \(100, 28, 28, 1\)"),
        (lambda: measure(IMAGES, PROBABILITIES[1:]), r"expected shape \(100, num_classes\), received \(99"),
        (lambda: measure(IMAGES, PROBABILITIES - 1), "from 0 to 1, received others: are these logits"),
        (lambda: measure(IMAGES, PROBABILITIES * np.nan), "from 0 to 1, received others"),
        (lambda: Reference.build(IMAGES, PROBABILITIES), "at least 5 windows, 1000 images, received 100"),
        (lambda: Reference.build(IMAGES, PROBABILITIES, window=6), "window: .* multiple of 4, received 6"),
        (
            lambda: Reference.build(IMAGES, PROBABILITIES, window=20, false_alarm_rate=1e-4),
            "false_alarm_rate: expected from 0.001 to below 1, received 0.0001",
        ),
    ],
)
def test_bad_input_is_named(call, message):
    with pytest.raises(ValueError, match=message):
        call()


class Answers(NamedTuple):
    """Stands for a version that is served."""

    number: int
    reference: bytes


@pytest.fixture
def watched(reference, tmp_path):
    """Two versions with a reference each, and the monitoring of the first."""
    reference.save(tmp_path / "reference.npz")
    versions = [Answers(number, (tmp_path / "reference.npz").read_bytes()) for number in (1, 2)]
    now = {"served": versions[0]}
    return versions, now, Monitoring(lambda: now["served"])


def test_only_what_the_served_version_answered_is_counted(watched, mnist):
    """Not even when another one, whose answers wait in the same queue, had other classes."""
    (old, new), now, monitoring = watched
    images = mnist[1][0][:30]
    monitoring.offer(old, images, np.full((30, 10), 0.1))
    monitoring.offer(new, images[:20], np.full((20, 26), 1 / 26))
    assert monitoring.drift()["seen"] == 30
    now["served"] = new
    monitoring.offer(old, images, np.full((30, 10), 0.1))
    monitoring.offer(new, images[:20], np.full((20, 26), 1 / 26))
    assert monitoring.drift()["seen"] == 20
    assert sum(monitoring.confidence()["counts"]) == 20


def test_threads_that_look_at_once_do_not_turn_the_monitor_back(watched, mnist):
    """One thread has seen the old version as it goes, and drains only after another saw the new one."""
    (_, new), now, monitoring = watched
    images, answers = mnist[1][0][:10], np.full((10, 10), 0.1)
    has_looked, go_on = threading.Event(), threading.Event()

    def served():
        version = now["served"]
        if threading.current_thread() is late:
            has_looked.set()
            go_on.wait(10)
        return version

    monitoring = Monitoring(served)
    late = threading.Thread(target=monitoring.drain)
    late.start()
    assert has_looked.wait(10)
    now["served"] = new
    prompt = threading.Thread(target=monitoring.drain)
    prompt.start()
    go_on.set()
    late.join()
    prompt.join()
    monitoring.offer(new, images, answers)
    assert monitoring.drift()["seen"] == 10
    monitoring.drain()
    assert monitoring.drift()["seen"] == 10


def test_what_programs_send_is_counted_as_the_pixels_it_stands_for(watched, mnist):
    (version, _), _, monitoring = watched
    images, answers = mnist[1][0][:200], np.full((200, 10), 0.1)
    monitoring.offer(version, images, answers)
    as_bytes = monitoring.drift()["signals"]
    monitoring.offer(version, images.astype(np.float32) + 0.3, answers)
    assert monitoring.drift()["signals"] == as_bytes


def test_a_model_without_probabilities_is_no_longer_monitored(watched, mnist):
    (version, _), _, monitoring = watched
    monitoring.offer(version, mnist[1][0][:5], np.full((5, 10), -3.0))
    assert monitoring.drift()["state"] == "off"
