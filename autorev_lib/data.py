"""The data of the course, shipped with the library: no download, no account, no network.

Arrays come as plain NumPy, tables as pandas. Nothing is scaled, shuffled or dropped here: the notebooks do
that in the open.
"""

import csv
import hashlib
import io
import json
import zipfile
from pathlib import Path

import numpy as np

from autorev_lib import chapters
from autorev_lib.errors import REINSTALL, AutorevError

IMAGE_SHAPE = (28, 28)
"""Of a digit: rows and columns of pixels."""

_FOLDER = Path(__file__).parent / "datasets"
_SHA256 = {
    "bike_hours.csv.gz": "82cfab5177002f85674d4b78a8f4a8a157bb3ae0503b225d12afe425fb67792d",
    "digit_pictures.zip": "6b67d9dd9b1afa28a2a7c84ca0e547ee2bd3a54f7ec907063e0089b62e8a93a3",
    "fashion_small.npz": "3332ea8336c6ea6fa9db8a52595c79ab6a56368c524dc12581d42b66bc8f5e67",
    "mnist.npz": "06af5dfe73b70e3bc1c36439982b18a8d76803db9b544f6fdf838a37fbb01b64",
    "penguins.csv": "f204db2c753b0937caac3cb35258562c14f073e4bbc76be24b4c51ce22767a93",
}


class DataError(AutorevError):
    """A shipped data file is missing or is not the file that was shipped."""


def load_mnist(small=False):
    """Load MNIST: 70,000 handwritten digits, 28 by 28 pixels, with their labels.

    Args:
        small: If true, only the first 1,000 training and 500 test images, for tests that must be quick.

    Returns:
        ``(x_train, y_train), (x_test, y_test)``. Images are uint8 of shape (60000, 28, 28) and
        (10000, 28, 28), 0 = paper to 255 = ink; labels are uint8 of shape (60000,) and (10000,), 0 to 9.

    Raises:
        DataError: The data file is missing or damaged.

    Source:
        Y. LeCun, C. Cortes and C. J. C. Burges, "The MNIST database of handwritten digits" (1998).
    """
    x_train, y_train, x_test, y_test = _arrays("mnist.npz")
    if small:
        return (x_train[:1000].copy(), y_train[:1000].copy()), (x_test[:500].copy(), y_test[:500].copy())
    return (x_train, y_train), (x_test, y_test)


def load_fashion():
    """Load a part of Fashion-MNIST: 8,000 pictures of clothes and shoes, 28 by 28 pixels, ten classes.

    The first 600 training and the first 200 test pictures of each class, in the order of publication.

    Returns:
        ``(x_train, y_train), (x_test, y_test)``. Pictures are uint8 of shape (6000, 28, 28) and
        (2000, 28, 28), 0 = background to 255; labels are uint8: 0 T-shirt or top, 1 trouser, 2 pullover,
        3 dress, 4 coat, 5 sandal, 6 shirt, 7 sneaker, 8 bag, 9 ankle boot.

    Raises:
        DataError: The data file is missing or damaged.

    Source:
        H. Xiao, K. Rasul and R. Vollgraf, "Fashion-MNIST: a Novel Image Dataset for Benchmarking Machine
        Learning Algorithms" (2017), arXiv:1708.07747.
    """
    x_train, y_train, x_test, y_test = _arrays("fashion_small.npz")
    return (x_train, y_train), (x_test, y_test)


def load_digit_pictures():
    """Load 29 pictures of digits as people made them: drawn, written with a pen, photographed.

    Sizes, colours and polarity differ. Three hands only, and a few labels can be doubted.

    Returns:
        ``(pictures, labels, kinds)``: a list of uint8 arrays of shape (H, W), grey, or (H, W, 4), RGBA;
        labels, uint8 of shape (29,); and for each picture "drawn" (10, white on black on a screen), "pen"
        (10, faint, 28 by 28 pixels) or "photo" (9, pencil on grey paper).

    Raises:
        DataError: The data file is missing or damaged.

    Source:
        7eraflops/mnist-digit-recognition, TathagatAgrawal/mnist_fastapi_classifier and
        juliorodrigues07/manuscript-digit-recognition on GitHub; MIT licence.
    """
    from PIL import Image

    with zipfile.ZipFile(io.BytesIO(_read("digit_pictures.zip"))) as archive:
        rows = list(csv.DictReader(io.StringIO(archive.read("labels.csv").decode())))
        pictures = [np.asarray(Image.open(io.BytesIO(archive.read(row["picture"])))) for row in rows]
    labels = np.array([row["digit"] for row in rows], np.uint8)
    return pictures, labels, [row["picture"].partition("_")[0] for row in rows]


