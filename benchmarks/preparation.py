"""How many pictures of digits are read, by how they are prepared and by which network reads them.

    python -m benchmarks.preparation --json benchmarks/results/preparation.json

The pictures are the 29 of :func:`autorev_lib.data.load_digit_pictures`, which other people made, and those
that :mod:`benchmarks.sheets` renders from MNIST's test images, the same digits on every kind of sheet. What
was found out with the rendered ones made the preparation what it is; the 29 are its test. Networks are
trained once, in about a minute on two cores, and kept in a folder for the next run.
"""

import argparse
import tempfile
from pathlib import Path

import numpy as np
from PIL import Image
from rich.table import Table
from skimage.filters import threshold_otsu

from autorev_lib import data, devices
from autorev_lib.serving import reading
from benchmarks import harness, sheets

KEPT = Path(tempfile.gettempdir(), "autorev-preparation")
NETWORKS = ("linear", "dense", "small convolutional", "larger convolutional")
SHOWN = "larger convolutional"
"""The network that reads the rendered pictures in the table."""


def resized(picture):
    """Shrunk to 28 by 28, and nothing else."""
    return np.asarray(Image.fromarray(_grey(picture)).resize(data.IMAGE_SHAPE, Image.Resampling.BOX))


def cropped(picture):
    """What is not 0 is cropped, its longer side scaled to 20 pixels, its centre of mass moved to (14, 14)."""
    return _as_mnist_was(_grey(picture))


def cleaned(picture):
    """Light paper is inverted and what is paper by Otsu's threshold is set to 0, before it is cropped."""
    grey = _grey(picture)
    if np.median(grey) > (int(grey.min()) + int(grey.max())) / 2:
        grey = 255 - grey
    return _as_mnist_was(np.where(grey > threshold_otsu(grey), grey, 0).astype(np.uint8))


PREPARATIONS = {
    "only resized": resized,
    "cropped, scaled, centred": cropped,
    "and polarity, threshold": cleaned,
    "as_mnist": reading.as_mnist,
}


def _grey(picture):
    """Grey values, uint8 of shape (H, W), on white where a picture is transparent."""
    picture = Image.fromarray(picture)
    if picture.mode == "RGBA":
        picture = Image.alpha_composite(Image.new("RGBA", picture.size, "white"), picture)
    return np.asarray(picture.convert("L"))


def _as_mnist_was(ink):
    rows, columns = (np.flatnonzero(ink.any(axis=axis)) for axis in (1, 0))
    ink = ink[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]
    width, height = (max(1, round(side * sheets.BOX / max(ink.shape))) for side in ink.shape[::-1])
    digit = np.asarray(Image.fromarray(ink).resize((width, height), Image.Resampling.BOX))
    image = np.zeros(data.IMAGE_SHAPE, np.uint8)
    weights = digit.astype(float) + 1e-9
    top, left = (
        int(
            np.clip(round(14 - np.average(np.arange(side), weights=weights.sum(axis=1 - axis))), 0, 28 - side)
        )
        for axis, side in enumerate(digit.shape)
    )
    image[top : top + height, left : left + width] = digit
    return image


def network(name, folder):
    """A Keras network from pixels, 0 to 255, to ten scores, trained now unless it was kept."""
    import keras

    from autorev_lib.training import OneCycle

    path = folder / f"{name}.keras"
    if path.exists():
        return keras.models.load_model(path, compile=False, safe_mode=True)
    layers = keras.layers
    inner, peak = {
        "linear": ([layers.Flatten()], 0.01),
        "dense": ([layers.Flatten(), layers.Dense(128, activation="relu")], 0.005),
        "small convolutional": (
            [
                layers.Conv2D(16, 3, strides=2, activation="relu"),
                layers.Conv2D(32, 3, strides=2, activation="relu"),
                layers.Flatten(),
            ],
            0.01,
        ),
        "larger convolutional": (
            [
                layers.Conv2D(16, 5, strides=2, activation="relu"),
                layers.Conv2D(64, 3, activation="relu"),
                layers.MaxPooling2D(),
                layers.Flatten(),
                layers.Dropout(0.3),
                layers.Dense(128, activation="relu"),
            ],
            0.004,
        ),
    }[name]
    epochs = 2 if name == SHOWN else 1
    (x_train, y_train), _ = data.load_mnist()
    keras.utils.set_random_seed(0)
    model = keras.Sequential(
        [keras.Input((*data.IMAGE_SHAPE, 1)), layers.Rescaling(1 / 255), *inner, layers.Dense(10)]
    )
    loss = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
    model.compile(keras.optimizers.Adam(OneCycle(peak, num_steps=469 * epochs)), loss)
    model.fit(x_train[..., None], y_train, batch_size=128, epochs=epochs, verbose=0)
    folder.mkdir(parents=True, exist_ok=True)
    model.save(path)
    return model


