"""The ablation of notebook 07: what each treatment against overfitting does, on 1,000 images.

    python -m benchmarks.generalisation --json benchmarks/results/generalisation.json

A convolutional network on `data.load_fashion`, 500 steps of 100 images with AdamW, whose rate falls to 0
along half a cosine. A seed decides which 1,000 of the training images are used, which 2,000 others validate,
the first weights and the batches: with a seed, all treatments see the same images. The rate is chosen for
the untreated network. The strength of each treatment is chosen by the mean validation accuracy of three
seeds; ten other seeds at that strength are judged on the 2,000 test images. With the same rate and number of
steps, the untreated network also learns from fewer and from more images. Mirrored images are tried on MNIST,
too. No time is measured.
"""

import argparse
import os
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

import numpy as np

from benchmarks import harness

NUM_STEPS, BATCH_SIZE, NUM_IMAGES, NUM_JUDGED = 500, 100, 1000, 2000
CHOOSING, JUDGING = tuple(range(100, 103)), tuple(range(10))
RATES = (0.0005, 0.001, 0.002, 0.004, 0.008)
SIZES = (125, 250, 500, 1000, 2000, 4000)
# Of each treatment the strengths that are tried: a strength is what build() or run() gets.
TREATMENTS = {
    "untreated": [{}],
    "weight decay": [{"weight_decay": decay} for decay in (0.1, 0.3, 1.0, 3.0)],
    "dropout": [{"dropout": rate} for rate in (0.2, 0.4, 0.6)],
    "label smoothing": [{"smoothing": share} for share in (0.05, 0.1, 0.2)],
    "mixup": [{"mixup": alpha} for alpha in (0.1, 0.3, 1.0)],
    "early stopping": [{"stop_by": figure} for figure in ("val_loss", "val_accuracy")],
    "smaller network": [{"filters": number} for number in (4, 8)],
    "mirrored": [{"changes": [["flip", "horizontal"]]}],
    "upside down": [{"changes": [["flip", "vertical"]]}],
    "shifted": [{"changes": [["shift", pixels]]} for pixels in (1, 2, 3, 4)],
    "turned": [{"changes": [["turn", degrees]]} for degrees in (5, 10, 20)],
    "scaled": [{"changes": [["scale", share]]} for share in (0.05, 0.1, 0.2)],
    "mirrored, shifted by 1, dropout": [
        {"changes": [["flip", "horizontal"], ["shift", 1]], "dropout": rate} for rate in (0.2, 0.4)
    ],
}
LONGER = ("untreated", "shifted")
DIGITS = ("untreated", "mirrored", "upside down", "shifted")


def change(kind, strength):
    """The layer of Keras that changes each image of a batch at random, in training only."""
    from keras import layers

    blank = {"fill_mode": "constant", "fill_value": 0.0}
    if kind == "flip":
        return layers.RandomFlip(strength)
    if kind == "shift":
        return layers.RandomTranslation(strength / 28, strength / 28, interpolation="nearest", **blank)
    if kind == "turn":
        return layers.RandomRotation(strength / 360, **blank)
    return layers.RandomZoom(strength, strength, **blank)


def build(changes=(), dropout=0.0, filters=16):
    """The network, with the changes in front."""
    import keras
    from keras import layers

    return keras.Sequential(
        [
            keras.Input((28, 28, 1)),
            *(change(*one) for one in changes),
            layers.Conv2D(filters, 3, strides=2, padding="same", activation="relu"),
            layers.Conv2D(2 * filters, 3, strides=2, padding="same", activation="relu"),
            layers.Flatten(),
            layers.Dropout(dropout),
            layers.Dense(4 * filters, activation="relu"),
            layers.Dropout(dropout),
            layers.Dense(10),
        ]
    )


def load(which, seed, num_images=NUM_IMAGES):
    """Images for training, validation and test with their labels; a seed chooses them."""
    from autorev_lib import data

    (x, labels), (x_test, labels_test) = data.load_fashion() if which == "fashion" else data.load_mnist()
    order = np.random.default_rng(seed).permutation(len(x))
    test = np.linspace(0, len(x_test) - 1, NUM_JUDGED).astype(int)
    rows = np.resize(order[:num_images], max(num_images, NUM_IMAGES))  # few images are repeated
    return [
        (images[at][..., None] / np.float32(255), np.eye(10, dtype="float32")[classes[at]])
        for images, classes, at in (
            (x, labels, rows),
            (x, labels, order[-NUM_JUDGED:]),
            (x_test, labels_test, test),
        )
    ]


def mixed(x, targets, alpha, rng):
    """Batches of images and targets, each image mixed with another one of its batch."""
    import keras

    class Mixed(keras.utils.PyDataset):
        def __len__(self):
            return len(x) // BATCH_SIZE

        def __getitem__(self, index):
            if index == 0:
                self.order = rng.permutation(len(x))
            rows = self.order[index * BATCH_SIZE : (index + 1) * BATCH_SIZE]
            share = rng.beta(alpha, alpha, BATCH_SIZE).astype("float32")
            share, others = share[:, None], rng.permutation(rows)
            images = share[..., None, None] * x[rows] + (1 - share)[..., None, None] * x[others]
            return images, share * targets[rows] + (1 - share) * targets[others]

    return Mixed()