def load_penguins():
    """Load the Palmer penguins: 344 birds of three species, measured on three Antarctic islands.

    Returns:
        A pandas DataFrame with columns ``species``, ``island``, ``bill_length_mm``, ``bill_depth_mm``,
        ``flipper_length_mm``, ``body_mass_g``, ``sex`` and ``year``. What was not measured is missing (NaN).

    Raises:
        DataError: The data file is missing or damaged.

    Source:
        K. B. Gorman, T. D. Williams and W. R. Fraser, "Ecological sexual dimorphism and environmental
        variability within a community of Antarctic penguins (genus *Pygoscelis*)", PLOS ONE 9(3), 2014.
    """
    import pandas as pd

    return pd.read_csv(io.BytesIO(_read("penguins.csv")))


def load_bike_hours():
    """Load the bikes hired in Washington, D.C., in each hour of 2011 and 2012, with the weather.

    Returns:
        A pandas DataFrame with 17,379 rows in the order of time; hours in which nothing was hired are not in
        it. Columns: ``date``, ``season`` (1 winter to 4 autumn), ``year``, ``month``, ``hour``, ``holiday``,
        ``weekday`` (0 Sunday), ``workingday``, ``weather`` (1 clear to 4 heavy rain or snow), ``temp``
        ((t + 8) / 47, t in Celsius), ``atemp`` (felt, (t + 16) / 66), ``humidity`` (/ 100), ``windspeed``
        (/ 67), ``casual``, ``registered``, and their sum ``count``.

    Raises:
        DataError: The data file is missing or damaged.

    Source:
        H. Fanaee-T and J. Gama, "Event labeling combining ensemble detectors and background knowledge",
        Progress in Artificial Intelligence 2, 2014.
    """
    import pandas as pd

    return pd.read_csv(io.BytesIO(_read("bike_hours.csv.gz")), compression="gzip")


def load_record(name):
    """Load what a benchmark measured once, on a machine that the record describes.

    Args:
        name: Of the benchmark, such as "time_to_accuracy" for ``benchmarks/time_to_accuracy.py``.

    Returns:
        A dictionary. What it holds is told by the benchmark; ``machine`` and ``versions`` are in all of them.

    Raises:
        ValueError: There is no record of that name.
    """
    folder = chapters.locate("benchmarks/results")
    path = folder / f"{name}.json"
    if not path.is_file():
        known = ", ".join(sorted(file.stem for file in folder.glob("*.json")))
        raise ValueError(f"name: expected one of {known}, received {name!r}")
    return json.loads(path.read_text(encoding="utf-8"))


def verify():
    """Check every shipped file against its checksum.

    Returns:
        A list of ``(file name, is intact, detail)``, one entry a file; it never raises.
    """
    results = []
    for name in _SHA256:
        try:
            detail, intact = f"{len(_read(name)):,} bytes, checksum as shipped", True
        except DataError as error:
            detail, intact = error.problem, False
        results.append((name, intact, detail))
    return results


def _arrays(name):
    with np.load(io.BytesIO(_read(name)), allow_pickle=False) as arrays:
        return [arrays[key] for key in ("x_train", "y_train", "x_test", "y_test")]


def _read(name):
    path = _FOLDER / name
    try:
        content = path.read_bytes()
    except OSError as error:
        problem = f"{name}: expected a readable file at {path}, received {error}"
        raise DataError(problem, REINSTALL) from error
    received = hashlib.sha256(content).hexdigest()
    if received != _SHA256[name]:
        raise DataError(
            f"{name}: the file is damaged. Expected SHA-256 {_SHA256[name][:12]}…, "
            f"received {received[:12]}… ({len(content):,} bytes at {path})",
            REINSTALL,
        )
    return content