def read(model, images):
    """The digit that a network reads in each image."""
    return np.asarray(model(np.asarray(images)[..., None], training=False)).argmax(axis=1)


def prepared(pictures, prepare):
    """Images for the network, uint8 of shape (N, 28, 28); blank where no digit was found."""
    return np.stack([_prepared(picture, prepare) for picture in pictures])


def _prepared(picture, prepare):
    try:
        return prepare(picture)
    except reading.PictureError:
        return np.zeros(data.IMAGE_SHAPE, np.uint8)


def measure(models, num_sheets, seed=0):
    """Accuracies in percent: by kind of picture, preparation and network."""
    pictures, labels, kinds = data.load_digit_pictures()
    groups = {"the 29": (pictures, labels)}
    for kind in ("drawn", "pen", "photo"):
        chosen = [i for i, each in enumerate(kinds) if each == kind]
        groups[f"of these: {kind}"] = [pictures[i] for i in chosen], labels[chosen]
    _, (x_test, y_test) = data.load_mnist()
    digits = np.random.default_rng(seed).permutation(len(x_test))
    digits = [i for i in digits[: 3 * num_sheets] if sheets.is_legible(x_test[i])][:num_sheets]
    for number, kind in enumerate(sheets.KINDS):
        rng = np.random.default_rng([seed, number])
        groups[kind] = [sheets.render(x_test[i], kind, rng) for i in digits], y_test[digits]
    return {
        group: {
            preparation: {
                name: round(100 * float(np.mean(read(model, images) == labels)), 1)
                for name, model in models.items()
            }
            for preparation, prepare in PREPARATIONS.items()
            for images in [prepared(pictures, prepare)]
        }
        for group, (pictures, labels) in groups.items()
    }


def targets(accuracies):
    """What was asked of the preparation, and what was measured with the network that is shown."""
    best = {group: found["as_mnist"][SHOWN] for group, found in accuracies.items()}
    clean = best["clean"]
    rows = [
        (
            "one to four stray dots",
            f"{best['stray dots'] - clean:+.1f} points",
            best["stray dots"] > clean - 1,
        ),
        ("noise of 2 in 255", f"{best['noise of 2'] - clean:+.1f} points", best["noise of 2"] > clean - 1),
        ("the 29 pictures", f"{best['the 29']} %", best["the 29"] >= 95),
        ("photographs of them", f"{best['of these: photo']} %", best["of these: photo"] >= 90),
    ]
    wanted = ("above -1 point", "above -1 point", "at least 95 %", "at least 90 %")
    return harness.as_targets(
        (target, want, measured, bool(met))
        for (target, measured, met), want in zip(rows, wanted, strict=True)
    )


def as_table(result):
    accuracies = result["accuracy"]
    table = Table("pictures", title=f"read correctly by the {SHOWN} network, %")
    for preparation in PREPARATIONS:
        table.add_column(preparation, justify="right")
    for group, found in accuracies.items():
        table.add_row(group, *(f"{by_network[SHOWN]:.1f}" for by_network in found.values()))
    for name in NETWORKS:
        found = accuracies["the 29"].values()
        table.add_row(f"the 29, {name}", *(f"{by_network[name]:.1f}" for by_network in found))
    return table


def main():
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--json", type=Path, metavar="FILE", help="write the result here too")
    options.add_argument("--sheets", type=int, default=100, help="rendered pictures of each kind")
    options.add_argument("--networks", type=Path, default=KEPT, help="the folder in which networks are kept")
    arguments = options.parse_args()
    devices.select_backend()
    models = {name: network(name, arguments.networks) for name in NETWORKS}
    _, (x_test, y_test) = data.load_mnist()
    accuracies = measure(models, arguments.sheets)
    result = {
        "machine": harness.machine(),
        "versions": harness.versions("keras", "numpy", "pillow", "scikit-image", "scipy"),
        "sheets_of_each_kind": arguments.sheets,
        "test_accuracy": {
            name: round(100 * float(np.mean(read(model, x_test) == y_test)), 2)
            for name, model in models.items()
        },
        "accuracy": accuracies,
        "targets": targets(accuracies),
    }
    harness.finish(result, as_table(result), arguments.json)


if __name__ == "__main__":
    main()