def run(job):
    """Train one network; what it gets right on the validation and the test images, and its losses."""
    import keras

    which, seed, settings, num_images, num_steps = job
    settings = {"rate": 0.002, "weight_decay": 0.0, "smoothing": 0.0, **settings}
    train, validation, test = load(which, seed, num_images)
    keras.utils.clear_session()  # or the networks of all runs before stay in memory
    keras.utils.set_random_seed(seed)
    model = build(**{key: settings[key] for key in ("changes", "dropout", "filters") if key in settings})
    rate = keras.optimizers.schedules.CosineDecay(settings["rate"], num_steps)
    model.compile(
        keras.optimizers.AdamW(rate, weight_decay=settings["weight_decay"]),
        keras.losses.CategoricalCrossentropy(from_logits=True, label_smoothing=settings["smoothing"]),
        metrics=["accuracy"],
        steps_per_execution=10,
    )
    options = {"epochs": num_steps * BATCH_SIZE // len(train[0]), "verbose": 0}
    if "stop_by" in settings:  # trained to the end all the same, then put back to its best epoch
        options["callbacks"] = [
            keras.callbacks.EarlyStopping(
                settings["stop_by"], patience=options["epochs"], restore_best_weights=True
            )
        ]
        options |= {"validation_data": validation, "validation_batch_size": NUM_JUDGED}
    if "mixup" in settings:
        model.fit(mixed(*train, settings["mixup"], np.random.default_rng(seed)), **options)
    else:
        model.fit(*train, batch_size=BATCH_SIZE, **options)
    if "stop_by" in settings:
        model.set_weights(options["callbacks"][0].best_weights)
    found = {"settings": settings, "seed": seed, "num_images": num_images, "num_steps": num_steps}
    for name, (x, targets) in {"train": train, "validation": validation, "test": test}.items():
        logits = model.predict(x, batch_size=NUM_JUDGED, verbose=0)
        right = logits.argmax(axis=1) == targets.argmax(axis=1)
        found[name] = round(float(right.mean()), 5)
        loss = np.mean(np.log(np.exp(logits).sum(axis=1)) - (logits * targets).sum(axis=1))
        found[f"{name}_loss"] = round(float(loss), 5)
    found["test_right"] = np.packbits(right).tobytes().hex()  # a bit for each test image
    if which == "digits":
        found["test_said"] = "".join(map(str, logits.argmax(axis=1)))
    return found


def best(runs):
    """The settings whose runs read the most validation images on average."""
    by_settings = {}
    for one in runs:
        by_settings.setdefault(str(one["settings"]), []).append(one)
    return max(by_settings.values(), key=lambda group: np.mean(figures(group, "validation")))[0]["settings"]


def measure():
    os.environ |= {"TF_NUM_INTRAOP_THREADS": "1", "OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}
    with ProcessPoolExecutor(2, get_context("spawn"), max_tasks_per_child=50) as pool:

        def all_of(which, seeds, settings, num_images=NUM_IMAGES, num_steps=NUM_STEPS):
            jobs = [(which, seed, one, num_images, num_steps) for one in settings for seed in seeds]
            return list(pool.map(run, jobs))

        rates = all_of("fashion", CHOOSING, [{"rate": rate} for rate in RATES])
        rate = {"rate": best(rates)["rate"]}
        chosen, runs = {}, {}
        for name, strengths in TREATMENTS.items():
            tried = all_of("fashion", CHOOSING, [rate | one for one in strengths])
            chosen[name] = best(tried)
            runs[name] = {"choosing": tried, "judging": all_of("fashion", JUDGING, [chosen[name]])}
        longer = {
            name: all_of("fashion", JUDGING, [chosen[name]], num_steps=3 * NUM_STEPS) for name in LONGER
        }
        by_size = {
            size: runs["untreated"]["judging"]
            if size == NUM_IMAGES
            else all_of("fashion", JUDGING, [rate], size)
            for size in SIZES
        }
        digits = {name: all_of("digits", JUDGING, [chosen[name]]) for name in DIGITS}
    return {
        "machine": harness.machine(),
        "versions": harness.versions("tensorflow", "keras", "numpy"),
        "num_steps": NUM_STEPS,
        "rates": rates,
        "runs": runs,
        "longer": longer,
        "sizes": by_size,
        "digits": digits,
        "targets": [],
    }


def half_width(values):
    """Half of a 95 % interval of the mean that holds for all treatments at once (Bonferroni)."""
    from scipy import stats

    level = 1 - 0.05 / (len(TREATMENTS) - 1) / 2
    return float(stats.t.ppf(level, len(values) - 1) * stats.sem(values))


def figures(runs, figure="test"):
    return np.array([one[figure] for one in runs])


def strength(settings):
    """The strength of a treatment in words."""
    return ", ".join(
        f"{key} {value}".replace("[", "").replace("]", "").replace("'", "").replace(",", "")
        for key, value in settings.items()
        if value and key != "rate"
    )


def as_table(result):
    from rich.table import Table

    table = Table(title=f"Accuracy on the test images, {NUM_IMAGES} images to learn from, %")
    for heading in ("treatment", "strength"):
        table.add_column(heading)
    for heading in ("accuracy", "more than untreated", "loss"):
        table.add_column(heading, justify="right")
    untreated = figures(result["runs"]["untreated"]["judging"])
    for name, runs in result["runs"].items():
        judged = runs["judging"]
        gain = 100 * (figures(judged) - untreated)
        table.add_row(
            name,
            strength(judged[0]["settings"]),
            f"{100 * figures(judged).mean():.1f}",
            "" if name == "untreated" else f"{gain.mean():+.1f} ± {half_width(gain):.1f}",
            f"{figures(judged, 'test_loss').mean():.2f}",
        )
    return table


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the result here too")
    arguments = parser.parse_args()
    result = measure()
    harness.finish(result, as_table(result), arguments.json)


if __name__ == "__main__":
    main()
